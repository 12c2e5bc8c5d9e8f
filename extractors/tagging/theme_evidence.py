"""What the second reading knows of a paragraph and a theme: both models' scores, and which telling words stand where.

One row for each paragraph and theme, so that all thirty themes are weighed by the same few
numbers: a theme with fifteen examples gains from what three hundred of another have taught.
"""

from collections.abc import Sequence

import numpy as np

from extractors.tagging.context import Layout, Ordinals, Raw, neighbour, others
from extractors.tagging.heads import JUDGING_COLUMNS, Floats
from extractors.tagging.terms import STRENGTHS, theme_terms
from extractors.tagging.vocabulary import THEME_CODES

LIKELY_JUDGING = 0.3
"""A sentence that judges or demands this probably counts as what the paragraph is about."""
_LEAST = 1e-3
ENCODER, LEXICAL, STRONG, STRONG_IN_HEADING = 0, 1, 6, 10
"""Columns that a theme may weigh in its own way."""


def judging(roles: Floats, layout: Layout) -> Floats:
    """Per paragraph, how probably its most telling sentence judges or demands."""
    out = np.zeros(len(layout.run), dtype=np.float32)
    np.maximum.at(out, layout.paragraph, roles[:, JUDGING_COLUMNS].sum(axis=1))
    return out


def _joined_texts(layout: Layout, kept: Sequence[bool]) -> list[str]:
    parts: list[list[str]] = [[] for _ in layout.run]
    for text, at, own in zip(layout.texts, layout.paragraph.tolist(), kept, strict=True):
        if own:
            parts[at].append(text)
    return [" ".join(own) for own in parts]


def _term_counts(texts: Sequence[str]) -> Floats:
    """Strengths by texts by themes."""
    table = theme_terms()
    known = {text: table.counts(text) for text in set(texts)}
    rows = np.array([known[text] for text in texts], dtype=np.float32)
    return rows.reshape(len(texts), len(STRENGTHS), len(THEME_CODES)).transpose(1, 0, 2)


def _around(scores: Floats, weight: Floats, group: Ordinals) -> Floats:
    """The theme scores of each paragraph's group, by how probably they judge; its own where it is alone."""
    weighed = others(scores * weight, group) / np.maximum(others(weight, group), _LEAST)
    alone = np.bincount(group, minlength=1)[group] < 2
    return np.where(alone[:, None], scores, weighed)


def theme_features(layout: Layout, raw: Raw, roles: Floats) -> Floats:
    """Paragraphs by themes by features.

    Args:
        layout: which sentence stands where.
        raw: the first reading's scores.
        roles: probabilities of roles as the second reading has them.
    """
    likely = roles[:, JUDGING_COLUMNS].sum(axis=1) > LIKELY_JUDGING
    told = _joined_texts(layout, likely.tolist())
    strong, weak = _term_counts(told)
    strong_all, weak_all = _term_counts(_joined_texts(layout, [True] * len(layout.texts)))
    strong_head, weak_head = _term_counts(layout.headings)
    scores = raw.theme_encoder
    weight = judging(roles, layout)[:, None]
    like = np.ones_like(scores)
    total = strong.sum(axis=1, keepdims=True)
    rank = (-scores).argsort(axis=1).argsort(axis=1)
    length = np.log1p(np.array([len(text.split()) for text in told], dtype=np.float32))[:, None]
    columns = (
        scores,
        raw.theme_lexical,
        _around(scores, weight, layout.run),
        _around(scores, weight, layout.document),
        scores - scores.max(axis=1, keepdims=True, initial=-np.inf),
        np.log1p(rank),
        np.log1p(strong),
        np.log1p(weak),
        np.log1p(strong_all),
        np.log1p(weak_all),
        np.log1p(strong_head),
        weak_head > 0,
        np.log1p(others(strong_all, layout.run)),
        np.log1p(others(strong_all, layout.document)),
        np.log1p(total) * (strong > 0),
        strong / np.maximum(total, 1),
        length * like,
        neighbour(scores, layout.run, -1),
        neighbour(scores, layout.run, 1),
    )
    return np.stack(columns, axis=2).astype(np.float32)
