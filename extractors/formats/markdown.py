"""Markdown into blocks, by way of the HTML that it stands for."""

from extractors.errors import EmptyDocument
from extractors.formats.html import read_fragment
from extractors.formats.text import decode
from extractors.records import Reading


def read_markdown(data: bytes, name: str) -> Reading:
    """Read Markdown, tables included; HTML inside it is text, not markup.

    Raises:
        EmptyDocument: there is nothing to read.
    """
    from markdown_it import MarkdownIt

    rendered = MarkdownIt("commonmark", {"html": False}).enable("table").render(decode(data))
    reading = read_fragment(rendered)
    if not reading.blocks:
        raise EmptyDocument(f"{name} holds no text.")
    return reading
