"""The front door of reading: which format bytes are, and the blocks in them.

Nothing here touches a disk, a network or a clock. A worker process may call ``read`` on one document after
another; where the C library takes the process down, only that document is lost.
"""

import re
from collections.abc import Callable
from functools import partial

from extractors.errors import BadRecord, EmptyDocument, LockedReport, WrongType
from extractors.formats.limits import Limits
from extractors.formats.records import ImportRecord, looks_like_records, read_record, read_records
from extractors.formats.text import decode
from extractors.records import Problem, Reading

PDF = "application/pdf"
HTML = "text/html"
TEXT = "text/plain"
MARKDOWN = "text/markdown"
RECORDS = "application/jsonl"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EMAIL = "message/rfc822"
OLE = "application/x-ole-storage"
GOVUK = "application/vnd.govuk.content+json"
UNKNOWN = "application/octet-stream"

_HTML = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|div|article|main|section|p|h1|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADER = re.compile(rb"([!-9;-~]+):(?:[ \t].*)?(?:\r?\n[ \t].*)*\r?\n")
_MAIL_HEADERS = frozenset(
    b"from to cc subject date received return-path message-id mime-version content-type delivered-to reply-to "
    b"in-reply-to references dkim-signature".split()
)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\* \S|- \S|\[[^\]]+\]\([^)]+\)|\|.+\|$)", re.MULTILINE)
_SUFFIXES = {
    "pdf": PDF,
    "html": HTML,
    "htm": HTML,
    "xhtml": HTML,
    "docx": DOCX,
    "jsonl": RECORDS,
    "ndjson": RECORDS,
    "eml": EMAIL,
}
_NAMES = {
    PDF: "a PDF",
    HTML: "an HTML page",
    TEXT: "plain text",
    MARKDOWN: "Markdown",
    RECORDS: "JSON lines",
    DOCX: "a Word document",
    EMAIL: "an e-mail",
    OLE: "an old Word document or another Office file",
    GOVUK: "an answer of GOV.UK's content API",
    UNKNOWN: "of a kind that is not read",
}


_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OLD_WORD = "Save it as DOCX or PDF and read that."


def sniff(data: bytes, name: str = "") -> str:  # noqa: PLR0911 - one way out for each kind
    """Media type of a document, found from its bytes; the name only tells text from Markdown.

    Examples:
        >>> sniff(b"%PDF-1.7 ...", "page.html"), sniff(b"<!DOCTYPE html><html>", "report.pdf")
        ('application/pdf', 'text/html')
    """
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return DOCX if b"word/" in data[:20_000] or b"word/document.xml" in data else UNKNOWN
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return OLE
    if _HTML.match(head.lstrip(b"\xef\xbb\xbf")):
        return HTML
    if _binary(head):
        return UNKNOWN
    if _is_email(data):
        return EMAIL
    stripped = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if stripped.startswith(b"{"):
        return _json_kind(data)
    return _text_kind(data, name)


def _is_email(data: bytes) -> bool:
    """Whether the bytes start with the headers of a message: at least two that mail is known by, then a blank line."""
    start = data[:200_000].lstrip(b"\r\n")
    at, names = 0, set[bytes]()
    while found := _HEADER.match(start, at):
        names.add(found.group(1).lower())
        at = found.end()
    return len(names & _MAIL_HEADERS) >= 2 and (start[at : at + 2].startswith((b"\n", b"\r\n")) or at == len(start))


def _json_kind(data: bytes) -> str:
    if b'"content_id"' in data and b'"details"' in data:
        return GOVUK
    return RECORDS if looks_like_records(data) else UNKNOWN


def _text_kind(data: bytes, name: str) -> str:
    suffix = name.rpartition(".")[2].lower()
    if suffix in ("md", "markdown"):
        return MARKDOWN
    if suffix in ("html", "htm") and b"<" in data:
        return HTML
    if suffix in ("jsonl", "ndjson"):
        return RECORDS
    return TEXT


