"""Which format bytes are, and text, HTML, Markdown and records as blocks."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.dates import first_date
from extractors.errors import BadRecord, BrokenDocument, EmptyDocument, SourceError, WrongType
from extractors.formats.html import read_fragment, read_html
from extractors.formats.records import ImportRecord, read_record, read_records
from extractors.reading import EMAIL, HTML, MARKDOWN, OLE, PDF, RECORDS, TEXT, UNKNOWN, read, sniff
from extractors.records import BlockKind, Reading


def seen(reading: Reading) -> list[tuple[str, str]]:
    return [(b.kind.value, b.text) for b in reading.blocks]


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        pytest.param(b"%PDF-1.7\n", "a.html", PDF, id="pdf"),
        pytest.param(b"\n\n<!doctype html><html>", "a", HTML, id="html"),
        pytest.param(b"<?xml version='1.0'?><!-- x --><html>", "a", HTML, id="xhtml"),
        pytest.param(b"# Title\n\ntext", "a.md", MARKDOWN, id="markdown"),
        pytest.param(b"The officer ran.", "a.txt", TEXT, id="text"),
        pytest.param(b'{"url": "x:1", "title": "t", "text": "b"}\n', "a.json", RECORDS, id="records"),
        pytest.param(b"\x00\x01\x02\x03" * 9, "a.bin", UNKNOWN, id="binary"),
        pytest.param("\ufeffThe officer".encode("utf-16"), "a.txt", TEXT, id="utf-16"),
        pytest.param(b"From: a@b.uk\r\nSubject: x\r\n y\r\n\r\nText", "a.txt", EMAIL, id="mail"),
        pytest.param(b"Received: by x\nX-Spam: no\nDate: today\n\n", "a", EMAIL, id="mail without a body"),
        pytest.param(b"Date: 3 May 2021\n\nThe officer ran.", "a.txt", TEXT, id="a text that starts with a date"),
        pytest.param(b"From: a\nSubject: b\nThe officer ran.", "a.txt", TEXT, id="no blank line after headers"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", OLE, id="an old Word document"),
    ],
)
def test_sniff(data: bytes, name: str, expected: str) -> None:
    """The bytes decide what a document is, not its name."""
    assert sniff(data, name) == expected


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        pytest.param(b"", "a.pdf", EmptyDocument, id="0 bytes"),
        pytest.param(b" \n\n", "a.txt", EmptyDocument, id="white space"),
        pytest.param(b"<!DOCTYPE html><html><h1>404</h1>", "a.pdf", WrongType, id="error page as pdf"),
        pytest.param(b"%PDF-1.7\ncut", "a.pdf", BrokenDocument, id="truncated"),
        pytest.param(b"%PDF-1.7\ncut", "a.html", BrokenDocument, id="truncated, and named otherwise"),
        pytest.param(b"The officer ran.", "a.docx", WrongType, id="text as docx"),
        pytest.param(b"\x00\x01\x02" * 9, "a.eml", WrongType, id="noise as mail"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00", "a.png", WrongType, id="picture"),
        pytest.param(b'{"url": "x:1", "title": "t", "text": ""}', "a.jsonl", BadRecord, id="record without text"),
        pytest.param(b"<html><body><nav>Home</nav></body></html>", "a.html", EmptyDocument, id="only navigation"),
    ],
)
def test_bad_documents(data: bytes, name: str, error: type[SourceError]) -> None:
    """Each kind of bad document has its own error, in one sentence that names the file."""
    with pytest.raises(error) as caught:
        read(data, name=name)
    assert name in caught.value.what


PAGE = b"""<!DOCTYPE html><html><head><title>Findings - Office for Oversight</title>
<meta property="og:site_name" content="Office for Oversight"></head><body>
<div class="cookie-banner">We use cookies</div><nav><ul><li>Home</li></ul></nav>
<main><h1>Findings on stops</h1><p class="published-date">Published: <time datetime="2021-05-03">3 May</time></p>
<h2>What we found</h2><p>1.1 The force<span class="taxonomy-tooltip">A body of constables</span> kept no log.
<sup><a href="#f1">1</a></sup></p>
<ul><li>no log<ul><li>for two years</li></ul></li><li>no review</li></ul>
<table><tr><th>Year</th><th>Stops</th></tr><tr><td>2020</td><td>41</td></tr></table>
<div style="display: none">hidden words</div></main><footer>Contact us</footer></body></html>"""


def test_html_page() -> None:
    """The article is read; navigation, cookie notice, tooltip, hidden words and note marks are not."""
    reading = read_html(PAGE, "page")
    assert seen(reading)[:1] == [("heading", "Findings on stops")]
    assert ("paragraph", "The force kept no log.") in seen(reading)
    joined = " ".join(b.text for b in reading.blocks)
    assert not any(word in joined for word in ("cookies", "Home", "constables", "hidden", "Contact"))
    assert (reading.title, reading.publisher, str(reading.published)) == (
        "Findings on stops",
        "Office for Oversight",
        "2021-05-03",
    )


@pytest.mark.parametrize(
    ("title", "publisher"),
    [
        ("Stops | Office for Oversight", "Office for Oversight"),
        ("Stops - GOV.UK", None),
        ("Stops | GOV.UK", None),
        ("Stops - Kent Police", None),
        ("Stops", None),
    ],
)
def test_a_site_says_its_name_behind_a_bar(title: str, publisher: str | None) -> None:
    """What stands behind a bar in a page's title publishes it; an address, or what stands behind a dash, does not."""
    page = f"<html><head><title>{title}</title></head><body><p>Text.</p></body></html>"
    assert read_html(page.encode(), "page").publisher == publisher


