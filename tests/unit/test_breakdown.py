"""Figures by source and year, the confusion matrix as a picture, another encoder, and the report of a training."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import ModelError
from extractors.records import Role, TaggedSentence
from extractors.tagging.breakdown import by_group, source_of, table, year_of
from extractors.tagging.judging import judge
from extractors.tagging.labels import LabelledParagraph, LabelledSentence
from extractors.tagging.manifest import read_manifest
from extractors.tagging.paragraphs import TaggedParagraph
from extractors.tagging.tagger import SHIPPED_MODEL
from pipelines.encoders import encoder_folder, write_report
from pipelines.measure import draw_confusion

F, N = Role.FINDING, Role.NARRATIVE


def label(number, roles, source="summary", document="d", heading=""):
    sentences = tuple(LabelledSentence(start=n, end=n + 1, role=role) for n, role in enumerate(roles))
    return LabelledParagraph(
        id=str(number), document=document, source=source, heading=heading, text="x" * len(roles), sentences=sentences
    )


def tagged(number, roles):
    sentences = tuple(
        TaggedSentence(start=n, end=n + 1, role=role, score=1.0, scores={role: 1.0}) for n, role in enumerate(roles)
    )
    return TaggedParagraph(id=str(number), sentences=sentences)


def test_groups_are_counted_apart():
    """One source is all right, the other half; absent roles do not pull a group's macro-F1 down."""
    labels = [label(1, [F, N], "report"), label(2, [F, N], "summary", "e")]
    good, half = by_group(labels, [tagged(1, [F, N]), tagged(2, [N, N])], source_of)
    assert (good.name, good.accuracy, good.macro_f1, good.sentences, good.documents) == ("report", 1.0, 1.0, 2, 1)
    assert (half.accuracy, half.low, half.high) == (0.5, 0.5, 0.5)
    assert half.macro_f1 == pytest.approx(1 / 3, abs=0.01)
    assert "summary" in table("source", [good, half])


@pytest.mark.parametrize(
    ("heading", "document", "year"),
    [
        pytest.param("A death, May 2018", "2016", "2018", id="the heading's"),
        pytest.param("Begun in 2014, closed in 2019", "d", "2019", id="its last"),
        pytest.param("A death", "report-2016.pdf", "2016", id="the document's"),
        pytest.param("Case 20187", "d", "unknown", id="no year within a number"),
    ],
)
def test_years(heading, document, year):
    """The year is the last that the heading names, or the document's."""
    assert year_of(label(1, [F], document=document, heading=heading)) == year


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), min_size=1, max_size=30))
def test_groups_add_up(rows):
    """Sentences of all groups are all sentences, and each interval holds its accuracy or touches it."""
    labels = [label(n, [F], source, document=str(n)) for n, (source, _) in enumerate(rows)]
    groups = by_group(labels, [tagged(n, [F if right else N]) for n, (_, right) in enumerate(rows)], source_of)
    assert sum(group.sentences for group in groups) == len(rows)
    assert all(0 <= group.low <= group.high <= 1 for group in groups)
    right = sum(group.accuracy * group.sentences for group in groups)
    assert right == pytest.approx(sum(one for _, one in rows))


def test_the_confusion_matrix_is_drawn(tmp_path):
    """Every count stands in its cell: what the labels said down, what was given across."""
    pytest.importorskip("matplotlib", reason="drawing needs findingaid[notebooks]")
    measured = judge([label(1, [F, F, N])], [tagged(1, [F, N, N])])
    figure = draw_confusion(measured)
    said = [text.get_text() for text in figure.axes[0].texts]
    assert len(said) == len(Role) ** 2
    roles = list(Role)
    assert said[roles.index(F) * len(roles) + roles.index(N)] == "1"
    figure.savefig(tmp_path / "confusion.png")
    assert (tmp_path / "confusion.png").read_bytes()[:4] == b"\x89PNG"


def test_an_encoder_in_a_folder(tmp_path):
    """A folder is taken as it lies; one that lacks a part is named with what it lacks."""
    for part in ("config.json", "tokenizer.json", "model.safetensors"):
        with pytest.raises(ModelError, match=part.replace(".", r"\.")):
            encoder_folder(str(tmp_path), tmp_path / "kept")
        (tmp_path / part).touch()
    assert encoder_folder(str(tmp_path), tmp_path / "kept") == tmp_path


def test_an_encoder_that_was_fetched_before(tmp_path):
    """What lies there is not fetched again."""
    folder = tmp_path / "kept" / "org--name"
    folder.mkdir(parents=True)
    for part in ("config.json", "tokenizer.json", "model.safetensors"):
        (folder / part).touch()
    assert encoder_folder("org/name", tmp_path / "kept") == folder


def test_an_encoder_that_is_nowhere(tmp_path, monkeypatch):
    """Without a network, or under no name at all, one sentence says what to name instead."""
    pytest.importorskip("huggingface_hub", reason="needs findingaid[torch]")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="could be fetched"):
        encoder_folder("no such/name at all", tmp_path)


def test_the_report_of_a_training(tmp_path):
    """It names the labels by hash, every choice of the recipe, and the held-out figures."""
    manifest = read_manifest(SHIPPED_MODEL)
    (tmp_path / "labels.jsonl").write_text("{}")
    text = write_report(tmp_path, manifest, [tmp_path / "labels.jsonl"], 90).read_text()
    assert "labels.jsonl | `44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a`" in text
    assert all(f"| {name} |" in text for name in manifest.recipe)
    assert "role macro-F1" in text
    assert "1.5 minutes" in text
