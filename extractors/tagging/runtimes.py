"""The encoder in two forms: onnxruntime with int8 weights (the default), and torch with the adapter."""

from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from extractors.errors import ModelError
from extractors.tagging.heads import Floats

Tokens = NDArray[np.int64]
ENCODER_FILE = "encoder.onnx"
ADAPTER_FILE = "adapter.safetensors"


class Runtime(Protocol):
    """Anything that turns token ids into vectors."""

    def hidden(self, tokens: Tokens, mask: Tokens) -> Floats:
        """The last layer: windows by tokens by vector."""
        ...


class OnnxRuntime:
    """The merged int8 encoder on the CPU."""

    def __init__(self, path: Path, threads: int = 0) -> None:
        """Load the graph; 0 *threads* means one per core."""
        import onnxruntime

        options = cast("Any", onnxruntime).SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        # Tagging is a burst between other work: spinning threads would hold the cores of a shared machine.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session: Any = cast("Any", onnxruntime).InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime raises its own kinds, all of which mean this
            raise ModelError(f"{path} cannot be loaded as a model graph.") from error

    def hidden(self, tokens: Tokens, mask: Tokens) -> Floats:
        """The last layer: windows by tokens by vector."""
        return self._session.run(None, {"input_ids": tokens, "attention_mask": mask})[0]


class TorchRuntime:
    """An encoder in memory, on a GPU where there is one."""

    def __init__(self, encoder: Any) -> None:
        """Take *encoder* as it is."""
        import torch

        self._torch = torch
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._encoder: Any = encoder.to(self._device).eval()

    def hidden(self, tokens: Tokens, mask: Tokens) -> Floats:
        """The last layer: windows by tokens by vector."""
        torch = self._torch
        with torch.inference_mode():
            ids, seen = torch.from_numpy(tokens).to(self._device), torch.from_numpy(mask).to(self._device)
            return self._encoder(input_ids=ids, attention_mask=seen).last_hidden_state.float().cpu().numpy()


def torch_runtime(folder: Path, weights: Path) -> TorchRuntime:
    """The plain encoder in *weights* with the adapter that lies in *folder*."""
    from extractors.tagging.network import load_merged

    return TorchRuntime(load_merged(weights, folder / ADAPTER_FILE))
