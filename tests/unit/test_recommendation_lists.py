"""Lists and labels as they are printed decide what is a recommendation, more than the tagger does."""

import pytest

from extractors.units.lists import heads_recommendations


def numbers_of(found):
    return [unit.number for unit in found]


def test_lettered_items_that_stand_alone_are_units_after_what_announces_them(made):
    """A block left open by a colon is said before each item that asks in a sentence of its own; a title before none."""
    found = made(
        [
            "# Recommendations",
            "# 1: Care of those harmed",
            "(a): Those harmed should receive the following:",
            "(i): they should be seen each year",
            "(ii): that a nurse be named for each",
            "(b): Recording",
            "(i): A register should be kept.",
            "(ii): It should be published.",
            "# 2: Training",
            "(a): Every officer should be trained.",
        ]
    )
    assert [(unit.number, unit.text) for unit in found] == [
        ("1(a)(i)", "(a) Those harmed should receive the following: (i) they should be seen each year"),
        ("1(a)(ii)", "(a) Those harmed should receive the following: (ii) that a nurse be named for each"),
        ("1(b)(i)", "(i) A register should be kept."),
        ("1(b)(ii)", "(ii) It should be published."),
        ("2(a)", "(a) Every officer should be trained."),
    ]
    assert len({unit.id for unit in found}) == len(found)


def test_items_that_hang_on_their_lead_stay_one_unit(made):
    """What the force should (a) review and (b) train is one recommendation, however many things it asks."""
    found = made(
        [
            "# Recommendations",
            "1: The force should:",
            "(a): review its policy; and",
            "(b): train its staff.",
            "2: The force should report.",
        ]
    )
    assert numbers_of(found) == ["1", "2"]


def test_a_title_is_no_demand_whatever_the_tagger_says(made):
    """A few words over items that ask for themselves only name them; a single item needs no letter of its own."""
    lines = [
        "# Recommendations",
        "1: Custody",
        "(a): Better checks after dark.",
        "(i): Checks should be logged.",
        "(ii): Logs must be read.",
        "(b): Cameras",
        "(i): Cameras should be kept on.",
        "2: Pursuits",
        "(a): Pursuits should be logged.",
    ]
    found = made(lines, recommends="should|must|Better")
    assert numbers_of(found) == ["1(a)(i)", "1(a)(ii)", "1(b)", "2(a)"]


def test_numbers_of_the_next_level_belong_to_the_list(made):
    """What "6.2 … recommended that:" announces as 6.2.1 and on are the units, also where no sentence was tagged so."""
    found = made(
        [
            "# Recommendations Ngā tūtohutanga",
            "6.1: The Board issues advice to those who can act.",
            "# New recommendations",
            "6.2: On 1 May 2022 the Board recommended that the Orr Rivers Authority:",
            "6.2.1: Teach pilots to listen out. (012/22)",
            "6.2.2: Publish its charts. (013/22)",
            "6.3: The Orr Rivers Authority should, it wrote, be given time.",
            "# 7: Lessons",
            "7.1: Pilots should listen.",
        ],
        recommends="should",
    )
    assert numbers_of(found) == ["6.2.1", "6.2.2"]
    assert found[0].text.startswith("On 1 May 2022 the Board recommended that the Orr Rivers Authority: Teach pilots")
    assert found[0].addressees == ("Orr Rivers Authority",)


def test_a_body_that_says_what_it_recommended_is_taken_at_its_word(made):
    """Beside "the Board recommended that …" a paragraph that demands is discussion."""
    found = made(
        [
            "# 7: Recommendations",
            "7.1: The block was solid. It should have been soft.",
            "7.2: On 30 June 2014 the Board recommended that the railway replace it. (020/14)",
            "7.3: On 1 July 2014 the railway answered.",
            "7.4: On 30 June 2014 the Board recommended that the railway move the pole. (021/14)",
        ],
        recommends="should",
    )
    assert numbers_of(found) == ["7.2", "7.4"]


