"""E-mails as blocks."""

from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.errors import BrokenDocument, EmptyDocument, LockedReport, SourceError
from extractors.formats.mail import read_email
from extractors.reading import read
from extractors.records import BlockKind, Reading

SENTENCE = "The force should review how its logs are kept."


def message(text: str = "", html: str = "", **headers: str) -> EmailMessage:
    made = EmailMessage()
    given = {"From": "Office <office@example.org>", "Subject": "Review of custody", **headers}
    for name, value in given.items():
        made[name] = value
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def seen(reading: Reading) -> list[tuple[str, str]]:
    return [(b.kind.value, b.text) for b in reading.blocks]


def body(reading: Reading) -> list[str]:
    return [b.text for b in reading.blocks if b.kind not in (BlockKind.FURNITURE, BlockKind.HEADING)]


def test_a_plain_message() -> None:
    """The subject is the heading above the body; sender and date are furniture; the date is the day of publication."""
    made = message(f"{SENTENCE}\n\n- no log\n- no review\n", Date="Mon, 3 May 2021 10:00:00 +0100")
    reading = read(made.as_bytes(), name="a.eml")
    assert seen(reading) == [
        ("heading", "Review of custody"),
        ("furniture", "From: Office <office@example.org>"),
        ("furniture", "Date: Mon, 03 May 2021 10:00:00 +0100"),
        ("paragraph", SENTENCE),
        ("list_item", "no log"),
        ("list_item", "no review"),
    ]
    assert reading.blocks[3].section == ("Review of custody",)
    assert (reading.title, str(reading.published), reading.problems) == ("Review of custody", "2021-05-03", ())


def test_html_is_preferred() -> None:
    """Of a body given twice the HTML is read, under the subject; what it hides is not."""
    html = f"<h1>Findings</h1><p>{SENTENCE}</p><div style='display:none'>unseen</div><script>run()</script>"
    reading = read_email(message("plain words", html).as_bytes(), "a.eml")
    assert body(reading) == [SENTENCE]
    heading = next(b for b in reading.blocks if b.text == "Findings")
    assert (heading.level, heading.section) == (2, ("Review of custody",))


def test_quoted_lines() -> None:
    """Marks of quotation are no words."""
    quoted = "On Monday the office wrote:\n\n> The officer ran\n> and fell.\n"
    assert body(read_email(message(quoted).as_bytes(), "a")) == [
        "On Monday the office wrote:",
        "The officer ran and fell.",
    ]


def test_coded_headers_and_bodies() -> None:
    """Subjects and texts in other codings read as people see them."""
    made = message("caf\u00e9 \u2013 " + SENTENCE, Subject="R\u00e9sum\u00e9 of findings")
    reading = read_email(made.as_bytes(), "a.eml")
    assert (reading.title, body(reading)) == ("R\u00e9sum\u00e9 of findings", ["caf\u00e9 \u2013 " + SENTENCE])


def test_enclosures_are_named_and_not_read() -> None:
    """Each file enclosed is a problem that says what it is; its name and words stay out of it."""
    made = message(SENTENCE)
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Bloggs.pdf")
    made.add_attachment("Bloggs was seen", filename="statement.txt")
    reading = read_email(made.as_bytes(), "a.eml")
    assert [p.kind for p in reading.problems] == ["enclosure", "enclosure"]
    assert "application/pdf" in reading.problems[0].what
    assert "Bloggs" not in reading.model_dump_json()


def test_a_forwarded_message_is_an_enclosure() -> None:
    """What another message says is not said by this one."""
    outer = message(SENTENCE)
    outer.add_attachment(message("inner words"))
    reading = read_email(outer.as_bytes(), "a.eml")
    assert body(reading) == [SENTENCE]
    assert [p.kind for p in reading.problems] == ["enclosure"]


def test_pictures_in_the_text_are_no_problem() -> None:
    """A letterhead shown within the text is not a file that someone enclosed."""
    made = message(SENTENCE, f"<p>{SENTENCE}</p><img src='cid:logo'>")
    made.get_payload()[1].add_related(b"\x89PNG", maintype="image", subtype="png", cid="<logo>", disposition="inline")
    assert read_email(made.as_bytes(), "a.eml").problems == ()


def nested(depth: int) -> bytes:
    lines = [b"Subject: x", b"MIME-Version: 1.0"]
    for level in range(depth):
        lines += [b"Content-Type: multipart/mixed; boundary=b%d" % level, b"", b"--b%d" % level]
    return b"\n".join([*lines, b"", b"text"])


BAD = [
    pytest.param(message().as_bytes().replace(b"Review of custody", b""), EmptyDocument, id="nothing said"),
    pytest.param(
        b"From: a@b.uk\nSubject: x\nContent-Type: application/pkcs7-mime\n\nMIAG", LockedReport, id="encrypted"
    ),
    pytest.param(nested(60), BrokenDocument, id="parts in parts in parts"),
    pytest.param(nested(3000), BrokenDocument, id="deeper than Python goes"),
]


@pytest.mark.parametrize(("data", "error"), BAD)
def test_bad_messages(data: bytes, error: type[SourceError]) -> None:
    """Each kind of bad message has its own error, and the file's name in it."""
    with pytest.raises(error, match=r"bad\.eml"):
        read(data, name="bad.eml")


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Type: text/plain; charset=unheard-of",
        b"Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64",
        b"Date: not a day\nFrom: <<>>@[",
        b"Content-Type: multipart/mixed",
    ],
)
def test_malformed_headers(header: bytes) -> None:
    """Headers that say nothing or lie do not keep a message from being read."""
    reading = read(b"Subject: Review\n" + header + b"\nMIME-Version: 1.0\n\nThe officer ran.\n", name="a.eml")
    assert reading.title == "Review"
    assert reading.published is None


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["plain", "html"]),
    st.sampled_from(["7bit", "base64", "quoted-printable", "x"]),
)
def test_any_body_is_read(data: bytes, kind: str, coding: str) -> None:
    """No bytes after good headers do worse than a SourceError."""
    head = f"From: a@b.uk\nSubject: x\nContent-Type: text/{kind}\nContent-Transfer-Encoding: {coding}\n\n"
    reading = read_email(head.encode() + data, "any")
    assert [b.ordinal for b in reading.blocks] == list(range(len(reading.blocks)))
