"""One small PDF for each defect ever met, named for it."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.errors import EmptyDocument, LockedReport, NoTextLayer, SourceError
from extractors.formats.limits import Limits
from extractors.formats.pdf.document import read_pdf
from extractors.formats.pdf.evidence import boxes_of, page_png
from extractors.formats.pdf.overlay import overlay_pdf, overlay_png
from extractors.records import BlockKind, Reading

QUICK = Limits(ocr=False)
SENTENCE = "The inquiry found that the force kept no record of the stops"


def made(draw: Callable[[Canvas], None]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def paragraph(canvas: Canvas, x: float, y: float, lines: list[str], size: float = 11) -> None:
    canvas.setFont("Helvetica", size)
    for number, text in enumerate(lines):
        canvas.drawString(x, y - 1.25 * size * number, text)


def of_kind(reading: Reading, kind: BlockKind) -> list[str]:
    return [b.text for b in reading.blocks if b.kind is kind]


def test_hyphen_at_the_line_end() -> None:
    """A word broken over a line is whole in the text and broken in raw."""
    data = made(
        lambda c: paragraph(c, 72, 700, [SENTENCE + " and the inves-", "tigation that followed them was late."])
    )
    (block,) = read_pdf(data, "hyphen", QUICK).blocks
    assert "the investigation that" in block.text
    assert "inves-\n" in block.raw


def test_a_hyphen_of_the_word_at_the_line_end() -> None:
    """A document that breaks no words keeps the hyphen of a compound, and so does an address."""
    rows = [
        "the force has known for years what trauma is and that a trauma-",
        "informed answer to it was late, as the ashgrove.example/the-",
        "report of the inspectors had said to them once more in June.",
    ]
    (block,) = read_pdf(made(lambda c: paragraph(c, 72, 700, rows)), "hyphen", QUICK).blocks
    assert "a trauma-informed answer" in block.text
    assert "ashgrove.example/the-report of" in block.text


def test_two_paragraphs_without_gap_or_indent() -> None:
    """A sentence that ends far before the edge ends its paragraph, though a reference stands behind its full stop."""
    first = [SENTENCE, "and that nobody asked for the record. (1.3.7)"]
    second = ["The record is kept for the inspectors and by nobody else in", "the force."]
    data = made(lambda c: paragraph(c, 72, 700, [*first, *second]))
    assert of_kind(read_pdf(data, "joined", QUICK), BlockKind.PARAGRAPH) == [" ".join(first), " ".join(second)]


def test_two_columns() -> None:
    """The left column is read to its end before the right."""

    def draw(c: Canvas) -> None:
        for n in range(6):
            paragraph(c, 72, 700 - 14 * n, [f"left line {n} of the first column"])
            paragraph(c, 320, 700 - 14 * n, [f"right line {n} of the second"])

    text = " ".join(b.text for b in read_pdf(made(draw), "columns", QUICK).blocks)
    assert text.index("left line 5") < text.index("right line 0")


def test_contents_in_two_columns() -> None:
    """A list of contents in two columns, with dots or without, is one table, its left column first."""

    def draw(c: Canvas) -> None:
        for dots, top in ((" " + "." * 30 + " ", 760), ("", 500)):
            paragraph(c, 72, top + 30, ["Contents"], 14)
            for n in range(4):
                for x, number in ((72, n), (320, n + 4)):
                    c.drawString(x, top - 14 * n, f"Part {number} of it{dots}")
                    c.drawRightString(x + 200, top - 14 * n, f"{number + 3}")
        paragraph(c, 72, 400, [SENTENCE])

    reading = read_pdf(made(draw), "contents", QUICK)
    rows = tuple((f"Part {n} of it", f"{n + 3}") for n in range(8))
    assert [b.rows for b in reading.blocks if b.kind is BlockKind.TABLE] == [rows, rows]


def test_a_list_in_two_columns() -> None:
    """Numbers that go on from the left column to the right make one list, which is no table."""

    def draw(c: Canvas) -> None:
        for n in range(4):
            paragraph(c, 72, 700 - 14 * n, [f"{n + 1}. Cell {n + 1}"])
            paragraph(c, 200, 700 - 14 * n, [f"{n + 5}. Interview room"])

    reading = read_pdf(made(draw), "list", QUICK)
    assert [b.number for b in reading.blocks] == [f"{n}" for n in range(1, 9)]


def test_name_and_office_under_a_foreword() -> None:
    """In bold type below the last paragraph, before the page ends, they are text."""

    def draw(c: Canvas) -> None:
        for n, title in enumerate(("Foreword", "Summary")):
            c.setFont("Helvetica-Bold", 18)
            c.drawString(72, 760, title)
            paragraph(c, 72, 720, [SENTENCE, f"that were made that year, {n}."])
            if not n:
                c.setFont("Helvetica-Bold", 11)
                c.drawString(72, 640, "Dame Rosalind Ashgrove")
                c.drawString(72, 610, "Chair of the Inquiry")
            c.showPage()

    reading = read_pdf(made(draw), "foreword", QUICK)
    assert of_kind(reading, BlockKind.HEADING) == ["Foreword", "Summary"]
    assert of_kind(reading, BlockKind.PARAGRAPH)[1:3] == ["Dame Rosalind Ashgrove", "Chair of the Inquiry"]


def test_bad_redaction() -> None:
    """Words under a black box are not read, and the page says that there were some."""

    def draw(c: Canvas) -> None:
        paragraph(c, 72, 700, ["The officer was named Ashgrove in the log"])
        paragraph(c, 72, 600, [SENTENCE])
        c.setFillColorRGB(0, 0, 0)
        c.rect(60, 690, 400, 24, stroke=0, fill=1)

    reading = read_pdf(made(draw), "redaction", QUICK)
    assert "Ashgrove" not in reading.model_dump_json()
    assert [(p.kind, p.page) for p in reading.problems] == [("hidden-text", 1)]


def test_page_without_text() -> None:
    """A page that holds only drawings is a problem, never silence."""

    def draw(c: Canvas) -> None:
        paragraph(c, 72, 700, [SENTENCE])
        c.showPage()
        c.rect(100, 100, 300, 300, fill=1)
        c.showPage()

    assert [(p.kind, p.page) for p in read_pdf(made(draw), "picture", QUICK).problems] == [("no-text", 2)]


def test_blank_pages_are_no_loss() -> None:
    """A page on which nobody could see anything is no problem, whatever is drawn there in white; a dot is one."""

    def draw(c: Canvas) -> None:
        paragraph(c, 72, 700, [SENTENCE])
        c.showPage()
        c.showPage()
        c.setFillColorRGB(1, 1, 1)
        c.rect(0, 0, 590, 840, stroke=0, fill=1)
        c.showPage()
        c.circle(300, 400, 3, fill=1)
        c.showPage()

    reading = read_pdf(made(draw), "blank", QUICK)
    assert [(p.kind, p.page) for p in reading.problems] == [("no-text", 4)]


def test_sentence_over_a_page_break() -> None:
    """Running heads and page numbers between its halves do not break a paragraph."""

    def draw(c: Canvas) -> None:
        for n in range(4):
            paragraph(c, 72, 810, ["Annual Review of Custody"], 9)
            paragraph(c, 300, 30, [str(n + 1)], 9)
            paragraph(c, 72, 700, [f"which part {n} explains.", SENTENCE] if n else [SENTENCE])
            c.showPage()

    reading = read_pdf(made(draw), "break", QUICK)
    body = of_kind(reading, BlockKind.PARAGRAPH)
    assert body[0] == f"{SENTENCE} which part 1 explains."
    assert reading.blocks[0].kind is BlockKind.FURNITURE
    assert next(b for b in reading.blocks if b.text == body[0]).pages == (1, 2)


def test_encrypted() -> None:
    """A PDF that needs a password says so."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", ownerPassword="owner"))
    canvas.drawString(72, 700, SENTENCE)
    canvas.save()
    with pytest.raises(LockedReport):
        read_pdf(out.getvalue(), "locked", QUICK)


