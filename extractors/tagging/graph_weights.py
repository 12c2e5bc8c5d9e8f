"""The int8 graph read back as an encoder in torch: what runs there are the very weights that ship."""

# onnx and transformers type their calls in part; what comes out of them is narrowed where it enters a record.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnnecessaryCast=false

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np

from extractors.errors import ModelError
from extractors.tagging.export import EPSILON, PLACES, QKV, WIDE, WORDS
from extractors.tagging.heads import Floats

_LAYER = "encoder.layer."


class _Weights:
    """The constants of a graph, in float."""

    def __init__(self, graph: Any) -> None:
        from onnx import numpy_helper

        self._stored = {one.name: numpy_helper.to_array(one) for one in graph.initializer}

    def __getitem__(self, name: str) -> Floats:
        """A constant as it was written, or as its int8 stands for: (stored - zero point) x scale, by column."""
        if name in self._stored:
            return self._stored[name].astype(np.float32)
        stored, zero = (self._stored[f"{name}_{part}"].astype(np.float32) for part in ("quantized", "zero_point"))
        return (stored - zero) * self._stored[f"{name}_scale"]

    @property
    def layers(self) -> int:
        """How many layers there are."""
        return len({name.split(".")[2] for name in self._stored if name.startswith(_LAYER)})


def _named(weights: _Weights) -> Iterator[tuple[str, Floats]]:
    """Every weight by BERT's name for it; the inverse of ``export.graph_of``."""
    yield "embeddings.word_embeddings.weight", weights[WORDS]
    places = weights[PLACES]
    yield "embeddings.position_embeddings.weight", places
    # The places hold the vector of the one type of token.
    yield "embeddings.token_type_embeddings.weight", np.zeros((2, places.shape[1]), dtype=np.float32)
    for part in ("weight", "bias"):
        yield f"embeddings.LayerNorm.{part}", weights[f"embeddings.LayerNorm.{part}"]
    for number in range(weights.layers):
        yield from _layer(weights, f"{_LAYER}{number}")


def _layer(weights: _Weights, name: str) -> Iterator[tuple[str, Floats]]:
    joined = zip(np.split(weights[f"{name}.{QKV}"], 3, axis=1), np.split(weights[f"{name}.{QKV}.bias"], 3), strict=True)
    for part, (weight, bias) in zip(("query", "key", "value"), joined, strict=True):
        yield f"{name}.attention.self.{part}.weight", weight.T
        yield f"{name}.attention.self.{part}.bias", bias
    yield f"{name}.intermediate.dense.weight", weights[f"{name}.{WIDE}.weight"].T
    yield f"{name}.intermediate.dense.bias", weights[f"{name}.{WIDE}.bias"]
    for block in ("attention.output", "output"):
        yield f"{name}.{block}.dense.weight", weights[f"{name}.{block}.weight"].T
        yield f"{name}.{block}.dense.bias", weights[f"{name}.{block}.bias"]
        for part in ("weight", "bias"):
            yield f"{name}.{block}.LayerNorm.{part}", weights[f"{name}.{block}.norm.{part}"]


def _config(state: dict[str, Floats], layers: int, heads: int) -> Any:
    from transformers import BertConfig

    vocabulary, width = state["embeddings.word_embeddings.weight"].shape
    return BertConfig(
        vocab_size=vocabulary,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=len(state[f"{_LAYER}0.intermediate.dense.bias"]),
        max_position_embeddings=len(state["embeddings.position_embeddings.weight"]),
        layer_norm_eps=EPSILON,
    )


def encoder_of(path: Path) -> Any:
    """The encoder whose weights the graph at *path* holds.

    Raises:
        ModelError: the file is no graph that ``export.py`` wrote.
    """
    import onnx
    import torch
    from transformers import BertModel

    try:
        graph = onnx.load(str(path)).graph
        weights = _Weights(graph)
        heads = next(a.i for node in graph.node for a in node.attribute if a.name == "num_heads")
        state = dict(_named(weights))
        encoder = cast("Any", BertModel)(_config(state, weights.layers, heads), add_pooling_layer=False)
        encoder.load_state_dict({name: torch.tensor(value) for name, value in state.items()})
    except Exception as error:  # onnx raises its own kinds, and a strange graph lacks names or has other shapes
        raise ModelError(f"{path} cannot be read as a model graph.") from error
    return encoder
