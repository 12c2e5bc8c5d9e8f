"""Labelled paragraphs: read from JSON lines, checked, and handed on without their text in any message."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, cast

from pydantic import Field, ValidationError, model_validator

from extractors.errors import BadRecord
from extractors.formats.text import whole
from extractors.records import Record, Role
from extractors.tagging.paragraphs import Paragraph
from extractors.tagging.vocabulary import THEME_CODES


class LabelledSentence(Record):
    """One sentence and the role a careful reader gave it."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    role: Role


class LabelledParagraph(Record):
    """One paragraph with its sentences' roles and its themes."""

    id: str = Field(min_length=1)
    document: str = Field(min_length=1, description="Folds are cut by it: no document is both learnt and measured.")
    source: str = Field("", description="Kind of publication, to break figures down by; never shown to the model.")
    heading: str = ""
    text: str
    sentences: tuple[LabelledSentence, ...]
    themes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> "LabelledParagraph":
        if self.text != whole(self.text):
            raise ValueError("the text holds half a surrogate pair")
        last = 0
        for sentence in self.sentences:
            if not last <= sentence.start < sentence.end <= len(self.text):
                raise ValueError("sentence offsets overlap or leave the text")
            last = sentence.end
        unknown = set(self.themes) - set(THEME_CODES)
        if unknown:
            raise ValueError(f"unknown themes {sorted(unknown)}")
        return self

    def unlabelled(self) -> Paragraph:
        """The same paragraph as a tagger sees it."""
        spans = tuple((s.start, s.end) for s in self.sentences)
        return Paragraph(id=self.id, text=self.text, heading=self.heading, document=self.document, sentences=spans)


def read_labels(lines: Iterable[str | bytes], *, name: str = "labels") -> Iterator[LabelledParagraph]:
    """Labelled paragraphs, one a line; blank lines are passed over.

    Args:
        lines: the lines of a label file.
        name: what to call the file in an error.

    Raises:
        BadRecord: a line is no JSON object, or its codes or offsets are wrong.
    """
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            raw: Any = json.loads(line)
            labelled = LabelledParagraph.model_validate(cast("dict[str, Any]", raw))
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            raise BadRecord(f"Line {number} of {name}: {place or 'paragraph'}: {first['msg']}.") from None
        except ValueError:
            raise BadRecord(f"Line {number} of {name} is no JSON object.") from None
        if labelled.id in seen:
            raise BadRecord(f"Line {number} of {name} repeats the id {labelled.id}.")
        seen.add(labelled.id)
        yield labelled
