"""Which pages need OCR, and reading them with the engines there are."""

import io
from collections.abc import Sequence

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.errors import NoTextLayer
from extractors.formats.limits import Limits
from extractors.formats.pdf import ocr, rapid, tesseract
from extractors.formats.pdf.document import read_pdf
from extractors.formats.pdf.doubts import merge, speechless, why_needed
from extractors.formats.pdf.engine import PdfFile
from extractors.formats.pdf.evidence import page_png
from extractors.formats.pdf.geometry import PageContent, Shape, Style, Word
from extractors.formats.pdf.ocr import Found, as_page, find_engine
from extractors.formats.pdf.render import Pixels
from extractors.formats.pdf.scans import complete
from extractors.records import Status

SENTENCES = ("The inquiry found that the force kept no record.", "It should review how its logs are kept.")
STYLE = Style("Times", 10)
PICTURE = Shape(0, 0, 595, 842, picture=True)
STROKE = Shape(10, 10, 20, 20, curved=True)


def words(text: str) -> list[Word]:
    return [Word(t, 10 + 40 * n, 100, 45 + 40 * n, 110, 108, STYLE) for n, t in enumerate(text.split())]


def page(text: str = "", shapes: Sequence[Shape] = (), garbage: int = 0) -> PageContent:
    return PageContent(1, 595, 842, words(text), list(shapes), characters=len(text.replace(" ", "")), garbage=garbage)


def strips(count: int, top: float = 300, apart: float = 2) -> list[Shape]:
    """Pictures of a line's height in a row."""
    return [Shape(50 + (60 + apart) * n, top, 110 + (60 + apart) * n, top + 12, picture=True) for n in range(count)]


ENGLISH = "The officers of the force kept records about every stop they made while on patrol " * 8
SHIFTED = ENGLISH.translate({c: c - 32 + 29 if chr(c).islower() else c for c in range(97, 123)})


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(page(), "blank", id="nothing at all"),
        pytest.param(page(shapes=[PICTURE]), "no-text", id="a scan"),
        pytest.param(page(shapes=[STROKE] * 300), "no-text", id="letters drawn as outlines"),
        pytest.param(page("Figure 4", [PICTURE]), "little-text", id="a picture with a caption"),
        pytest.param(page(ENGLISH), "", id="text"),
        pytest.param(page(ENGLISH, strips(5)), "little-text", id="a line of print drawn as pictures"),
        pytest.param(page(ENGLISH, strips(2)), "", id="two small pictures in a row"),
        pytest.param(page(ENGLISH, strips(5, apart=200)), "", id="small pictures far apart"),
        pytest.param(page(ENGLISH, strips(5, top=99)), "", id="small pictures behind words"),
        pytest.param(page(ENGLISH, [PICTURE]), "", id="text over a picture"),
        pytest.param(page(ENGLISH, garbage=300), "garbage-text", id="letters without a code"),
        pytest.param(page("kntrwx plmnst vcxzq bcdfg " * 20), "garbage-text", id="no word has a vowel"),
        pytest.param(
            page("L'enqu\u00eate a \u00e9tabli que les agents \u00e9taient absents " * 9), "", id="another language"
        ),
        pytest.param(page("NPCC HMICFRS IOPC the force and its partners said " * 9), "", id="many short names"),
        pytest.param(page("2019 41 2020 57 2021 63 " * 30), "", id="figures"),
        pytest.param(page("T1e off|cer rep~~rted t0e sto9p " * 20, [PICTURE]), "garbage-text", id="a scan badly read"),
    ],
)
def test_why_a_page_needs_ocr(content: PageContent, expected: str) -> None:
    """Good text is never read again; what is no text, little text for its ink, or garbage is."""
    assert why_needed(content) == expected


def test_few_words_tell_nothing() -> None:
    """A heading of initials is no garbage."""
    assert not speechless(words("NPCC HMRC DVLA PSNI"))


def test_merging_keeps_the_layer() -> None:
    """Where the text layer has a word, OCR's word for it is left out; elsewhere it is added."""
    layer = words("kept")
    found = [*words("kopt"), Word("added", 300, 300, 340, 310, 308, STYLE)]
    assert [w.text for w in merge(layer, found)] == ["kept", "added"]


TABLE = "\n".join(
    [
        "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext",
        "4\t1\t1\t1\t1\t0\t0\t0\t0\t0\t-1\t",
        "5\t1\t1\t1\t1\t1\t100\t200\t60\t20\t96.5\tThe",
        "5\t1\t1\t1\t1\t2\t170\t200\t80\t20\t91.5\tforce",
        "5\t1\t1\t1\t2\t1\t100\t240\t5\t5\t8.0\t.",
        "5\t1\t1\t1\t2\t2\t110\t240\t70\t20\t12.0\tran",
        "5\tbroken",
    ]
)


def test_the_table_of_tesseract() -> None:
    """Words come line by line with their boxes; signs that are probably dust do not."""
    first, second = tesseract.parse(TABLE)
    assert first == [Found("The", 100, 200, 160, 220, 96.5), Found("force", 170, 200, 250, 220, 91.5)]
    assert [f.text for f in second] == ["ran"]


