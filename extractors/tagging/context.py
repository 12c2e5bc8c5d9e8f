"""What the second reading knows of a sentence: what both models thought of it and of its neighbours, and how it is put.

A sentence is not read alone: complaints come in lists, answers fill a response from end to end,
and a demand follows the finding it rests on. Everything here is computed from the first
reading's scores (``Raw``) and the text; nothing is learnt.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from extractors.tagging.baseline import cue_role
from extractors.tagging.heads import Floats, softmax
from extractors.tagging.paragraphs import Paragraph
from extractors.tagging.terms import turns_of_phrase
from extractors.tagging.tokens import runs, useful_heading
from extractors.tagging.vocabulary import ROLE_ORDER

Ordinals = NDArray[np.int64]

_HEADING_CUES = tuple(
    re.compile(cue, re.IGNORECASE)
    for cue in (
        "recommend",
        "response|reply",
        "complain|alleg",
        "concern",
        "finding|conclusion",
        "inquest|death",
        "use of force",
        "background|summary",
    )
)
_MARKER = re.compile(r"\W*(?:[\divx]+[.)]|\(?[a-z]\)|[•-])")
_MOST_PHRASES = 2.0
_MOST_WORDS = 80
FEW = 2
"""Rows of nothing that are added to a mean, so that one neighbour does not speak for a whole document."""
_FIRST_JOIN = 0.3
"""What the lexical scores weigh beside the encoder's where neighbours are looked at."""


@dataclass(frozen=True, slots=True)
class Raw:
    """Scores before the second reading, one row per sentence and per paragraph."""

    role_encoder: Floats
    role_lexical: Floats
    theme_encoder: Floats
    theme_lexical: Floats


@dataclass(frozen=True, slots=True)
class Layout:
    """Which sentence stands where.

    Attributes:
        texts: every sentence.
        paragraph: ordinal of each sentence's paragraph.
        run: ordinal of the run (neighbours of one document under one heading) that each paragraph is in.
        document: ordinal of each paragraph's document; of its run, where no document is named.
        headings: of every paragraph, where it says something.
    """

    texts: tuple[str, ...]
    paragraph: Ordinals
    run: Ordinals
    document: Ordinals
    headings: tuple[str, ...]

    @classmethod
    def of(cls, paragraphs: Sequence[Paragraph], spans: Sequence[Sequence[tuple[int, int]]]) -> Self:
        """Lay out *paragraphs*, whose sentences are *spans*."""
        run = np.zeros(len(paragraphs), dtype=np.int64)
        for number, members in enumerate(runs(paragraphs)):
            run[members] = number
        return cls(
            texts=tuple(p.text[start:end] for p, own in zip(paragraphs, spans, strict=True) for start, end in own),
            paragraph=np.array([at for at, own in enumerate(spans) for _ in own], dtype=np.int64),
            run=run,
            document=_documents(paragraphs, run),
            headings=tuple(useful_heading(p.heading) for p in paragraphs),
        )

    @property
    def sentence_run(self) -> Ordinals:
        """The run each sentence is in."""
        return self.run[self.paragraph]


def _documents(paragraphs: Sequence[Paragraph], run: Ordinals) -> Ordinals:
    known: dict[str, int] = {}
    names = (p.document or f"\n{own}" for p, own in zip(paragraphs, run.tolist(), strict=True))
    return np.array([known.setdefault(name, len(known)) for name in names], dtype=np.int64)


def neighbour(values: Floats, group: Ordinals, step: int) -> Floats:
    """For each row, the row *step* further on where that is of the same group; else zeros.

    Examples:
        >>> neighbour(np.array([[1.0], [2.0], [3.0]]), np.array([0, 0, 1]), -1).tolist()
        [[0.0], [1.0], [0.0]]
    """
    out = np.zeros_like(values)
    here = np.arange(len(values))
    there = here + step
    inside = (there >= 0) & (there < len(values))
    here, there = here[inside], there[inside]
    same = group[here] == group[there]
    out[here[same]] = values[there[same]]
    return out


