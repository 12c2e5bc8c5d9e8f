"""The parts of the tagger that need no weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.records import Role
from extractors.tagging.baseline import CueTagger, cue_role
from extractors.tagging.calibration import abstention_threshold, decide, fit_thresholds
from extractors.tagging.folds import Material, assign_folds
from extractors.tagging.heads import Heads, sigmoid, softmax
from extractors.tagging.labels import LabelledParagraph, LabelledSentence
from extractors.tagging.language import is_english
from extractors.tagging.lexical import LexicalModel, bucket_counts
from extractors.tagging.paragraphs import Paragraph
from extractors.tagging.tokens import runs
from extractors.tagging.vocabulary import ROLE_ORDER, ROLES, THEME_CODES, THEMES, role_entry, theme_entry


def test_the_codebook_is_whole():
    """Seven roles, thirty themes, each with words of its own; the order of roles is that of precedence."""
    assert [entry.letter for entry in ROLES] == list("RFOPANX")
    assert set(ROLE_ORDER) == set(Role)
    assert len(set(THEME_CODES)) == 30
    assert len({entry.definition for entry in ROLES} | {entry.covers for entry in THEMES}) == 37
    assert role_entry(Role.FINDING).letter == "F"
    assert theme_entry("road").title == "Road traffic and pursuits"


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("The force should review its policy.", Role.RECOMMENDATION),
        ("He recommended that they leave.", Role.NARRATIVE),
        ("She alleged that he hit her.", Role.ALLEGATION),
        ("The officer was dismissed.", Role.OUTCOME),
        ("We found no record of the call.", Role.FINDING),
        ("We interviewed two officers.", Role.OTHER),
        ("The Government accepts this.", Role.RESPONSE),
        ("They drove home.", Role.NARRATIVE),
    ],
)
def test_cues(sentence, role):
    """One cue for each role, and the story told where there is none."""
    assert cue_role(sentence)[0] is role


def test_cue_tagger_gives_themes_only_where_something_is_judged():
    """Custody in a story is no theme; custody in a recommendation is."""
    paragraphs = [
        Paragraph(id="a", text="He sat in custody."),
        Paragraph(id="b", text="Checks in custody should be written down."),
    ]
    told, asked = CueTagger().tag(paragraphs)
    assert told.themes == ()
    assert "custody" in {theme.theme for theme in asked.themes}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The officers were trained to record what they did and why they did it.", True, id="English"),
        pytest.param("WEXCOMBE POLICE ANNUAL REPORT", True, id="a title"),
        pytest.param(
            "PC Adams, PC Birch, PC Cole, DS Dunn, DI Eady, CI Fry, PC Gill, PC Hay, PS Ince", True, id="names"
        ),
        pytest.param("", True, id="nothing"),
        pytest.param(
            "Canfu'r ymchwiliad fod yr heddlu wedi methu ac nad oedd y swyddogion wedi cael eu hyfforddi",
            False,
            id="cy",
        ),
        pytest.param("Полиция не провела надлежащего расследования этого дела в прошлом году", False, id="Russian"),
    ],
)
def test_language(text, expected):
    """Only text that reads as another language is refused; names and titles are not."""
    assert is_english(text) is expected


def test_runs_end_with_the_document_and_the_heading():
    """Neighbours are paragraphs of one document under one heading."""
    rows = [("d", "h"), ("d", "h"), ("d", "i"), ("e", "i"), ("d", "h")]
    paragraphs = [Paragraph(id=str(at), text="x", document=d, heading=h) for at, (d, h) in enumerate(rows)]
    assert list(runs(paragraphs)) == [[0, 1], [2], [3], [4]]


@given(st.lists(st.lists(st.floats(-80, 80), min_size=7, max_size=7), min_size=1, max_size=5))
def test_probabilities(rows):
    """Softmax sums to 1 and sigmoid lies between 0 and 1, however large the scores."""
    logits = np.array(rows, dtype=np.float32)
    assert softmax(logits).sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert ((sigmoid(logits) >= 0) & (sigmoid(logits) <= 1)).all()


def test_a_paragraph_is_about_its_judging_sentences():
    """The sentence that judges outweighs a longer one that tells."""
    width = 4
    role_weight = np.zeros((7, width), dtype=np.float32)
    role_weight[1, 0] = 20.0  # the first dimension says: finding
    theme_weight = np.zeros((30, 2 * width), dtype=np.float32)
    theme_weight[0, 0] = theme_weight[1, 1] = 1.0
    heads = Heads(role_weight, np.zeros(7, np.float32), theme_weight, np.zeros(30, np.float32))
    sentences = np.array([[1, 0, 0, 0], [0, 1, 0, 0]], dtype=np.float32)
    logits = heads.themes(sentences, np.zeros_like(sentences), np.array([10, 20], np.float32), [[0, 1]])
    assert logits[0, 0] > logits[0, 1]


def test_a_rare_theme_leans_on_the_common_threshold():
    """One example says little about where a theme's threshold lies; a hundred say much."""
    chance = np.random.default_rng(2)
    scores = chance.uniform(size=(400, 2)).astype(np.float32)
    truth = np.stack([scores[:, 0] > 0.7, np.arange(400) == scores[:, 1].argmin()], axis=1)
    often, rare = fit_thresholds(scores, truth)
    assert often == pytest.approx(0.7, abs=0.05)
    assert rare == pytest.approx(0.7, abs=0.15)


