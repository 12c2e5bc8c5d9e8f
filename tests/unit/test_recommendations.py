"""Recommendation units: which sentences and blocks make one, and what is known of it."""

from datetime import date

import pytest

from extractors.recommendations import answers
from extractors.records import Decision, Recommendation


def brief(found: tuple[Recommendation, ...]) -> list[tuple[str | None, str]]:
    return [(unit.number, unit.text) for unit in found]


def test_labelled_recommendations_take_what_their_label_governs(made):
    """A label takes the blocks below it up to the next heading or numbered paragraph, sub-items and all."""
    found = made(
        [
            "2.1: The log was poor. Nobody should have signed it.",
            "# Recommendation 1: Better logs",
            "The force should:",
            "- review the log;",
            "- train staff.",
            "~ A note.",
            "This must be done soon.",
            "2.2: We heard that more should follow.",
            "# Recommendation 2",
            "Custody staff to be told.",
            "# What comes next",
            "Forces should read this.",
        ]
    )
    assert brief(found) == [
        ("1", "Better logs The force should: review the log; train staff. This must be done soon."),
        ("2", "Custody staff to be told."),
    ]


def test_mentions_of_recommendations_are_none(made):
    """A label out of any row, words that go on after a label, and a line of the contents make no unit."""
    found = made(
        [
            "# Recommendations",
            "1: The force should write it down.",
            "2: The force should read it.",
            "# The earlier review",
            "Recommendation 9: The board shall meet.",
            "Recommendation 2, which we make below, should help.",
            "# Contents",
            "Recommendation 3: logs ............ 12",
        ]
    )
    assert [unit.number for unit in found] == ["1", "2"]


def test_numbered_list_under_its_heading_counts_even_where_the_tagger_is_unsure(made):
    """Structure governs: items 1, 2, 3 under "Recommendations" are units though none was tagged as one."""
    found = made(
        [
            "# 2. RECOMMENDATIONS",
            "1: Staff must act.",
            "2: Claims shall close.",
            "3: The Board should meet.",
            "# 3. History",
            "3.1: Old.",
        ],
        recommends="never",
    )
    assert brief(found) == [("1", "Staff must act."), ("2", "Claims shall close."), ("3", "The Board should meet.")]
    assert all(unit.score < 0.1 for unit in found)


def test_sub_items_of_a_title_are_units_and_those_of_a_sentence_are_not(made):
    """Lettered items under a title stand alone, numbered through; items that a sentence announces join it."""
    found = made(
        [
            "# The Recommendations",
            "# 1: Candour",
            "Some discussion that should be left out.",
            "(a): Duty",
            "(i): A duty should be made.",
            "(ii): The old one should be reviewed.",
            "(b): Leaders should listen.",
            "# 2: Care",
            "(a): All patients should receive:",
            "(i): a scan;",
            "(ii): a letter.",
        ]
    )
    assert brief(found) == [
        ("1(a)(i)", "(i) A duty should be made."),
        ("1(a)(ii)", "(ii) The old one should be reviewed."),
        ("1(b)", "(b) Leaders should listen."),
        ("2(a)", "(a) All patients should receive: (i) a scan; (ii) a letter."),
    ]


@pytest.mark.parametrize("title", ["1: Candour of leaders.", "# 1: Candour of leaders", "1: Candour of leaders"])
@pytest.mark.parametrize("recommends", ["never", "Candour|should"])
def test_a_title_is_known_by_its_sub_items(made, title, recommends):
    """What only names sub-items that each ask something is their title, whatever the tagger makes of it."""
    sub_items = ["(a): A duty should be made.", "(b): Leaders should listen.", "2: The Board should meet."]
    found = made(["# The Recommendations", title, *sub_items], recommends=recommends)
    assert [number for number, _ in brief(found)] == ["1(a)", "1(b)", "2"]


def test_sub_headings_and_running_heads_do_not_end_a_list(made):
    """A list goes on over sub-headings, and over a running head that was read with its page's number."""
    found = made(
        [
            "# Recommendations",
            "# Logs",
            "1: The force should write.",
            "44: The Quarry Report",
            "# Radios",
            "2: The force should speak,",
            "and it should listen.",
            "3: The force should act.",
        ]
    )
    assert [unit.number for unit in found] == ["1", "2", "3"]
    assert found[1].text == "The force should speak, and it should listen."


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        pytest.param(
            [
                "1: It was poor. (Conclusion, Paragraph 6)",
                "2: It was bad and should end. (Conclusion, Paragraph 7)",
                "3: Publish it. (Recommendation, Paragraph 7)",
            ],
            ["3"],
            id="closing brackets say which",
        ),
        pytest.param(
            ["1: It should never have been. (Paragraph 6)", "2: _Publish it. (Paragraph 7)_"], ["2"], id="italics"
        ),
        pytest.param(
            ["8.1: Ministers must explain it.", "8.2: We urge them to publish it.", "8.3: It is poor."],
            ["8.1", "8.2", "8.3"],
            id="neither, and most ask",
        ),
        pytest.param(
            ["1: It was poor.", "2: It was late.", "3: The force should act."], ["3"], id="neither, and few ask"
        ),
    ],
)
def test_committees_conclusions_are_no_recommendations(items: list[str], expected: list[str], made):
    """In a list of conclusions and recommendations the report's own signs tell them apart."""
    assert [u.number for u in made(["# Summary of conclusions and recommendations", *items])] == expected


