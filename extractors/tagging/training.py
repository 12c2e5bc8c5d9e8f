"""Training the tagger: labels in, a network out. No disk, no clock, one seed.

A window of a document is read in one pass and every sentence in it is learnt at once, so an
epoch costs the tokens of the labels and little more. Windows are cut at other places in each
epoch, now and then without heading or neighbours, so that a lone paragraph is read well too.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from pydantic import Field
from torch import Tensor
from torch.nn import functional

from extractors.errors import BadRecord
from extractors.records import Record
from extractors.tagging.checkpoint import Checkpoint
from extractors.tagging.labels import LabelledParagraph
from extractors.tagging.network import FROZEN_LAYERS, RANK, Batch, Network
from extractors.tagging.reading import batches
from extractors.tagging.runtimes import processor_has_bfloat16
from extractors.tagging.tokens import Tokens, runs, useful_heading
from extractors.tagging.vocabulary import JUDGING_ROLES, ROLE_ORDER, THEME_CODES
from extractors.tagging.windows import BUDGET, Piece, Window, pack

Progress = Callable[[int, int, float], None]
"""Called with the step, the number of steps and the loss."""


class Recipe(Record):
    """Every choice of a training run."""

    epochs: float = Field(default=4.0, gt=0)
    batch_tokens: int = Field(default=1024, ge=64)
    rate: float = Field(default=8e-4, description="Learning rate of the adapter.")
    head_rate: float = 5e-3
    rank: int = RANK
    frozen: int = FROZEN_LAYERS
    warm_up: float = 0.08
    decay: float = 0.01
    blanked: float = Field(default=0.05, description="Share of words hidden from the encoder.")
    smoothing: float = 0.05
    theme_share: float = Field(default=0.17, description="Weight of the themes' loss beside the roles'.")
    theme_lift: float = Field(default=3.0, description="Weight of a theme that is there over one that is not.")
    rarity: float = Field(default=0.33, description="Power by which rarer roles weigh more.")
    half: bool = Field(default=True, description="Forward passes in bfloat16, where the processor has it.")
    averaging: float = Field(default=0.95, description="Of the moving average of weights that is kept in the end.")
    later_epochs: float = Field(default=3.5, gt=0, description="Where there are further labels: passes over all.")
    later_rate: float = Field(default=1e-4, description="Learning rate of the encoder's own layers in those passes.")
    later_head_rate: float = 2e-3
    patience: int = Field(
        default=0,
        ge=0,
        description="Stop after so many epochs without a better loss on a tenth of the documents, set aside. 0: never.",
    )
    seed: int = 0

    def later(self) -> "Recipe":
        """The second part of a run, in which the further labels join and every weight of the layers learns."""
        return self.replaced(epochs=self.later_epochs, rate=self.later_rate, head_rate=self.later_head_rate)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Labels as numbers: windows are cut from it."""

    paragraphs: tuple[LabelledParagraph, ...]
    pieces: tuple[tuple[tuple[int, ...], ...], ...]
    headings: tuple[tuple[int, ...], ...]
    stretches: tuple[tuple[int, ...], ...]
    """Ordinals of paragraphs that stand together."""
    starts: tuple[int, ...]
    """Ordinal of each paragraph's first sentence."""
    roles: Tensor
    themes: Tensor
    judging: tuple[bool, ...]
    owners: tuple[int, ...]
    """Ordinal of each sentence's paragraph."""


def prepare(labels: Sequence[LabelledParagraph], tokens: Tokens) -> Corpus:
    """Tokenise *labels* once.

    Raises:
        BadRecord: there is nothing to learn from.
    """
    kept = tuple(paragraph for paragraph in labels if paragraph.sentences)
    if not kept:
        raise BadRecord("The labels hold no sentence.")
    pieces = tuple(tuple(tokens.pieces([p.text[s.start : s.end] for s in p.sentences])) for p in kept)
    titles = [useful_heading(p.heading) for p in kept]
    known = {title: tokens.pieces([title])[0] if title.strip() else () for title in set(titles)}
    starts = [0]
    for own in pieces:
        starts.append(starts[-1] + len(own))
    columns = {role: at for at, role in enumerate(ROLE_ORDER)}
    return Corpus(
        paragraphs=kept,
        pieces=pieces,
        headings=tuple(known[title] for title in titles),
        stretches=tuple(tuple(run) for run in runs([p.unlabelled() for p in kept])),
        starts=tuple(starts),
        roles=torch.tensor([columns[s.role] for p in kept for s in p.sentences]),
        themes=torch.tensor([[float(code in p.themes) for code in THEME_CODES] for p in kept]),
        judging=tuple(any(s.role in JUDGING_ROLES for s in p.sentences) for p in kept),
        owners=tuple(at for at, own in enumerate(pieces) for _ in own),
    )


