"""How good a tagger is on labelled paragraphs that it has not learnt from."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.records import Record
from extractors.tagging.breakdown import Group, by_group, source_of, table, year_of
from extractors.tagging.judging import Measured, judge
from extractors.tagging.tagger import load_tagger
from pipelines.train import load_labels

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, PAPER = "#1d2b3a", "white"


class Measurement(Record):
    """Every figure of one measurement, with what it breaks down to."""

    whole: Measured
    sources: tuple[Group, ...]
    years: tuple[Group, ...]

    def table(self) -> str:
        """The figures as lines of text: by role and theme, by source, by year."""
        return "\n\n".join((self.whole.table(), table("source", self.sources), table("year", self.years)))


def measure(labels_paths: Sequence[Path], model_dir: Path | None = None, runtime: str = "onnx") -> Measurement:
    """Tag the paragraphs of *labels_paths* and compare.

    The shipped model has learnt from the project's own labels: on those the figures flatter, and the
    held-out ones of the manifest are the ones to quote.

    Args:
        labels_paths: label files.
        model_dir: a model's folder; the shipped one by default.
        runtime: what runs the model.
    """
    labels = load_labels(labels_paths)
    tags = load_tagger(model_dir, runtime).tag([paragraph.unlabelled() for paragraph in labels])
    return Measurement(
        whole=judge(labels, tags),
        sources=tuple(by_group(labels, tags, source_of)),
        years=tuple(by_group(labels, tags, year_of)),
    )


def draw_confusion(measured: Measured) -> "Figure":
    """The confusion matrix as a picture: true roles down, given roles across, shares of each row shaded."""
    from matplotlib.figure import Figure

    names = [role.value for role in measured.confusion]
    counts = [list(row.values()) for row in measured.confusion.values()]
    shares = [[count / max(1, sum(row)) for count in row] for row in counts]
    figure = Figure(figsize=(7, 6))
    axis = figure.subplots()
    axis.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for down, row in enumerate(counts):
        for across, count in enumerate(row):
            colour = PAPER if shares[down][across] > 0.5 else INK
            axis.text(across, down, str(count), ha="center", va="center", color=colour, fontsize=8)
    axis.set_xticks(range(len(names)), names, rotation=40, ha="right", fontsize=8)
    axis.set_yticks(range(len(names)), names, fontsize=8)
    axis.set_xlabel("given by the tagger", fontsize=9)
    axis.set_ylabel("said by the labels", fontsize=9)
    axis.set_title(f"{measured.sentences} sentences of {measured.documents} documents", fontsize=9, loc="left")
    figure.tight_layout()
    return figure
