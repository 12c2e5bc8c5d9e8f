"""The second reading: what it sees of a sentence and its neighbours, and what it learns from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.records import Role
from extractors.tagging.context import Layout, Raw, log_softmax, neighbour, others, sentence_features, within
from extractors.tagging.labels import LabelledParagraph, LabelledSentence
from extractors.tagging.paragraphs import Paragraph
from extractors.tagging.second import SecondReading
from extractors.tagging.second_fit import fit_second, layout_of, true_roles, true_themes
from extractors.tagging.terms import TermTable, theme_terms, turns_of_phrase
from extractors.tagging.theme_evidence import judging, theme_features
from extractors.tagging.vocabulary import ROLE_ORDER, THEME_CODES


@pytest.mark.parametrize(
    ("terms", "text", "expected"),
    [
        pytest.param(["cell"], "The cells", 0, id="a whole word is not a stem"),
        pytest.param(["cell*"], "The cells", 1, id="a stem takes any ending"),
        pytest.param(["body worn video"], "Body-worn video", 1, id="hyphens part words"),
        pytest.param(["blue light*"], "blue, then lights", 0, id="words stand in a row"),
        pytest.param(["keep * informed"], "keep them informed", 1, id="a star alone is any word"),
        pytest.param(["cell", "cells"], "cell, cell and cells", 2, id="a term counts once"),
        pytest.param(["s 136"], "under s.136 of the Act", 1, id="full stops part words"),
        pytest.param(["victim's"], "the victim’s home", 1, id="curly apostrophes"),
        pytest.param(["cell"], "", 0, id="nothing"),
    ],
)
def test_terms(terms, text, expected):
    """A term is words in a row, each whole or a stem."""
    assert TermTable([terms]).counts(text).tolist() == [expected]


def test_tables_of_terms_are_whole():
    """Every theme has strong and weak words, and no group of turns of phrase is empty."""
    assert theme_terms().size == 2 * len(THEME_CODES)
    road = theme_terms().counts("The driver was pursued along the motorway.")
    assert road.argmax() == THEME_CODES.index("road")
    assert turns_of_phrase().counts("We recommend that the force should review its policy.").sum() > 1


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12).map(sorted), st.integers(-3, 3))
def test_neighbours_never_cross_a_group(groups, step):
    """What is taken from a neighbour comes from the same group, exactly *step* rows away."""
    group = np.array(groups)
    rows = np.arange(1, len(groups) + 1, dtype=np.float32)[:, None]
    for at, (value,) in enumerate(neighbour(rows, group, step).tolist()):
        if value:
            assert value == at + 1 + step
            assert group[int(value) - 1] == group[at]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12).map(sorted))
def test_places_within_a_group(groups):
    """Rows of a group are counted from nought to its size."""
    ordinals, sizes = within(np.array(groups))
    for number in set(groups):
        rows = np.array(groups) == number
        assert ordinals[rows].tolist() == list(range(int(rows.sum())))
        assert set(sizes[rows].tolist()) == {int(rows.sum())}


def test_others_leave_out_the_row_itself():
    """The mean of the others is not coloured by the row, and is less the fewer they are."""
    values = np.array([[2.0], [4.0], [8.0]], dtype=np.float32)
    assert others(values, np.array([0, 0, 0])).tolist() == [[3.0], [2.5], [1.5]]
    assert others(values, np.array([0, 0, 1]))[:, 0] == pytest.approx([4 / 3, 2 / 3, 0])


def test_log_softmax_sums_to_one():
    """However large the scores, probabilities sum to one."""
    assert np.exp(log_softmax(np.array([[1000.0, 0.0], [-5.0, 5.0]]))).sum(axis=1) == pytest.approx(1)


def paragraphs_of(*texts: str, document: str = "d") -> list[Paragraph]:
    return [Paragraph(id=str(at), text=text, document=document, heading="Findings") for at, text in enumerate(texts)]


def even(sentences: int, paragraphs: int) -> Raw:
    roles, themes = np.zeros((sentences, 7), np.float32), np.zeros((paragraphs, 30), np.float32)
    return Raw(roles, roles, themes, themes)


def test_a_sentence_is_seen_with_its_neighbours():
    """The same words beside others are other features; alone they are the same twice."""
    texts = ["He ran.", "We found no fault.", "He ran."]
    together = Layout.of(paragraphs_of(*texts), [[(0, len(t))] for t in texts])
    rows = sentence_features(together, even(3, 3))
    assert rows.dtype == np.float32
    assert not np.array_equal(rows[0], rows[2]), "it stands elsewhere and after something else"
    alone = [p.replaced(document=p.id) for p in paragraphs_of(*texts)]
    rows = sentence_features(Layout.of(alone, [[(0, len(t))] for t in texts]), even(3, 3))
    assert np.array_equal(rows[0], rows[2])


def test_nothing_is_read_as_nothing():
    """No paragraph, or a paragraph without a sentence, gives no rows and no error."""
    assert len(sentence_features(Layout.of([], []), even(0, 0))) == 0
    empty = Layout.of(paragraphs_of(""), [[]])
    roles = np.zeros((0, 7), np.float32)
    assert theme_features(empty, even(0, 1), roles).shape[:2] == (1, 30)
    assert judging(roles, empty).tolist() == [0]


def test_a_theme_is_sought_in_what_judges():
    """Telling words count for more features where the sentence that holds them judges."""
    texts = ["The driver sped along the motorway.", "He sat down."]
    layout = Layout.of(paragraphs_of(*texts), [[(0, len(t))] for t in texts])
    roles = np.zeros((2, 7), np.float32)
    roles[:, ROLE_ORDER.index(Role.NARRATIVE)] = 1
    told = theme_features(layout, even(2, 2), roles)
    roles[0] = 0
    roles[0, ROLE_ORDER.index(Role.FINDING)] = 1
    found = theme_features(layout, even(2, 2), roles)
    road = THEME_CODES.index("road")
    assert found[0, road].sum() > told[0, road].sum()
    assert judging(roles, layout).tolist() == [1, 0]


SENTENCES = {
    Role.RECOMMENDATION: "The force should review its custody cells.",
    Role.FINDING: "We found that the detainee in the cell was not checked.",
    Role.NARRATIVE: "He drove to the house and spoke to her.",
}


def labelled(documents: int) -> list[LabelledParagraph]:
    made = []
    for number in range(documents):
        for role, text in SENTENCES.items():
            sentence = LabelledSentence(start=0, end=len(text), role=role)
            themes = () if role is Role.NARRATIVE else ("custody",)
            made.append(
                LabelledParagraph(
                    id=f"{number}-{role.value}", document=str(number), text=text, sentences=(sentence,), themes=themes
                )
            )
    return made


def noisy(labels: list[LabelledParagraph], seed: int) -> Raw:
    """A first reading that is right, but for much noise."""
    chance = np.random.default_rng(seed)
    truth = np.eye(7)[true_roles(labels)]
    themes = true_themes(labels)
    roles = (truth + chance.normal(scale=1.5, size=truth.shape)).astype(np.float32)
    scores = (themes + chance.normal(scale=1.5, size=themes.shape)).astype(np.float32)
    return Raw(roles, np.zeros_like(roles), scores, np.zeros_like(scores))


def test_the_second_reading_mends_the_first():
    """Where the first reading is noisy, wording and neighbours put most of it right on new documents."""
    learnt, asked = labelled(40), labelled(20)
    raw = noisy(asked, 1)
    second = fit_second([(learnt, noisy(learnt, 0))])
    read = second.read(layout_of(asked), raw)
    truth = true_roles(asked)
    assert (raw.role_encoder.argmax(axis=1) == truth).mean() < 0.7
    assert (read.roles.argmax(axis=1) == truth).mean() > 0.95
    assert read.roles.sum(axis=1) == pytest.approx(1, abs=1e-4)
    custody = read.themes[:, THEME_CODES.index("custody")]
    assert custody[truth != ROLE_ORDER.index(Role.NARRATIVE)].mean() > 0.8
    again = SecondReading.from_tensors(second.tensors())
    assert np.array_equal(again.read(layout_of(asked), raw).roles, read.roles)


def test_roles_that_no_label_shows_are_never_given():
    """A role without examples stays improbable, whatever the first reading says."""
    learnt = labelled(30)
    second = fit_second([(learnt, noisy(learnt, 2))])
    raw = noisy(learnt, 3)
    raw.role_encoder[:, ROLE_ORDER.index(Role.ALLEGATION)] += 5
    read = second.read(layout_of(learnt), raw)
    assert set(read.roles.argmax(axis=1)) <= {ROLE_ORDER.index(role) for role in SENTENCES}
