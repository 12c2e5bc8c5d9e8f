"""``train`` and ``measure``: make a tagger from labelled paragraphs, and say how good one is."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.options import Json, ModelFolder, RuntimeBy, tagger_settings
from pipelines.cli.talk import out, out_json, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipelines.train import Told

Labels = Annotated[list[Path], typer.Option("--labels", help="A file of labelled paragraphs; repeat for several.")]
Further = Annotated[
    list[Path] | None, typer.Option("--also", help="Further labels, learnt from but never measured on; repeatable.")
]
Out = Annotated[Path, typer.Option("--out", help="Folder for the model; a broken run goes on from what lies there.")]
Seed = Annotated[int, typer.Option(help="Seed of everything that is drawn.")]
Epochs = Annotated[float | None, typer.Option(min=0.01, help="Passes over the labels; the committed recipe's number.")]
LaterEpochs = Annotated[
    float | None, typer.Option("--also-epochs", min=0.01, help="Passes over labels and further labels together.")
]
Patience = Annotated[
    int | None,
    typer.Option(
        "--early-stop", min=1, help="Stop after so many epochs in which a tenth set aside was read no better."
    ),
]
Folds = Annotated[int, typer.Option(min=2, max=50, help="Folds of documents for calibration and figures.")]
Only = Annotated[list[int] | None, typer.Option("--fold", help="Measure on this fold alone (from 1); to save time.")]
Encoder = Annotated[
    str | None, typer.Option(help="Another encoder of BERT's kind: a folder, or a name on the Hugging Face hub.")
]
Plot = Annotated[Path | None, typer.Option("--plot", help="Draw the confusion matrix as PNG, SVG or PDF.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(train)
    app.command()(measure)


def train(
    labels: Labels,
    also: Further = None,
    out_dir: Out = Path("model"),
    seed: Seed = 0,
    epochs: Epochs = None,
    also_epochs: LaterEpochs = None,
    early_stop: Patience = None,
    folds: Folds = 5,
    fold: Only = None,
    encoder: Encoder = None,
    json: Json = False,
) -> None:
    """Train a tagger on labelled paragraphs, on this machine's processor; needs findingaid[torch]."""
    from extractors.tagging.training import Recipe
    from pipelines.encoders import encoder_folder, write_report
    from pipelines.train import train as run

    began = time.monotonic()

    passes = {"epochs": epochs, "later_epochs": also_epochs, "patience": early_stop}
    recipe = Recipe(seed=seed).replaced(**{name: said for name, said in passes.items() if said is not None})
    only = None if fold is None else [number - 1 for number in fold]
    manifest = run(
        labels,
        out_dir,
        further_paths=also or (),
        recipe=recipe,
        folds=folds,
        only_folds=only,
        weights=encoder_folder(encoder, out_dir / "encoder") if encoder else None,
        on_progress=_steps(),
    )
    report = write_report(out_dir, manifest, [*labels, *(also or ())], time.monotonic() - began)
    say(f"The report of this training is {report}.")
    say(f"The model lies in {out_dir}; FINDINGAID_MODEL={out_dir} makes every command use it.")
    if json:
        out_json(manifest.model_dump(mode="json"))


def _steps(now: "Callable[[], float]" = time.monotonic) -> "Told":
    """Progress of training, a line every fiftieth step, with the time that the rest of its passes will take."""
    began: dict[tuple[str, int], tuple[int, float]] = {}

    def told(part: str, step: int, steps: int, loss: float) -> None:
        first, since = began.setdefault((part, steps), (step, now()))
        if step % 50 == 0 or step == steps:
            left = (now() - since) / max(1, step - first) * (steps - step)
            say(f"{part}: step {step} of {steps}, loss {loss:.3f}{_left(left)}")

    return told


def _left(seconds: float) -> str:
    """How much longer it takes, in minutes.

    Examples:
        >>> _left(20), _left(9 * 60), _left(7500)
        ('', ', 9 min to go', ', 2 h 05 min to go')
    """
    hours, minutes = divmod(round(seconds / 60), 60)
    if hours:
        return f", {hours} h {minutes:02} min to go"
    return f", {minutes} min to go" if minutes else ""


def measure(
    labels: Labels, model: ModelFolder = None, runtime: RuntimeBy = None, plot: Plot = None, json: Json = False
) -> None:
    """Measure the tagger on labelled paragraphs: by role, theme, source and year, with intervals and calibration."""
    from pipelines.cli.files import write_picture
    from pipelines.measure import draw_confusion
    from pipelines.measure import measure as run

    settings = tagger_settings(model, runtime)
    figures = run(labels, settings.model, settings.runtime)
    if plot is not None:
        write_picture(plot, lambda: draw_confusion(figures.whole))
    if json:
        groups = figures.model_dump(mode="json", include={"sources", "years"})
        out_json({**figures.whole.model_dump(mode="json"), **groups})
    else:
        out(figures.table())