def test_html_structure() -> None:
    """Numbers, nested items and tables become fields, and the headings above each block its section."""
    blocks = read_html(PAGE, "page").blocks
    numbered = next(b for b in blocks if b.number == "1.1")
    assert numbered.section == ("Findings on stops", "What we found")
    assert [(b.text, b.level) for b in blocks if b.kind is BlockKind.LIST_ITEM] == [
        ("no log", 1),
        ("for two years", 2),
        ("no review", 1),
    ]
    assert next(b for b in blocks if b.kind is BlockKind.TABLE).rows == (("Year", "Stops"), ("2020", "41"))


def test_govspeak_body() -> None:
    """The body that GOV.UK's API gives reads without a page around it."""
    reading = read_fragment('<div class="govspeak"><h2 id="a">Summary</h2><ol><li>Act.</li><li>Report.</li></ol></div>')
    assert [(b.kind.value, b.text, b.number) for b in reading.blocks] == [
        ("heading", "Summary", None),
        ("list_item", "Act.", "1"),
        ("list_item", "Report.", "2"),
    ]


def test_plain_text() -> None:
    """Blank lines part paragraphs; short lines without a full stop are headings; dashes are items."""
    reading = read(b"CASE SUMMARY\n\nThe officer ran\nand fell.\n\nActions\n\n- report it\n- review it\n", name="a.txt")
    assert seen(reading) == [
        ("heading", "CASE SUMMARY"),
        ("paragraph", "The officer ran and fell."),
        ("heading", "Actions"),
        ("list_item", "report it"),
        ("list_item", "review it"),
    ]


def test_markdown() -> None:
    """Markdown's own structure is kept, and HTML in it is text."""
    reading = read(
        b"# Review\n\n## Findings\n\nThe log was *empty*.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<script>x</script>\n",
        name="a.md",
    )
    assert seen(reading)[:3] == [("heading", "Review"), ("heading", "Findings"), ("paragraph", "The log was empty.")]
    assert reading.blocks[3].rows == (("a", "b"), ("1", "2"))
    assert reading.title == "Review"


def record(**fields: object) -> bytes:
    return json.dumps({"url": "x:1", "title": "A case", "text": "The officer ran.", **fields}).encode()


def test_records_are_read_line_by_line() -> None:
    """A bad line is a problem that names its number; the others are read."""
    data = b"\n".join(
        [record(), b"{broken", record(text=" "), record(published="2021-05-03", forces=None), b"", b"[1]"]
    )
    found = list(read_records(data))
    assert [type(f).__name__ for f in found] == ["ImportRecord", "Problem", "Problem", "ImportRecord", "Problem"]
    assert [getattr(f, "what", "").split(" is")[0] for f in found if not isinstance(f, ImportRecord)] == [
        "Line 2",
        "Line 3",
        "Line 6",
    ]


def test_a_problem_holds_no_report_text() -> None:
    """What goes wrong with a record is told without its words."""
    (problem,) = read_records(record(title="", text="Jo Bloggs was arrested"))
    assert not isinstance(problem, ImportRecord)
    assert "Bloggs" not in problem.what


def test_record_blocks() -> None:
    """A record's title is its first heading, above headings of its text."""
    reading = read_record(ImportRecord(url="x:1", title="A case", text="Findings\n\nThe officer ran."))
    assert [(b.text, b.section) for b in reading.blocks] == [
        ("A case", ()),
        ("Findings", ("A case",)),
        ("The officer ran.", ("A case", "Findings")),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("made on 3rd May 2021 at", "2021-05-03", id="British"),
        pytest.param("on May 3, 2021", "2021-05-03", id="American"),
        pytest.param("2021-05-03T10:00", "2021-05-03", id="ISO"),
        pytest.param("31/02/2021", "None", id="no such day"),
    ],
)
def test_dates(text: str, expected: str) -> None:
    """The first full date, day before month."""
    assert str(first_date(text)) == expected


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from(["a.pdf", "a.html", "a.txt", "a.md", "a.jsonl", "a.eml", "a.docx", "a"])
)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    """No bytes do worse than a SourceError."""
    try:
        reading = read(data, name=name)
    except SourceError:
        return
    assert [b.ordinal for b in reading.blocks] == list(range(len(reading.blocks)))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<ul>",
                "<li>",
                "<table>",
                "<tr>",
                "<td>",
                "words ",
                "<h2>",
                "<div hidden>",
                "<br>",
                "</div>",
            ]
        ),
        max_size=30,
    )
)
def test_any_markup_is_read(parts: list[str]) -> None:
    """Unclosed and misnested tags are no trouble."""
    assert all(b.text for b in read_fragment("".join(parts)).blocks)
