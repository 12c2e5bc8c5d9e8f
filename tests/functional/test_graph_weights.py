"""The graph that ships and the encoder that torch runs are the same numbers."""

from copy import deepcopy

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch reads the graph with findingaid[torch]")

import torch
from transformers import BertConfig, BertModel

from extractors.errors import ModelError
from extractors.tagging.export import export_int8
from extractors.tagging.graph_weights import encoder_of
from extractors.tagging.runtimes import ENCODER_FILE, OnnxRuntime, RuntimeName, TorchRuntime, make_runtime

IDS = np.array([[2, 5, 9, 7, 3], [2, 40, 3, 0, 0]])
MASK = (IDS > 0).astype(np.int64)


@pytest.fixture(scope="module")
def encoder():
    torch.manual_seed(1)
    sizes = {"num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64, "max_position_embeddings": 16}
    config = BertConfig(vocab_size=50, hidden_size=32, layer_norm_eps=1e-12, **sizes)
    return BertModel(config, add_pooling_layer=False).eval()


@pytest.fixture(scope="module")
def graph(encoder, tmp_path_factory):
    path = tmp_path_factory.mktemp("model") / ENCODER_FILE
    export_int8(encoder, path)
    return path


def test_what_is_read_back_is_what_was_written(encoder, graph):
    """Every weight comes back to within a step of its int8, under its own name."""
    back, written = encoder_of(graph).state_dict(), encoder.state_dict()
    assert set(back) == set(written)
    types = "embeddings.token_type_embeddings.weight"
    written["embeddings.position_embeddings.weight"] = (
        written["embeddings.position_embeddings.weight"] + written[types][0]
    )
    for name in set(back) - {types}:
        assert torch.allclose(back[name], written[name], atol=2e-3), name


def test_both_runtimes_give_the_same_vectors(encoder, graph):
    """Torch with the weights read back, and onnxruntime with the graph, agree wherever there is a token."""
    by_torch = make_runtime(RuntimeName.TORCH, graph.parent).hidden(IDS, MASK)[MASK > 0]
    by_graph = OnnxRuntime(graph).hidden(IDS, MASK)[MASK > 0]
    plain = TorchRuntime(deepcopy(encoder)).hidden(IDS, MASK)[MASK > 0]
    for other in (by_torch, plain):
        likeness = (by_graph * other).sum(1) / np.linalg.norm(by_graph, axis=1) / np.linalg.norm(other, axis=1)
        assert likeness.min() > 0.99


@pytest.mark.parametrize("content", [b"", b"no graph", b"\x08\x08"])
def test_a_file_that_is_no_graph_is_refused(content, tmp_path):
    """The error names the file; what onnx says of it is not shown."""
    path = tmp_path / ENCODER_FILE
    path.write_bytes(content)
    with pytest.raises(ModelError, match=ENCODER_FILE):
        encoder_of(path)