def test_words_share_their_lines_baseline() -> None:
    """Found words get the size and baseline of their line, in points."""
    found = as_page(tesseract.parse(TABLE), 2.0)
    assert found.confidence == 66.7
    a, b, _ = found.words
    assert (a.x0, a.x1, a.base) == (50, 80, 110)
    assert (a.base, a.style.size) == (b.base, b.style.size)


def test_an_empty_picture_has_no_words() -> None:
    """No lines, no words, no confidence."""
    assert as_page([], 2.0) == ocr.Page((), 0.0)


def test_threads_are_limited_without_reading_the_environment() -> None:
    """Pages run side by side, each in one thread."""
    assert tesseract.command()[:3] == ["env", "OMP_THREAD_LIMIT=1", "tesseract"]


def drawn(size: tuple[int, int] = (420, 120)) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    canvas.setFont("Times-Roman", 13)
    for number, text in enumerate(SENTENCES):
        canvas.drawString(40, 80 - 16 * number, text)
    canvas.save()
    return out.getvalue()


def scanned(pages: int = 1) -> bytes:
    """Pages that show the sentences and hold no text."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(420, 120))
    picture = Image.open(io.BytesIO(page_png(drawn(), 1, dpi=200)))
    for _ in range(pages):
        canvas.drawImage(ImageReader(picture), 0, 0, 420, 120)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


ENGINES = [
    pytest.param(tesseract.Tesseract(), tesseract.installed, id="tesseract"),
    pytest.param(rapid.Rapid(), rapid.installed, id="rapidocr"),
]


@pytest.mark.parametrize(("engine", "installed"), ENGINES)
def test_engines_read_pictures_of_pages(engine: ocr.Engine, installed) -> None:
    """Each engine reads clean pages without a slip, and the words stand where they are printed."""
    if not installed():
        pytest.skip(f"{engine.name} is not installed")
    with PdfFile(scanned(), "scan") as pdf:
        pages = [content for content in pdf.pages() if content is not None]
        read, problems = complete(pdf, pages, engine, 2)
    assert problems == []
    assert [(p.page, p.engine, p.confidence > 90) for p in read] == [(1, engine.name, True)]
    for content in pages:
        assert " ".join(w.text for w in content.words) == " ".join(SENTENCES)
        assert abs(content.words[0].x0 - 40) < 2
        assert abs(content.words[0].base - 40) < 2
        assert abs(content.words[0].style.size - 13) < 2


def test_a_page_read_well_is_no_problem() -> None:
    """Its engine and confidence are in the reading, and the document is whole."""
    if find_engine() is None:
        pytest.skip("no OCR engine is installed")
    reading = read_pdf(scanned(), "scan")
    assert reading.status is Status.OK
    assert [(p.page, p.engine) for p in reading.ocr] == [(1, getattr(find_engine(), "name", ""))]
    assert " ".join(b.text for b in reading.blocks) == " ".join(SENTENCES)


class Canned:
    """Stands for an engine that finds what it is told to, or fails."""

    name = "canned"

    def __init__(self, *answers: list[list[Found]] | None) -> None:
        self.answers = list(answers)

    def read(self, pictures: Sequence[Pixels], processes: int) -> list[list[list[Found]] | None]:
        """The next answers, one a picture."""
        return [self.answers.pop(0) for _ in pictures]


def met(engine: ocr.Engine | None, data: bytes) -> tuple[list[int], list[tuple[str, bool]]]:
    """Pages read by OCR, and the problems with whether they say what to do."""
    with PdfFile(data, "scan") as pdf:
        pages = [content for content in pdf.pages() if content is not None]
        read, problems = complete(pdf, pages, engine)
    return [p.page for p in read], [(p.kind, bool(p.mend)) for p in problems]


@pytest.mark.parametrize(
    ("engine", "expected"),
    [
        pytest.param(None, ([], [("no-text", True)]), id="no engine"),
        pytest.param(Canned(None), ([], [("no-text", True)]), id="an engine that fails"),
        pytest.param(Canned([]), ([], [("no-text", True)]), id="no words found"),
        pytest.param(Canned([[Found("smudge", 0, 0, 50, 20, 40)]]), ([1], [("read-by-ocr", True)]), id="doubt"),
        pytest.param(Canned([[Found("clear", 0, 0, 50, 20, 96)]]), ([1], []), id="no doubt"),
    ],
)
def test_no_page_is_passed_over(engine: ocr.Engine | None, expected: tuple[list[int], list[tuple[str, bool]]]) -> None:
    """A page that needed OCR was read, or is a problem; one read with doubt is both."""
    assert met(engine, scanned()) == expected


def test_what_to_install_is_named() -> None:
    """Without an engine a scan is refused with the remedy."""
    with pytest.raises(NoTextLayer, match="tesseract"):
        read_pdf(scanned(), "scan.pdf", Limits(ocr=False))


def test_good_text_never_goes_to_ocr() -> None:
    """An engine that has no answer is not asked."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for n in range(20):
        canvas.drawString(72, 700 - 14 * n, " ".join(SENTENCES))
    canvas.save()
    assert met(Canned(), out.getvalue()) == ([], [])
