"""The review queue: what the tagger doubts, what a person says, and the labels that follow."""

import json
import sqlite3
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import UsageError
from extractors.records import (
    Block,
    BlockKind,
    Maker,
    Passage,
    Report,
    Role,
    Tagged,
    TaggedSentence,
    ThemeScore,
)
from extractors.tagging.labels import read_labels
from index.memory import MemoryIndex
from index.protocol import NO_FILTERS
from pipelines.reviewing import correction, doubt, doubts, find, labels, reason, reviewed
from pipelines.store.store import Store

NOW = datetime(2024, 5, 1, tzinfo=UTC)
TEXT = "She said he pushed her. The log was blank. He was dismissed."
REPORT = Report(id="r", sha256="0" * 64, url="file:///r.pdf", title="A visit")


def sentence(start, end, role, score, rival, *, abstained):
    scores = {**dict.fromkeys(Role, 0.0), role: score, rival: 1 - score}
    return TaggedSentence(start=start, end=end, role=role, score=score, scores=scores, abstained=abstained)


PASSAGE = Passage(
    id="r:0",
    report=REPORT,
    block=Block(ordinal=0, kind=BlockKind.PARAGRAPH, text=TEXT, pages=(4,)),
    sentences=(
        sentence(0, 23, Role.ALLEGATION, 0.51, Role.FINDING, abstained=True),
        sentence(24, 42, Role.FINDING, 0.45, Role.NARRATIVE, abstained=True),
        sentence(43, 60, Role.OUTCOME, 0.99, Role.NARRATIVE, abstained=False),
    ),
)


TAGGED = Tagged(report=REPORT, maker=Maker(name="m", revision="1"), passages=(PASSAGE,))


@pytest.fixture
def index():
    made = MemoryIndex()
    made.publish([TAGGED])
    return made


def said(number, role):
    return correction(PASSAGE, PASSAGE.sentences[number], role, "A. Reader", NOW)


def test_the_queue_holds_what_the_tagger_doubts_least_sure_first(index):
    """Only abstained sentences wait, with their context and the reason in figures."""
    waiting = doubts(index)
    assert [(d.id, d.reason) for d in waiting] == [
        ("r:0@24", "finding 45%, narrative 55%"),
        ("r:0@0", "allegation 51%, finding 49%"),
    ]
    assert (waiting[0].before[-5:], waiting[0].text, waiting[0].after[:3]) == ("her. ", "The log was blank.", " He")


@pytest.mark.parametrize(
    ("filters", "roles", "waiting"),
    [
        pytest.param(NO_FILTERS, [Role.FINDING], ["r:0@24"], id="likeliest a finding"),
        pytest.param(NO_FILTERS, [Role.OUTCOME], [], id="what the tagger is sure of never waits"),
        pytest.param(NO_FILTERS, [Role.FINDING, Role.ALLEGATION], ["r:0@24", "r:0@0"], id="either"),
        pytest.param(NO_FILTERS.replaced(reports=("r",)), [], ["r:0@24", "r:0@0"], id="of this report"),
        pytest.param(NO_FILTERS.replaced(reports=("other",)), [], [], id="of another"),
    ],
)
def test_a_part_of_the_queue(index, filters, roles, waiting):
    """A person may take up the sentences of one report, or those that are likeliest of one role."""
    assert [d.id for d in doubts(index, (), filters, roles)] == waiting


def test_what_was_reviewed_waits_no_more(index):
    """A reviewed sentence leaves the queue; the others stay."""
    assert [d.id for d in doubts(index, ["r:0@24"])] == ["r:0@0"]


def test_a_paragraph_becomes_a_label_when_no_doubt_is_left(index):
    """Half reviewed it is withheld; wholly reviewed it carries corrections beside what the tagger was sure of."""
    assert list(labels(index, [said(0, Role.ALLEGATION)])) == []
    (label,) = labels(index, [said(0, Role.ALLEGATION), said(1, Role.NARRATIVE)])
    assert [s["role"] for s in label["sentences"]] == ["allegation", "narrative", "outcome"]
    assert (label["text"], label["document"]) == (TEXT, "r")


