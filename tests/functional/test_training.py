"""Training, end to end on a handful of invented labels; the runtimes are one model."""

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training needs findingaid[torch]")

import torch

from extractors.tagging.network import plain_encoder, weights_folder
from extractors.tagging.paragraphs import Paragraph
from extractors.tagging.tagger import load_tagger
from extractors.tagging.tokens import TOKENIZER_FILE, Tokens
from extractors.tagging.training import Recipe, Trainer, fresh_network
from pipelines.measure import measure
from pipelines.train import load_labels, train
from tests.support.labels import SENTENCES, SUBJECTS, as_lines, invented


@pytest.fixture(scope="module")
def label_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("labels") / "labels.jsonl"
    path.write_text(as_lines(invented(24)), encoding="utf-8")
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
    assert load_tagger(out).maker == manifest.maker
    assert measure([label_file], out).whole.accuracy > 0.9


def test_bfloat16_is_for_processors_that_compute_in_it():
    """Elsewhere it would be emulated, several times slower than float; and who asks for float gets it everywhere."""
    cpu = Path("/proc/cpuinfo")
    if not cpu.is_file() or "flags" not in (flags := cpu.read_text()):
        pytest.skip("the processor does not say here what it computes in")
    seen: list[torch.dtype] = []
    folder = weights_folder()
    tokens = Tokens(folder / TOKENIZER_FILE)
    for half in (True, False):
        recipe = Recipe(epochs=0.1, half=half)
        network = fresh_network(plain_encoder(folder), tokens, recipe)
        network.register_forward_hook(lambda _module, _given, answered: seen.append(answered[0].dtype))
        Trainer(invented(2), tokens, network, recipe).run()
    computed = torch.bfloat16 if "avx512_bf16" in flags or "amx_tile" in flags else torch.float32
    assert seen == [computed, torch.float32]


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


def test_further_labels_are_learnt_from_but_not_measured(tmp_path):
    """Figures count the labels alone; a kept fold is not done again; other further labels are other folds."""
    labels = invented(24)
    files = {"labels": labels[:36], "also": labels[30:], "others": labels[60:]}
    for name, part in files.items():
        (tmp_path / name).write_text(as_lines(part), encoding="utf-8")
    recipe = Recipe(epochs=0.5, later_epochs=0.5, batch_tokens=256)
    out, told = tmp_path / "model", list[str]()

    def run(also):
        return train(
            [tmp_path / "labels"],
            out,
            further_paths=[tmp_path / also],
            recipe=recipe,
            folds=2,
            on_progress=lambda part, *_: told.append(part),
        )

    first = run("also")
    assert first.figures["sentences"] == 36
    steps = told.count("fold 1")
    assert run("also").figures == first.figures
    assert told.count("fold 1") == steps, "the fold was kept"
    run("others")
    assert told.count("fold 1") > steps


def test_a_killed_part_goes_on_after_its_last_epoch(label_file, tmp_path):
    """Broken in its second epoch and started anew, a training ends with the very weights of one that was not."""

    class Killed(Exception):
        pass

    recipe = Recipe(epochs=3.0, batch_tokens=256)
    steps: list[int] = []

    def kill_in_the_second_epoch(part: str, step: int, all_steps: int, loss: float) -> None:
        steps.append(step)
        if part == "fold 1" and step > all_steps / 2:
            raise Killed

    whole = train([label_file], tmp_path / "whole", recipe=recipe, folds=2, only_folds=[0])
    with pytest.raises(Killed):
        train(
            [label_file],
            tmp_path / "broken",
            recipe=recipe,
            folds=2,
            only_folds=[0],
            on_progress=kill_in_the_second_epoch,
        )
    told: list[tuple[str, int]] = []
    again = train(
        [label_file],
        tmp_path / "broken",
        recipe=recipe,
        folds=2,
        only_folds=[0],
        on_progress=lambda part, step, *_: told.append((part, step)),
    )
    assert told[0][0] == "fold 1"
    assert 1 < told[0][1] <= max(steps)
    assert again.figures == whole.figures
    assert again.revision == whole.revision
    assert not list((tmp_path / "broken" / "folds").glob("*.pt"))


def test_training_stops_where_it_no_longer_gains(label_file, tmp_path):
    """With a patience of one epoch, a training of many ends early."""
    last: dict[str, tuple[int, int]] = {}

    def told(part: str, step: int, steps: int, loss: float) -> None:
        last[part] = step, steps

    recipe = Recipe(epochs=40.0, batch_tokens=256, patience=1, rate=5e-2)
    train([label_file], tmp_path / "model", recipe=recipe, folds=2, only_folds=[0], on_progress=told)
    assert all(step < steps for step, steps in last.values())


@pytest.mark.parametrize("runtime", ["torch", "openvino"])
def test_runtimes_agree(runtime):
    """The int8 graph under onnxruntime, torch and OpenVINO gives the same labels."""
    paragraphs = [
        Paragraph(id=str(at), text=text.format(subject), heading="Wexcombe Police, March 2019", document=str(at))
        for at, (text, subject) in enumerate((t, s) for t in SENTENCES.values() for s in SUBJECTS.values())
    ]
    assert agreement(paragraphs, runtime) >= 0.98


@pytest.mark.parametrize("runtime", ["torch", "openvino"])
def test_runtimes_agree_on_real_text(shared, runtime):
    """As above on labelled paragraphs, where sentences are long and doubtful: 98 of 100."""
    labels = load_labels([shared / "labels" / "paragraphs.jsonl"])[::29]
    assert agreement([label.unlabelled() for label in labels], runtime) >= 0.98


def agreement(paragraphs: list[Paragraph], runtime: str) -> float:
    """The share of sentences to which *runtime* gives the role that the default one gives."""
    if runtime == "openvino":
        pytest.importorskip("openvino", reason="needs findingaid[openvino]")
    answers = [load_tagger(None, name).tag(paragraphs) for name in ("onnx", runtime)]
    pairs = [
        (a.role, b.role)
        for one, other in zip(*answers, strict=True)
        for a, b in zip(one.sentences, other.sentences, strict=True)
    ]
    return sum(a is b for a, b in pairs) / len(pairs)