def test_a_tenth_abstains():
    """The threshold leaves out the share that is asked for."""
    scores = np.linspace(0, 1, 1001, dtype=np.float32)
    assert (scores < abstention_threshold(scores)).mean() == pytest.approx(0.1, abs=0.01)


@pytest.mark.parametrize(
    ("finding", "allegation", "narrative", "shown"),
    [
        (0.90, 0.05, 0.05, Role.FINDING),
        (0.60, 0.30, 0.10, Role.ALLEGATION),
        (0.55, 0.10, 0.35, Role.NARRATIVE),
        (0.30, 0.10, 0.60, Role.NARRATIVE),
        (0.10, 0.50, 0.40, Role.ALLEGATION),
    ],
)
def test_a_finding_must_outweigh_the_chance_of_an_allegation(finding, allegation, narrative, shown):
    """An allegation shown as a finding defames: in doubt something else is shown; other roles stay."""
    row = np.zeros(7, dtype=np.float32)
    for role, value in ((Role.FINDING, finding), (Role.ALLEGATION, allegation), (Role.NARRATIVE, narrative)):
        row[ROLE_ORDER.index(role)] = value
    assert ROLE_ORDER[decide(row)] is shown


def test_folds_keep_documents_whole():
    """No document lies in two folds, folds are of like size, and the cut is the same every time."""
    sentence = LabelledSentence(start=0, end=1, role=Role.OTHER)
    labels = [
        LabelledParagraph(id=f"{d}-{p}", document=str(d), text="x", sentences=(sentence,))
        for d in range(30)
        for p in range(1 + d % 7)
    ]
    folds = assign_folds(labels, 5)
    assert len({(label.document, fold) for label, fold in zip(labels, folds, strict=True)}) == 30
    sizes = [folds.count(fold) for fold in range(5)]
    assert max(sizes) - min(sizes) <= 3
    assert folds == assign_folds(labels[::-1], 5)[::-1]


def test_further_labels_follow_their_document():
    """No document is both learnt and held out, and further labels change no fold of the others."""
    sentence = LabelledSentence(start=0, end=1, role=Role.OTHER)

    def paragraphs(documents: range) -> list[LabelledParagraph]:
        made = [(d, p) for d in documents for p in range(1 + d % 3)]
        return [LabelledParagraph(id=f"{d}-{p}", document=str(d), text="x", sentences=(sentence,)) for d, p in made]

    alone, both = Material(paragraphs(range(12))), Material(paragraphs(range(12)), paragraphs(range(6, 30)))
    held = []
    for fold in range(3):
        learnt, kept = both.cut(fold, 3)
        assert kept.labels == alone.cut(fold, 3)[1].labels
        assert not {p.document for p in learnt.all} & {p.document for p in kept.all}
        assert len(learnt.all) + len(kept.all) == len(both.all)
        held += kept.further
    assert sorted(p.id for p in held) == sorted(p.id for p in both.further)


def test_lexical_model_reads_its_tables():
    """A word's weight reaches its class, scaled, and nothing gives the intercepts."""
    weights = np.zeros((64, 2), dtype=np.int8)
    (place,), _ = bucket_counts(["should"], 64)
    weights[place, 1] = 100
    model = LexicalModel(
        np.ones(64, np.float16), weights, np.array([1, 0.5], np.float32), np.array([0, -1], np.float32)
    )
    assert model.logits([["should"], []]).tolist() == [[0.0, 49.0], [0.0, -1.0]]
    again = LexicalModel.from_tensors(model.tensors("roles"), "roles")
    assert again.logits([["should"]]).tolist() == [[0.0, 49.0]]