def test_blank_pages_only() -> None:
    """A PDF of blank pages is empty, not an empty success."""
    with pytest.raises(EmptyDocument):
        read_pdf(made(lambda c: c.showPage()), "blank", QUICK)


def test_title_is_not_a_file_name() -> None:
    """Metadata such as 'report.docx' is no title; the largest heading is."""

    def draw(c: Canvas) -> None:
        c.setTitle("final v3.docx")
        c.setFont("Helvetica-Bold", 24)
        c.drawString(72, 760, "Review of custody")
        paragraph(c, 72, 700, [SENTENCE, SENTENCE, SENTENCE])

    assert read_pdf(made(draw), "title", QUICK).title == "Review of custody"


def test_evidence_of_a_few_words() -> None:
    """Characters of a block lead back to a box on their line; the whole block to its own boxes."""
    data = made(lambda c: paragraph(c, 72, 700, [SENTENCE, "and of the searches that were made."]))
    (block,) = read_pdf(data, "evidence", QUICK).blocks
    start = block.text.index("searches")
    (box,) = boxes_of(data, block, start=start, end=start + 8)
    assert box.page == 1
    assert block.boxes[0].x0 < box.x0 < box.x1 < block.boxes[0].x1
    assert boxes_of(data, block) == block.boxes


def test_pictures_of_pages() -> None:
    """A page can be seen, plain, with its boxes, and with all blocks over it."""
    data = made(lambda c: paragraph(c, 72, 700, [SENTENCE]))
    reading = read_pdf(data, "overlay", QUICK)
    plain, marked = page_png(data, 1), page_png(data, 1, boxes=reading.blocks[0].boxes)
    assert plain[:4] == marked[:4] == b"\x89PNG"
    assert plain != marked
    assert overlay_png(data, reading, 1)[:4] == b"\x89PNG"
    assert overlay_pdf(data, reading).startswith(b"%PDF-1.4")
    with pytest.raises(NoTextLayer):
        read_pdf(overlay_pdf(data, reading), "an overlay holds pictures only", QUICK)


