"""Word documents as blocks, each written here as the XML that Word writes."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.errors import BrokenDocument, EmptyDocument, LockedReport, NoTextLayer, ReadingLimit, WrongType
from extractors.formats.word import package
from extractors.formats.word.document import read_docx
from extractors.formats.word.numbering import Label, Level, List, Numbering, written
from extractors.reading import read
from extractors.records import Block, BlockKind, Reading, Status

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = ("document.main", "numbering", "styles", "footnotes", "endnotes", "header", "footer")
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Chapter head"/><w:basedOn w:val="H2"/></w:style>
<w:style w:type="paragraph" w:styleId="Cap"><w:name w:val="caption"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Numbered"><w:name w:val="Numbered para"/>
  <w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Says"><w:name w:val="Recommendation"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
"""
LEVELS = """
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
 <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
 <w:lvlText w:val="Recommendation %1:"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
"""
SENTENCE = "The inquiry found that the force kept no record of the stops."


def xml(name: str, inner: str) -> bytes:
    return f'<?xml version="1.0"?><w:{name} xmlns:w="{W}" xmlns:r="{R}">{inner}</w:{name}>'.encode()


def made(body: str, **parts: str) -> bytes:
    """A DOCX with this body; *parts* by name: numbering, styles, footnotes, endnotes, header, footer."""
    files: dict[str, bytes] = {"word/styles.xml": xml("styles", parts.pop("styles", STYLES))}
    files["word/numbering.xml"] = xml("numbering", parts.pop("numbering", LEVELS))
    roots = {"header": "hdr", "footer": "ftr"}
    files |= {f"word/{n}.xml": xml(roots.get(n, n), inner) for n, inner in parts.items()}
    names = [f.removeprefix("word/").removesuffix(".xml") for f in files]
    section = "".join(f'<w:{n}Reference w:type="default" r:id="r{n}"/>' for n in ("header", "footer") if n in parts)
    files["word/document.xml"] = xml("document", f"<w:body>{body}<w:sectPr>{section}</w:sectPr></w:body>")
    files["word/_rels/document.xml.rels"] = relations({n: (n, f"{n}.xml") for n in names})
    return zipped(files)


def relations(of: Mapping[str, tuple[str, str]]) -> bytes:
    lines = "".join(f'<Relationship Id="r{i}" Type="{R}/{kind}" Target="{to}"/>' for i, (kind, to) in of.items())
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{lines}</Relationships>'.encode()


