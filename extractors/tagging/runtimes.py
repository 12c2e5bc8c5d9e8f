"""One model, three ways: onnxruntime with int8 weights (the default), the same weights by torch, OpenVINO."""

from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from extractors.errors import ModelError
from extractors.tagging.heads import Floats

Tokens = NDArray[np.int64]
ENCODER_FILE = "encoder.onnx"


class RuntimeName(StrEnum):
    """What runs the encoder."""

    ONNX = "onnx"
    TORCH = "torch"
    OPENVINO = "openvino"


class Runtime(Protocol):
    """Anything that turns token ids into vectors."""

    def hidden(self, tokens: Tokens, mask: Tokens) -> Floats:
        """The last layer: windows by tokens by vector."""
        ...


class OnnxRuntime:
    """The int8 encoder on the CPU."""

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


class OpenVinoRuntime:
    """The same graph by OpenVINO: int8 weights, activations in bfloat16 where the processor has it."""

    def __init__(self, path: Path, threads: int = 0) -> None:
        """Compile the graph at *path*.

        Raises:
            ModelError: OpenVINO is not installed, or the graph cannot be loaded.
        """
        try:
            from extractors.tagging.openvino_graph import compiled

            self._model: Any = compiled(path, threads)
        except ImportError:
            raise ModelError("OpenVINO is not installed.", mend="Install findingaid[openvino].") from None
        except RuntimeError as error:  # what openvino raises for a file it cannot read or convert
            raise ModelError(f"{path} cannot be loaded as a model graph.") from error

    def hidden(self, tokens: Tokens, mask: Tokens) -> Floats:
        """The last layer: windows by tokens by vector."""
        return np.asarray(self._model({"input_ids": tokens, "attention_mask": mask})[0], dtype=np.float32)


class TorchRuntime:
    """An encoder in memory, on a GPU where there is one, in bfloat16 where the processor has it."""

    def __init__(self, encoder: Any) -> None:
        """Take *encoder*, moved and made smaller as the machine allows."""
        import torch

        self._torch = torch
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._encoder: Any = encoder.to(self._device, dtype=_dtype(torch)).eval()

    def hidden(self, tokens: Tokens, mask: Tokens) -> Floats:
        """The last layer: windows by tokens by vector."""
        torch = self._torch
        with torch.inference_mode():
            ids, seen = torch.from_numpy(tokens).to(self._device), torch.from_numpy(mask).to(self._device)
            return self._encoder(input_ids=ids, attention_mask=seen).last_hidden_state.float().cpu().numpy()


def _dtype(torch: Any) -> Any:
    """bfloat16 where it is computed, not emulated."""
    gpu = torch.cuda.is_available()
    fast = torch.cuda.is_bf16_supported(including_emulation=False) if gpu else processor_has_bfloat16()
    return torch.bfloat16 if fast else torch.float32


def processor_has_bfloat16() -> bool:
    """Whether the processor computes in bfloat16; where it emulates it, float is several times faster."""
    import torch

    # torch tells what the processor has by these alone; a torch without them gets float.
    known = [getattr(torch.cpu, f"_is_{name}_supported", None) for name in ("avx512_bf16", "amx_tile")]
    return any(has() for has in known if has is not None)


def make_runtime(name: RuntimeName, folder: Path) -> Runtime:
    """The encoder of the model in *folder*, run by *name*.

    Raises:
        ModelError: what it needs is not installed, or the model does not load.
    """
    if name is RuntimeName.OPENVINO:
        return OpenVinoRuntime(folder / ENCODER_FILE)
    if name is RuntimeName.TORCH:
        try:
            from extractors.tagging.graph_weights import encoder_of

            return TorchRuntime(encoder_of(folder / ENCODER_FILE))
        except ImportError:
            raise ModelError("torch is not installed.", mend="Install findingaid[torch].") from None
    return OnnxRuntime(folder / ENCODER_FILE)
