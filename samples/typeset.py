"""Sets a sample as a PDF: cover, contents, running heads, page numbers, boxes, tables and notes at the foot.

ReportLab's flowables are placed by hand, because notes must stand on the page of their mark. Dates,
identifiers and compression are fixed, so that the same source gives the same bytes.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle
from sourcefile import MARK, Piece, SourceFile, markup

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 71, 71, 96, 84
MEASURE = WIDTH - LEFT - RIGHT
RULE = 9
GUTTER = 22
KEEP = 54
ALL = ((0, 0), (-1, -1))
TINT = colors.HexColor("#e8eff5")

Placed = tuple[int, str, int]
"""Level, text and page of a heading."""


def styles(house: dict[str, Any]) -> dict[str, ParagraphStyle]:
    """Paragraph styles of one publisher's house style."""
    serif = house.get("serif", False)
    face, bold = ("Times-Roman", "Times-Bold") if serif else ("Helvetica", "Helvetica-Bold")
    size = house.get("size", 11.5 if serif else 10.5)
    ink = colors.HexColor(house.get("colour", "#1d3557"))
    body = ParagraphStyle("body", fontName=face, fontSize=size, leading=size * 1.36, spaceAfter=8)
    body.allowWidows = body.allowOrphans = 0
    body.bulletFontName, body.bulletFontSize = face, size
    body.alignment = TA_JUSTIFY if serif else TA_LEFT
    head = ParagraphStyle("head", body, fontName=bold, textColor=ink, spaceAfter=7, alignment=TA_LEFT)
    return {"paragraph": body, **_heads(head, house.get("heads", 1)), **_texts(body, bold, size)}


def _heads(head: ParagraphStyle, scale: float) -> dict[str, ParagraphStyle]:
    sizes = (
        ("heading1", 20 * scale, 4),
        ("heading2", 14 * scale, 12),
        ("heading3", 11.5, 8),
        ("cover", 28, 0),
        ("boxhead", head.fontSize, 0),
    )
    return {
        name: ParagraphStyle(name, head, fontSize=points, leading=points * 1.2, spaceBefore=before)
        for name, points, before in sizes
    }


def _texts(body: ParagraphStyle, bold: str, size: float) -> dict[str, ParagraphStyle]:
    changes: dict[str, dict[str, Any]] = {
        "numbered": {"leftIndent": 38},
        "bullet": {"leftIndent": 56, "bulletIndent": 42, "spaceAfter": 4},
        "item": {"leftIndent": 62, "bulletIndent": 40, "spaceAfter": 4},
        "quote": {"leftIndent": 30, "rightIndent": 20, "fontSize": size - 0.5},
        "field": {"spaceAfter": 3},
        "caption": {"fontName": bold, "fontSize": size - 1, "spaceBefore": 6, "spaceAfter": 5},
        "cell": {"fontSize": size - 1.5, "leading": (size - 1.5) * 1.25, "spaceAfter": 0, "alignment": TA_LEFT},
        "note": {"fontSize": 8.5, "leading": 10.5, "leftIndent": 16, "bulletFontSize": 8.5, "spaceAfter": 2},
        "furniture": {"fontSize": 8.5, "leading": 10},
        "strap": {"fontSize": 14, "leading": 19, "spaceAfter": 24, "alignment": TA_LEFT},
    }
    return {name: ParagraphStyle(name, body, **change) for name, change in changes.items()}


