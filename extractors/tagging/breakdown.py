"""Figures by kind of publication and by year: where a tagger is good, and where it only looks so on average."""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from pydantic import Field

from extractors.records import Record, Role
from extractors.scoring import role_scores
from extractors.tagging.labels import LabelledParagraph
from extractors.tagging.paragraphs import TaggedParagraph

UNKNOWN = "unknown"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DRAWS = 200


class Group(Record):
    """How a tagger does on one part of the labels."""

    name: str
    sentences: int
    documents: int
    accuracy: float
    low: float = Field(description="Lower end of the middle 95 % of accuracy over documents drawn again.")
    high: float
    macro_f1: float = Field(description="Over the roles that occur in the group.")


def source_of(label: LabelledParagraph) -> str:
    """The kind of publication.

    Examples:
        >>> source_of(LabelledParagraph(id="a", document="d", source="review", text="", sentences=()))
        'review'
    """
    return label.source or UNKNOWN


def year_of(label: LabelledParagraph) -> str:
    """The last year that the heading names, or else the document's name.

    Examples:
        >>> year_of(LabelledParagraph(id="a", document="d-2016", heading="A death, May 2018", text="", sentences=()))
        '2018'
    """
    for text in (label.heading, label.document):
        found = _YEAR.findall(text)
        if found:
            return found[-1]
    return UNKNOWN


def by_group(
    labels: Sequence[LabelledParagraph], tags: Sequence[TaggedParagraph], group: Callable[[LabelledParagraph], str]
) -> list[Group]:
    """Figures of *tags* beside *labels* for each group, in order of name."""
    pairs: dict[str, dict[str, list[tuple[Role, Role]]]] = defaultdict(lambda: defaultdict(list))
    for label, tagged in zip(labels, tags, strict=True):
        own = pairs[group(label)][label.document]
        own.extend((a.role, b.role) for a, b in zip(label.sentences, tagged.sentences, strict=True))
    return [_figures(name, documents) for name, documents in sorted(pairs.items()) if any(documents.values())]


def _figures(name: str, documents: Mapping[str, Sequence[tuple[Role, Role]]]) -> Group:
    every = [pair for own in documents.values() for pair in own]
    held = [score.f1 for score in role_scores(every).values() if score.support]
    counts = [(sum(truth is guess for truth, guess in own), len(own)) for own in documents.values() if own]
    low, high = _interval(counts)
    return Group(
        name=name,
        sentences=len(every),
        documents=len(counts),
        accuracy=sum(right for right, _ in counts) / len(every),
        low=low,
        high=high,
        macro_f1=sum(held) / len(held),
    )


def _interval(counts: Sequence[tuple[int, int]]) -> tuple[float, float]:
    """The middle 95 % of the share that is right, over documents drawn again with replacement."""
    chance = random.Random(0)  # noqa: S311 - resampling, not secrets
    values: list[float] = []
    for _ in range(_DRAWS):
        drawn = [chance.choice(counts) for _ in counts]
        values.append(sum(right for right, _ in drawn) / sum(all_ for _, all_ in drawn))
    values.sort()
    return values[int(_DRAWS * 0.025)], values[int(_DRAWS * 0.975) - 1]


def table(title: str, groups: Sequence[Group]) -> str:
    """*groups* as lines of text."""
    lines = [f"{title:<32}{'accuracy':>9}{'95 % interval':>16}{'macro-F1':>10}{'sentences':>11}{'documents':>11}"]
    lines += [
        f"{one.name:<32}{one.accuracy:>9.3f}{f'{one.low:.3f} to {one.high:.3f}':>16}{one.macro_f1:>10.3f}"
        f"{one.sentences:>11}{one.documents:>11}"
        for one in groups
    ]
    return "\n".join(lines)