def test_printed_twice_is_one_unit_on_both_pages(made):
    """A recommendation of a chapter that an annex repeats is one unit with both pages."""
    words = "The Chief Constable of Kent should ensure that staff rouse each detainee and record what was said"
    found = made(
        [
            "# Recommendation 4",
            f"@3 {words}.",
            "# Recommendation 5",
            "@4 The force should act.",
            "# Annex: recommendations",
            "# @9 Recommendation 4",
            f"@9 {words}",
            "# @9 Recommendation 5",
            "@9 The force should act.",
        ]
    )
    assert [(unit.number, unit.pages) for unit in found] == [("4", (3, 9)), ("5", (4, 9))]
    assert found[0].addressees == ("Kent Police",)


def test_running_text_joins_neighbours_and_items(made):
    """Without a list, neighbouring sentences that demand make a unit, with the items they announce."""
    found = made(
        [
            "He said that it was late. The force should write it down. It should do so daily. The log was poor.",
            "This must begin at once.",
            "Nothing else was found.",
            "The force should:",
            "- meet;",
            "- report.",
        ]
    )
    assert brief(found) == [
        (None, "The force should write it down. It should do so daily. This must begin at once."),
        (None, "The force should: meet; report."),
    ]


def test_fields_of_a_case_page_set_clock_and_decision(made):
    """A watchdog's page prints when it was made, when the answer is due, and what it was."""
    found = made(
        [
            "The log was poor.",
            "# Recommendations",
            "The Commission recommends that Kent Police trains its staff. This follows a case where nobody looked.",
            "Date of recommendation: Tuesday, 06 February, 2018",
            "Date the force response is due: Tuesday, 03 April, 2018",
            "Do you accept the recommendation?: No",
        ],
        forces=("Kent Police",),
    )
    assert [u.text for u in found] == ["The Commission recommends that Kent Police trains its staff."]
    assert (found[0].made_on, found[0].due_on) == (date(2018, 2, 6), date(2018, 4, 3))
    assert found[0].decision is Decision.REJECTED
    assert found[0].addressees == ("Kent Police",)


@pytest.mark.parametrize(
    ("line", "due"),
    [
        pytest.param(
            "They are made under paragraph 28A of Schedule 3 to the Act.", date(2024, 10, 26), id="56 days by law"
        ),
        pytest.param(
            "You shall provide responses to my recommendations by 10 October 2024.",
            date(2024, 10, 10),
            id="a day",
        ),
        pytest.param("The Government must respond to this report within six months.", date(2025, 2, 28), id="months"),
        pytest.param("The sergeant responded to the report by 10 October 2024.", None, id="an account"),
        pytest.param("Nothing is said.", None, id="no clock"),
    ],
)
def test_due_dates(line: str, due: date | None, made):
    """A printed deadline for the answer, or the law's 56 days, starts the clock."""
    found = made(["# Recommendations", "1: The force should act.", "2: The force should write.", "# The end", line])
    assert {unit.due_on for unit in found} == {due}


def test_coroners_report_is_one_unit(made):
    """A coroner's concerns and the call to act on them are one recommendation to those it is sent to."""
    found = made(
        [
            "# REGULATION 28 REPORT TO PREVENT FUTURE DEATHS",
            "# THIS REPORT IS BEING SENT TO:",
            "1: Chief Executive, Vale NHS Trust",
            "2: Chief Constable of Kent",
            "# CORONER",
            "# CORONER’S CONCERNS",
            "In my opinion there is a risk. The MATTERS OF CONCERN are as follows:",
            "(1): Nobody should be left alone.",
            "(2): The radio failed.",
            "# ACTION SHOULD BE TAKEN",
            "In my opinion action should be taken.",
            "# YOUR RESPONSE",
            "You are under a duty to respond to this report within 56 days, namely by 26 October 2024.",
        ],
        publisher="Coroner",
    )
    assert brief(found) == [
        (None, "(1) Nobody should be left alone. (2) The radio failed. In my opinion action should be taken.")
    ]
    assert found[0].due_on == date(2024, 10, 26)
    assert set(found[0].addressees) == {"Vale NHS Trust", "Kent Police"}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Government response to the Quarry Inquiry", True),
        ("Northmoor Police: response to the 2023 inspection report", True),
        ("Police response to a report of assault - Kent Police", False),
        ("Response to concern for welfare - Kent Police", False),
        ("Recommendation - Kent Police, May 2016", False),
    ],
)
def test_responses_make_no_recommendations(title: str, expected: bool, made, passages, report):
    """What a response reprints belongs to the report it answers; a police response to an incident is no such thing."""
    lines = ["# Recommendations", "1: The force should act.", "2: The force should write."]
    of = report(title)
    assert answers(of, passages(lines, of)) is expected
    assert (made(lines, title=title) == ()) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kent Police and Essex Police should act.", ("Kent Police", "Essex Police")),
        ("All chief constables should act.", ("chief constables",)),
        ("The Government should ask Kent Police.", ("UK Government",)),
        ("Checks should be made by the College of Policing.", ("College of Policing",)),
        ("The Orr Rivers Authority (ORA) should act.", ("Orr Rivers Authority",)),
        ("The Department shall act.", ("the Department",)),
        ("The force should act.", ("Surrey Police",)),
        ("Task forces should meet.", ("Surrey Police",)),
    ],
)
def test_addressees(text: str, expected: tuple[str, ...], made):
    """Those named before the verb, or after "by", are told to act; failing that the force the report is about."""
    assert made([text], forces=("Surrey Police",))[0].addressees == expected


def test_ids_do_not_depend_on_the_run(made):
    """The same report gives the same ids again, each once."""
    lines = ["# Recommendations", "1: The force should act.", "2: The force should write."]
    first, second = made(lines), made(lines)
    assert [u.id for u in first] == [u.id for u in second]
    assert len({u.id for u in first}) == 2
