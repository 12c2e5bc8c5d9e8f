"""The level of each heading by what its label goes on from or divides; type decides only where labels say nothing."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.schemes import APPENDED, SCHEMES, Step, further_in, named_step, parts_of, steps_of

_DEEPEST = 6
_MISSED = 3
"""How far a label may be from the last of its scheme: not each entry of one is a heading."""
_LARGER = 1.05
_NEAR = 1.12
"""How much larger a heading may be set than one beside it: a remark in small print may make up most of that."""
_MUCH_LARGER = 1.6
_CAPITALS = 0.75
_FEW = 4
"""Letters that an abbreviation may have, whose capitals say nothing."""
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_REMARK = re.compile(r"^(?:(?:important|special) )?(?:note|caution|warning|reminder)\W*$", re.IGNORECASE)
"""What titles a remark within a section, which no other heading divides."""


@dataclass(frozen=True, slots=True)
class Title:
    """What a heading prints and how it is set."""

    level: int
    """By its type, or as outline, contents or cover give it."""
    steps: tuple[Step, ...] = ()
    """The places in schemes of numbering that its label may have."""
    number: tuple[str, ...] = ()
    """The parts of a number that has several."""
    size: float = 10.0
    bold: bool = False
    capitals: bool | None = None
    """None where it has too few letters to tell."""
    fixed: bool = False
    """Whether its level stays."""
    under: bool = False
    """Whether nothing stands between it and the heading before it."""
    barren: bool = False
    """Whether it titles a list of contents, a remark, or stands on a cover: no other heading divides it."""
    remark: bool = False
    """Whether it titles a remark, which belongs to the section it stands in."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading with the level it has, which later ones may go on from or divide."""

    title: Title
    level: int
    step: Step | None

    @property
    def named(self) -> bool:
        """Whether it is called a chapter, part or appendix."""
        return self.step is not None and self.step.scheme not in SCHEMES

    @property
    def kind(self) -> object:
        """What those that take its place share with it."""
        if self.title.number:
            return self.title.number[:-1]
        return self.step.scheme if self.step else self.title.capitals


@dataclass(slots=True)
class _Known:
    """The headings so far."""

    open: list[_Open] = field(default_factory=list[_Open])
    """Those above the next one, and the last of each scheme beside them, in order."""
    schemes: dict[str, int] = field(default_factory=dict[str, int])
    """The level at which each scheme stood last."""
    forms: dict[tuple[str, int, bool], int] = field(default_factory=dict[tuple[str, int, bool], int])
    """The level at which each scheme stood last in one type."""
    numbers: dict[tuple[str, ...], int] = field(default_factory=dict[tuple[str, ...], int])
    parts: dict[int, int] = field(default_factory=dict[int, int])
    """The level at which a number of so many parts stood last."""


def title_of(draft: Draft, *, fixed: bool = False, under: bool = False, barren: bool = False) -> Title:
    """What a heading says of its level; bold is what most of its text is, whatever its number."""
    said = draft.said
    number = parts_of(draft.label, said)
    steps = [] if number else steps_of(draft.label) if draft.label else named_step(said)
    words = [w for line in draft.lines for w in line.words[line.label_words :]]
    bold = sum(len(w.text) for w in words if w.style.bold) > 0.5 * sum(len(w.text) for w in words)
    capitals = capitals_of(said.removeprefix(draft.label))
    level = draft.level or 1
    remark = bool(_REMARK.match(said))
    return Title(level, tuple(steps), number, draft.size, bold, capitals, fixed, under, barren or remark, remark)


def capitals_of(text: str) -> bool | None:
    """Whether nearly all letters are capitals, what stands in brackets aside; None where there are few.

    Examples:
        >>> [capitals_of(text) for text in ("USE of FORCE (see the Model)", "Use of CS spray", "PIT:")]
        [True, False, None]
    """
    letters = [letter for letter in _BRACKETS.sub("", text) if letter.isalpha()]
    return sum(map(str.isupper, letters)) > _CAPITALS * len(letters) if len(letters) >= _FEW else None


def nest(
    headings: Sequence[Draft], fixed: Collection[int], under: Collection[int] = (), barren: Collection[int] = ()
) -> None:
    """Set each heading's level by its label.

    Args:
        headings: in order, with levels by size, weight, outline and cover.
        fixed: identities (``id``) of those whose levels stay.
        under: of those right below another heading.
        barren: of those that no other divides.
    """
    titles = [
        title_of(draft, fixed=id(draft) in fixed, under=id(draft) in under, barren=id(draft) in barren)
        for draft in headings
    ]
    for draft, level in zip(headings, settle(titles), strict=True):
        draft.level = level


