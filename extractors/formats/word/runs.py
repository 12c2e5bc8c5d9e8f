"""The words of one paragraph as a reader of the document sees them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from extractors.formats.word.styles import Look, Styles
from extractors.formats.word.xml import child, local, seen, switched, value

_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NEARLY_ALL = 0.75
"""A closing reference may stand upright beside the italics of the rest."""


@dataclass(slots=True)
class Said:
    """A paragraph's words, and what else hangs on it."""

    text: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Kind (footnote or endnote) and id of each note, in order."""
    boxes: list[Any] = field(default_factory=list[Any])
    """Contents of text boxes that are anchored here."""
    pictures: int = 0
    hidden: int = 0
    """Characters that no reader sees."""
    bold: int = 0
    italic: int = 0

    @property
    def emphasis(self) -> Any:
        """'italic' or 'bold' where nearly all letters are set so."""
        least = _NEARLY_ALL * sum(not c.isspace() for c in self.text)
        for name, count in (("italic", self.italic), ("bold", self.bold)):
            if least and count >= least:
                return name
        return None


def words_of(paragraph: Any, styles: Styles, look: Look, *, plain: bool = True) -> Said:
    """Read a paragraph's runs.

    Args:
        paragraph: the ``w:p`` element.
        styles: of the document.
        look: how the paragraph's style sets its words.
        plain: whether the page behind the words is white, so that white words are hidden ones.
    """
    said = Said()
    fields: list[bool] = []
    for run in _runs(paragraph):
        if local(run) == "t":  # of a formula
            said.text += run.text or ""
            continue
        _run(run, said, fields, _Set.of(run, styles, look, plain=plain and not _shaded(paragraph)))
    return said


def _runs(element: Any) -> Iterator[Any]:
    for item in seen(element):
        name = local(item)
        if name == "r" and item.tag == qn("w:r"):
            yield item
        elif name in ("oMath", "oMathPara"):
            yield from item.iter("{*}t")
        elif name in ("hyperlink", "fldSimple", "dir", "bdo"):
            yield from _runs(item)


@dataclass(frozen=True, slots=True)
class _Set:
    """How a run is set."""

    bold: bool
    italic: bool
    hidden: bool

    @classmethod
    def of(cls, run: Any, styles: Styles, look: Look, *, plain: bool) -> "_Set":
        marks = child(run, "w:rPr")
        own = styles.look(value(marks, "w:rStyle"), paragraph=False) if marks is not None else Look()
        white = plain and (value(marks, "w:color") or "").upper() == "FFFFFF" and not _backed(marks)
        return cls(
            _either(switched(marks, "w:b"), own.bold or look.bold),
            _either(switched(marks, "w:i"), own.italic or look.italic),
            _either(switched(marks, "w:vanish"), own.hidden or look.hidden) or white,
        )


def _either(said: bool | None, otherwise: bool) -> bool:
    return otherwise if said is None else said


def _backed(marks: Any) -> bool:
    return value(marks, "w:highlight") not in (None, "none", "white") or _dark(value(marks, "w:shd", of="w:fill"))


def _shaded(paragraph: Any) -> bool:
    return _dark(value(paragraph, "w:pPr", "w:shd", of="w:fill"))


def _dark(fill: str | None) -> bool:
    return (fill or "auto").upper() not in ("AUTO", "FFFFFF")


def _run(run: Any, said: Said, fields: list[bool], how: _Set) -> None:
    for item in seen(run):
        name = local(item)
        if name == "fldChar":
            _field(value(item, of="w:fldCharType"), fields)
        elif any(fields):
            continue  # the field's instruction, not what it shows
        elif name in ("footnoteReference", "endnoteReference"):
            said.notes.append((name.removesuffix("Reference"), item.get(qn("w:id")) or ""))
        elif name in ("drawing", "pict", "object"):
            _drawing(item, said)
        else:
            _add(said, _text(item, name), how)


def _field(kind: str | None, fields: list[bool]) -> None:
    """A field's instruction stands between its beginning and its separator; it may hold further fields."""
    if kind == "begin":
        fields.append(True)
    elif kind == "separate" and fields:
        fields[-1] = False
    elif kind == "end" and fields:
        fields.pop()


def _text(item: Any, name: str) -> str:
    if name == "t":
        return item.text or ""
    if name == "sym":
        return "•"
    return _SIGNS.get(name, "")


def _add(said: Said, text: str, how: _Set) -> None:
    letters = sum(not c.isspace() for c in text)
    if how.hidden:
        said.hidden += letters
        return
    said.text += text
    said.bold += how.bold * letters
    said.italic += how.italic * letters


def _drawing(item: Any, said: Said) -> None:
    boxes = [b for b in item.iter(qn("w:txbxContent")) if not any(local(a) == "Fallback" for a in b.iterancestors())]
    said.boxes.extend(boxes)
    if not boxes and any(local(part) in ("blip", "imagedata") for part in item.iter()):
        said.pictures += 1
