"""Opening a DOCX file: within limits, and with the parts that the library itself does not know."""

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml import etree

from extractors.errors import BrokenDocument, ReadingLimit, WrongType
from extractors.formats.word.furniture import printed_on_pages
from extractors.formats.word.xml import child

MAX_BYTES = 400_000_000
"""What a file may unpack to; a report of a thousand pages with its pictures stays far below."""
MAX_XML = 100_000_000
"""What a single part of text may unpack to."""


@dataclass(frozen=True, slots=True)
class Package:
    """An open document and its further parts, parsed."""

    body: Any
    title: str
    """As the file's properties have it."""
    numbering: Any
    styles: Any
    margins: list[Any]
    """Paragraphs of headers and footers."""
    notes: dict[str, Any] = field(default_factory=dict[str, Any])
    """Elements of footnotes and endnotes by kind."""


def open_package(data: bytes, name: str) -> Package:
    """Open a DOCX file.

    Raises:
        BrokenDocument: the archive or the XML in it is damaged.
        WrongType: an archive of another kind.
        ReadingLimit: it would unpack to more than is sensible.
    """
    import docx

    try:
        check_sizes(data, name)
        return _parts(docx.Document(io.BytesIO(data)))
    except ValueError as error:
        if isinstance(error, etree.XMLSyntaxError):
            raise BrokenDocument(f"{name} is damaged: its XML cannot be read.") from error
        raise WrongType(f"{name} is a Word file of a kind that is not read, such as one with macros.") from error
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, etree.XMLSyntaxError) as error:
        raise BrokenDocument(f"{name} is damaged or cut off and cannot be opened.") from error
    except (NotImplementedError, RuntimeError, AttributeError, TypeError, IndexError, AssertionError) as error:
        # What zipfile and python-docx raise on archives that no writer makes.
        raise BrokenDocument(f"{name} is not built as a Word document is.") from error


def _parts(document: Document) -> Package:
    if document.element.tag != qn("w:document"):
        raise ValueError
    return Package(
        body=child(document.element, "w:body"),
        title=document.core_properties.title or "",
        numbering=_part(document, RELATIONSHIP_TYPE.NUMBERING),
        styles=_part(document, RELATIONSHIP_TYPE.STYLES),
        margins=list(printed_on_pages(document)),
        notes={
            "footnote": _part(document, RELATIONSHIP_TYPE.FOOTNOTES),
            "endnote": _part(document, RELATIONSHIP_TYPE.ENDNOTES),
        },
    )


def check_sizes(data: bytes, name: str) -> None:
    """Refuse a file that says it unpacks to too much; the library unpacks no more than it says."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sizes = [(item.filename.casefold(), item.file_size) for item in archive.infolist()]
    largest = max((size for part, size in sizes if part.endswith((".xml", ".rels"))), default=0)
    if sum(size for _, size in sizes) > MAX_BYTES or largest > MAX_XML:
        raise ReadingLimit(f"{name} unpacks to more than a report can hold.")


def _part(document: Document, relation: str) -> Any:
    for found in document.part.rels.values():
        if found.reltype == relation and not found.is_external:
            return parse_xml(found.target_part.blob)
    return None