def others(values: Floats, group: Ordinals) -> Floats:
    """For each row, the mean of the other rows of its group, drawn towards nothing where they are few.

    Examples:
        >>> others(np.array([[3.0], [9.0], [5.0]]), np.array([0, 0, 1])).tolist()
        [[3.0], [1.0], [0.0]]
    """
    sums = np.zeros((int(group.max(initial=-1)) + 1, values.shape[1]), dtype=values.dtype)
    np.add.at(sums, group, values)
    counts = np.bincount(group, minlength=len(sums))[group][:, None]
    return ((sums[group] - values) / (counts - 1 + FEW)).astype(values.dtype)


def within(group: Ordinals) -> tuple[Ordinals, Ordinals]:
    """Each row's ordinal in its group, and the group's size; rows of a group stand together.

    Examples:
        >>> [part.tolist() for part in within(np.array([4, 4, 7]))]
        [[0, 1, 0], [2, 2, 1]]
    """
    _, first, inverse, sizes = np.unique(group, return_index=True, return_inverse=True, return_counts=True)
    return np.arange(len(group)) - first[inverse], sizes[inverse]


def log_softmax(logits: Floats) -> Floats:
    """Logarithms of probabilities along the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def first_roles(raw: Raw) -> Floats:
    """Probabilities of roles as the first reading has them."""
    return softmax((raw.role_encoder + _FIRST_JOIN * raw.role_lexical).astype(np.float32))


def _places(layout: Layout) -> Floats:
    in_paragraph, paragraph_size = within(layout.paragraph)
    in_run, run_size = within(layout.sentence_run)
    columns = (
        in_paragraph == 0,
        in_paragraph == paragraph_size - 1,
        np.minimum(in_paragraph, 5),
        in_run / np.maximum(run_size, 1),
        in_run < 2,
        np.log(np.maximum(run_size, 1)),
    )
    return np.stack(columns, axis=1).astype(np.float32)


def _forms(texts: Sequence[str]) -> Floats:
    rows = np.zeros((len(texts), 7), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        size = len(text.split())
        head = text.lstrip()[:1]
        row[:] = (
            np.log1p(min(size, _MOST_WORDS)),
            size < 5,
            size > 45,
            text.rstrip().endswith(("?", ":", ";")),
            _MARKER.match(text) is not None,
            '"' in text or "“" in text,
            head.islower(),
        )
    return rows


def _cues(texts: Sequence[str]) -> Floats:
    rows = np.zeros((len(texts), len(ROLE_ORDER)), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        row[ROLE_ORDER.index(cue_role(text)[0])] = 1
    return rows


def _heading_cues(headings: Sequence[str]) -> Floats:
    known: dict[str, list[float]] = {}
    for heading in set(headings):
        known[heading] = [float(cue.search(heading) is not None) for cue in _HEADING_CUES] + [float(not heading)]
    return np.array([known[h] for h in headings], dtype=np.float32).reshape(len(headings), len(_HEADING_CUES) + 1)


def sentence_features(layout: Layout, raw: Raw) -> Floats:
    """One row per sentence: both models' scores, the neighbours', the place, the form, the turns of phrase."""
    run, document = layout.sentence_run, layout.document[layout.paragraph]
    probable = first_roles(raw)
    table = turns_of_phrase()
    phrases = np.array([table.counts(text) for text in layout.texts], dtype=np.float32)
    phrases = np.minimum(phrases.reshape(len(layout.texts), table.size), _MOST_PHRASES)
    return np.concatenate(
        [
            log_softmax(raw.role_encoder),
            log_softmax(raw.role_lexical),
            probable,
            *(neighbour(probable, run, step) for step in (-2, -1, 1, 2)),
            others(probable, layout.paragraph),
            others(probable, run),
            others(probable, document),
            _places(layout),
            _forms(layout.texts),
            _heading_cues(layout.headings)[layout.paragraph],
            _cues(layout.texts),
            phrases,
            *(neighbour(phrases, run, step) for step in (-1, 1)),
            others(phrases, document),
        ],
        axis=1,
    ).astype(np.float32)
