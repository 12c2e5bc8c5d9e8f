"""Word documents as blocks, each written here as the XML that Word writes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.errors import BrokenDocument, EmptyDocument, LockedReport, NoTextLayer, ReadingLimit, WrongType
from extractors.formats.word import package
from extractors.formats.word.document import read_docx
from extractors.reading import read
from extractors.records import BlockKind, Reading, Status
from tests.support.word_files import SENTENCE, field, made, one, p, run, seen, table, xml, zipped


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        pytest.param(p("Findings", "H1"), ("heading", 1), id="a heading's style"),
        pytest.param(p("Findings", "Own"), ("heading", 2), id="a style made from a heading's"),
        pytest.param(p("A review of custody", "Title"), ("heading", 1), id="a title"),
        pytest.param(p("What we found", run="<w:b/>"), ("heading", 2), id="a bold line of its own"),
        pytest.param(p("What we found.", run="<w:b/>"), ("paragraph", None), id="a bold sentence"),
        pytest.param(p("What we found", run='<w:b w:val="0"/>'), ("paragraph", None), id="bold switched off"),
        pytest.param(p("Figure 1: stops by year", "Cap"), ("caption", None), id="a caption"),
        pytest.param(
            '<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>Logs</w:t></w:r></w:p>',
            ("heading", 3),
            id="outline",
        ),
    ],
)
def test_what_a_paragraph_is(paragraph: str, expected: tuple[str, int | None]) -> None:
    """Style, outline level and looks decide, in this order."""
    block = one(made(paragraph))
    assert (block.kind.value, block.level) == expected


def test_headings_make_sections() -> None:
    """Each block knows the headings above it; a new heading closes those as deep or deeper."""
    data = made(p("One", "H1") + p("Two", "H2") + p(SENTENCE) + p("Three", "H1") + p("She ran."))
    assert [b.section for b in read_docx(data, "a").blocks if b.kind is BlockKind.PARAGRAPH] == [
        ("One", "Two"),
        ("Three",),
    ]


def test_all_italics_are_kept() -> None:
    """A paragraph set in italics by its style says so: committees print recommendations thus."""
    assert one(made(p(SENTENCE, "Says"))).emphasis == "italic"
    assert one(made(p(SENTENCE))).emphasis is None


WORDS = [
    pytest.param(run("<w:t>twenty</w:t><w:noBreakHyphen/><w:t>one</w:t>"), "twenty-one", id="a hyphen that holds"),
    pytest.param(run("<w:t>inves</w:t><w:softHyphen/><w:t>tigated</w:t>"), "investigated", id="a soft hyphen"),
    pytest.param(run("<w:t>two</w:t><w:br/><w:t>lines</w:t>"), "two lines", id="a line break"),
    pytest.param("<w:hyperlink>" + run("<w:t>the report</w:t>") + "</w:hyperlink>", "the report", id="a link"),
    pytest.param("<w:ins>" + run("<w:t>added</w:t>") + "</w:ins>", "added", id="an insertion"),
    pytest.param(
        "<w:del>" + run("<w:delText>gone</w:delText>") + "</w:del>" + run("<w:t>kept</w:t>"), "kept", id="deleted"
    ),
    pytest.param(field("REF a \\h", run("<w:t>paragraph 4</w:t>")), "paragraph 4", id="a reference"),
    pytest.param(
        field("IF 1", field("DATE", run("<w:t>12 May</w:t>")) + run("<w:t> 2021</w:t>")),
        "12 May 2021",
        id="nested fields",
    ),
    pytest.param(run("<w:t>seen</w:t>") + run("<w:t>unseen</w:t>", "<w:vanish/>"), "seen", id="hidden"),
    pytest.param(
        run("<w:t>seen</w:t>") + run("<w:t>no</w:t>", '<w:rStyle w:val="Secret"/>'), "seen", id="hidden by style"
    ),
    pytest.param(run("<w:t>seen</w:t>") + run("<w:t>no</w:t>", '<w:color w:val="FFFFFF"/>'), "seen", id="white"),
    pytest.param(
        run("<w:t>seen</w:t>", '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>'),
        "seen",
        id="white on blue",
    ),
    pytest.param(
        "<w:sdt><w:sdtContent>" + run("<w:t>chosen</w:t>") + "</w:sdtContent></w:sdt>", "chosen", id="a form's control"
    ),
]


@pytest.mark.parametrize(("inner", "expected"), WORDS)
def test_words(inner: str, expected: str) -> None:
    """What is read is what the finished document shows."""
    assert one(made(f"<w:p>{inner}</w:p>")).text == expected


def problems(reading: Reading) -> list[str]:
    return [problem.kind for problem in reading.problems]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        pytest.param(run("<w:t>Ashgrove</w:t>", "<w:vanish/>"), ["hidden-text"], id="hidden words"),
        pytest.param("<w:ins>" + run("<w:t>added</w:t>") + "</w:ins>", ["tracked-changes"], id="changes"),
        pytest.param("", [], id="nothing of the kind"),
    ],
)
def test_what_may_be_missed_is_told(inner: str, expected: list[str]) -> None:
    """Hidden words are counted and never quoted; tracked changes are named."""
    reading = read_docx(made(p(SENTENCE) + f"<w:p>{inner}</w:p>"), "a.docx")
    assert problems(reading) == expected
    assert "Ashgrove" not in reading.model_dump_json()
    assert (reading.status is Status.PARTIAL) == bool(expected)


def test_tables() -> None:
    """Cells stand in rows; a merged cell stands at its first row and column, the others are empty."""
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("Stops in 2020")
    begun, carried = (f'<w:tcPr><w:vMerge w:val="{v}"/></w:tcPr>' for v in ("restart", "continue"))
    rows = table([p("Year"), wide], [begun + p("2020"), p("41"), p("a") + p("b")], [carried + p(""), p("7"), p("c")])
    block = one(made(rows))
    assert block.kind is BlockKind.TABLE
    assert block.rows == (("Year", "Stops in 2020", ""), ("2020", "41", "a b"), ("", "7", "c"))


def test_tables_that_only_frame_text() -> None:
    """A box of one cell, and a coroner's form of numbers beside prose, are read as text."""
    boxed = table([p("Recommendation 7: review it.")])
    form = table([p("1"), p("CORONER", run="<w:b/>") + p(SENTENCE * 9)], [p("2"), p("DUTIES") + p("Under the Act.")])
    data = made(boxed + form)
    assert seen(data)[0] == ("paragraph", "Recommendation 7", "Recommendation 7: review it.")
    assert seen(data)[1][:2] == ("heading", "1")
    assert not [b for b in read_docx(data, "a").blocks if b.kind is BlockKind.TABLE]


