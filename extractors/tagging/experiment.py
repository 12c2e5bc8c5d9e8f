"""A whole training: folds for the figures and the second reading, then one model on everything."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from extractors.tagging.artefact import Trained, head_tensors, write_model
from extractors.tagging.checkpoint import Checkpoint
from extractors.tagging.context import Raw
from extractors.tagging.folds import HeldOut, Material, finish, halves, measure
from extractors.tagging.heads import Heads
from extractors.tagging.judging import Measured
from extractors.tagging.labels import LabelledParagraph
from extractors.tagging.linear import fit_each, fit_one_of_many
from extractors.tagging.manifest import Manifest
from extractors.tagging.model import Lexicals, lexical_inputs, raw_scores
from extractors.tagging.network import Network, plain_encoder
from extractors.tagging.runtimes import TorchRuntime
from extractors.tagging.tokens import TOKENIZER_FILE, Tokens
from extractors.tagging.training import Progress, Recipe, Trainer, fresh_network
from extractors.tagging.vocabulary import JUDGING_ROLES, ROLE_ORDER, THEME_CODES

Labels = Sequence[LabelledParagraph]


def fit_lexicals(labels: Labels) -> Lexicals:
    """The two linear models over words, learnt from *labels*."""
    columns = {role: at for at, role in enumerate(ROLE_ORDER)}
    plain = [paragraph.unlabelled() for paragraph in labels]
    sentence_rows, paragraph_rows = lexical_inputs(plain, [p.sentences or () for p in plain])
    truth = np.array([columns[s.role] for p in labels for s in p.sentences])
    judging = [at for at, p in enumerate(labels) if any(s.role in JUDGING_ROLES for s in p.sentences)]
    themes = np.array([[code in labels[at].themes for code in THEME_CODES] for at in judging])
    return Lexicals(
        fit_one_of_many(sentence_rows, truth, len(ROLE_ORDER)), fit_each([paragraph_rows[at] for at in judging], themes)
    )


@dataclass(frozen=True, slots=True)
class Run:
    """How networks are trained in one experiment.

    Attributes:
        weights: folder of the plain encoder.
        tokens: its tokenizer.
        recipe: every choice.
        told: of every step.
        kept: gives the place where a part of the run, named, keeps how far it has come.
    """

    weights: Path
    tokens: Tokens
    recipe: Recipe
    told: Progress | None = None
    kept: Callable[[str], Checkpoint] | None = None

    def fit(self, material: Material) -> Network:
        """The encoder, adapted to the labels, then learning as a whole from them and the further ones together."""
        network = fresh_network(plain_encoder(self.weights), self.tokens, self.recipe)
        network = self._part("labels", material.labels, network, self.recipe)
        network.merge()
        return self._part("all", material.all, network, self.recipe.later()) if material.further else network

    def _part(self, name: str, labels: Labels, network: Network, recipe: Recipe) -> Network:
        kept = self.kept(name) if self.kept else None
        return Trainer(labels, self.tokens, network, recipe).run(self.told, kept)


def scores_of(labels: Labels, network: Network, lexical: Lexicals, tokens: Tokens) -> Raw:
    """Raw scores of *labels* by a network in memory, through the same code that tags."""
    plain = [paragraph.unlabelled() for paragraph in labels]
    heads = Heads.from_tensors(head_tensors(network))
    spans = [p.sentences or () for p in plain]
    return raw_scores(plain, spans, tokens, TorchRuntime(network.encoder), heads, lexical)


def held_out(material: Material, run: Run, fold: int, folds: int) -> HeldOut:
    """Train on all folds but one, and score that one."""
    learnt, kept = material.cut(fold, folds)
    network, lexical = run.fit(learnt), fit_lexicals(learnt.all)
    further = HeldOut(kept.further, scores_of(kept.further, network, lexical, run.tokens)) if kept.further else None
    return HeldOut(kept.labels, scores_of(kept.labels, network, lexical, run.tokens), further)


def cross_figures(parts: Sequence[HeldOut]) -> Measured:
    """Figures over all *parts*, each read again by what the others taught."""
    if len(parts) == 1:
        parts = halves(parts[0])
    return measure(parts, [finish([other for other in parts if other is not part]) for part in parts])


def complete(material: Material, run: Run, parts: Sequence[HeldOut], out: Path, name: str) -> Manifest:
    """Train on all of *material*, learn the second reading from the held-out *parts* and write the model.

    Args:
        material: everything to learn from.
        run: how.
        parts: held-out scores by the same recipe.
        out: the model's folder.
        name: what to call the encoder in the manifest.
    """
    trained = Trained(
        network=run.fit(material),
        lexical=fit_lexicals(material.all),
        finish=finish(parts),
        encoder=name,
        recipe=run.recipe.model_dump(),
        figures=flat(cross_figures(parts)),
    )
    return write_model(out, trained, run.weights / TOKENIZER_FILE)


def flat(figures: Measured) -> dict[str, float]:
    """The figures that a manifest keeps, rounded as they are printed."""
    low, high = figures.macro_interval
    kept = {
        "sentences": figures.sentences,
        "documents": figures.documents,
        "accuracy": figures.accuracy,
        "macro_f1": figures.macro_f1,
        "macro_low": low,
        "macro_high": high,
        "allegation_as_finding": figures.allegation_as_finding,
        "calibration_error": figures.calibration_error,
        "accuracy_when_sure": figures.accuracy_when_sure,
        "theme_micro": figures.theme_micro,
        "theme_macro": figures.theme_macro,
        **{f"role.{role}": score.f1 for role, score in figures.roles.items()},
        **{f"theme.{code}": score.f1 for code, score in figures.themes.items()},
    }
    return {name: round(float(value), 4) for name, value in kept.items()}
