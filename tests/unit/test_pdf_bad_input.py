"""PDFs that are broken, hostile or monstrous: each is read, or refused with its own error, within seconds."""

import io
import random
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from benchmarks.fuzz import mutated
from extractors.errors import BrokenDocument, EmptyDocument, LockedReport, ReadingLimit, SourceError
from extractors.formats.limits import Limits
from extractors.formats.pdf.bounds import MAX_LINES, bound
from extractors.formats.pdf.document import read_pdf
from extractors.formats.pdf.geometry import Line
from extractors.records import Reading
from pipelines.single import Task, read_alone
from tests.support.pdf_files import FONT, SENTENCE, pdf, stream, text

QUICK = Limits(ocr=False)
SECONDS = 20
"""Of processor time, for the slowest of these on a slow machine; most take a tenth of one."""


def locked(user: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(user, ownerPassword="owner"))
    canvas.drawString(72, 700, SENTENCE)
    canvas.save()
    return out.getvalue()


def bomb(size: int) -> bytes:
    """A content stream that unpacks to *size* bytes, twice packed."""
    packed = zlib.compress(zlib.compress(b" " * size, 9), 9)
    return pdf(packed, filters="/Filter [/FlateDecode /FlateDecode]")


def nested_forms(depth: int) -> bytes:
    """Each form draws the next twice: what is drawn doubles with each."""
    forms: list[bytes] = []
    first = 6
    for level in range(depth):
        after = f"/Resources << /XObject << /X {first + level + 1} 0 R >> /Font << /F1 3 0 R >> >>"
        forms.append(stream(b"/X Do /X Do" if level < depth - 1 else text(), f"/Subtype /Form /BBox [0 0 9 9] {after}"))
    page = pdf(b"/X Do", more=tuple(forms))
    return page.replace(b"/Font << /F1 3 0 R >> >> >>", b"/XObject << /X 6 0 R >> >> >>", 1)


def sentences(reading: Reading) -> int:
    return " ".join(b.text for b in reading.blocks).count(SENTENCE)


def kinds(reading: Reading) -> set[str]:
    return {p.kind for p in reading.problems}


NO_MAP = b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [.1 0 0 .1 0 0] /CharProcs << >> "
NO_MAP += b"/Encoding << /Type /Encoding /Differences [32 /g1 /g2 /g3] >> /FirstChar 32 /LastChar 122 >>"
FONT_WIN = FONT.replace(b">>", b"/Encoding /WinAnsiEncoding >>")
RAISED = b" BT /F1 11 Tf 72 650 Td (\xb3) Tj ET"
SCRIPT = "/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1:9/'\\)) >>"
ENCLOSED = "/Names << /EmbeddedFiles << /Names [(a.exe) << /Type /Filespec /F (a.exe) /EF << /F 6 0 R >> >>] >> >>"
MANY_RULES = b"".join(b"%d %d 400 1 re f " % (n % 300, 20 + n % 780) for n in range(30_000))
MANY_WORDS = (
    b"BT /F1 2 Tf " + b"".join(b"1 0 0 1 %d %d Tm (ab cd) Tj " % (n % 500, n % 800) for n in range(20_000)) + b"ET"
)

READ: list[object] = [
    pytest.param(lambda: pdf(text()), 1, set(), id="nothing wrong"),
    pytest.param(lambda: locked(""), 1, set(), id="encrypted, open without a password"),
    pytest.param(
        lambda: pdf(text(), text()).replace(b"startxref\n", b"startxref\n9"), 2, set(), id="its table not where it says"
    ),
    pytest.param(lambda: b"HTTP/1.1 200 OK\r\n\r\n" + pdf(text()), 1, set(), id="words before its head"),
    pytest.param(lambda: pdf(text()) + b"\0" * 5000, 1, set(), id="padding after its end"),
    pytest.param(
        lambda: pdf(text(), kids="4 0 R 2 0 R 4 0 R", count=3), 1, {"broken-page"}, id="a tree that holds itself"
    ),
    pytest.param(lambda: pdf(text(), count=50), 1, {"broken-page"}, id="fewer pages than it says"),
    pytest.param(lambda: pdf(text(), catalog=SCRIPT), 1, set(), id="a script to run on opening"),
    pytest.param(lambda: pdf(text(), catalog=ENCLOSED, more=(stream(b"MZ"),)), 1, set(), id="a program enclosed"),
    pytest.param(lambda: pdf(text(), box="0 0 14400 14400"), 1, set(), id="200 inches wide and high"),
    pytest.param(lambda: pdf(text(), box="0 0 0 0"), 1, None, id="a page without a size"),
    pytest.param(lambda: pdf(text(), box="595 842 0 0"), 1, set(), id="a page given from its far corner"),
    pytest.param(lambda: pdf(text() + RAISED, font=FONT_WIN), 1, set(), id="a raised figure by itself"),
    pytest.param(lambda: pdf(text() + b" q" * 50_000), 1, set(), id="states saved and never restored"),
    pytest.param(lambda: pdf(text() + MANY_RULES), 1, {"overfull-page"}, id="thirty thousand rectangles"),
    pytest.param(lambda: pdf(text() + MANY_WORDS), 0, {"overfull-page"}, id="twenty thousand scraps of text"),
    pytest.param(lambda: pdf(text(), b"BT /F9 11 Tf 72 700 Td (words) Tj ET"), 1, None, id="a font that is missing"),
]


