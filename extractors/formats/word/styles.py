"""What a paragraph's style says of it, along the chain of the styles it is based on."""

import re
from dataclasses import dataclass, replace
from typing import Any

from docx.oxml.ns import qn

from extractors.formats.word.xml import number, switched, value

_HEADING = re.compile(r"^heading ([1-9])$")
_MAX_CHAIN = 12


@dataclass(frozen=True, slots=True)
class Look:
    """How paragraphs or words of a style are set."""

    name: str = ""
    level: int | None = None
    """Depth of a heading, 1 the outermost."""
    list_id: int | None = None
    depth: int | None = None
    bold: bool = False
    italic: bool = False
    hidden: bool = False


class Styles:
    """The styles of a document by their id."""

    def __init__(self, root: Any) -> None:
        found: list[Any] = [] if root is None else root.findall(qn("w:style"))
        self._elements: dict[str | None, Any] = {s.get(qn("w:styleId")): s for s in found}
        self._looks: dict[str | None, Look] = {}
        usual = (s for s in found if s.get(qn("w:type")) == "paragraph" and s.get(qn("w:default")) in ("1", "true"))
        self._usual: str | None = next((s.get(qn("w:styleId")) for s in usual), None)

    def look(self, style: str | None, *, paragraph: bool = True) -> Look:
        """How a style sets its paragraphs; the document's usual one where none is named."""
        key = style if style in self._elements or not paragraph else self._usual
        if key not in self._looks:
            self._looks[key] = self._resolve(key)
        return self._looks[key]

    def _resolve(self, style: str | None) -> Look:
        chain: list[Any] = []
        while style in self._elements and len(chain) < _MAX_CHAIN:
            chain.append(self._elements[style])
            style = value(chain[-1], "w:basedOn")
        look = Look()
        for element in reversed(chain):
            look = _over(look, element)
        return look


def _over(base: Look, style: Any) -> Look:
    """*base* with what *style* changes of it."""
    name = (value(style, "w:name") or "").casefold()
    listed, depth = number(style, "w:pPr", "w:numPr", "w:numId"), number(style, "w:pPr", "w:numPr", "w:ilvl")
    level = _level(name, number(style, "w:pPr", "w:outlineLvl"))
    return replace(
        base,
        name=name,
        level=base.level if level is None else level or None,
        list_id=base.list_id if listed is None else listed,
        depth=base.depth if depth is None else depth,
        bold=_switch(base.bold, style, "w:b"),
        italic=_switch(base.italic, style, "w:i"),
        hidden=_switch(base.hidden, style, "w:vanish"),
    )


def _level(name: str, outline: int | None) -> int | None:
    """Level of a heading; 0 where the style says that it is none."""
    if outline is not None:
        return outline + 1 if 0 <= outline <= 8 else 0
    found = _HEADING.match(name)
    if found:
        return int(found.group(1))
    return {"title": 1, "toc heading": 1, "subtitle": 2}.get(name)


def _switch(base: bool, style: Any, name: str) -> bool:
    said = switched(style, "w:rPr", name)
    return base if said is None else said