def test_a_table_of_contents_is_one_table() -> None:
    """Its lines are entries with their page, not headings."""
    data = made(p("1\tBackground\t4", "TOC1") + p("2\tFindings\t17", "TOC1") + p("Background", "H1"))
    first, second = read_docx(data, "a").blocks
    assert first.rows == (("1 Background", "4"), ("2 Findings", "17"))
    assert second.kind is BlockKind.HEADING


def note(kind: str, number: int, text: str) -> str:
    return f'<w:{kind} w:id="{number}"><w:p><w:r><w:{kind}Ref/><w:t>{text}</w:t></w:r></w:p></w:{kind}>'


def test_notes_stand_apart() -> None:
    """A note's mark is out of the sentence; notes follow at the end, numbered as met, in their mark's section."""
    marks = [run(f'<w:footnoteReference w:id="{n}"/>') for n in (7, 5)]
    data = made(
        p("Findings", "H1") + p("No log was kept.", more=marks[0]) + p("Other", "H1") + p("She ran.", more=marks[1]),
        footnotes=note("footnote", 5, "Statement, page 4.") + note("footnote", 7, "Log, page 2."),
    )
    notes = [b for b in read_docx(data, "a").blocks if b.kind is BlockKind.FOOTNOTE]
    assert [(b.marker, b.text, b.section) for b in notes] == [
        ("1", "Log, page 2.", ("Findings",)),
        ("2", "Statement, page 4.", ("Other",)),
    ]
    assert ("paragraph", None, "No log was kept.") in seen(data)


def test_headers_and_footers_are_furniture() -> None:
    """What stands on every page is read once; a page number alone is not."""
    number = f"<w:p>{field('PAGE', run('<w:t>3</w:t>'))}</w:p>"
    data = made(p(SENTENCE), header=p("OFFICIAL: sensitive"), footer=number)
    assert [(b.kind.value, b.text) for b in read_docx(data, "a").blocks] == [
        ("furniture", "OFFICIAL: sensitive"),
        ("paragraph", SENTENCE),
    ]


