"""What a reader of a Word document may not have seen, or may see otherwise."""

from collections.abc import Sequence
from typing import Any

from docx.oxml.ns import qn

from extractors.records import Block, Problem

_FEW = 400
"""Characters below which a document with pictures probably says what it says in them."""


def problems_of(body: Any, blocks: Sequence[Block], *, hidden: int, pictures: int) -> tuple[Problem, ...]:
    """Problems of a document whose blocks were read.

    Args:
        body: the ``w:body`` element.
        blocks: what was read from it.
        hidden: characters that no reader sees; they were left out.
        pictures: how many pictures it holds.
    """
    found: list[Problem] = []
    if hidden:
        what = f"The document holds hidden text ({hidden} characters); it was left out."
        found.append(Problem(kind="hidden-text", what=what, mend="Tell the publisher that it can be unhidden."))
    if next(body.iter(qn("w:ins"), qn("w:del"), qn("w:moveFrom")), None) is not None:
        what = "The document holds tracked changes; it was read as if they were all accepted."
        found.append(Problem(kind="tracked-changes", what=what, mend="Ask the publisher for the final version."))
    if next(body.iter(qn("w:altChunk")), None) is not None:
        what = "The document embeds another document, which was not read."
        found.append(Problem(kind="embedded-document", what=what, mend="Open it in Word and save it again."))
    if pictures and sum(len(b.text) for b in blocks) < _FEW:
        what = f"The document holds {pictures} pictures and little text; words in pictures were not read."
        found.append(Problem(kind="little-text", what=what, mend="Save it as PDF, so that OCR can read it."))
    return tuple(found)
