"""The committed graph as OpenVINO runs it: its int8 weights, with activations in the processor's best float.

OpenVINO knows no QAttention and quantises nothing on the way, so three operators are read as what they stand for.
"""

# openvino types its calls in part; nothing of it leaves this module but the model that was made.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false, reportAttributeAccessIssue=false
# pyright: reportMissingImports=false, reportUnknownParameterType=false

from pathlib import Path
from typing import Any

import numpy as np


def compiled(path: Path, threads: int) -> Any:
    """The graph at *path*, ready to be called with token ids and their mask.

    Args:
        path: the int8 graph.
        threads: to run on; 0 leaves that to OpenVINO.
    """
    import openvino
    from openvino.frontend.onnx import ConversionExtension

    core: Any = openvino.Core()
    core.add_extension(ConversionExtension("DynamicQuantizeLinear", _unquantised))
    core.add_extension(ConversionExtension("MatMulInteger", _product))
    core.add_extension(ConversionExtension("QAttention", "com.microsoft", _attention))
    options = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": threads}
    return core.compile_model(core.read_model(str(path)), "CPU", options)


def _operators() -> Any:
    from openvino import opset13

    return opset13


def _unquantised(node: Any) -> list[Any]:
    """Activations as they are, of scale 1."""
    operators = _operators()
    scale, zero = operators.constant(np.float32(1)), operators.constant(np.uint8(0))
    return [node.get_input(0), scale.output(0), zero.output(0)]


def _product(node: Any) -> list[Any]:
    """A product in float; the graph itself multiplies it by the weights' scale."""
    operators = _operators()
    weights = operators.convert(node.get_input(1), "f32")
    return operators.matmul(node.get_input(0), weights, False, False).outputs()


def _attention(node: Any) -> list[Any]:
    """Self-attention from one matrix that holds query, key and value side by side."""
    operators = _operators()
    heads = int(node.get_attribute("num_heads"))
    value, weights, bias, _, scale, mask = (node.get_input(place) for place in range(6))
    joined = operators.matmul(value, operators.multiply(operators.convert(weights, "f32"), scale), False, False)
    joined = operators.add(joined, bias)
    width = joined.get_output_partial_shape(0)[2].get_length() // 3
    split = operators.reshape(joined, np.array([0, 0, 3, heads, width // heads]), True)
    split = operators.transpose(split, np.array([2, 0, 3, 1, 4]))
    query, key, told = (operators.gather(split, np.int64(part), np.int64(0)) for part in range(3))
    seen = operators.unsqueeze(operators.convert(mask, "boolean"), np.array([1, 2]))
    mixed = operators.scaled_dot_product_attention(query, key, told, seen)
    back = operators.transpose(mixed, np.array([0, 2, 1, 3]))
    return operators.reshape(back, np.array([0, 0, width]), True).outputs()