def test_text_boxes_are_read_once() -> None:
    """A text box, given for new and old readers, is read after the paragraph it hangs on."""
    box = f"<w:txbxContent>{p('Key point: no log.')}</w:txbxContent>"
    space = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    both = (
        f'<mc:AlternateContent xmlns:mc="{space}"><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert [text for *_, text in seen(made(p(SENTENCE, more=run(both))))] == [SENTENCE, "Key point: no log."]


def test_title_and_day() -> None:
    """The title is the title's, the day the first that is printed."""
    reading = read_docx(made(p("A review of custody", "Title") + p("Published on 3 May 2021.")), "a")
    assert (reading.title, str(reading.published)) == ("A review of custody", "2021-05-03")


PICTURE = run('<w:drawing><a:blip xmlns:a="x"/></w:drawing>')
GOOD = made(p(SENTENCE))
BAD = [
    pytest.param(GOOD[: len(GOOD) // 2], BrokenDocument, id="cut off"),
    pytest.param(made("<w:p><w:r>")[:], BrokenDocument, id="XML that does not close"),
    pytest.param(made(""), EmptyDocument, id="no text"),
    pytest.param(made(f"<w:p>{PICTURE}</w:p>"), NoTextLayer, id="a picture of a page"),
    pytest.param(zipped({"word/document.xml": b"<a/>"}), WrongType, id="another kind of XML"),
    pytest.param(
        zipped({"word/document.xml": xml("document", "")}, "template.macroEnabledTemplate+xml"), WrongType, id="macros"
    ),
    pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, WrongType, id="an old Word document"),
    pytest.param(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), LockedReport, id="a locked one"
    ),
]


@pytest.mark.parametrize(("data", "error"), BAD)
def test_bad_documents(data: bytes, error: type[Exception]) -> None:
    """Each kind of bad document has its own error, and the file's name in it."""
    with pytest.raises(error, match=r"bad\.docx"):
        read(data, name="bad.docx")


def test_bombs_are_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that says it unpacks to more than a report can hold is refused before it is unpacked."""
    monkeypatch.setattr(package, "MAX_XML", 100_000)
    with pytest.raises(ReadingLimit):
        read_docx(made(p("blank " * 100_000)), "bomb.docx")


def test_entities_are_not_expanded() -> None:
    """An entity, of the file's own or of a file on this machine, gives no text."""
    entities = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "boom">]>'
    body = xml("document", f"<w:body>{p(SENTENCE)}<w:p><w:r><w:t>&a;&b;</w:t></w:r></w:p></w:body>").decode()
    data = zipped({"word/document.xml": body.replace('<?xml version="1.0"?>', entities).encode()})
    assert [b.text for b in read_docx(data, "a").blocks] == [SENTENCE]


@pytest.mark.parametrize("name", ["report.pdf", "report.html", "report"])
def test_the_bytes_tell_a_word_document(name: str) -> None:
    """Under whatever name, it is read as what it is; a name that says otherwise is a problem."""
    reading = read(GOOD, name=name)
    assert [b.text for b in reading.blocks] == [SENTENCE]
    assert problems(reading) == (["wrong-name"] if "." in name else [])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=12))
def test_damaged_files_never_do_worse_than_an_error(changes: list[tuple[int, int]]) -> None:
    """Flipped bytes are read or refused."""
    data = bytearray(GOOD)
    for place, byte in changes:
        data[place] = byte
    try:
        read_docx(bytes(data), "damaged")
    except (BrokenDocument, EmptyDocument, WrongType, ReadingLimit):
        return


def pieces(depth: int = 2) -> st.SearchStrategy[str]:
    """Well-formed bodies of any shape."""
    leaves = st.builds(
        lambda text, style, num, marks: p(text, style, num=num, run=marks),
        st.sampled_from(["", "words", "1.1\tnumbered", "•\titem", "Heading"]),
        st.sampled_from(["", "H1", "Own", "TOC1", "Numbered", "Cap"]),
        st.none() | st.tuples(st.integers(0, 4), st.integers(0, 3)),
        st.sampled_from(["", "<w:b/>", "<w:i/>", "<w:vanish/>"]),
    )
    if not depth:
        return leaves
    cells = st.lists(st.lists(pieces(depth - 1), min_size=1, max_size=3).map("".join), min_size=1, max_size=3)
    return leaves | st.lists(cells, max_size=3).map(lambda rows: table(*rows))


@settings(max_examples=25, deadline=None)
@given(st.lists(pieces(), max_size=8))
def test_any_body_is_read(parts: list[str]) -> None:
    """Whatever stands in whatever: ordinals count on, no block is empty, the same bytes give the same blocks."""
    data = made("".join(parts))
    try:
        reading = read_docx(data, "any")
    except EmptyDocument:
        return
    assert [b.ordinal for b in reading.blocks] == list(range(len(reading.blocks)))
    assert all(b.text for b in reading.blocks)
    assert read_docx(data, "any") == reading
