"""One recommendation printed twice is one recommendation on more pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from extractors.records import BlockKind, Passage
from extractors.units.drafts import BESIDE, Draft

_WORD = re.compile(r"[a-z0-9]+")
_ALIKE = 0.8
_SHINGLE = 5


def words(text: str) -> list[str]:
    """Lower-case words and figures.

    Examples:
        >>> words("The Force’s plan, 2021")
        ['the', 'force', 's', 'plan', '2021']
    """
    return _WORD.findall(text.lower())


def alike(one: Sequence[str], other: Sequence[str]) -> float:
    """How much two texts share: F1 over their words."""
    shared = (Counter(one) & Counter(other)).total()
    return 2 * shared / max(1, len(one) + len(other))


def merged(drafts: Iterable[Draft]) -> list[Draft]:
    """Drafts in order of place, each printed once; the fuller printing stays and takes the other's pages."""
    kept: list[tuple[list[str], Draft]] = []
    for draft in sorted(drafts, key=lambda d: d.first):
        own = words(draft.text)
        twin = next((i for i, (text, other) in enumerate(kept) if _same(own, draft, text, other)), None)
        if twin is None:
            kept.append((own, draft))
            continue
        text, other = kept[twin]
        both = sorted({*draft.all_pages(), *other.all_pages()})
        fuller = draft if len(own) > 1.1 * len(text) and not (other.number and not draft.number) else other
        kept[twin] = (own if fuller is draft else text, fuller.on_pages(both))
    return [draft for _, draft in kept]


def _same(own: list[str], draft: Draft, text: list[str], other: Draft) -> bool:
    if draft.formal and other.formal and draft.number and draft.number == other.number:
        # One number twice is one recommendation, of which one printing may be cut short.
        return alike(own, text) >= 0.7 or _holds(own, text)
    if min(len(own), len(text)) * 3 < max(len(own), len(text)):
        return False
    if draft.number and other.number and draft.number.lower() != other.number.lower() and draft.formal and other.formal:
        return alike(own, text) > 0.95
    return alike(own, text) >= (0.7 if draft.number and draft.number == other.number else _ALIKE)


def _holds(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether nearly all words of the shorter text stand in the longer."""
    shared = (Counter(one) & Counter(other)).total()
    return shared >= 0.9 * min(len(one), len(other)) > 0


def with_other_printings(drafts: Sequence[Draft], passages: Sequence[Passage]) -> list[Draft]:
    """Add the pages of passages that print nearly the same words, such as the chapter a summary repeats."""
    holders: dict[tuple[str, ...], set[int]] = defaultdict(set)
    sizes: list[int] = []
    for index, draft in enumerate(drafts):
        shingles = _shingles(words(draft.text))
        sizes.append(len(shingles))
        for shingle in shingles:
            holders[shingle].add(index)
    pages: list[set[int]] = [set() for _ in drafts]
    for passage in passages:
        if passage.block.kind in BESIDE or passage.block.kind is BlockKind.TABLE:
            continue
        shingles = _shingles(words(passage.block.text))
        hits = Counter(index for shingle in shingles for index in holders.get(shingle, ()))
        for index, count in hits.items():
            if count >= 0.7 * sizes[index] or (count >= 8 and count >= 0.8 * len(shingles)):
                pages[index].update(passage.block.pages)
    return [draft.on_pages(sorted(extra)) for draft, extra in zip(drafts, pages, strict=True)]


def _shingles(text: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(text[i : i + _SHINGLE]) for i in range(len(text) - _SHINGLE + 1)}
