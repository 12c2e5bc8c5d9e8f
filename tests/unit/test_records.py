"""Records: frozen, strict, described, and the same after a journey through JSON."""

import inspect
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import extractors.records as module
from extractors.records import (
    Block,
    BlockKind,
    Box,
    Decision,
    Entity,
    EntityKind,
    Maker,
    Passage,
    Problem,
    Reading,
    Recommendation,
    Record,
    Report,
    Role,
    Status,
    Tagged,
    TaggedSentence,
    ThemeScore,
)

words = st.text(min_size=1, max_size=40).filter(str.strip)
pages = st.lists(st.integers(1, 900), min_size=1, max_size=3).map(tuple)
names = st.lists(words, max_size=3).map(tuple)
finite = st.floats(0, 900, allow_nan=False)
boxes = st.builds(
    lambda page, x, y, w, h: Box(page=page, x0=x, top=y, x1=x + w, bottom=y + h),
    st.integers(1, 900), finite, finite, finite, finite,
)  # fmt: skip
blocks = st.builds(
    Block,
    ordinal=st.integers(0, 10_000),
    kind=st.sampled_from(BlockKind),
    text=words,
    raw=st.text(max_size=40),
    pages=pages,
    boxes=st.lists(boxes, max_size=2).map(tuple),
    number=st.none() | words,
    level=st.none() | st.integers(1, 6),
    section=names,
    rows=st.lists(st.lists(st.text(max_size=9), max_size=3).map(tuple), max_size=3).map(tuple),
)
reports = st.builds(
    Report,
    id=words,
    sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
    url=words,
    title=words,
    published=st.none() | st.dates(),
    investigation=st.none() | words,
    forces=names,
)
sentences = st.builds(
    TaggedSentence,
    start=st.integers(0, 50),
    end=st.integers(51, 99),
    role=st.sampled_from(Role),
    score=st.floats(0, 1),
    scores=st.fixed_dictionaries({role: st.floats(0, 1) for role in Role}),
    abstained=st.booleans(),
)
entities = st.builds(
    Entity, kind=st.sampled_from(EntityKind), start=st.integers(0, 9), end=st.integers(10, 20), text=words, name=words
)
passages = st.builds(
    Passage,
    id=words,
    report=reports,
    block=blocks,
    sentences=st.lists(sentences, max_size=2).map(tuple),
    themes=st.lists(st.builds(ThemeScore, theme=words, score=st.floats(0, 1)), max_size=2).map(tuple),
    entities=st.lists(entities, max_size=2).map(tuple),
)
recommendations = st.builds(
    Recommendation,
    id=words,
    report=reports,
    text=words,
    pages=pages,
    addressees=names,
    due_on=st.none() | st.dates(),
    decision=st.none() | st.sampled_from(Decision),
)
tagged = st.builds(
    Tagged,
    report=reports,
    maker=st.builds(Maker, name=words, revision=words),
    passages=st.lists(passages, max_size=2).map(tuple),
    recommendations=st.lists(recommendations, max_size=2).map(tuple),
    problems=st.lists(st.builds(Problem, kind=words, what=words, page=st.none() | st.integers(1, 9)), max_size=2).map(
        tuple
    ),
)


@given(tagged)
def test_json_round_trip(record):
    """A report with everything found in it is the same after a journey through JSON."""
    assert Tagged.model_validate_json(record.model_dump_json()) == record


@pytest.mark.parametrize(
    "kind",
    [k for _, k in inspect.getmembers(module, inspect.isclass) if issubclass(k, Record) and k is not Record],
    ids=lambda kind: kind.__name__,
)
def test_records_are_frozen_strict_and_described(kind):
    """No record changes, none takes a field it does not know, and each says what it is."""
    assert kind.model_config["frozen"]
    assert kind.model_config["extra"] == "forbid"
    assert kind.__doc__
    assert kind.__doc__ != Record.__doc__


def test_a_copy_with_changes_is_validated():
    """``replaced`` refuses what the constructor refuses."""
    with pytest.raises(ValidationError):
        Box(page=1, x0=0, top=0, x1=1, bottom=1).replaced(page=0)


def test_a_box_is_never_inside_out():
    """Right is not left of left, nor bottom above top."""
    with pytest.raises(ValidationError, match="inside out"):
        Box(page=1, x0=5, top=0, x1=1, bottom=1)


BLOCK = Block(ordinal=0, kind=BlockKind.PARAGRAPH, text="The custody log was blank.", pages=(1,))
TROUBLE = Problem(kind="no-text", what="Page 2 holds no text.", page=2)


@pytest.mark.parametrize(
    ("found", "problems", "expected"),
    [
        pytest.param((BLOCK,), (), Status.OK, id="all read"),
        pytest.param((BLOCK,), (TROUBLE,), Status.PARTIAL, id="never ok while a problem is recorded"),
        pytest.param((), (TROUBLE,), Status.FAILED, id="nothing read"),
        pytest.param((), (), Status.FAILED, id="nothing read and nobody knows why"),
    ],
)
def test_status_of_a_reading(found, problems, expected):
    """How far reading came follows from what was read and what went wrong."""
    assert Reading(blocks=found, problems=problems).status is expected


REPORT = Report(id="r1", sha256="0" * 64, url="file:///r1.pdf", title="Annual review", forces=("Northmoor Police",))


@pytest.mark.parametrize(
    ("due_on", "decision", "expected"),
    [
        pytest.param(date(2024, 3, 1), None, "awaiting", id="due today is not overdue"),
        pytest.param(date(2024, 2, 29), None, "overdue", id="due yesterday"),
        pytest.param(None, None, "unknown", id="no clock runs"),
        pytest.param(date(2024, 2, 29), Decision.REJECTED, "answered", id="an answer stops the clock"),
        pytest.param(date(2024, 2, 29), Decision.NO_REPLY, "overdue", id="no reply is no answer"),
    ],
)
def test_where_a_recommendation_stands(due_on, decision, expected):
    """The clock runs until the due day has passed or an answer has come."""
    unit = Recommendation(id="u", report=REPORT, text="Review it.", pages=(1,), due_on=due_on, decision=decision)
    assert unit.status(date(2024, 3, 1)) == expected


def test_a_passage_names_its_own_forces_before_its_reports():
    """Forces come once each: first those the passage names, then those its report is about."""
    named = Entity(kind=EntityKind.FORCE, start=0, end=3, text="CTB", name="Carrow Police")
    passage = Passage(id="p", report=REPORT, block=BLOCK, entities=(named, named))
    assert passage.forces == ("Carrow Police", "Northmoor Police")


def test_unsure_sentences_give_a_passage_no_role():
    """An abstained sentence must not make its passage a finding."""
    scores = dict.fromkeys(Role, 0.1)
    sure = TaggedSentence(start=0, end=3, role=Role.NARRATIVE, score=0.9, scores=scores)
    unsure = TaggedSentence(start=4, end=9, role=Role.FINDING, score=0.3, scores=scores, abstained=True)
    assert Passage(id="p", report=REPORT, block=BLOCK, sentences=(sure, unsure)).roles == (Role.NARRATIVE,)