def settle(titles: Sequence[Title]) -> list[int]:
    """A level for each heading, from 1.

    A label that goes on from an open heading's (D. to E.) stands beside it; one of a form that is new there stands
    one below the heading it divides; what has no label stands beside the last open heading set like it.
    """
    known = _Known()
    return [_place(title, known) for title in titles]


def at_odds(labels: Iterable[tuple[str, int]]) -> bool:
    """Whether levels contradict their labels: of a sequence told from its middle, the next stands below the last.

    Who leaves out most of a sequence has not thought of its levels; who tells all of it may well mean them.

    Args:
        labels: what each heading prints, and its level, in order.

    Examples:
        >>> at_odds([("VI.", 1), ("VII.", 2)]), at_odds([("1.", 1), ("2.", 2)]), at_odds([("4.", 2), ("5.", 1)])
        (True, False, False)
    """
    last: dict[str, tuple[int, int]] = {}
    whole: set[str] = set()
    for label, level in labels:
        for step in steps_of(label):
            value, above = last.get(step.scheme, (0, _DEEPEST))
            if step.value == 1:
                whole.add(step.scheme)
            if step.value == value + 1 and level > above and step.scheme not in whole:
                return True
            last[step.scheme] = step.value, level
    return False


def _place(title: Title, known: _Known) -> int:
    beside = _beside(title, known.open)
    step = beside[1] if beside else next(iter([s for s in title.steps if s.value == 1] or title.steps), None)
    if title.fixed:
        level = title.level
    elif title.remark and known.open:
        level = known.open[-1].level + 1
    elif title.number:
        level = _by_parts(title, known)
    elif beside:
        level = beside[0].level
    elif step and step.scheme in SCHEMES:
        level = _by_scheme(title, step, known)
    elif step and step.value == 1 and (appended := _as_appended(title, step, known)):
        level = appended
    else:
        level = _by_type(title, known.open)
    if not title.fixed:
        level = _without_a_gap(level, title, known.open)
    level = max(1, min(level, _DEEPEST))
    if not title.barren:
        _note(_Open(title, level, step), known)
    return level


def _note(new: _Open, known: _Known) -> None:
    """Open a heading, and close what it ends: all that is deeper, and what it takes the place of."""
    known.open = [e for e in known.open if e.level < new.level or (e.level == new.level and e.kind != new.kind)]
    known.open.append(new)
    if new.step:
        known.schemes[new.step.scheme] = known.forms[_form(new.title, new.step)] = new.level
        known.numbers[(str(new.step.value),)] = new.level
    if new.title.number:
        known.numbers[new.title.number] = known.parts[len(new.title.number)] = new.level


def _form(title: Title, step: Step) -> tuple[str, int, bool]:
    return step.scheme, round(title.size), title.bold


def _beside(title: Title, opened: Sequence[_Open]) -> tuple[_Open, Step] | None:
    """The open heading that a label goes on from, set like it if there is one, and the reading by which it does."""
    found = [
        (entry, step)
        for entry in reversed(opened)
        for step in title.steps
        if entry.step and entry.step.scheme == step.scheme and _goes_on(title, step, entry, opened)
    ]
    return next((pair for pair in found if _alike(title, pair[0].title)), found[0] if found else None)


def _goes_on(title: Title, step: Step, entry: _Open, opened: Sequence[_Open]) -> bool:
    missed = step.value - (entry.step.value if entry.step else 0)
    if not 0 < missed <= _MISSED or not 1 / _NEAR < title.size / entry.title.size < _MUCH_LARGER:
        return False
    if title.bold or not entry.title.bold:
        return True
    # A plain item within a bold chapter may have the next number by chance.
    inner = opened[opened.index(entry) + 1 :]
    return not any(e.step and further_in(step, e.step) for e in inner) if inner else missed == 1


def _by_parts(title: Title, known: _Known) -> int:
    """Beside the numbers that share all parts but the last, else one below the number it divides."""
    number = title.number
    beside = [e for e in known.open if len(e.title.number) == len(number) and e.title.number[:-1] == number[:-1]]
    if beside:
        return beside[-1].level
    if number[:-1] in known.numbers:
        return known.numbers[number[:-1]] + 1
    if len(number) in known.parts:
        return known.parts[len(number)]
    if known.open and _heads(title, known.open[-1]) and not _stronger(title, known.open[-1].title):
        return known.open[-1].level + 1
    above = [entry.level for entry in known.open if entry.level < title.level]
    return min(title.level, max(above) + 1) if above else title.level