def test_a_lettered_heading_of_the_next_section_ends_the_list(made):
    """After the last item comes another chapter, whose own "a. Introduction" is no sub-item."""
    found = made(
        [
            "# Recommendations",
            "1: The board should act.",
            "2: The board should publish a report by October.",
            "# 5: THE HUMAN COST",
            "#(a): Introduction",
            "5.1: Nobody knows how many suffered.",
            "#(b): Who suffered",
        ]
    )
    assert [unit.text for unit in found] == ["The board should act.", "The board should publish a report by October."]


def test_a_labelled_heading_holds_what_asks_below_it(made):
    """Two printings of one number are one unit, and a sentence the tagger missed does not cut either short."""
    box = ["The board should:", "- meet; and", "- write.", "As a first step, a chair should be found within a year."]
    lines = [
        "# Recommendation 1: A board",
        *box,
        "1.2: Then nothing.",
        "# Recommendation 2: Reports",
        "It should report.",
    ]
    again = ["# Appendix", "# Recommendation 1: A board", *box]
    found = made([*lines, *again], recommends="It should")
    assert numbers_of(found) == ["1", "2"]
    assert found[0].text.endswith("found within a year.")


def test_a_printing_cut_short_is_no_second_unit(made):
    """The same number with words of which the fuller printing holds nearly all."""
    full = "The board should meet each month, keep minutes, publish them within a week and answer whoever writes to it."
    found = made(["# Recommendation 1", full, "# Recommendation 2", "It should act.", "# Recommendation 1", full[:34]])
    assert [(unit.number, unit.text) for unit in found] == [("1", full), ("2", "It should act.")]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("The force should act at once.", True),
        ("A recommendation was made about custody.", False),
        ("The Board made a number of recommendations to the force.", False),
        ("We made a recommendation that the force should act.", True),
        ("Should the decision be taken to pay, a scheme would be set up.", False),
        ("To pay each one, the Department would need to assess every claim.", False),
        ("The recommendations have been accepted and should now be carried out.", True),
    ],
)
def test_telling_of_recommendations_makes_none(made, text, is_one):
    """In running text a sentence that tells of recommendations, or supposes a case, asks nobody for anything."""
    assert bool(made(["It was late.", text], recommends=text)) is is_one


@pytest.mark.parametrize(
    ("top", "heading", "count"),
    [
        (["GENERAL ORDER 12", "Effective Date: 1 May 2019"], "Handcuffs", 0),
        (["GENERAL ORDER 12", "Effective Date: 1 May 2019"], "Recommendations", 1),
        (["A review of general orders"], "Handcuffs", 1),
    ],
)
def test_a_police_order_recommends_nothing(made, top, heading, count):
    """What a body tells its own officers to do is no recommendation, unless the paper has a heading that says so."""
    found = made([*top, f"# {heading}", "Officers should lock the cuffs twice."])
    assert len(found) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We recommend that the Government evaluate the risks.", ("UK Government",)),
        ("We urge the Orr Rivers Bank to lend more.", ("Orr Rivers Bank",)),
        (
            "The governments of the UK, Scotland, Wales and Northern Ireland should each report.",
            ("UK Government", "Scottish Government", "Welsh Government", "Northern Ireland Executive"),
        ),
        ("The Minister and/or the Department shall say so.", ("the Minister", "the Department")),
        ("The UK government and devolved administrations should meet.", ("UK Government", "devolved administrations")),
        ("Its Orr Rivers Development Plan should say more.", ()),
    ],
)
def test_who_acts(made, text, expected):
    """Those who act stand before the verb, or after "we recommend that"; papers do not act."""
    assert made([text], recommends=text)[0].addressees == expected


def test_a_heading_of_figures_is_judged_at_once():
    """A row of many figures is no heading of recommendations, and finding that takes no time."""
    assert not heads_recommendations("1234567890 " * 40 + "recommendationx")
