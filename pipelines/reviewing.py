"""The review queue: sentences the tagger was unsure of, what a person says of them, and labels made of that."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from pydantic import Field

from extractors.errors import UsageError
from extractors.records import Passage, Record, Role, Tagged, TaggedSentence
from extractors.tagged import with_roles
from extractors.tagging.language import is_english
from index.protocol import NO_FILTERS, Filters, Index

AROUND = 240
"""Characters of context shown on either side of a sentence."""


class Doubt(Record):
    """One sentence that a person should look at, and why."""

    id: str = Field(description="Passage id and the sentence's start: what a correction names.")
    report: str
    citation_page: int
    heading: str
    before: str
    text: str
    after: str
    role: Role
    score: float
    rival: Role
    rival_score: float

    reason: str = Field(description="Why the tagger was unsure, in its own figures.")


def sentence_id(passage: Passage, sentence: TaggedSentence) -> str:
    """What a correction names: the passage and where the sentence starts."""
    return f"{passage.id}@{sentence.start}"


def doubts(
    index: Index, reviewed: Iterable[str] = (), filters: Filters = NO_FILTERS, roles: Collection[Role] = ()
) -> list[Doubt]:
    """Sentences the tagger abstained on and nobody has reviewed, the least sure first.

    Args:
        index: what was published.
        reviewed: names of sentences that wait no more.
        filters: which passages to look at.
        roles: the likeliest roles to look at; all where none is given.
    """
    done = set(reviewed)
    found = [
        doubt(passage, sentence)
        for passage in index.passages(filters)
        for sentence in passage.sentences
        if sentence.abstained and (not roles or sentence.role in roles) and sentence_id(passage, sentence) not in done
    ]
    return sorted(found, key=lambda waiting: (waiting.score, waiting.id))


def find(index: Index, name: str) -> tuple[Passage, TaggedSentence]:
    """The sentence a review names.

    Raises:
        UsageError: there is none.
    """
    passage_id, _, start = name.rpartition("@")
    passage = index.passage(passage_id)
    for sentence in passage.sentences if passage else ():
        if passage is not None and str(sentence.start) == start:
            return passage, sentence
    raise UsageError(f"No sentence is named {name!r}.", mend="findingaid review list names them.")


def correction(passage: Passage, sentence: TaggedSentence, role: Role, who: str, when: datetime) -> dict[str, Any]:
    """What is recorded of a person's word: which sentence of which text, what it was, why it waited, who and when."""
    if not who.strip():
        raise UsageError("A correction needs the name of the person who makes it.", mend="Say --by NAME.")
    return {
        "sentence": sentence_id(passage, sentence),
        "text_sha256": _digest(passage),
        "was": sentence.role.value,
        "role": role.value,
        "reason": reason(passage, sentence),
        "who": who.strip(),
        "reviewed_at": when,
    }


def reviewed(tagged: Tagged, corrections: Iterable[Mapping[str, Any]]) -> Tagged:
    """*tagged* as people corrected it. A correction of a text that has changed since is left out."""
    texts = {passage.id: _digest(passage) for passage in tagged.passages}
    said: dict[str, dict[int, Role]] = {}
    for row in corrections:
        passage, _, start = row["sentence"].rpartition("@")
        if texts.get(passage) == row["text_sha256"]:
            said.setdefault(passage, {})[int(start)] = Role(row["role"])
    return with_roles(tagged, said) if said else tagged


def labels(index: Index, corrections: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Reviewed paragraphs in the format of labels, for ``findingaid train``.

    Only paragraphs without a doubt left are given: the sentences nobody looked at keep the role the tagger was sure
    of. A correction of a text that has changed since is left out.
    """
    by_passage: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in corrections:
        by_passage.setdefault(row["sentence"].rpartition("@")[0], {})[row["sentence"]] = row
    for passage_id, rows in sorted(by_passage.items()):
        passage = index.passage(passage_id)
        if passage is None or any(row["text_sha256"] != _digest(passage) for row in rows.values()):
            continue
        if all(not s.abstained or sentence_id(passage, s) in rows for s in passage.sentences):
            yield _label(passage, rows)


def _label(passage: Passage, rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    sentences: list[dict[str, Any]] = []
    for sentence in passage.sentences:
        row = rows.get(sentence_id(passage, sentence))
        role = row["role"] if row else sentence.role.value
        sentences.append({"start": sentence.start, "end": sentence.end, "role": role})
    return {
        "id": passage.id,
        "document": passage.report.id,
        "source": "review",
        "heading": passage.heading,
        "text": passage.block.text,
        "sentences": sentences,
        "themes": list(passage.theme_codes),
    }


def reason(passage: Passage, sentence: TaggedSentence) -> str | None:
    """Why the tagger left *sentence* to a person; None where it was sure of it."""
    if not sentence.abstained:
        return None
    if not is_english(passage.block.text):
        return "the paragraph does not read as English"
    rival, rival_score = _rival(sentence)
    return f"{sentence.role.value} {sentence.score:.0%}, {rival.value} {rival_score:.0%}"


def _rival(sentence: TaggedSentence) -> tuple[Role, float]:
    """The second most probable role."""
    others = [(role, score) for role, score in sentence.scores.items() if role is not sentence.role]
    return max(others, key=lambda pair: pair[1])


def doubt(passage: Passage, sentence: TaggedSentence) -> Doubt:
    """One sentence in its context, as a person sees it before judging."""
    text = passage.block.text
    rival, rival_score = _rival(sentence)
    return Doubt(
        id=sentence_id(passage, sentence),
        report=passage.report.title,
        citation_page=passage.block.pages[0],
        heading=passage.heading,
        before=text[max(0, sentence.start - AROUND) : sentence.start],
        text=text[sentence.start : sentence.end],
        after=text[sentence.end : sentence.end + AROUND],
        role=sentence.role,
        score=sentence.score,
        rival=rival,
        rival_score=rival_score,
        reason=reason(passage, sentence) or ("a person said so" if sentence.reviewed else "the tagger was sure of it"),
    )


def _digest(passage: Passage) -> str:
    return hashlib.sha256(passage.block.text.encode()).hexdigest()
