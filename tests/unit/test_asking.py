"""How a query is understood: other names, spelling, and the surroundings of a passage."""

import tomllib
from importlib.resources import files
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.records import Block, BlockKind, Maker, Passage, Report, Tagged
from index.analysis import FUNCTION_WORDS, words
from index.asking import LIFT, lifted, surroundings
from index.memory import MemoryIndex
from index.plan import Between, Bool, Keys, Within, asks_nothing, plan
from index.protocol import NO_FILTERS, Filters
from index.query import Loose, Word, parse
from index.spelling import nearest, slips
from index.stretches import LONGEST, stretches
from index.vocabulary import groups
from index.widening import told, widened

REPORT = Report(
    id="r", sha256="0" * 64, url="file:///r", title="A title", publisher="Watchdog", source="folder", page_count=1
)


def tagged(texts: list[str], name: str = "r") -> Tagged:
    report = REPORT.replaced(id=name)
    passages = [
        Passage(
            id=f"{name}:{n}",
            report=report,
            block=Block(ordinal=n, kind=BlockKind.PARAGRAPH, text=text, raw=text, pages=(1,)),
        )
        for n, text in enumerate(texts)
    ]
    return Tagged(report=report, maker=Maker(name="none", revision="0"), passages=tuple(passages))


TOPICS = tomllib.loads(files("index.vocabulary").joinpath("synonyms.toml").read_text("utf-8"))["topic"]
SAME = [row for topic in TOPICS for row in topic.get("same", [])]
ALSO = [row for topic in TOPICS for row in topic.get("also", [])]


def test_the_vocabulary_is_well_formed():
    """Each row of names has two at least, none twice; each row of leads has what is asked and what is sought."""
    assert all(len(row) > 1 and len(set(row)) == len(row) for row in SAME)
    assert all(len(row) == 2 and all(row) and len(set(row[0])) == len(row[0]) for row in ALSO)


def test_the_vocabulary_holds_no_name_of_function_words():
    """A name says something: one of function words alone would meet every passage."""
    names = chain.from_iterable((*SAME, *(names for row in ALSO for names in row)))
    assert [name for name in names if not set(words(name)) - FUNCTION_WORDS] == []


@pytest.mark.parametrize(
    ("query", "filters", "nothing"),
    [
        pytest.param("*", NO_FILTERS, True, id="everything"),
        pytest.param("*", Filters(forces=("F",)), False, id="a filter"),
        pytest.param("year:2019", NO_FILTERS, False, id="a condition"),
        pytest.param("-word", NO_FILTERS, False, id="an exclusion"),
        pytest.param("one two", NO_FILTERS, False, id="loose words"),
        pytest.param("one OR two", NO_FILTERS, False, id="any of two"),
    ],
)
def test_what_every_passage_meets(query: str, filters: Filters, *, nothing: bool) -> None:
    """Only a plan without words, conditions and filters is met by every passage."""
    assert asks_nothing(plan(parse(query), filters)) is nothing


@pytest.mark.parametrize(
    ("query", "word", "name"),
    [
        pytest.param("conducted energy device", "energy", "taser", id="a name leads to the others"),
        pytest.param("tasers", "tasers", "conducted energy device", id="in any form"),
        pytest.param("Clare's law", "law", "domestic violence disclosure scheme", id="a law's name to what it does"),
        pytest.param("bent copper", "copper", "corruption", id="slang to the official word"),
        pytest.param("GMP vetting", "gmp", "greater manchester police", id="a force's short name to its name"),
        pytest.param("lost OR bwv", "bwv", "body worn video", id="within operators"),
    ],
)
def test_other_names(query, word, name):
    """A free word carries the other names of what it is part of."""
    assert name in told(widened(parse(query)))[word]


@pytest.mark.parametrize("query", ['"bent copper"', "tas*", "taser~1", "role:finding", "", "-taser", "the of"])
def test_what_stays_as_written(query):
    """Quoted words, beginnings, slips asked for, conditions and what is excluded get no other names."""
    assert widened(parse(query)) == parse(query)


