"""A Word document into blocks: headings, automatic numbers, lists, tables, notes; headers and footers apart."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from docx.oxml.ns import qn

from extractors.dates import first_date
from extractors.errors import EmptyDocument, NoTextLayer
from extractors.formats.building import Builder, clean
from extractors.formats.pdf.numbering import clean_number, kind_of
from extractors.formats.text import looks_like_heading
from extractors.formats.word import tables
from extractors.formats.word.furniture import furniture_of
from extractors.formats.word.numbering import Label, Numbering, read_numbering
from extractors.formats.word.package import Package, open_package
from extractors.formats.word.problems import problems_of
from extractors.formats.word.runs import Said, words_of
from extractors.formats.word.styles import Look, Styles
from extractors.formats.word.xml import number, seen, value
from extractors.records import BlockKind, Problem, Reading

_MAX_NESTED = 20


@dataclass(slots=True)
class Reader:
    """A document on its way into blocks."""

    styles: Styles
    numbering: Numbering
    builder: Builder = field(default_factory=Builder)
    notes: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list[tuple[str, str, tuple[str, ...]]])
    contents: list[list[str]] = field(default_factory=list[list[str]])
    """Lines of a table of contents that is not yet complete."""
    title: str | None = None
    deepest: int = 1
    """Level of the last heading that is one by its style."""
    hidden: int = 0
    pictures: int = 0

    def blocks(self, element: Any, *, plain: bool = True, depth: int = 0) -> None:
        """Read everything below an element that holds paragraphs and tables."""
        for item in seen(element):
            if item.tag == qn("w:p"):
                self.paragraph(item, plain=plain, depth=depth)
            elif item.tag == qn("w:tbl") and depth < _MAX_NESTED:
                self.close_contents()
                self.table(item, depth + 1)
        self.close_contents()

    def paragraph(self, element: Any, *, plain: bool = True, depth: int = 0) -> None:
        """Read one paragraph, and the text boxes anchored in it."""
        look = self.styles.look(value(element, "w:pPr", "w:pStyle"))
        said = self._said(element, look, plain=plain)
        label = self._label(element, look) if said.text.strip() else None
        if look.name.startswith("toc ") and look.level is None:
            self.contents.append(_entry(said.text, label))
        else:
            self.close_contents()
            self._add(element, said, look, label)
        self.notes += [(kind, note, self.builder.section) for kind, note in said.notes]
        for box in said.boxes if depth < _MAX_NESTED else ():
            self.blocks(box, plain=False, depth=depth + 1)

    def _said(self, element: Any, look: Look, *, plain: bool) -> Said:
        said = words_of(element, self.styles, look, plain=plain)
        self.hidden += said.hidden
        self.pictures += said.pictures
        return said

    def _label(self, element: Any, look: Look) -> Label | None:
        own, depth = number(element, "w:pPr", "w:numPr", "w:numId"), number(element, "w:pPr", "w:numPr", "w:ilvl")
        list_id = look.list_id if own is None else own
        if not list_id:
            return None
        return self.numbering.label(list_id, (look.depth or 0) if depth is None else depth)

    def _add(self, element: Any, said: Said, look: Look, label: Label | None) -> None:
        text, raw = said.text, said.text.strip()
        if label is None:
            label, text = typed(text)
        elif label.kind != "bullet":
            raw = f"{label.text}\t{raw}"
        level = self._heading_level(element, said, look, label)
        if label is not None and label.kind == "number" and sum(c.isalpha() for c in label.text) > 2:
            label, text = None, f"{label.text} {text}"  # "Recommendation 7" is part of what is read
        printed = clean_number(label.text) if label is not None and label.kind == "number" else None
        if level is not None:
            self.builder.heading(text, level, raw=raw, number=printed or (label.text if label else None))
            self.title = self.title or (clean(text) if level == 1 else None)
        elif look.name == "caption":
            self.builder.caption(raw)
        elif label is not None and label.kind != "number":
            depth = self._depth(element, look)
            self.builder.item(text, label.text, depth, raw=raw, emphasis=said.emphasis)
        else:
            self.builder.paragraph(text, raw=raw, number=printed, emphasis=said.emphasis)

    def _depth(self, element: Any, look: Look) -> int:
        depth = number(element, "w:pPr", "w:numPr", "w:ilvl")
        return 1 + max(0, (look.depth or 0) if depth is None else depth)

    def _heading_level(self, element: Any, said: Said, look: Look, label: Label | None) -> int | None:
        """Level of a heading, by style, outline or looks; None for all else."""
        outline = number(element, "w:pPr", "w:outlineLvl")
        level = look.level if outline is None else outline + 1 if outline < 9 else None
        if level is not None:
            self.deepest = level
            return level
        text = said.text.strip()
        set_bold = said.emphasis == "bold" and not (label and label.kind != "number")
        return self.deepest + 1 if set_bold and looks_like_heading(text) else None

    def table(self, element: Any, depth: int) -> None:
        """Read a table: its cells, or what is in them where it only frames text."""
        rows = tables.rows_of(element)
        if tables.frames_text(rows):
            for row in rows:
                self._framed([c.element for c in row if c.element is not None], depth)
            return
        self.builder.table(tables.texts_of(rows, lambda cell: self._cell(cell, depth)))

    def _framed(self, cells: list[Any], depth: int) -> None:
        """Read a row of a table that only frames text; a bare number in its first cell is that of the next."""
        number = tables.plain(cells[0]) if len(cells) > 1 else ""
        before = len(self.builder.blocks)
        bare = kind_of(number) in ("number", "plain")
        for cell in cells[bare:]:
            self.blocks(cell, plain=False, depth=depth)
        added = self.builder.blocks[before : before + 1]
        if bare and added and added[0].number is None:
            self.builder.blocks[before] = added[0].replaced(number=clean_number(number))

    def _cell(self, element: Any, depth: int) -> str:
        """All of a cell's text, numbers and nested tables included."""
        inner = Reader(self.styles, self.numbering, notes=self.notes)
        inner.blocks(element, plain=False, depth=depth)
        self.hidden += inner.hidden
        self.pictures += inner.pictures
        return "\n".join(" ".join(filter(None, [b.marker or b.number, b.text])) for b in inner.builder.blocks)

    def close_contents(self) -> None:
        """Write a table of contents whose last line has been met."""
        if self.contents:
            self.builder.table(self.contents)
            self.contents = []

    def write_notes(self, parts: dict[str, Any]) -> None:
        """Write the notes that the text refers to, numbered as they are met."""
        counts: dict[str, int] = {}
        found = {(k, n.get(qn("w:id"))): n for k, root in parts.items() if root is not None for n in root}
        for kind, note, section in list(self.notes):
            counts[kind] = counts.get(kind, 0) + 1
            element = found.get((kind, note))
            if element is not None:
                text = "\n".join(self._note_texts(element))
                self.builder.note(text, str(counts[kind]), raw=text.strip(), section=section)

    def _note_texts(self, element: Any) -> Iterator[str]:
        for item in (i for i in seen(element) if i.tag == qn("w:p")):
            yield self._said(item, self.styles.look(value(item, "w:pPr", "w:pStyle")), plain=True).text


