"""The shipped tagger on invented text: what it must get right, and input that must not break it."""

import json
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.errors import ModelError
from extractors.records import Role
from extractors.tagging.tagger import SHIPPED_MODEL, Paragraph, load_tagger
from extractors.tagging.vocabulary import JUDGING_ROLES, ROLE_ORDER, THEME_CODES


@pytest.fixture(scope="module")
def tagger():
    return load_tagger()


@pytest.mark.parametrize(
    ("text", "role"),
    [
        pytest.param(
            "We recommend that Wexcombe Police reviews how custody staff record checks on detainees.",
            Role.RECOMMENDATION,
            id="says recommend",
        ),
        pytest.param(
            "The force should ensure that every officer is trained in the use of spit guards.",
            Role.RECOMMENDATION,
            id="says should",
        ),
        pytest.param(
            "The sergeant failed to carry out an adequate risk assessment, and this was a missed opportunity.",
            Role.FINDING,
            id="a failing",
        ),
        pytest.param(
            "The force accepted the recommendation and has since changed its policy.", Role.RESPONSE, id="yes"
        ),
        pytest.param("He got out of the car, walked to the house and knocked on the door.", Role.NARRATIVE, id="story"),
        pytest.param(
            "The woman complained that an officer had pushed her and sworn at her.", Role.ALLEGATION, id="complaint"
        ),
        pytest.param(
            "At a misconduct hearing the officer was found guilty of gross misconduct and dismissed without notice.",
            Role.OUTCOME,
            id="a sanction",
        ),
        pytest.param(
            "Our investigators interviewed four officers and reviewed footage from the custody suite.",
            Role.OTHER,
            id="method",
        ),
    ],
)
def test_plain_cases(tagger, text, role):
    """A sentence that no reader would doubt gets its role even when it stands alone."""
    (tagged,) = tagger.tag([Paragraph(id="a", text=text)])
    assert [s.role for s in tagged.sentences] == [role]


def test_themes_of_a_plain_recommendation(tagger):
    """A recommendation about stop and search is tagged so; a paragraph that only tells has no theme."""
    told = "He walked to the shop and bought a newspaper."
    asked = "We recommend that the force trains officers in stop and search and records the grounds of every search."
    first, second = tagger.tag([Paragraph(id="a", text=asked), Paragraph(id="b", text=told)])
    assert "stop-search" in {theme.theme for theme in first.themes}
    assert second.themes == ()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(max_size=200), st.text(max_size=20)), max_size=4))
def test_any_text(tagger, rows):
    """Whatever the text, there is one answer a paragraph, offsets index the text, and probabilities sum to 1."""
    paragraphs = [Paragraph(id=str(at), text=text, heading=head) for at, (text, head) in enumerate(rows)]
    answers = tagger.tag(paragraphs)
    assert [answer.id for answer in answers] == [paragraph.id for paragraph in paragraphs]
    for paragraph, answer in zip(paragraphs, answers, strict=True):
        for s in answer.sentences:
            assert 0 <= s.start < s.end <= len(paragraph.text)
            assert sum(s.scores.values()) == pytest.approx(1, abs=1e-3)
            assert s.score == max(s.scores.values())
            assert list(s.scores) == list(ROLE_ORDER)
        assert {theme.theme for theme in answer.themes} <= set(THEME_CODES)
        if answer.themes:
            assert any(s.role in JUDGING_ROLES for s in answer.sentences)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("   \n\t ", id="white space"),
        pytest.param("\x00\x01\x07\u200b\u202e", id="control characters"),
        pytest.param("the officer " * 8500, id="100,000 characters without an end"),
        pytest.param("شرطة " * 40, id="right to left"),
        pytest.param("🚓" * 500, id="beyond the basic plane"),
    ],
)
def test_strange_text(tagger, text):
    """Strange text is answered, its offsets within it."""
    (tagged,) = tagger.tag([Paragraph(id="a", text=text)])
    assert all(s.end <= len(text) for s in tagged.sentences)


def test_given_offsets_are_kept(tagger):
    """Sentences that are given come back, one answer each, even where they leave words out."""
    text = "One two. Three four. Five six."
    (tagged,) = tagger.tag([Paragraph(id="a", text=text, sentences=((0, 8), (21, 30)))])
    assert [(s.start, s.end) for s in tagged.sentences] == [(0, 8), (21, 30)]


@pytest.mark.parametrize("spans", [((0, 99),), ((5, 8), (0, 4)), ((3, 3),)], ids=["beyond", "backwards", "empty"])
def test_impossible_offsets(spans):
    """Offsets that cannot be meant are refused before anything is tagged."""
    with pytest.raises(ValueError, match="offsets"):
        Paragraph(id="a", text="One two three.", sentences=spans)


def test_not_english(tagger):
    """Text that is not English is said to be so: no themes, and every sentence left to a person."""
    welsh = (
        "Rydym yn argymell bod y heddlu yn adolygu sut mae swyddogion yn cofnodi chwiliadau ac yn hyfforddi eu staff "
        "ar gyfer y gwaith hwn."
    )
    (tagged,) = tagger.tag([Paragraph(id="a", text=welsh)])
    assert [problem.kind for problem in tagged.problems] == ["not-english"]
    assert tagged.themes == ()
    assert all(s.abstained for s in tagged.sentences)


def test_the_maker_is_named(tagger):
    """Every tag can be traced to the weights that made it."""
    manifest = json.loads((SHIPPED_MODEL / "manifest.json").read_text(encoding="utf-8"))
    assert (tagger.maker.name, tagger.maker.revision) == (manifest["name"], manifest["revision"])


@pytest.mark.parametrize("harm", ["missing", "no manifest", "hash", "schema", "vocabulary", "nonsense"])
def test_damaged_models(tmp_path, harm):
    """A model that is not whole, or not of this codebook, is an error in one sentence."""
    folder = tmp_path / "model"
    if harm != "missing":
        shutil.copytree(SHIPPED_MODEL, folder, ignore=shutil.ignore_patterns("encoder.onnx"))
        (folder / "encoder.onnx").write_bytes(b"not a graph")
    manifest = folder / "manifest.json"
    if harm == "no manifest":
        manifest.unlink()
    elif harm in {"schema", "vocabulary", "nonsense"}:
        said = json.loads(manifest.read_text(encoding="utf-8"))
        change = {"schema": {"model_schema": 99}, "vocabulary": {"roles": said["roles"][::-1]}, "nonsense": {"name": 1}}
        manifest.write_text(json.dumps({**said, **change[harm]}), encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        load_tagger(folder)
    assert str(folder) in str(caught.value)


def test_the_shipped_folder_is_small():
    """Weights, tokenizer and tables together stay under 30 MB."""
    assert sum(path.stat().st_size for path in SHIPPED_MODEL.iterdir()) <= 30_000_000
