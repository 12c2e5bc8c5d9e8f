"""What a Word document prints at the head and foot of every page."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn


def printed_on_pages(document: Document) -> Iterator[Any]:
    """The paragraphs of all headers and footers that the document shows."""
    for section in document.sections:
        even, first = document.settings.odd_and_even_pages_header_footer, section.different_first_page_header_footer
        parts = [section.header, section.footer]
        parts += [section.even_page_header, section.even_page_footer] if even else []
        parts += [section.first_page_header, section.first_page_footer] if first else []
        for part in (p for p in parts if not p.is_linked_to_previous):
            element: Any = part._element  # pyright: ignore[reportPrivateUsage] - the library gives no other way to text boxes and controls
            yield from element.iter(qn("w:p"))


def furniture_of(paragraphs: Iterable[Any], read: Callable[[Any], str]) -> Iterator[str]:
    """Lines of headers and footers, each once; those without a letter are page numbers and say nothing.

    Args:
        paragraphs: their ``w:p`` elements.
        read: the text of such an element.
    """
    met: set[str] = set()
    for paragraph in paragraphs:
        text = read(paragraph).strip()
        if text not in met and any(c.isalpha() for c in text):
            met.add(text)
            yield text