def test_corrections_of_a_changed_text_are_left_out(index):
    """Offsets of another text would label the wrong words."""
    stale = {**said(0, Role.ALLEGATION), "text_sha256": "0" * 64}
    assert list(labels(index, [stale, said(1, Role.NARRATIVE)])) == []


def test_peoples_word_stands_in_place_of_the_taggers():
    """A reviewed sentence has the role a person gave, is sure of it and says so; the others stay."""
    (passage,) = reviewed(TAGGED, [said(0, Role.ALLEGATION), said(2, Role.NARRATIVE)]).passages
    first, second, third = passage.sentences
    assert (first.role, first.score, first.abstained, first.reviewed) == (Role.ALLEGATION, 1.0, False, True)
    assert second == PASSAGE.sentences[1]
    assert (third.role, third.scores) == (Role.NARRATIVE, PASSAGE.sentences[2].scores)
    assert passage.reviewed_roles == (Role.ALLEGATION, Role.NARRATIVE)


def test_speakers_follow_the_reviewed_role():
    """Whose claim it is goes with the claim: found where a person says it is one, gone where it is none."""
    text = "His sergeant said he had been pushed."
    told = sentence(0, len(text), Role.NARRATIVE, 0.9, Role.ALLEGATION, abstained=False)
    passage = PASSAGE.replaced(block=PASSAGE.block.replaced(text=text), sentences=(told,))
    for role, name in ((Role.ALLEGATION, "his sergeant"), (Role.NARRATIVE, None)):
        row = correction(passage, passage.sentences[0], role, "A. Reader", NOW)
        (passage,) = reviewed(TAGGED.replaced(passages=(passage,)), [row]).passages
        speaker = passage.sentences[0].speaker
        assert (speaker and speaker.name) == name


def test_what_people_call_a_recommendation_is_one():
    """The register follows the reviewed roles, both ways."""
    text = "The force should record every stop. It was raining."
    spans = ((0, 35, Role.NARRATIVE), (36, 51, Role.RECOMMENDATION))
    passage = PASSAGE.replaced(
        block=PASSAGE.block.replaced(text=text),
        sentences=tuple(sentence(*span, 0.8, Role.OTHER, abstained=False) for span in spans),
    )
    rows = [
        correction(passage, one, role, "A. Reader", NOW)
        for one, role in zip(passage.sentences, (Role.RECOMMENDATION, Role.NARRATIVE), strict=True)
    ]
    (unit,) = reviewed(TAGGED.replaced(passages=(passage,)), rows).recommendations
    assert unit.text == "The force should record every stop."


def test_themes_are_of_paragraphs_that_judge_or_demand():
    """Where people leave a paragraph no judgement, its themes go too; the codebook gives it none."""
    themed = TAGGED.replaced(passages=(PASSAGE.replaced(themes=(ThemeScore(theme="custody", score=0.9),)),))
    rows = [said(number, Role.NARRATIVE) for number in range(3)]
    assert reviewed(themed, rows[:1]).passages[0].theme_codes == ("custody",)
    assert reviewed(themed, rows).passages[0].theme_codes == ()


@given(st.dictionaries(st.integers(0, 2), st.sampled_from(Role)), st.sets(st.integers(0, 2)))
def test_only_what_was_reviewed_changes(words, stale):
    """Every other sentence, and one whose text has changed since, stays as the tagger left it."""
    rows = [
        said(number, role) | ({"text_sha256": "0" * 64} if number in stale else {}) for number, role in words.items()
    ]
    (passage,) = reviewed(TAGGED, rows).passages
    taken = {number: role for number, role in words.items() if number not in stale}
    for number, (after, before) in enumerate(zip(passage.sentences, PASSAGE.sentences, strict=True)):
        assert after.reviewed == (number in taken)
        assert after.role is taken.get(number, before.role)
        assert (after.start, after.end, after.scores) == (before.start, before.end, before.scores)


