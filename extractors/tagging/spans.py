"""Which stretches of a paragraph are its sentences."""

from extractors.sentences import split
from extractors.tagging.paragraphs import Paragraph


def sentence_spans(paragraph: Paragraph) -> tuple[tuple[int, int], ...]:
    """The offsets given with *paragraph*, or those the splitter finds; empty spans are kept out of the latter."""
    if paragraph.sentences is not None:
        return paragraph.sentences
    return tuple((start, end) for start, end in split(paragraph.text) if end > start)