def _cut(corpus: Corpus, stretch: Sequence[int], tokens: Tokens, budget: int, heading: tuple[int, ...]) -> list[Window]:
    pieces = [Piece(sentence, at) for at in stretch for sentence in corpus.pieces[at]]
    first = corpus.starts[stretch[0]]
    windows = pack(pieces, heading, tokens.marks, budget=budget, context=0)
    return [Window(w.tokens, tuple((s + first, start, end) for s, start, end in w.spans)) for w in windows]


def epoch_windows(corpus: Corpus, tokens: Tokens, chance: random.Random) -> Iterator[Window]:
    """Windows that hold every sentence once, cut anew at each call."""
    for stretch in corpus.stretches:
        heading = () if chance.random() < 0.15 else corpus.headings[stretch[0]]
        manner = chance.random()
        if manner < 0.12:
            parts = [stretch[at : at + 1] for at in range(len(stretch))]
        else:
            at = chance.randrange(len(stretch)) if chance.random() < 0.5 else 0
            parts = [part for part in (stretch[:at], stretch[at:]) if part]
        budget = BUDGET // 2 if manner > 0.85 else BUDGET
        for part in parts:
            yield from _cut(corpus, part, tokens, budget, heading)


def _role_weights(roles: Tensor, power: float) -> Tensor:
    counts = torch.bincount(roles, minlength=len(ROLE_ORDER)).clamp(min=1).float()
    weights = (counts.mean() / counts) ** power
    return weights / (weights * counts).sum() * counts.sum()


def set_aside(
    labels: Sequence[LabelledParagraph], share: int = 10
) -> tuple[list[LabelledParagraph], list[LabelledParagraph]]:
    """*labels* without every *share*-th document, and those documents; none is set aside where there are fewer."""
    aside = set(list(dict.fromkeys(p.document for p in labels))[share - 1 :: share])
    return [p for p in labels if p.document not in aside], [p for p in labels if p.document in aside]


def fresh_network(encoder: Any, tokens: Tokens, recipe: Recipe) -> Network:
    """A network that has learnt nothing yet, around the plain *encoder*, as *recipe*'s seed draws it."""
    torch.manual_seed(recipe.seed)
    network = Network(encoder, tokens)
    network.adapt(recipe.rank, recipe.frozen)
    return network