def _by_scheme(title: Title, step: Step, known: _Known) -> int:
    """Where no sequence is open: as its form stood last where one goes on, else below what it divides."""
    same = [entry for entry in known.open if entry.step and entry.step.scheme == step.scheme]
    last = known.open[-1] if known.open else None
    within = last is not None and last.step is not None and further_in(step, last.step)
    if step.value == 1:
        again = same and (_alike(title, same[-1].title) or known.forms.get(_form(title, step)) == same[-1].level)
        stays = again and last is not None and not within and not _heads(title, last)
        return same[-1].level if stays else _below(title, step, known)
    deeper = last is not None and within and not (same and last.level <= same[-1].level)
    if last is not None and deeper and title.size <= _LARGER * last.title.size:
        return last.level + 1
    if same and _near(title, same[-1].title):
        return same[-1].level
    before = known.forms.get(_form(title, step)) or (None if same else known.schemes.get(step.scheme))
    return before or _below(title, step, known)


def _as_appended(title: Title, step: Step, known: _Known) -> int | None:
    """The level of appendices, where the first attachment is set like them; None where there is no such."""
    if step.scheme not in APPENDED:
        return None
    levels = (known.forms.get(_form(title, Step(scheme, 1))) for scheme in APPENDED if scheme != step.scheme)
    return next(filter(None, levels), None)


def _heads(title: Title, last: _Open) -> bool:
    """Whether the last heading, which has no number, is what the numbering of one begins below."""
    return last.named or (title.under and not last.title.number and last.step is None)


def _below(title: Title, step: Step, known: _Known) -> int:
    """One below the innermost heading that a label divides; beside one without a label that is set like it."""
    for entry in reversed(known.open):
        other = entry.title
        custom = entry.step is not None and further_in(step, entry.step)
        if title.size > _LARGER * other.size or (_stronger(title, other) and not other.number and not custom):
            continue
        if entry.step and not entry.named:
            if custom or _divides(title, step, entry, known):
                return entry.level + 1
        elif other.number or _heads(title, entry) or _stronger(other, title) or _outer(other, title):
            return entry.level + 1
        else:
            return entry.level
    return title.level


def _divides(title: Title, step: Step, entry: _Open, known: _Known) -> bool:
    """Whether a scheme stands below another as it stood before, or because it begins here."""
    if entry.step is not None and entry.step.scheme == step.scheme:
        return _stronger(entry.title, title)
    before = known.schemes.get(step.scheme)
    return step.value == 1 if before is None else before > entry.level


def _by_type(title: Title, opened: Sequence[_Open]) -> int:
    """Beside the last open heading that is set like it, below one in capitals, else below those set stronger."""
    like = [entry for entry in reversed(opened) if _alike(title, entry.title) and not entry.title.fixed]
    same = [e for e in like if None in (e.title.capitals, title.capitals) or e.title.capitals == title.capitals]
    if same:
        return same[0].level
    if like:
        return like[0].level + _outer(like[0].title, title)
    above = [entry.level for entry in opened if _above(entry.title, title)]
    return max([title.level, *(level + 1 for level in above)])


def _above(one: Title, other: Title) -> bool:
    """Whether a heading is set stronger than another, and not, in capitals both, on its level by type all the same."""
    beside = one.level == other.level and bool(one.capitals and other.capitals) and one.bold == other.bold
    return _stronger(one, other) and not one.fixed and not (beside and _near(one, other))


def _without_a_gap(level: int, title: Title, opened: Sequence[_Open]) -> int:
    """*level*, or where it would leave one out on the way down, one below the last that type sets higher."""
    lowest = 1 + (opened[-1].level if opened else 0)
    if level <= lowest:
        return level
    return min(lowest, next((1 + e.level for e in reversed(opened) if e.title.level < title.level), lowest))


def _alike(one: Title, other: Title) -> bool:
    return round(one.size) == round(other.size) and one.bold == other.bold


def _near(one: Title, other: Title) -> bool:
    return one.size < _NEAR * other.size and other.size < _NEAR * one.size


def _stronger(one: Title, other: Title) -> bool:
    """Whether one is set larger, or as large and bold where the other is not."""
    as_large = other.size <= _LARGER * one.size
    return one.size > _LARGER * other.size or (one.bold and not other.bold and as_large)


def _outer(one: Title, other: Title) -> bool:
    """Whether one is in capitals and the other, set like it otherwise, not."""
    return _alike(one, other) and one.capitals is True and other.capitals is False