class Page:
    """Places flowables down the pages of one canvas, notes at the foot of the page of their mark."""

    def __init__(self, canvas: Canvas, source: SourceFile) -> None:
        self.canvas, self.source = canvas, source
        self.styles = styles(source.meta.get("house", {}))
        self.headings: list[Placed] = []
        self.notes: list[Paragraph] = []
        self.y = self.top = HEIGHT - TOP
        self.columns, self.column = 1, 0
        self.bare = False

    @property
    def number(self) -> int:
        """The page being set, from 1."""
        return self.canvas.getPageNumber()

    @property
    def measure(self) -> float:
        """Width of a line."""
        return (MEASURE - GUTTER * (self.columns - 1)) / self.columns

    @property
    def left(self) -> float:
        """Where a line begins."""
        return LEFT + self.column * (self.measure + GUTTER)

    def split(self, columns: int) -> None:
        """Set what follows in columns, below what stands on the page."""
        self.columns, self.column, self.top = columns, 0, self.y

    @property
    def room(self) -> float:
        """Points left above the notes."""
        return self.y - BOTTOM - self._height(self.notes)

    def _height(self, notes: Sequence[Paragraph]) -> float:
        return sum(n.wrap(MEASURE, HEIGHT)[1] + 2 for n in notes) + (RULE if notes else 0)

    def step(self) -> None:
        """Go on in the next column, or on the next page after the last."""
        if self.column + 1 < self.columns:
            self.column, self.y = self.column + 1, self.top
        else:
            self.turn()

    def turn(self) -> None:
        """End the page: notes, running head, page number."""
        self._draw_notes()
        if not self.bare:
            self._draw_furniture()
        self.canvas.showPage()
        self.y = self.top = HEIGHT - TOP
        self.notes, self.column, self.bare = [], 0, False

    def _draw_notes(self) -> None:
        if not self.notes:
            return
        y = BOTTOM + self._height(self.notes)
        self.canvas.setLineWidth(0.5)
        self.canvas.line(LEFT, y - 3, LEFT + 130, y - 3)
        y -= RULE
        for note in self.notes:
            y -= note.wrap(MEASURE, HEIGHT)[1] + 2
            note.drawOn(self.canvas, LEFT, y)

    def _draw_furniture(self) -> None:
        canvas, meta = self.canvas, self.source.meta
        canvas.setFont(self.styles["furniture"].fontName, 8.5)
        canvas.setFillColor(colors.HexColor("#444444"))
        if meta.get("mirrored") and self.number % 2 == 0:
            canvas.drawString(LEFT, HEIGHT - 50, meta.get("running_even", meta["publisher"]))
            canvas.drawString(LEFT, 46, str(self.number))
        else:
            canvas.drawRightString(WIDTH - RIGHT, HEIGHT - 50, meta.get("running", meta["title"]))
            canvas.drawRightString(WIDTH - RIGHT, 46, meta.get("folio", "{}").format(self.number))
        if footer := meta.get("footer"):
            canvas.drawCentredString(WIDTH / 2, 46, footer)
        canvas.setLineWidth(0.4)
        canvas.line(LEFT, HEIGHT - 56, WIDTH - RIGHT, HEIGHT - 56)
        canvas.setFillColor(colors.black)

    def place(self, flowable: Flowable, notes: Sequence[Paragraph] = (), keep: float = 0) -> None:
        """Draw *flowable*, over as many pages as it needs; a flowable with notes is not split.

        Args:
            flowable: what to draw.
            notes: notes whose marks it holds.
            keep: points that must be left below it, as after a heading.
        """
        height = flowable.wrap(self.measure, HEIGHT)[1]
        extra = self._height([*self.notes, *notes]) - self._height(self.notes)
        at_top = self.y == self.top
        before = 0 if at_top else flowable.getSpaceBefore()
        if height + before + extra + keep <= self.room:
            self.y -= height + before
            flowable.drawOn(self.canvas, self.left, self.y)
            self.y -= flowable.getSpaceAfter()
            self.notes.extend(notes)
            return
        parts = [] if notes or keep else flowable.split(self.measure, self.room - before)
        if len(parts) > 1:
            self.place(parts[0])
        elif at_top:
            raise ValueError(f"{self.source.name}: a block is higher than a page")
        self.step()
        for part in parts[1:] or [flowable]:
            self.place(part, notes, keep)