class Trainer:
    """One run: holds the network, the optimiser and the moving average."""

    def __init__(self, labels: Sequence[LabelledParagraph], tokens: Tokens, network: Network, recipe: Recipe) -> None:
        """Go on from *network*, with everything that is drawn drawn from *recipe*'s seed.

        Raises:
            BadRecord: the labels hold no sentence.
        """
        learnt, aside = set_aside(labels) if recipe.patience else (labels, [])
        corpus = prepare(learnt, tokens)
        self._aside = prepare(aside, tokens) if aside else None
        self._watched: list[float] = []
        self._chance = random.Random(recipe.seed)  # noqa: S311  shuffling, not secrets
        self._generator = torch.Generator().manual_seed(recipe.seed)
        self._corpus, self._tokens, self._recipe = corpus, tokens, recipe
        self.network = network
        heads = [*self.network.role.parameters(), *self.network.theme.parameters()]
        encoder: list[Tensor] = [p for p in self.network.encoder.parameters() if p.requires_grad]
        self._trained: list[Tensor] = [*encoder, *heads]
        self._average = [p.detach().clone() for p in self._trained]
        self._optimiser = torch.optim.AdamW(
            [{"params": encoder, "lr": recipe.rate}, {"params": heads, "lr": recipe.head_rate}],
            weight_decay=recipe.decay,
        )
        self._half = recipe.half and processor_has_bfloat16()
        self._weights = _role_weights(corpus.roles, recipe.rarity)

    def _epoch(self) -> list[list[Window]]:
        windows = list(epoch_windows(self._corpus, self._tokens, self._chance))
        self._chance.shuffle(windows)
        groups = [[windows[at] for at in batch] for batch in batches(windows, self._recipe.batch_tokens)]
        self._chance.shuffle(groups)
        return groups

    def run(self, on_progress: Progress | None = None, kept: Checkpoint | None = None) -> Network:
        """Train to the end and give back the averaged network.

        Args:
            on_progress: told of every step.
            kept: where to go on from, and where to note how far it has come.
        """
        groups = self._epoch()
        first, steps = 0, max(1, int(len(groups) * self._recipe.epochs))
        if kept is not None and (state := kept.load()) is not None:
            groups, first, steps = [], self._restore(state), state["steps"]
        self.network.train()
        for step in range(first, steps):
            groups = groups or self._epoch()
            self._set_rate(step, steps)
            loss = self._step(groups.pop())
            self._keep_average(step)
            if on_progress is not None:
                on_progress(step + 1, steps, loss)
            if not groups and step + 1 < steps:
                if self._enough():
                    break
                if kept is not None:
                    kept.save(self._state(step + 1, steps))
        if kept is not None:
            kept.save(self._state(steps, steps))
        self._use_average()
        return self.network.eval()

    def _use_average(self) -> None:
        with torch.no_grad():
            for parameter, average in zip(self._trained, self._average, strict=True):
                parameter.copy_(average)

    def _state(self, step: int, steps: int) -> dict[str, Any]:
        """Everything a run needs to go on as if it had not been broken."""
        return {
            "step": step,
            "steps": steps,
            "trained": [p.detach() for p in self._trained],
            "average": self._average,
            "optimiser": self._optimiser.state_dict(),
            "chance": self._chance.getstate(),
            "blanks": self._generator.get_state(),
            "dropout": torch.get_rng_state(),
            "watched": self._watched,
        }

    def _restore(self, state: dict[str, Any]) -> int:
        with torch.no_grad():
            for parameter, value in zip(self._trained, state["trained"], strict=True):
                parameter.copy_(value)
        self._average = state["average"]
        self._optimiser.load_state_dict(state["optimiser"])
        self._chance.setstate(state["chance"])
        self._generator.set_state(state["blanks"])
        torch.set_rng_state(state["dropout"])
        self._watched = state["watched"]
        return int(state["step"])

    def _enough(self) -> bool:
        """Whether the documents set aside have been read no better for as long as the recipe's patience."""
        if self._aside is None:
            return False
        self._watched.append(self._loss_aside(self._aside))
        best = self._watched.index(min(self._watched))
        return len(self._watched) - 1 - best >= self._recipe.patience

    @torch.no_grad()
    def _loss_aside(self, aside: Corpus) -> float:
        """Mean loss of the roles of *aside*, read by the averaged weights."""
        held = [p.detach().clone() for p in self._trained]
        self._use_average()
        self.network.eval()
        windows = [w for stretch in aside.stretches for w in _cut(aside, stretch, self._tokens, BUDGET, ())]
        total = count = 0.0
        for group in batches(windows, self._recipe.batch_tokens):
            batch = Batch([windows[at] for at in group], aside.owners)
            roles, _ = self.network(batch)
            total += float(functional.cross_entropy(roles, aside.roles[batch.sentences], reduction="sum"))
            count += len(batch.sentences)
        for parameter, value in zip(self._trained, held, strict=True):
            parameter.copy_(value)
        self.network.train()
        return total / max(1.0, count)

    def _set_rate(self, step: int, steps: int) -> None:
        warm = max(1, int(steps * self._recipe.warm_up))
        factor = min(1.0, (step + 1) / warm) * (steps - step) / steps
        for group, rate in zip(self._optimiser.param_groups, (self._recipe.rate, self._recipe.head_rate), strict=True):
            group["lr"] = rate * factor

    def _step(self, windows: Sequence[Window]) -> float:
        batch = Batch(windows, self._corpus.owners)
        batch.blank_words(self._recipe.blanked, self._tokens.mask, self._generator)
        loss = self._loss(batch)
        self._optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._trained, 1.0)
        self._optimiser.step()
        return float(loss.detach())

    def _loss(self, batch: Batch) -> Tensor:
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._half):
            roles, themes = self.network(batch)
        roles, themes = roles.float(), themes.float()
        loss = functional.cross_entropy(
            roles,
            self._corpus.roles[batch.sentences],
            weight=self._weights,
            label_smoothing=self._recipe.smoothing,
        )
        # Themes are labelled only where something is judged or demanded; elsewhere absence says nothing.
        rows = [row for row, paragraph in enumerate(batch.paragraphs) if self._corpus.judging[paragraph]]
        if not rows:
            return loss
        truth = self._corpus.themes[[batch.paragraphs[row] for row in rows]]
        lift = torch.full((len(THEME_CODES),), self._recipe.theme_lift)
        missed = functional.binary_cross_entropy_with_logits(themes[rows], truth, pos_weight=lift, reduction="sum")
        return loss + self._recipe.theme_share * missed / len(rows)

    @torch.no_grad()
    def _keep_average(self, step: int) -> None:
        kept = min(self._recipe.averaging, (1 + step) / (10 + step))
        for average, parameter in zip(self._average, self._trained, strict=True):
            average.mul_(kept).add_(parameter.detach(), alpha=1 - kept)