def _binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return b"\x00" in head or sum(b < 9 or 13 < b < 32 for b in head) > 0.02 * max(1, len(head))


def read(data: bytes, *, name: str, limits: Limits | None = None) -> Reading:
    """Read a document into blocks.

    Args:
        data: its bytes.
        name: its file name or address, for messages and for what the ending promises.
        limits: how much may be spent on it.

    Returns:
        Blocks in reading order, and a problem for each page that could not be read.

    Raises:
        EmptyDocument: 0 bytes, or nothing to read in it.
        WrongType: not what its name says, or of a kind that is not read.
        LockedReport, BrokenDocument, NoTextLayer, ReadingLimit, BadRecord: see ``extractors.errors``.
    """
    if not data.strip(b"\x00 \r\n\t"):
        raise EmptyDocument(f"{name} is empty.")
    kind = sniff(data, name)
    lies = _check_promise(kind, name)
    if kind == OLE and _LOCKED in data:
        raise LockedReport(f"{name} needs a password.")
    reader = _readers(limits or Limits()).get(kind)
    if reader is None:
        raise WrongType(f"{name} is {_NAMES[kind]}.", mend=_OLD_WORD if kind == OLE else None)
    reading = reader(data, name)
    return reading.replaced(problems=(*lies, *reading.problems)) if lies else reading


def _check_promise(kind: str, name: str) -> tuple[Problem, ...]:
    """What to say of a document whose bytes are not what its name's ending says.

    A whole document under a wrong name is read as what it is, and a problem says so. What only stands in for a
    document, as an error page saved under the name of a PDF does, is refused.

    Raises:
        WrongType: such as a .pdf that is an error page.
    """
    promised = _SUFFIXES.get(name.rpartition(".")[2].lower() if "." in name else "")
    if promised is None or kind in (promised, OLE):
        return ()
    said = f"{name} says it is {_NAMES[promised]} but is {_NAMES[kind]}"
    if kind in (PDF, DOCX):
        mend = "Give it the ending of what it is."
        return (Problem(kind="wrong-name", what=f"{said}; it was read as that.", mend=mend),)
    if promised in (PDF, DOCX) or kind == UNKNOWN:
        raise WrongType(f"{said}.")
    return ()


def _readers(limits: Limits) -> dict[str, Callable[[bytes, str], Reading]]:
    # Imported when first used: the PDF library takes longer to load than a help text may.
    from extractors.formats.govuk import read_govuk
    from extractors.formats.html import read_html
    from extractors.formats.mail import read_email
    from extractors.formats.markdown import read_markdown
    from extractors.formats.pdf.document import read_pdf
    from extractors.formats.text import read_text
    from extractors.formats.word.document import read_docx

    return {
        PDF: partial(read_pdf, limits=limits),
        HTML: read_html,
        TEXT: read_text,
        MARKDOWN: read_markdown,
        RECORDS: _one_record,
        DOCX: read_docx,
        EMAIL: read_email,
        GOVUK: read_govuk,
    }


def _one_record(data: bytes, name: str) -> Reading:
    """A file that holds a single record reads as that document; of more, ``read_records`` makes many."""
    found = list(read_records(data))
    records = [r for r in found if isinstance(r, ImportRecord)]
    problems = tuple(p for p in found if not isinstance(p, ImportRecord))
    if not records:
        raise BadRecord(f"{name} holds no import record that can be read.")
    readings = [read_record(r) for r in records]
    blocks = [b for r in readings for b in r.blocks]
    numbered = tuple(b.replaced(ordinal=i) for i, b in enumerate(blocks))
    first = readings[0]
    return Reading(
        blocks=numbered, problems=problems, title=first.title, publisher=first.publisher, published=first.published
    )


__all__ = [
    "DOCX",
    "EMAIL",
    "GOVUK",
    "HTML",
    "MARKDOWN",
    "OLE",
    "PDF",
    "RECORDS",
    "TEXT",
    "UNKNOWN",
    "decode",
    "read",
    "sniff",
]
