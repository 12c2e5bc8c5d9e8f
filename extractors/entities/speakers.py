"""Whose judgement or claim a sentence reports: "the IOPC", "the jury", "his sergeant".

A judgement without a speaker is the report's own. People are never named: a rank stands for an officer, and "a named
person" for anybody else whom a sentence calls by name.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.entities import find
from extractors.entities.speech import AND, BEING, BODY, CLAIMED, CLAIMING, GAP, JUDGING, NOUNS, UNSAID, Speech
from extractors.records import Entity, EntityKind, Role, Speaker, TaggedSentence

OWN_VOICE = "the reporting body"
"""The name behind "we" and "I" where nobody says who publishes."""
NAMED_PERSON = "a named person"

_SPEECH = {Role.FINDING: JUDGING, Role.OUTCOME: JUDGING, Role.ALLEGATION: CLAIMING}
_WOMAN = re.compile(r"(?i:\b(?:wo|ho)?(?:woman|girl|mother|daughter|sister|wife|girlfriend|aunt|niece|female)$)")
_MAN = re.compile(r"(?i:\b(?:man|boy|father|son|brother|husband|boyfriend|uncle|nephew|male)$)")
_SEVERAL = re.compile(r"(?i:(?:s|men|women|children|family|couple|people|staff)$|\band\b)")
_NAME = re.compile(r"(?:\s+[A-Z][\w’'-]*){1,2}")
_FAMILY_NAME = re.compile(r"\b[A-Z][a-z]+\s+(?:family|families|brothers|sisters|couple)\b")
_FAR = 160
"""Characters between a speaker and the verb beyond which they do not belong together."""
_LONGEST = 2000
"""Characters beyond which a sentence is a list or a table, and nobody's words."""
_BACK = 5
"""Sentences that a pronoun reaches back."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    name: str
    kind: str
    """own, body, person, pronoun"""

    @property
    def several(self) -> bool:
        return _SEVERAL.search(self.name) is not None

    def is_meant_by(self, pronoun: str) -> bool:
        """Whether a later "he", "she" or "they" can mean this one."""
        if self.kind != "person":
            return False
        if pronoun in {"they", "their"}:
            return self.several
        other = _WOMAN if pronoun in {"he", "his"} else _MAN
        return not (self.several or other.search(self.name))


def attributed(
    text: str, sentences: Sequence[TaggedSentence], entities: Sequence[Entity] | None = None, voice: str | None = None
) -> tuple[TaggedSentence, ...]:
    """*sentences* with their speakers, where the text names one.

    Args:
        text: the paragraph.
        sentences: its sentences with their roles.
        entities: what is named in it; found here where not given.
        voice: who says "we": the report's publisher.

    Examples:
        >>> text = "The jury found that he fell. His sergeant said he had been pushed."
        >>> roles = [(0, 28, Role.FINDING), (29, 66, Role.ALLEGATION)]
        >>> told = [TaggedSentence(start=a, end=b, role=role, score=1, scores={role: 1}) for a, b, role in roles]
        >>> [sentence.speaker.name for sentence in attributed(text, told)]
        ['the jury', 'his sergeant']
    """
    if not any(sentence.role in _SPEECH for sentence in sentences):
        return tuple(sentences)
    named = find(text) if entities is None else entities
    everybody = _Everybody(_candidates(text, named, voice or OWN_VOICE))
    starts = [sentence.start for sentence in sentences]
    found = [
        _speaker(text, sentence, everybody, starts[max(0, at - _BACK) : at]) if sentence.role in _SPEECH else None
        for at, sentence in enumerate(sentences)
    ]
    return tuple(
        sentence.replaced(speaker=speaker) if speaker else sentence
        for sentence, speaker in zip(sentences, found, strict=True)
    )


class _Everybody:
    """All candidates of a text, in order of place; of two that start together the longer one first."""

    def __init__(self, candidates: Iterable[_Candidate]) -> None:
        self._all = sorted(candidates, key=lambda one: (one.start, -one.end))
        self._starts = [one.start for one in self._all]

    def within(self, start: int, end: int) -> list[_Candidate]:
        found = self._all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [one for one in found if one.end <= end]


def _candidates(text: str, entities: Sequence[Entity], voice: str) -> Iterator[_Candidate]:
    for entity in entities:
        if entity.kind in {EntityKind.FORCE, EntityKind.BODY}:
            yield _Candidate(entity.start, entity.end, entity.name, "body")
        elif entity.kind is EntityKind.RANK and (named := _NAME.match(text, entity.end)):
            yield _Candidate(entity.start, named.end(), entity.name, "person")
    for noun in NOUNS.finditer(text):
        words = " ".join(noun.group().split())
        name = words[0].lower() + words[1:] if noun.lastgroup in {"phrase", "many", "pronoun"} else words
        kind = {"own": "own", "pronoun": "pronoun"}.get(noun.lastgroup or "", "body" if BODY.search(name) else "person")
        fixed = {"own": voice, "person": NAMED_PERSON}.get(noun.lastgroup or "")
        if _FAMILY_NAME.search(name):
            fixed = NAMED_PERSON
        yield _Candidate(noun.start(), noun.end(), fixed or name, kind)


def _speaker(text: str, sentence: TaggedSentence, everybody: _Everybody, before: Sequence[int]) -> Speaker | None:
    """Who speaks in *sentence*: of those that a verb or a noun points at, the first."""
    speech = _SPEECH[sentence.role]
    if sentence.end - sentence.start > _LONGEST:
        return None
    here = everybody.within(sentence.start, sentence.end)
    pointed = [*_by_verb(text, sentence, here, speech), *_by_noun(text, sentence, here, speech)]
    for _, one in sorted(pointed, key=lambda pair: pair[0]):
        meant = _antecedent(one, everybody, [*before, sentence.start]) if one.kind == "pronoun" else one
        if meant is not None and not (meant.kind == "own" and speech is CLAIMING):
            return Speaker(name=meant.name, start=one.start, end=one.end)
    return None


def _by_verb(
    text: str, sentence: TaggedSentence, here: Sequence[_Candidate], speech: Speech
) -> Iterator[tuple[int, _Candidate]]:
    claim = CLAIMED.search(text, sentence.start, sentence.end) if speech is CLAIMING else None
    here = [one for one in here if claim is None or one.start < claim.end()]
    for pattern, state in ((speech.verbs, False), (speech.states, True)):
        for verb in pattern.finditer(text, sentence.start, sentence.end):
            for one in here:
                if not 0 < verb.start() - one.end <= _FAR:
                    continue
                gap = GAP.fullmatch(text, one.end, verb.start())
                if gap is None and speech is CLAIMING and one is here[0]:
                    gap = AND.fullmatch(text, one.end, verb.start())
                if gap and _acts(one, gap["links"], verb, speech, state=state):
                    yield verb.start(), one


def _acts(one: _Candidate, links: str, verb: re.Match[str], speech: Speech, *, state: bool) -> bool:
    """Whether the verb makes *one* the speaker: not what was done to them, nor what they failed to do."""
    if one.kind == "own":
        return True
    if bool(BEING.search(links)) is not state or UNSAID.search(f"{links} {verb.group()}"):
        return False
    return one.kind == "body" or state or speech.firm.match(verb.string, verb.start()) is not None


def _by_noun(
    text: str, sentence: TaggedSentence, here: Sequence[_Candidate], speech: Speech
) -> Iterator[tuple[int, _Candidate]]:
    for one in here:
        owned = speech.nouns.match(text, one.end, sentence.end)
        if owned and bool(owned["s"]) is (one.kind in {"body", "person"}):
            yield one.start, one
    for match in speech.before.finditer(text, sentence.start, sentence.end):
        yield from ((match.start(), one) for one in here if one.start == match.end() and one.kind in {"body", "person"})


def _antecedent(one: _Candidate, everybody: _Everybody, starts: Sequence[int]) -> _Candidate | None:
    """Whom a pronoun means: the first fitting one of its sentence, or of the nearest sentence before that has one."""
    end = one.start
    for start in reversed(starts):
        for other in everybody.within(start, end):
            if other.is_meant_by(one.name):
                return other
        end = start
    return None
