"""How good a tagger is on labelled paragraphs that it has not learnt from."""

from collections.abc import Sequence
from pathlib import Path

from extractors.tagging.judging import Measured, judge
from extractors.tagging.tagger import load_tagger
from pipelines.train import load_labels


def measure(labels_paths: Sequence[Path], model_dir: Path | None = None) -> Measured:
    """Tag the paragraphs of *labels_paths* and compare.

    The shipped model has learnt from the project's own labels: on those the figures flatter, and the
    held-out ones of the manifest are the ones to quote.

    Args:
        labels_paths: label files.
        model_dir: a model's folder; the shipped one by default.
    """
    labels = load_labels(labels_paths)
    tagger = load_tagger(model_dir)
    return judge(labels, tagger.tag([paragraph.unlabelled() for paragraph in labels]))
