"""Naming a document: what is told is taken, what is found must be sure, the rest stays empty."""

from datetime import date

import pytest

from extractors.formats.records import ImportRecord
from extractors.records import Block, BlockKind, Document, Reading, Source
from extractors.report import describe

DOCUMENT = Document(
    sha256="a" * 64, media_type="application/pdf", size=1, source=Source(name="folder", locator="/in/the-report.pdf")
)


def reading(*lines: str, title: str | None = None, published: date | None = None) -> Reading:
    """A reading of paragraphs; "# " makes a heading, and all stand on page 1."""
    blocks = tuple(
        Block(
            ordinal=i,
            kind=BlockKind.HEADING if line.startswith("# ") else BlockKind.PARAGRAPH,
            text=line.removeprefix("# "),
            pages=(1,),
        )
        for i, line in enumerate(lines)
    )
    return Reading(blocks=blocks, title=title, published=published)


def test_a_record_is_taken_at_its_word():
    """Fields of a record stand, with forces and publisher in the gazetteer's words, and its url gives the id."""
    record = ImportRecord(
        url="inquiry:orr#1",
        title="Orr, recommendation 1",
        publisher="IOPC",
        published=date(2020, 1, 2),
        text="Act.",
        investigation="Orr Inquiry",
        forces=("the Met", "Orrshire Police"),
        reference="2019/118999",
    )
    report = describe(reading("Act."), DOCUMENT, record)
    assert (report.url, report.title, report.published) == ("inquiry:orr#1", "Orr, recommendation 1", date(2020, 1, 2))
    assert report.publisher == "Independent Office for Police Conduct"
    assert report.forces == ("Metropolitan Police Service", "Orrshire Police")
    assert (report.investigation, report.reference) == ("Orr Inquiry", "2019/118999")
    assert report.id == describe(reading("Other."), DOCUMENT.replaced(sha256="b" * 64), record).id


def test_id_of_a_file_depends_on_its_bytes_alone():
    """The same bytes under another name are the same report."""
    elsewhere = DOCUMENT.replaced(source=Source(name="folder", locator="/other/name.pdf"))
    assert describe(reading("x"), DOCUMENT).id == describe(reading("y"), elsewhere).id
    assert describe(reading("x"), DOCUMENT).id != describe(reading("x"), DOCUMENT.replaced(sha256="b" * 64)).id


@pytest.mark.parametrize(
    ("made", "title"),
    [
        pytest.param(reading("x", title="Custody in  Orr"), "Custody in Orr", id="its own"),
        pytest.param(reading("x"), "the-report", id="the file's name"),
        pytest.param(
            reading("# Orr Rail Inquiry", "# Final Report", title="Final Report"),
            "Orr Rail Inquiry: Final Report",
            id="says nothing",
        ),
    ],
)
def test_title(made: Reading, title: str):
    """The document's own title, with the inquiry's name where it says nothing; else the file's name."""
    assert describe(made, DOCUMENT).title == title


@pytest.mark.parametrize(
    ("lines", "publisher"),
    [
        pytest.param(
            ["# Independent Office for Police Conduct", "# Custody"],
            "Independent Office for Police Conduct",
            id="a body",
        ),
        pytest.param(
            ["# HOUSE OF LORDS", "# Rivers and Seas Committee", "# Tides"],
            "House of Lords Rivers and Seas Committee",
            id="a committee",
        ),
        pytest.param(["# The Orr Rail Inquiry", "# Report"], "Orr Rail Inquiry", id="an inquiry"),
        pytest.param(["# REGULATION 28 REPORT TO PREVENT FUTURE DEATHS", "I am a coroner."], "Coroner", id="a coroner"),
        pytest.param(["# Custody", "The Home Office was told."], None, id="named in the text only"),
        pytest.param(["# Presented to Parliament"], None, id="where it was presented"),
    ],
)
def test_publisher(lines: list[str], publisher: str | None):
    """The first page's headings name the publisher; a body in the text or Parliament does not."""
    assert describe(reading(*lines), DOCUMENT).publisher == publisher