def test_longer_names_come_first():
    """Of "stop and search" the whole is meant, not its words; "and" itself is not sought."""
    assert [(group.start, group.end) for group in groups(["stop", "and", "search", "child"])] == [(0, 3), (3, 4)]
    tree = widened(parse("stop and search child"))
    assert isinstance(tree, Loose)
    assert [(word.text, word.share, bool(word.others)) for word in tree.words] == [
        ("stop", 0.5, True),
        ("and", 1.0, False),
        ("search", 0.5, True),
        ("child", 1.0, True),
    ]


def test_no_name_is_its_own_other():
    """A word is not sought twice over."""
    tree = widened(parse("taser"))
    assert isinstance(tree, Word)
    assert "taser" not in tree.others


class Held:
    """A small index's words, as an engine tells them."""

    def __init__(self, **held: int) -> None:
        self.held = held

    def unheld(self, asked):
        return set(asked) - self.held.keys()

    def near(self, word, edits):
        return [(term, count) for term, count in self.held.items() if slips(term, word) <= edits]


@pytest.mark.parametrize(
    ("word", "held", "read"),
    [
        pytest.param("cheks", {"checks": 5, "cheeks": 9}, "cheeks", id="of words as near, the more frequent"),
        pytest.param("sargeant", {"sergeant": 3, "servants": 90}, "sergeant", id="the nearest before the frequent"),
        pytest.param("knfe", {"knife": 1}, None, id="what stands once is no guide"),
        pytest.param("tazer", {"tower": 50}, None, id="a shorter word is one slip away at most"),
        pytest.param("survelance", {"surveillance": 4}, "surveillance", id="a longer one two"),
    ],
)
def test_nearest_word(word, held, read):
    """The word that was probably meant is near, and stands in more than one passage."""
    assert nearest(word, Held(**held)) == read


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_slips_are_counted_both_ways(one, other):
    """As many slips lead there as back, and none from a word to itself."""
    assert slips(one, other) == slips(other, one)
    assert (slips(one, other) == 0) == (one == other)


@given(st.lists(st.integers(1, LONGEST + 500), max_size=12))
def test_stretches_part_a_report(lengths):
    """Together the stretches hold every passage once, in order, and none that could be cut is too long."""
    one = tagged(["x" * length for length in lengths])
    made = list(stretches(one))
    assert [p.id for stretch in made for p in stretch.passages] == [p.id for p in one.passages]
    assert len({stretch.place for stretch in made}) == len(made)
    sizes = [[len(p.block.text) for p in stretch.passages] for stretch in made]
    assert all(sum(size) <= LONGEST or len(size) == 1 for size in sizes)


def test_a_stretch_says_what_its_report_is_about():
    """Title and forces are searched with every stretch."""
    one = tagged(["text"])
    named = one.replaced(report=one.report.replaced(title="Operation Pine", forces=("Norhaven Police",)))
    assert next(iter(stretches(named))).text == "Operation Pine / Norhaven Police\ntext"


def test_surroundings_keep_the_conditions():
    """Stretches must meet the conditions of every hit, save on pages; what is excluded may stand beside a hit."""
    step = surroundings(parse('moped role:finding year:2020 page:3 -"spit hood"'), NO_FILTERS)
    assert step is not None
    assert step.must == (Keys(("role:finding",)), Between("published", 20_200_000, 20_209_999))
    assert len(step.should) == step.need == 1


@pytest.mark.parametrize("query", ["", "role:finding", "-moped", "mop*"])
def test_without_words_nothing_is_lifted(query):
    """Only words rank a stretch."""
    assert surroundings(parse(query), NO_FILTERS) is None
    assert lifted(Bool(need=1), ()) == Bool(need=1)


def test_a_passage_is_lifted_by_its_stretch():
    """Of two passages that say the same, the one whose report goes on about it comes first; the count is theirs."""
    index = MemoryIndex()
    index.publish(
        [tagged(["A moped passed.", "Weather was fine."], "a"), tagged(["A moped passed.", "The moped fell."], "b")]
    )
    answer = index.search("moped passed")
    assert [hit.passage.id for hit in answer.hits] == ["b:0", "a:0"]
    assert answer.total == 2


def test_lifts_change_no_count():
    """A lift adds to scores and asks for nothing."""
    step = Bool(should=(Keys(("a",)),), need=1)
    assert lifted(step, (Within(7, LIFT),)) == Bool(must=(step,), should=(Within(7, LIFT),))
