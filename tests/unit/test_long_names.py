"""Names of several words as terms of their own: where they stand in a text, and what a plan makes of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.records import Block, BlockKind, Maker, Passage, Report, Tagged
from index.analysis import stems
from index.long_names import FIELD, FILLER, LongNames, named
from index.memory import MemoryIndex
from index.plan import Best, Run, Term, plan
from index.protocol import NO_FILTERS
from index.query import Word, parse
from index.stretches import read, stretches
from index.vocabulary import long_names
from index.widening import widened

REPORT = Report(id="r", sha256="0" * 64, url="r.pdf", title="A title", publisher="Watchdog", source="folder")


def tagged(texts, title="A title"):
    report = REPORT.replaced(title=title)
    blocks = [Block(ordinal=n, kind=BlockKind.PARAGRAPH, text=text, pages=(1,)) for n, text in enumerate(texts)]
    passages = tuple(Passage(id=f"r:{block.ordinal}", report=report, block=block) for block in blocks)
    return Tagged(report=report, maker=Maker(name="none", revision="0"), passages=passages)


def terms(field):
    return [term for term in field.split() if term != FILLER]


LETTERS = st.text("ab'’ -.é\u0301\n", max_size=40)
NAMES = LongNames(["a_a", "a_b", "b_a_b"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Body-worn videos were lost.", ["bodi_worn_video"], id="in any form, hyphens or not"),
        pytest.param("worn video body", [], id="not in another order"),
        pytest.param("Body worn\nvideo", ["bodi_worn_video"], id="over a line's end"),
        pytest.param("body worn video, body worn video", ["bodi_worn_video"] * 2, id="as often as it stands there"),
        pytest.param("police officer's use of force", ["polic_offic", "use_of_forc"], id="in order"),
        pytest.param("risk assessments on release", ["risk_assess", "risk_assess_on_releas"], id="one within another"),
        pytest.param("body worn", [], id="a part is not the name"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_names_within(text, found):
    """A name is found where its stems stand in a row, whatever lies between them."""
    names = LongNames(["bodi_worn_video", "polic_offic", "use_of_forc", "risk_assess", "risk_assess_on_releas"])
    assert names.within(stems(text)) == found


@given(LETTERS)
def test_found_wherever_a_phrase_would_be(text):
    """Reading a text once finds what seeking each name as a phrase would: all of its places, and no other."""
    said = stems(text)
    places = [
        name
        for start in range(len(said))
        for name in sorted(NAMES.listed, key=len)
        if said[start : start + len(name.split("_"))] == name.split("_")
    ]
    assert NAMES.within(said) == places


def test_what_is_listed():
    """The list holds each name of several words that another brings in, once by its stems, in one order."""
    names = LongNames.current()
    assert {named(name) for name in long_names()} == set(names.listed)
    assert list(names.listed) == sorted(set(names.listed))
    assert named("body-worn-video") in names
    assert all("_" in name for name in names.listed)


def test_a_stretch_holds_the_names_of_its_passages():
    """The names of a stretch are those of its passages and of what its report is about."""
    one = tagged(["Use of force.", "A police officer.", "Nothing."], title="Use of force at Norhaven")
    found = read(next(iter(stretches(one))), LongNames(["use_of_forc", "polic_offic"]))
    assert [terms(each.names) for each in found.each] == [["use_of_forc"], ["polic_offic"], []]
    assert terms(found.whole.names) == ["use_of_forc", "use_of_forc", "polic_offic"]
    assert all(FILLER in one.names for one in (found.whole, *found.each))
    assert found.whole.stems.split() == stems(next(iter(stretches(one))).text)
    assert [each.stems.split() for each in found.each] == [stems(passage.block.text) for passage in one.passages]


def test_longer_texts_count_as_longer():
    """The field of names is as long as its text is, so that a name counts less in a long text."""
    one = tagged(["Use of force.", "Use of force. " + "Then nothing happened. " * 30])
    short, long = read(next(iter(stretches(one))), LongNames(["use_of_forc"])).each
    assert len(short.names.split()) < len(long.names.split()) / 5


def test_a_listed_name_is_one_term():
    """What the index holds as a term is sought as one; a name it does not know stays a phrase."""
    step = plan(widened(parse("bwv"), LongNames(["bodi_worn_video"])), NO_FILTERS).must[0]
    assert isinstance(step, Best)
    others = [part for _, part in step.parts[1:]]
    assert Term(FIELD, "bodi_worn_video") in others
    assert not any(isinstance(part, Run) and part.terms == ("bodi", "worn", "video") for part in others)
    assert any(isinstance(part, Run) for part in others)


def test_names_tell_nothing_else():
    """Whether a name is a term or a phrase changes neither what is sought nor what is told of it."""
    plain, termed = widened(parse("bwv")), widened(parse("bwv"), LongNames.current())
    assert isinstance(plain, Word)
    assert isinstance(termed, Word)
    assert plain.others == termed.others
    assert set(termed.terms) == {name for name in plain.others if "-" in name}


@pytest.mark.parametrize("query", ["bwv", "bwv monthly", "police camera"])
def test_an_index_without_the_names_finds_the_same(monkeypatch, query):
    """A vocabulary that came after an index needs no new index: its names are sought as phrases."""
    reports = [tagged(["Body worn video was lost.", "A camera.", "Audit body-worn videos monthly."])]
    with monkeypatch.context() as patch:
        patch.setattr("index.long_names.long_names", frozenset)
        older = MemoryIndex()
        older.publish(reports)
    newer = MemoryIndex()
    newer.publish(reports)
    ids = [{hit.passage.id for hit in index.search(query).hits} for index in (older, newer)]
    assert ids[0] == ids[1] != set()