@pytest.mark.parametrize(
    ("title", "publisher"),
    [
        ("Kent Police’s response to the Orr Rail Inquiry", "Kent Police"),
        ("Kent Police: response to the 2023 inspection", "Kent Police"),
        ("UK Government Response to the Orr Rail Inquiry", "UK Government"),
        ("Police response to a report of assault - Kent Police", None),
        ("Our response to the Independent Office for Police Conduct’s investigation", None),
        ("A full reply to the Orr Rail Inquiry", None),
    ],
)
def test_who_answers_publishes_the_answer(title: str, publisher: str | None):
    """A response is published by the body whose response its title says it is, not by the one it answers."""
    assert describe(reading("Text.", title=title), DOCUMENT).publisher == publisher


@pytest.mark.parametrize(
    ("made", "published"),
    [
        pytest.param(
            reading("Ordered to be printed 1 May 2024 and published 9 May 2024"), date(2024, 5, 9), id="published"
        ),
        pytest.param(
            reading("Published 9 May 2024", published=date(2023, 1, 1)), date(2024, 5, 9), id="said before guessed"
        ),
        pytest.param(
            reading("He died on 1 May 2020.", published=date(2023, 1, 1)), date(2023, 1, 1), id="the reader's"
        ),
        pytest.param(
            reading("Laid before Parliament on 1 May 2024.", "On 3 May 2020 he ran."), date(2024, 5, 1), id="laid"
        ),
        pytest.param(reading("March 2024"), date(2024, 3, 1), id="the only one"),
        pytest.param(reading("On 3 May 2020 he ran.", "On 4 May 2020 she ran."), None, id="two accounts"),
        pytest.param(
            reading(
                "REGULATION 28 coroner", "He died on 2 April 2022.", "Dated: 20/04/2023", published=date(2022, 4, 2)
            ),
            date(2023, 4, 20),
            id="a coroner's signature",
        ),
        pytest.param(
            reading("REGULATION 28 coroner", "Dated: 20/04/2023", "Document Template Updated 30/07/2021"),
            date(2023, 4, 20),
            id="not the date of the form",
        ),
        pytest.param(reading("REGULATION 28 coroner", "20.4. 2023"), date(2023, 4, 20), id="signed with dots"),
    ],
)
def test_published(made: Reading, published: date | None):
    """The date that is said to be of publication, before any other on the first pages."""
    assert describe(made, DOCUMENT).published == published


@pytest.mark.parametrize(
    ("made", "investigation"),
    [
        pytest.param(reading("x", title="Operation Larch: lessons"), "Operation Larch", id="in the title"),
        pytest.param(
            reading(*["Operation Larch went on."] * 5, "Operation Elm too."), "Operation Larch", id="dominant"
        ),
        pytest.param(reading("Operation Larch went on.", *["Nothing."] * 200), None, id="a detail"),
        pytest.param(reading("# The Orr Rail Inquiry", "x"), "Orr Rail Inquiry", id="an inquiry"),
        pytest.param(reading("# Public Inquiry", "x"), None, id="a nameless inquiry"),
    ],
)
def test_investigation(made: Reading, investigation: str | None):
    """An operation in the title, else most of the mentions, else the inquiry of the first page."""
    assert describe(made, DOCUMENT).investigation == investigation


@pytest.mark.parametrize(
    ("made", "forces"),
    [
        pytest.param(
            reading("Essex Police", title="Custody - Kent Police and the Met"),
            ("Kent Police", "Metropolitan Police Service"),
            id="title",
        ),
        pytest.param(
            reading("# A report on officers of Kent Police", "Essex Police"), ("Kent Police",), id="title page"
        ),
        pytest.param(reading(*["Kent Police acted."] * 6, "Essex Police did not."), ("Kent Police",), id="dominant"),
        pytest.param(reading(*["Kent Police acted.", "Essex Police acted."] * 5), (), id="none dominant"),
        pytest.param(
            reading("THIS REPORT IS BEING SENT TO:", "Chief Constable of Kent", "1 CORONER", "Essex Police"),
            ("Kent Police",),
            id="addressed",
        ),
    ],
)
def test_forces(made: Reading, forces: tuple[str, ...]):
    """Forces of the title, the title page or the addressees, or one that is named far more than others."""
    assert describe(made, DOCUMENT).forces == forces


def test_reference():
    """A reference stands in the title or on the first page."""
    assert describe(reading("# Report", "Ref: 2025-0592"), DOCUMENT).reference == "2025-0592"
    assert describe(reading("# Report", "no number"), DOCUMENT).reference is None
