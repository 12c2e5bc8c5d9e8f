"""The measures agree with their definitions."""

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.records import Role
from extractors.scoring import (
    ScoredSentence,
    accuracy_when_sure,
    allegation_as_finding,
    calibration_error,
    class_score,
    f1,
    macro,
    macro_interval,
    micro_macro,
    role_scores,
)

ROLES = st.sampled_from(list(Role))
SENTENCES = st.lists(
    st.builds(ScoredSentence, document=st.sampled_from("abc"), truth=ROLES, guess=ROLES, score=st.floats(0, 1)),
    min_size=1,
    max_size=40,
)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param((0, 0, 0), 0.0, id="nothing there"),
        pytest.param((3, 0, 0), 1.0, id="all right"),
        pytest.param((1, 1, 1), 0.5, id="half"),
        pytest.param((0, 5, 5), 0.0, id="no hit"),
    ],
)
def test_f1(counts, expected):
    """F1 is the harmonic mean of precision and recall, and 0 without a hit."""
    assert f1(*counts) == expected


def test_class_score_counts_support():
    """Support is what there was to find."""
    score = class_score(2, 1, 2)
    assert (score.precision, score.recall, score.support) == (2 / 3, 0.5, 4)


@given(SENTENCES)
def test_a_perfect_guess_scores_one_on_what_there_is(sentences):
    """Guessing right gives every role that occurs an F1 of 1 and every other 0."""
    scores = role_scores((s.truth, s.truth) for s in sentences)
    present = {s.truth for s in sentences}
    assert all(score.f1 == float(role in present) for role, score in scores.items())
    assert macro(scores) == pytest.approx(len(present) / len(Role))


@given(SENTENCES)
def test_interval_holds_its_order(sentences):
    """The interval's low end is not above its high end, and the same draw gives the same interval."""
    low, high = macro_interval(sentences, draws=20)
    assert 0 <= low <= high <= 1
    assert (low, high) == macro_interval(sentences, draws=20)


def test_calibration_error_is_the_gap():
    """Ten sentences scored .9 of which five are right lie .4 off."""
    assert calibration_error([(0.9, at < 5) for at in range(10)]) == pytest.approx(0.4)


def test_leaving_out_the_least_sure():
    """Accuracy when sure looks at the most probable only."""
    wrong = ScoredSentence(document="a", truth=Role.FINDING, guess=Role.OTHER, score=0.2)
    right = ScoredSentence(document="a", truth=Role.FINDING, guess=Role.FINDING, score=0.9)
    assert accuracy_when_sure([wrong, *[right] * 9]) == 1.0


def test_allegations_shown_as_findings():
    """Only allegations count, and only those called findings."""
    rows = [(Role.ALLEGATION, Role.FINDING), (Role.ALLEGATION, Role.NARRATIVE), (Role.NARRATIVE, Role.FINDING)]
    sentences = [ScoredSentence(document="a", truth=t, guess=g, score=0.5) for t, g in rows]
    assert allegation_as_finding(sentences) == 0.5


def test_themes_micro_and_macro():
    """Micro counts assignments; macro takes the mean over themes that truly occur."""
    pairs = [(frozenset({"road"}), frozenset({"road", "custody"})), (frozenset({"missing"}), frozenset[str]())]
    assert micro_macro(pairs) == (0.5, 0.5)


def test_agrees_with_the_scorer_beside_the_labels(shared, tmp_path):
    """The cue words' figures are the same here and by the scorer that came with the labels."""
    from extractors.tagging.baseline import CueTagger
    from extractors.tagging.judging import judge
    from extractors.tagging.labels import read_labels

    lines = (shared / "labels" / "paragraphs.jsonl").read_text(encoding="utf-8").splitlines()[:400]
    labels = list(read_labels(lines))
    tags = CueTagger().tag([paragraph.unlabelled() for paragraph in labels])
    (tmp_path / "labels.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "tags.jsonl").write_text("\n".join(tag.model_dump_json() for tag in tags), encoding="utf-8")
    scorer = [sys.executable, shared / "tools" / "score_tags.py", tmp_path / "labels.jsonl", tmp_path / "tags.jsonl"]
    theirs = json.loads(subprocess.run(scorer, check=True, capture_output=True, text=True).stdout)
    ours = judge(labels, tags)
    assert ours.macro_f1 == pytest.approx(theirs["roles"]["macro_f1"], abs=1e-4)
    assert ours.accuracy == pytest.approx(theirs["accuracy"], abs=1e-4)
    assert ours.calibration_error == pytest.approx(theirs["calibration_error"], abs=1e-4)
    assert ours.theme_micro == pytest.approx(theirs["themes"]["micro_f1"], abs=1e-4)
    assert ours.theme_macro == pytest.approx(theirs["themes"]["macro_f1"], abs=1e-4)
