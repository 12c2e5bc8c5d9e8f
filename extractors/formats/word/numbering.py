"""Word's automatic numbers: what a reader sees before a paragraph and no text of the file holds."""

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from extractors.formats.pdf.numbering import BULLETS
from extractors.formats.word.xml import child, number, switched, value

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LETTERED = ("lowerLetter", "upperLetter", "lowerRoman", "upperRoman")
_MAX_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    plain: bool = False
    """Numbers of the levels above are shown as figures, whatever their form."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph."""

    text: str
    kind: str
    """bullet, letter or number."""


@dataclass(frozen=True, slots=True)
class List:
    """A list that paragraphs belong to: its levels, and where it starts anew."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """Counts through a document's lists, as Word does when it lays the document out."""

    lists: dict[int, List] = field(default_factory=dict[int, List])
    _counts: dict[str, dict[int, int]] = field(default_factory=dict[str, dict[int, int]])
    _met: set[int] = field(default_factory=set[int])

    def label(self, list_id: int, depth: int) -> Label | None:
        """The label of the next paragraph at *depth* (from 0) of a list; None where it shows none."""
        found = self.lists.get(list_id)
        level = found.levels.get(depth) if found else None
        if found is None or level is None:
            return None
        counts = self._counts.setdefault(found.abstract, {})
        if list_id not in self._met:
            self._met.add(list_id)
            for anew in found.starts:
                counts.pop(anew, None)
        counts[depth] = counts.get(depth, _start(found, depth) - 1) + 1
        for deeper in [d for d in counts if d > depth and _restarts(found.levels.get(d), depth)]:
            del counts[deeper]
        return _label(found, level, counts)


def _start(of: List, depth: int) -> int:
    return of.starts.get(depth, of.levels[depth].start if depth in of.levels else 1)


def _restarts(level: Level | None, depth: int) -> bool:
    return level is None or level.restart is None or depth < level.restart


def _label(of: List, level: Level, counts: dict[int, int]) -> Label | None:
    if level.form == "bullet":
        sign = level.text.strip()
        # A sign of a symbol font says nothing by its code: what is seen is some bullet.
        return Label(sign if sign and sign in "-–—*o" else "•", "bullet") if sign else None

    def shown(match: re.Match[str]) -> str:
        depth = int(match.group(1)) - 1
        form = of.levels[depth].form if depth in of.levels else "decimal"
        form = "decimal" if level.plain and form in _LETTERED else form
        return written(counts.get(depth, _start(of, depth)), form)

    text = re.sub(r"%([1-9])", shown, level.text).strip()
    if not text or not any(c.isalnum() for c in text):
        return Label("•", "bullet") if text in set(BULLETS) and text else None
    return Label(text, "letter" if level.form in _LETTERED else "number")


def written(count: int, form: str) -> str:
    """A count in one of Word's forms.

    Examples:
        >>> [written(4, f) for f in ("decimal", "lowerLetter", "upperRoman", "decimalZero", "none")]
        ['4', 'd', 'IV', '04', '']
    """
    if form == "none":
        return ""
    if form in ("lowerLetter", "upperLetter") and count > 0:
        text = chr(ord("a") + (count - 1) % 26) * min(20, (count - 1) // 26 + 1)
    elif form in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        text = _roman(count)
    else:
        text = f"{count:02d}" if form == "decimalZero" else str(count)
    return text.upper() if form.startswith("upper") else text


def _roman(count: int) -> str:
    text = ""
    for size, sign in _ROMAN:
        text += sign * (count // size)
        count %= size
    return text


def read_numbering(root: Any) -> Numbering:
    """The lists that a document defines; none where it has no part for them."""
    if root is None:
        return Numbering()
    abstracts = {a.get(qn("w:abstractNumId")): a for a in root.findall(qn("w:abstractNum"))}
    named = {value(a, "w:styleLink"): a for a in abstracts.values() if value(a, "w:styleLink")}
    lists: dict[int, List] = {}
    for num in root.findall(qn("w:num")):
        abstract = abstracts.get(value(num, "w:abstractNumId"))
        list_id = num.get(qn("w:numId")) or ""
        if abstract is None or not list_id.isdecimal():
            continue
        abstract = named.get(value(abstract, "w:numStyleLink"), abstract)
        lists[int(list_id)] = _list(abstract, num)
    return Numbering(lists)


def _list(abstract: Any, num: Any) -> List:
    levels = dict(map(_level, abstract.findall(qn("w:lvl"))))
    starts: dict[int, int] = {}
    for change in num.findall(qn("w:lvlOverride")):
        depth = _depth(change)
        levels.update([_level(level) for level in change.findall(qn("w:lvl"))])
        start = number(change, "w:startOverride")
        if start is not None:
            starts[depth] = start
    return List(abstract.get(qn("w:abstractNumId")) or "", levels, starts)


def _depth(element: Any) -> int:
    depth = element.get(qn("w:ilvl")) or "0"
    return min(_MAX_LEVEL, int(depth)) if depth.isdecimal() else 0


def _level(element: Any) -> tuple[int, Level]:
    start = number(element, "w:start")
    level = Level(
        start=1 if start is None else start,
        form=value(element, "w:numFmt") or "decimal",
        text=value(element, "w:lvlText") or "",
        restart=number(element, "w:lvlRestart"),
        plain=child(element, "w:isLgl") is not None and switched(element, "w:isLgl") is not False,
    )
    return _depth(element), level