def paragraph(page: Page, piece: Piece) -> Paragraph:
    """One piece of running text as a flowable."""
    bullet = {"bullet": "•"}.get(piece.kind, piece.number or None)
    text = markup(piece.text)
    if piece.kind == "field":
        text, bullet = f"<b>{piece.number}:</b> {text}", None
    return Paragraph(text, page.styles[piece.kind], bulletText=bullet)


def notes_of(page: Page, pieces: Iterable[Piece]) -> list[Paragraph]:
    """The notes that *pieces* mark, each under its number."""
    marks = [mark for piece in pieces for mark in MARK.findall(piece.text)]
    return [Paragraph(markup(page.source.notes[m]), page.styles["note"], bulletText=m) for m in marks]


def box(page: Page, piece: Piece) -> Table:
    """A recommendation or the like in its tinted, ruled box."""
    head = [Paragraph(markup(piece.text), page.styles["boxhead"])] if piece.text else []
    held = [*head, *(paragraph(page, inner) for inner in piece.inside)]
    drawn = Table([[held]], colWidths=[page.measure], spaceBefore=4, spaceAfter=12)
    look: list[Any] = [("BOX", *ALL, 0.8, page.styles["boxhead"].textColor), ("BACKGROUND", *ALL, TINT)]
    drawn.setStyle(TableStyle([*look, *((f"{side}PADDING", *ALL, 10) for side in ("LEFT", "RIGHT", "TOP"))]))
    return drawn


def ruled(page: Page, piece: Piece) -> Table:
    """A ruled table whose first row is its head and is printed again on a new page."""
    style = page.styles["cell"]
    head = [Paragraph(f"<b>{markup(cell)}</b>", style) for cell in piece.rows[0]]
    rows = [head, *([Paragraph(markup(cell), style) for cell in row] for row in piece.rows[1:])]
    table = Table(rows, colWidths=_widths(page, piece), repeatRows=1, spaceAfter=12)
    table.setStyle(
        TableStyle([("GRID", *ALL, 0.5, colors.black), ("VALIGN", *ALL, "TOP"), ("BACKGROUND", (0, 0), (-1, 0), TINT)])
    )
    return table


def _widths(page: Page, piece: Piece) -> list[float]:
    """No column narrower than its longest word; the rest is shared by how much each column says."""
    size = page.styles["cell"].fontSize
    columns = list(zip(*piece.rows, strict=True))
    words = [" ".join(column).split() for column in columns]
    least = [max(page.canvas.stringWidth(word, "Helvetica-Bold", size) for word in column) + 14 for column in words]
    says = [max(min(len(cell), 60) for cell in column) for column in columns]
    spare = page.measure - sum(least)
    return [low + spare * share / sum(says) for low, share in zip(least, says, strict=True)]


def form(page: Page, pieces: Sequence[Piece]) -> Table:
    """A coroner's form: one ruled row a section, its number in the first column."""
    rows: list[list[Any]] = []
    for piece in pieces:
        if piece.kind == "heading":
            number, title = piece.text.split(" ", 1) if piece.text[0].isdigit() else ("", piece.text)
            first, second = (Paragraph(f"<b>{markup(cell)}</b>", page.styles["paragraph"]) for cell in (number, title))
            rows.append([first, [second]])
        else:
            rows[-1][1].append(paragraph(page, piece))
    table = Table(rows, colWidths=[30, MEASURE - 30], splitInRow=1)
    table.setStyle(TableStyle([("GRID", *ALL, 0.9, colors.black), ("VALIGN", *ALL, "TOP")]))
    return table