def test_a_reviewed_sentence_is_shown_as_such():
    """Nobody is told that the tagger was sure of what a person said."""
    (passage,) = reviewed(TAGGED, [said(0, Role.FINDING)]).passages
    assert doubt(passage, passage.sentences[0]).reason == "a person said so"
    assert doubt(passage, passage.sentences[2]).reason == "the tagger was sure of it"


@pytest.mark.parametrize("name", ["r:0@7", "r:9@0", "nonsense", ""])
def test_a_sentence_that_is_not_there(index, name):
    """The error says where names are listed."""
    with pytest.raises(UsageError, match="review list"):
        find(index, name)


def test_a_correction_needs_a_name(index):
    """Nobody's word is no correction."""
    with pytest.raises(UsageError, match="--by"):
        correction(*find(index, "r:0@0"), Role.FINDING, "  ", NOW)


def test_a_correction_says_why_the_sentence_waited():
    """The reason stands with the correction; a sentence the tagger was sure of had none."""
    assert said(0, Role.NARRATIVE)["reason"] == "allegation 51%, finding 49%"
    assert said(2, Role.NARRATIVE)["reason"] is None


def test_what_is_not_english_says_so():
    """A paragraph in Welsh waits because it is Welsh, whatever its scores."""
    text = "Canfu'r ymchwiliad fod yr heddlu wedi methu ac nad oedd y swyddogion wedi cael eu hyfforddi"
    welsh = PASSAGE.replaced(block=PASSAGE.block.replaced(text=text))
    assert reason(welsh, PASSAGE.sentences[0]) == "the paragraph does not read as English"


def test_exported_labels_are_what_training_reads(index):
    """What review exports, train takes: the same sentences, with the corrected roles."""
    lines = [json.dumps(row) for row in labels(index, [said(0, Role.ALLEGATION), said(1, Role.NARRATIVE)])]
    (label,) = read_labels(lines)
    assert [s.role for s in label.sentences] == [Role.ALLEGATION, Role.NARRATIVE, Role.OUTCOME]


def test_a_home_from_before_reasons_were_kept(tmp_path):
    """Its reviews stay, and new ones have their reason."""
    store = Store(tmp_path / "home")
    store.catalogue.review({key: value for key, value in said(0, Role.FINDING).items() if key != "reason"})
    with sqlite3.connect(tmp_path / "home" / "catalogue.sqlite") as database:
        database.execute("alter table reviews drop column reason")
    again = Store(tmp_path / "home").catalogue
    again.review(said(1, Role.FINDING))
    assert [row["reason"] for row in again.rows("reviews")] == [None, "finding 45%, narrative 55%"]


def test_the_latest_word_on_a_sentence_counts(tmp_path):
    """A second correction replaces the first."""
    catalogue = Store(tmp_path / "home").catalogue
    catalogue.review(said(0, Role.FINDING))
    catalogue.review(said(0, Role.ALLEGATION))
    assert [(row["role"], row["who"]) for row in catalogue.rows("reviews")] == [("allegation", "A. Reader")]


def test_a_word_on_a_word_keeps_why_the_sentence_waited(tmp_path):
    """What the tagger had said, and why it was unsure, stay with the sentence however often people change it."""
    catalogue = Store(tmp_path / "home").catalogue
    catalogue.review(said(0, Role.FINDING))
    (passage,) = reviewed(TAGGED, catalogue.reviews("r")).passages
    catalogue.review(correction(passage, passage.sentences[0], Role.NARRATIVE, "B. Reader", NOW))
    (row,) = catalogue.reviews("r")
    told = (row["was"], row["role"], row["reason"], row["who"])
    assert told == ("allegation", "narrative", "allegation 51%, finding 49%", "B. Reader")