def zipped(files: Mapping[str, bytes], main: str = "document.main+xml") -> bytes:
    kinds = "".join(
        f'<Override PartName="/{n}" ContentType="{MIME}.{main if "document" in n else n[5:-4] + "+xml"}"/>'
        for n in files
        if n.endswith(".xml")
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    whole = {
        "[Content_Types].xml": f'<Types xmlns="{space}">{rels}{kinds}</Types>'.encode(),
        "_rels/.rels": relations({"1": ("officeDocument", "word/document.xml")}),
        **files,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in whole.items():
            archive.writestr(name, data)
    return out.getvalue()


def p(text: str, style: str = "", *, num: tuple[int, int] | None = None, run: str = "", more: str = "") -> str:
    marks = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num is not None:
        marks += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    words = "<w:tab/>".join(f'<w:t xml:space="preserve">{t}</w:t>' for t in text.split("\t"))
    return f"<w:p><w:pPr>{marks}</w:pPr><w:r><w:rPr>{run}</w:rPr>{words}</w:r>{more}</w:p>"


def table(*rows: list[str]) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(f'<w:tc>{c}</w:tc>' for c in row)}</w:tr>" for row in rows) + "</w:tbl>"


def seen(data: bytes) -> list[tuple[str, str | None, str]]:
    """Kind, number or marker, and text of each block."""
    return [(b.kind.value, b.number or b.marker, b.text) for b in read_docx(data, "a.docx").blocks]


def one(data: bytes) -> Block:
    (block,) = read_docx(data, "a.docx").blocks
    return block


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


def test_automatic_numbers() -> None:
    """Numbers that Word makes are read as printed, whether asked for by the paragraph or by its style."""
    data = made(
        p("Background", "H1", num=(1, 0))
        + p("The force was asked.", "Numbered")
        + p("It had:", "Numbered")
        + p("no log", num=(1, 2))
        + p("no review", num=(1, 2))
        + p("It had said so.", "Numbered")
        + p("Findings", "H1", num=(1, 0))
        + p("Nothing was done.", "Numbered")
        + p("late", num=(2, 0))
        + p("Not numbered.", "Numbered", num=(0, 0))
    )
    assert [(kind, label) for kind, label, _ in seen(data)] == [
        ("heading", "1"),
        ("paragraph", "1.1"),
        ("paragraph", "1.2"),
        ("list_item", "(a)"),
        ("list_item", "(b)"),
        ("paragraph", "1.3"),
        ("heading", "2"),
        ("paragraph", "2.1"),
        ("list_item", "•"),
        ("paragraph", None),
    ]


def test_a_number_with_words_is_part_of_the_text() -> None:
    """'Recommendation 2' that Word writes before a paragraph is read with it, and is its number."""
    data = made(p("review its logs.", num=(3, 0)) + p("publish them.", num=(3, 0)))
    assert seen(data)[1] == ("paragraph", "Recommendation 2", "Recommendation 2: publish them.")


DECIMAL = {0: Level(text="%1."), 1: Level(text="%1.%2"), 2: Level(form="lowerRoman", text="%3)")}
COUNTING = [
    pytest.param(
        [(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)], ["1.", "1.1", "1.2", "2.", "2.1"], id="anew below a new head"
    ),
    pytest.param([(1, 1)], ["1.1"], id="the head above was never met"),
    pytest.param([(1, 0), (2, 0), (1, 0)], ["1.", "2.", "3."], id="two lists of one kind count on"),
    pytest.param([(1, 0), (3, 0), (3, 0)], ["1.", "5.", "6."], id="a list that starts at five"),
    pytest.param([(1, 2), (1, 2)], ["i)", "ii)"], id="roman"),
    pytest.param([(9, 0), (1, 7)], [None, None], id="a list or level that is not defined"),
]


@pytest.mark.parametrize(("asked", "expected"), COUNTING)
def test_counting(asked: list[tuple[int, int]], expected: list[str | None]) -> None:
    """Lists count as Word does."""
    lists = {1: List("0", DECIMAL, {}), 2: List("0", DECIMAL, {}), 3: List("0", DECIMAL, {0: 5})}
    counted = [Numbering.label(numbering, *a) for numbering in [Numbering(lists)] for a in asked]
    assert [label.text if label else None for label in counted] == expected


def test_levels_that_never_restart() -> None:
    """A level may count on through the document, as paragraphs of judgments do; figures may be asked for."""
    levels = {0: Level(form="upperRoman", text="%1"), 1: Level(text="%1.%2", restart=0, plain=True)}
    numbering = Numbering({1: List("0", levels, {})})
    assert [numbering.label(1, depth) for depth in (0, 1, 0, 1)] == [
        Label("I", "letter"),
        Label("1.1", "number"),
        Label("II", "letter"),
        Label("2.2", "number"),
    ]


@given(st.integers(1, 3999))
def test_roman_numbers_grow_as_counts_do(count: int) -> None:
    """Reading a roman number back gives the count."""
    worth = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    values = [worth[sign] for sign in written(count, "lowerRoman")]
    pairs = zip(values, [*values[1:], 0], strict=True)
    assert sum(-v if v < after else v for v, after in pairs) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("4.17\tThe officer ran.", ("paragraph", "4.17", "The officer ran."), id="number and tab"),
        pytest.param("4.17 The officer ran.", ("paragraph", "4.17", "The officer ran."), id="number and blank"),
        pytest.param("(a)\tno log", ("list_item", "(a)", "no log"), id="letter"),
        pytest.param("•\tno log", ("list_item", "•", "no log"), id="bullet"),
        pytest.param("Name:\tunknown", ("paragraph", None, "Name: unknown"), id="a tab that parts words"),
    ],
)
def test_typed_numbers(text: str, expected: tuple[str, str | None, str]) -> None:
    """Numbers and bullets that the writer typed count like those that Word makes."""
    assert seen(made(p(text))) == [expected]


def test_all_italics_are_kept() -> None:
    """A paragraph set in italics by its style says so: committees print recommendations thus."""
    assert one(made(p(SENTENCE, "Says"))).emphasis == "italic"
    assert one(made(p(SENTENCE))).emphasis is None


def run(inner: str, marks: str = "") -> str:
    return f"<w:r><w:rPr>{marks}</w:rPr>{inner}</w:r>"


def field(instruction: str, shown: str) -> str:
    def sign(kind: str) -> str:
        return run(f'<w:fldChar w:fldCharType="{kind}"/>')

    return sign("begin") + run(f"<w:instrText>{instruction}</w:instrText>") + sign("separate") + shown + sign("end")


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