def cover(page: Page) -> None:
    """Title, subtitle, publisher, date and reference on a page without furniture."""
    meta = page.source.meta
    ink = page.styles["cover"].textColor
    page.canvas.setFillColor(ink)
    page.canvas.rect(0, HEIGHT - 150, WIDTH, 150, stroke=0, fill=1)
    page.canvas.setFillColor(colors.white)
    page.canvas.setFont("Helvetica-Bold", 17)
    page.canvas.drawString(LEFT, HEIGHT - 90, meta["publisher"])
    page.canvas.setFillColor(colors.black)
    page.bare, page.y = True, HEIGHT - 260
    page.place(Paragraph(markup(meta["title"]), page.styles["cover"]))
    lines = [
        meta.get("subtitle", ""),
        meta.get("presented", ""),
        f"Published {printed(meta['published'])}",
        meta.get("reference", ""),
    ]
    for line in filter(None, lines):
        page.place(Paragraph(markup(line), page.styles["strap"]))
    page.turn()


def masthead(page: Page) -> None:
    """The head of a short report that has no cover."""
    meta = page.source.meta
    page.place(Paragraph(markup(meta["title"]), page.styles["heading1"]))
    line = [
        meta["publisher"],
        f"Published {printed(meta['published'])}",
        f"Reference {meta['reference']}" if "reference" in meta else "",
    ]
    page.place(Paragraph(markup(" | ".join(filter(None, line))), page.styles["furniture"]))
    page.y -= 12


def contents(page: Page, headings: Sequence[Placed]) -> None:
    """The table of contents, dots up to the page number."""
    page.place(Paragraph("Contents", page.styles["heading1"]))
    face = page.styles["paragraph"].fontName
    for level, text, number in headings:
        if level > 2:
            continue
        page.y -= 17 if level == 1 else 14
        page.canvas.setFont(face, 10.5 if level == 1 else 9.5)
        page.canvas.drawString(LEFT + 14 * (level - 1), page.y, text)
        page.canvas.drawRightString(WIDTH - RIGHT, page.y, str(number))
        start = LEFT + 14 * (level - 1) + page.canvas.stringWidth(text) + 6
        dots = int((WIDTH - RIGHT - 22 - start) / page.canvas.stringWidth(". "))
        page.canvas.drawString(start, page.y, ". " * dots)
    page.turn()


def body(page: Page, pieces: Sequence[Piece]) -> None:
    """Every block of the report, in order."""
    for piece in pieces:
        if piece.kind == "break":
            page.turn()
        elif piece.kind == "heading":
            page.place(Paragraph(markup(piece.text), page.styles[f"heading{piece.level}"]), keep=KEEP)
            page.headings.append((piece.level, piece.text, page.number))
        elif piece.kind == "table":
            page.place(ruled(page, piece))
        elif piece.kind == "box":
            page.place(box(page, piece), notes_of(page, piece.inside))
        else:
            keep = KEEP if piece.kind == "caption" or piece.text.endswith(":") else 0
            page.place(paragraph(page, piece), notes_of(page, [piece]), keep)


def _set(source: SourceFile, headings: Sequence[Placed]) -> tuple[bytes, list[Placed]]:
    out = io.BytesIO()
    # Compressed streams would differ between builds of zlib.
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=0)
    canvas.setTitle(source.meta["title"])
    canvas.setAuthor(source.meta["publisher"])
    page = Page(canvas, source)
    if source.meta.get("cover", True):
        cover(page)
        if source.meta.get("contents"):
            contents(page, headings)
    else:
        masthead(page)
    page.split(source.meta.get("columns", 1))
    if source.meta.get("form"):
        page.place(form(page, source.pieces))
    else:
        body(page, source.pieces)
    page.turn()
    canvas.save()
    return out.getvalue(), page.headings


def to_pdf(source: SourceFile) -> bytes:
    """The sample as a PDF. Set twice, so that the contents know their pages."""
    _, headings = _set(source, [])
    again, settled = _set(source, headings)
    return again if settled == headings else _set(source, settled)[0]


def printed(day: date) -> str:
    """A date as a report prints it: 7 March 2022."""
    return f"{day.day} {day:%B %Y}"