def test_mutated_files_never_do_worse_than_an_error() -> None:
    """Flipped, cut and doubled bytes are read or refused."""
    import random

    data = made(lambda c: paragraph(c, 72, 700, [SENTENCE] * 5))
    chance = random.Random(7)
    for _ in range(150):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 30)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            read_pdf(bytes(broken[: chance.randint(len(data) // 2, len(data))]), "mutated", QUICK)
        except SourceError:
            continue


def test_real_hard_ones(shared: Path) -> None:
    """Each real hard PDF is read, or refused with an error of its own; hidden words stay hidden."""
    folder = shared / "corpus/pdf/structure_tests"
    outcomes: dict[str, str] = {}
    for path in sorted(folder.glob("*.pdf")):
        try:
            outcomes[path.name] = "read" if read_pdf(path.read_bytes(), path.name, QUICK).blocks else "nothing"
        except SourceError as error:
            outcomes[path.name] = type(error).__name__
    assert outcomes.pop("password-example.pdf") == "LockedReport"
    assert "nothing" not in outcomes.values()


def test_letters_of_negative_size_stand_upright() -> None:
    """A font size below zero under a matrix that turns by half a circle sets words upright: they are read so."""

    def draw(c: Canvas) -> None:
        run = c.beginText()
        run.setTextTransform(-1, 0, 0, -1, 72, 700)
        run.setFont("Helvetica", -11)
        run.textOut(SENTENCE)
        c.drawText(run)

    (block,) = read_pdf(made(draw), "negative", QUICK).blocks
    assert block.text == SENTENCE


def test_a_badge_beside_a_masthead() -> None:
    """A box with "Policy" over a large "300" is one title; words far to the right of the number are not its text."""

    def draw(c: Canvas) -> None:
        c.rect(72, 730, 90, 70, fill=1)
        c.setFillColorRGB(1, 1, 1)
        paragraph(c, 90, 780, ["Policy"], 12)
        paragraph(c, 82, 750, ["300"], 30)
        c.setFillColorRGB(0, 0, 0)
        paragraph(c, 300, 752, ["Policy Manual"], 10)
        paragraph(c, 72, 680, ["Use of Force"], 22)
        paragraph(c, 72, 640, [SENTENCE + "."] * 4)

    blocks = read_pdf(made(draw), "badge", QUICK).blocks
    assert ("Policy 300", None) in [(block.text, block.number) for block in blocks]
    assert [block.number for block in blocks if block.text == "Policy Manual"] == [None]
