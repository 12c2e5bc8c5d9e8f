"""Training, end to end on a handful of invented labels; the shipped adapter and graph are one model."""

import random

import pytest

pytest.importorskip("torch", reason="training needs findingaid[torch]")

from extractors.records import Role
from extractors.tagging.labels import LabelledParagraph, LabelledSentence
from extractors.tagging.model import load_model
from extractors.tagging.network import weights_folder
from extractors.tagging.paragraphs import Paragraph
from extractors.tagging.runtimes import torch_runtime
from extractors.tagging.tagger import SHIPPED_MODEL
from extractors.tagging.training import Recipe
from pipelines.measure import measure
from pipelines.train import train

SENTENCES = {
    Role.RECOMMENDATION: "Wexcombe Police should review how it records {}.",
    Role.FINDING: "We found that the sergeant failed to deal with {}.",
    Role.NARRATIVE: "He drove to the house and spoke to her about {}.",
    Role.OTHER: "Our investigators reviewed documents about {}.",
}
SUBJECTS = {"stop-search": "stop and search", "custody": "the cells in custody", "road": "the pursuit of the car"}


def invented(documents: int) -> list[LabelledParagraph]:
    chance = random.Random(4)
    made = []
    for document in range(documents):
        theme, subject = chance.choice(sorted(SUBJECTS.items()))
        for number in range(3):
            role = chance.choice(sorted(SENTENCES))
            text = SENTENCES[role].format(subject)
            made.append(
                LabelledParagraph(
                    id=f"{document}-{number}",
                    document=f"report {document}",
                    text=text,
                    sentences=(LabelledSentence(start=0, end=len(text), role=role),),
                    themes=(theme,) if role in {Role.RECOMMENDATION, Role.FINDING} else (),
                )
            )
    return made


@pytest.fixture(scope="module")
def label_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("labels") / "labels.jsonl"
    path.write_text("\n".join(label.model_dump_json() for label in invented(24)), encoding="utf-8")
    return path


def test_training_writes_a_model_that_tags(label_file, tmp_path):
    """Training reports its steps, and what it writes loads, names itself and tags what it learnt."""
    told: list[tuple[str, int, int]] = []
    recipe = Recipe(epochs=6.0, batch_tokens=256)
    out = tmp_path / "model"
    manifest = train(
        [label_file], out, recipe=recipe, folds=2, only_folds=[0], on_progress=lambda *said: told.append(said[:3])
    )
    assert list(dict.fromkeys(part for part, _, _ in told)) == ["fold 1", "all labels"]
    assert told[-1][1] == told[-1][2]
    assert load_model(out).maker == manifest.maker
    assert measure([label_file], out).accuracy > 0.9


def test_a_broken_training_goes_on(label_file, tmp_path):
    """Folds that were done are not done again, and other labels or another recipe are other folds."""
    recipe = Recipe(epochs=0.2, batch_tokens=256)
    out = tmp_path / "model"
    parts: list[str] = []
    for _ in range(2):
        train(
            [label_file], out, recipe=recipe, folds=2, only_folds=[0], on_progress=lambda part, *_: parts.append(part)
        )
    assert parts.count("fold 1") * 2 <= parts.count("all labels")
    train([label_file], out, recipe=recipe.replaced(seed=1), folds=2, only_folds=[0])
    assert len(list((out / "folds").iterdir())) == 2


def test_runtimes_agree():
    """The int8 graph and the adapter under torch give the same label to 98 of 100 sentences."""
    paragraphs = [
        Paragraph(id=str(at), text=text.format(subject), heading="Wexcombe Police, March 2019")
        for at, (text, subject) in enumerate((t, s) for t in SENTENCES.values() for s in SUBJECTS.values())
    ]
    fast = load_model(SHIPPED_MODEL)
    exact = load_model(SHIPPED_MODEL, torch_runtime(SHIPPED_MODEL, weights_folder()))
    pairs = [
        (a.role, b.role)
        for one, other in zip(fast.tag(paragraphs), exact.tag(paragraphs), strict=True)
        for a, b in zip(one.sentences, other.sentences, strict=True)
    ]
    assert sum(a is b for a, b in pairs) >= 0.98 * len(pairs)


def test_runtimes_agree_on_real_text(shared):
    """As above on labelled paragraphs, where sentences are long and doubtful."""
    from pipelines.train import load_labels

    labels = load_labels([shared / "labels" / "paragraphs.jsonl"])[::29]
    paragraphs = [label.unlabelled() for label in labels]
    fast = load_model(SHIPPED_MODEL).tag(paragraphs)
    exact = load_model(SHIPPED_MODEL, torch_runtime(SHIPPED_MODEL, weights_folder())).tag(paragraphs)
    pairs = [
        (a.role, b.role)
        for o, p in zip(fast, exact, strict=True)
        for a, b in zip(o.sentences, p.sentences, strict=True)
    ]
    assert sum(a is b for a, b in pairs) >= 0.98 * len(pairs)
