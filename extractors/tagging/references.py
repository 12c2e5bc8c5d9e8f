"""Labels without their text: which paragraph is meant, where its sentences end, and what they are.

Whoever has the document can put the text back; nobody else learns what it says. A paragraph is
known by its letters and digits alone, so that spaces, dashes and quotation marks may be read in
another way than when the labels were made.
"""

import hashlib
from collections.abc import Iterable, Iterator

from pydantic import Field, model_validator

from extractors.records import Record
from extractors.tagging.labels import LabelledParagraph, LabelledSentence
from extractors.tagging.vocabulary import ROLES

_CODES = {entry.role: entry.letter for entry in ROLES}
_ROLES = {letter: role for role, letter in _CODES.items()}


class Reference(Record):
    """The labels of one paragraph whose text lies elsewhere."""

    document: str = Field(min_length=1)
    source: str = ""
    letters: str = Field(pattern=r"^[0-9a-f]{20}$", description="Start of the SHA-256 of its letters and digits.")
    ends: tuple[int, ...] = Field(description="Letters and digits up to the end of each sentence.")
    roles: str = Field(description="A letter of the codebook for each sentence.")
    themes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> "Reference":
        if len(self.ends) != len(self.roles) or set(self.roles) - set(_ROLES):
            raise ValueError("each sentence has one known role")
        if any(end <= before for before, end in zip((0, *self.ends), self.ends, strict=False)):
            raise ValueError("sentences end one after the other")
        return self


def letters_key(text: str) -> str:
    """What a paragraph is known by.

    Examples:
        >>> letters_key("“Don't,” he said.") == letters_key("Dont he said")
        True
    """
    letters = "".join(character for character in text.casefold() if character.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()[:20]


def refer(label: LabelledParagraph) -> Reference:
    """*label* without its text; a sentence without a letter is left out."""
    kept: list[tuple[int, str]] = []
    for sentence in label.sentences:
        end = _count(label.text[: sentence.end])
        if end > (kept[-1][0] if kept else 0):
            kept.append((end, _CODES[sentence.role]))
    return Reference(
        document=label.document,
        source=label.source,
        letters=letters_key(label.text),
        ends=tuple(end for end, _ in kept),
        roles="".join(code for _, code in kept),
        themes=label.themes,
    )


def resolve(references: Iterable[Reference], texts: Iterable[tuple[str, str]]) -> Iterator[LabelledParagraph]:
    """Labelled paragraphs, for those *references* whose text is found.

    Args:
        references: labels without text.
        texts: heading and text of every paragraph at hand.
    """
    known = {letters_key(text): (heading, text) for heading, text in texts}
    for reference in references:
        found = known.get(reference.letters)
        if found is not None:
            heading, text = found
            yield LabelledParagraph(
                id=reference.letters,
                document=reference.document,
                source=reference.source,
                heading=heading,
                text=text,
                sentences=tuple(_sentences(reference, text)),
                themes=reference.themes,
            )


def _count(text: str) -> int:
    return sum(character.isalnum() for character in text.casefold())


def _sentences(reference: Reference, text: str) -> Iterator[LabelledSentence]:
    """Each reaches from the first sign after the former to the space after its last letter."""
    at = seen = 0
    for end, code in zip(reference.ends, reference.roles, strict=True):
        while at < len(text) and text[at].isspace():
            at += 1
        start = at
        while at < len(text) and (seen < end or not text[at].isspace()):
            seen += _count(text[at])
            at += 1
        yield LabelledSentence(start=start, end=at, role=_ROLES[code])