def spent(data: bytes, limits: Limits = QUICK) -> tuple[Reading | None, type[Exception] | None]:
    """What reading came to, within its time."""
    began = time.process_time()
    try:
        return read_pdf(data, "bad.pdf", limits), None
    except SourceError as error:
        return None, type(error) if "bad.pdf" in error.what else None
    finally:
        assert time.process_time() - began < SECONDS


@pytest.mark.parametrize(("make", "held", "problems"), READ)
def test_what_can_be_read_is(make: Callable[[], bytes], held: int, problems: set[str] | None) -> None:
    """The sentences that a reader of the pages sees are read; what is missing is named; nothing is run."""
    reading, error = spent(make())
    assert reading is not None, error
    assert sentences(reading) >= held
    assert problems is None or kinds(reading) == problems


REFUSED = [
    pytest.param(lambda: locked("hunter2"), LockedReport, id="encrypted"),
    pytest.param(lambda: pdf(text())[:60], BrokenDocument, id="cut off at its head"),
    pytest.param(lambda: b"%PDF-1.7\n" + bytes(range(256)) * 50, BrokenDocument, id="noise behind a PDF's head"),
    pytest.param(lambda: pdf(text(), kids="2 0 R", count=1), BrokenDocument, id="a tree that holds nothing but itself"),
    pytest.param(lambda: pdf(b""), EmptyDocument, id="a blank page"),
    pytest.param(lambda: pdf(text("xyz " * 20), font=NO_MAP), EmptyDocument, id="a font without glyphs"),
    pytest.param(lambda: bomb(200_000_000), EmptyDocument, id="a bomb of blanks"),
]


@pytest.mark.parametrize(("make", "error"), REFUSED)
def test_what_cannot_be_read_is_refused(make: Callable[[], bytes], error: type[SourceError]) -> None:
    """Each has its own error."""
    reading, met = spent(make())
    assert (reading and sentences(reading), met) == (None, error)


def test_ten_thousand_pages() -> None:
    """Pages over the limit are named, never silently left; the first are read."""
    reading, _ = spent(pdf(*[text()] * 10_000), Limits(ocr=False, pages=50))
    assert reading is not None
    assert (reading.page_count, sentences(reading), kinds(reading)) == (10_000, 50, {"too-many-pages"})


@pytest.mark.parametrize(
    ("runs", "overfull", "kept", "said"),
    [(3, False, 3, 0), (MAX_LINES, False, MAX_LINES, 0), (MAX_LINES + 1, False, MAX_LINES, 1), (3, True, 3, 1)],
)
def test_pages_are_bounded(runs: int, overfull: bool, kept: int, said: int) -> None:
    """The first runs of words are kept; what was cut anywhere is told once."""
    lines = [Line([]) for _ in range(runs)]
    problems = bound(lines, 7, overfull=overfull)
    assert (len(lines), [p.page for p in problems]) == (kept, [7] * said)


def test_a_file_over_the_limit_is_not_opened() -> None:
    """Size is looked at first."""
    with pytest.raises(ReadingLimit):
        read_pdf(pdf(text()), "large.pdf", Limits(file_bytes=100))


def test_what_cannot_be_stopped_ends_with_its_process() -> None:
    """Forms that double with each level keep the library busy for ever; the process is ended, the command is not."""
    with pytest.raises(ReadingLimit, match=r"forms\.pdf"):
        read_alone(Task(nested_forms(60), "forms.pdf", QUICK), 5)


SMALL = ("structure_tests/issue-71-duplicate-chars.pdf", "pfd/Template.pdf", "structure_tests/annotations.pdf")


@pytest.mark.parametrize("name", SMALL)
def test_mutated_real_files(shared: Path, name: str) -> None:
    """Mutations of each are read or refused in time; `make fuzz` tries thousands."""
    path = shared / "corpus/pdf" / name
    chance = random.Random(name)
    for _ in range(8):
        spent(mutated(path.read_bytes(), chance))