def _entry(text: str, label: Label | None) -> list[str]:
    """A line of a table of contents: the entry, and the page it names."""
    parts = [p for p in text.split("\t") if p.strip()]
    page = parts.pop() if len(parts) > 1 and parts[-1].strip().isalnum() else ""
    return [" ".join(filter(None, [label.text if label else "", *parts])), page]


def typed(text: str) -> tuple[Label | None, str]:
    r"""A number, letter or bullet that the writer typed before a tab, and the text after it.

    Examples:
        >>> typed("(a)\tno log")
        (Label(text='(a)', kind='letter'), 'no log')
        >>> typed("4.17 The officer ran.")
        (None, '4.17 The officer ran.')
    """
    head, tab, rest = text.lstrip().partition("\t")
    kind = kind_of(head.strip()) if tab and rest.strip() else None
    if kind is None:
        return None, text
    kind = "number" if kind == "plain" else kind
    sign = head.strip()
    return Label("•" if kind == "bullet" and sign not in "-–—*o" else sign, kind), rest


def read_docx(data: bytes, name: str) -> Reading:
    """Read a Word document.

    Args:
        data: the file's bytes.
        name: for messages.

    Raises:
        BrokenDocument, WrongType, ReadingLimit: it cannot be opened.
        NoTextLayer: it holds pictures only.
        EmptyDocument: it holds nothing to read.
    """
    package = open_package(data, name)
    reader = Reader(Styles(package.styles), read_numbering(package.numbering))
    for text in furniture_of(package.margins, lambda p: words_of(p, reader.styles, Look()).text):
        reader.builder.furniture(text)
    if package.body is not None:
        reader.blocks(package.body)
    reader.write_notes(package.notes)
    blocks = tuple(reader.builder.blocks)
    if all(b.kind is BlockKind.FURNITURE for b in blocks):
        if reader.pictures:
            raise NoTextLayer(f"{name} holds pictures and no text.", mend="Save it as PDF, so that OCR can read it.")
        raise EmptyDocument(f"{name} holds no text.")
    problems = problems_of(package.body, blocks, hidden=reader.hidden, pictures=reader.pictures)
    return _reading(package, reader, problems)


def _reading(package: Package, reader: Reader, problems: tuple[Problem, ...]) -> Reading:
    blocks = tuple(reader.builder.blocks)
    named = clean(package.title)
    title = reader.title or next((b.text for b in blocks if b.kind is BlockKind.HEADING), None)
    return Reading(
        blocks=blocks,
        problems=problems,
        title=title or (named if " " in named else None),
        published=_published(reader),
    )


def _published(reader: Reader) -> date | None:
    return first_date(" ".join(b.text for b in reader.builder.blocks[:60])[:4000])
