"""What goes into a tagger and what comes out of it."""

from collections.abc import Sequence
from typing import Protocol, Self

from pydantic import Field, model_validator

from extractors.records import Maker, Problem, Record, TaggedSentence, ThemeScore


class Paragraph(Record):
    """One paragraph to be tagged. Paragraphs of one document stand together, in reading order."""

    id: str = Field(min_length=1)
    text: str
    heading: str = Field("", description="The nearest heading above, or the report's title.")
    document: str = Field("", description="Which document it belongs to: only its own neighbours are context.")
    sentences: tuple[tuple[int, int], ...] | None = Field(None, description="Offsets into text; None: split here.")

    @model_validator(mode="after")
    def _offsets_index_text(self) -> Self:
        last = 0
        for start, end in self.sentences or ():
            if not last <= start < end <= len(self.text):
                raise ValueError("sentence offsets must run forward and lie within the text")
            last = end
        return self


class TaggedParagraph(Record):
    """The same paragraph's tags: a role for each sentence, and themes where it judges or demands."""

    id: str
    sentences: tuple[TaggedSentence, ...] = ()
    themes: tuple[ThemeScore, ...] = Field((), description="Assigned themes only, the surest first.")
    problems: tuple[Problem, ...] = Field((), description="Why a paragraph was not tagged, such as not English.")


class Tagger(Protocol):
    """Anything that tags paragraphs and says who it is."""

    @property
    def maker(self) -> Maker:
        """Name and revision, to be stored with every tag."""
        ...

    def tag(self, paragraphs: Sequence[Paragraph]) -> list[TaggedParagraph]:
        """Tag *paragraphs*, one answer each in the same order; neighbours are context."""
        ...
