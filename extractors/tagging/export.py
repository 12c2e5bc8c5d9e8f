"""The merged encoder as an int8 graph for onnxruntime.

The graph is written by hand from onnxruntime's own fused operators, because a traced one
keeps dozens of small operators per layer that the runtime cannot put together again.
"""

# onnx type their calls in part; what comes out of them is narrowed where it enters a record.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnnecessaryCast=false

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import numpy as np

from extractors.tagging.heads import Floats

_CONTRIB = "com.microsoft"
EPSILON = 1e-12
"""Of BERT's layer norms."""
# Names of constants that ``graph_weights.py`` reads back.
WORDS, PLACES, QKV, WIDE = "words", "places", "qkv", "wide"


class _Graph:
    """Nodes and weights while they are put together."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def add(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        """Add a node and give back its output's name."""
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def weight(self, name: str, value: Any) -> str:
        """Add a constant and give back its name."""
        from onnx import numpy_helper

        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name


def _linear(state: dict[str, Floats], name: str) -> tuple[Floats, Floats]:
    """Weight, inputs first, and bias of a linear layer."""
    return state[f"{name}.weight"].T, state[f"{name}.bias"]


def _embedding(graph: _Graph, state: dict[str, Floats]) -> str:
    words = graph.weight(WORDS, state["embeddings.word_embeddings.weight"])
    # Every token is of the first type, so its vector is part of the position's.
    places = state["embeddings.position_embeddings.weight"] + state["embeddings.token_type_embeddings.weight"][0]
    size = graph.add("Shape", ["input_ids"], "shape")
    length = graph.add("Gather", [size, graph.weight("one", np.array([1]))], "length")
    first = graph.weight("zero", np.array([0]))
    places_used = graph.add("Slice", [graph.weight(PLACES, places), first, length, first], "places_used")
    summed = graph.add("Add", [graph.add("Gather", [words, "input_ids"], "word"), places_used], "embedded")
    return _normed(graph, state, "embeddings.LayerNorm", summed)


def _normed(graph: _Graph, state: dict[str, Floats], name: str, value: str) -> str:
    scale = graph.weight(f"{name}.weight", state[f"{name}.weight"])
    shift = graph.weight(f"{name}.bias", state[f"{name}.bias"])
    return graph.add("LayerNormalization", [value, scale, shift], f"{name}.out", axis=-1, epsilon=EPSILON)


def _joined(graph: _Graph, state: dict[str, Floats], layer: str, value: str, beside: str) -> str:
    """A linear layer, what it is added to, and the norm over both."""
    weight, bias = _linear(state, f"{layer}.dense")
    product = graph.add("MatMul", [value, graph.weight(f"{layer}.weight", weight)], f"{layer}.product")
    norm = [graph.weight(f"{layer}.norm.{part}", state[f"{layer}.LayerNorm.{part}"]) for part in ("weight", "bias")]
    inputs = [product, beside, *norm, graph.weight(f"{layer}.bias", bias)]
    return graph.add("SkipLayerNormalization", inputs, f"{layer}.out", _CONTRIB, epsilon=EPSILON)


def _layer(graph: _Graph, state: dict[str, Floats], number: int, value: str, heads: int) -> str:
    name = f"encoder.layer.{number}"
    parts = [_linear(state, f"{name}.attention.self.{part}") for part in ("query", "key", "value")]
    weight = graph.weight(f"{name}.{QKV}", np.concatenate([w for w, _ in parts], axis=1))
    bias = graph.weight(f"{name}.{QKV}.bias", np.concatenate([b for _, b in parts]))
    seen = graph.add("Attention", [value, weight, bias, "mask"], f"{name}.seen", _CONTRIB, num_heads=heads)
    attended = _joined(graph, state, f"{name}.attention.output", seen, value)
    weight_up, bias_up = _linear(state, f"{name}.intermediate.dense")
    wide = graph.add("MatMul", [attended, graph.weight(f"{name}.{WIDE}.weight", weight_up)], f"{name}.wide")
    active = graph.add("BiasGelu", [wide, graph.weight(f"{name}.{WIDE}.bias", bias_up)], f"{name}.active", _CONTRIB)
    return _joined(graph, state, f"{name}.output", active, attended)


def graph_of(encoder: Any) -> Any:
    """The ONNX model of *encoder*: token ids and their mask in, the last layer out."""
    from onnx import TensorProto, helper

    state = {name: tensor.detach().cpu().float().numpy() for name, tensor in encoder.state_dict().items()}
    graph = _Graph()
    value = _embedding(graph, state)
    graph.add("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
    for number in range(encoder.config.num_hidden_layers):
        value = _layer(graph, state, number, value, encoder.config.num_attention_heads)
    graph.add("Identity", [value], "hidden")
    axes = ["windows", "tokens"]
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, axes) for n in ("input_ids", "attention_mask")]
    output = helper.make_tensor_value_info("hidden", TensorProto.FLOAT, [*axes, encoder.config.hidden_size])
    made = helper.make_graph(graph.nodes, "encoder", inputs, [output], graph.weights)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_CONTRIB, 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=8)


def export_int8(encoder: Any, path: Path) -> None:
    """Write *encoder* to *path*, its weights as int8 per channel.

    Dynamic quantisation by onnxruntime; torch's own damages this encoder.
    """
    import onnx
    from onnxruntime import quantization

    with TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        onnx.save(graph_of(encoder), str(plain))
        # Shapes cannot be inferred through the fused operators; all that is not int8 is float.
        options = {"DefaultTensorType": onnx.TensorProto.FLOAT}
        cast("Any", quantization).quantize_dynamic(
            str(plain),
            str(path),
            per_channel=True,
            weight_type=quantization.QuantType.QInt8,
            extra_options=options,
        )
