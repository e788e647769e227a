"""Opening of ONNX graphs: the one file that imports ONNX Runtime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from .errors import ModelError


class Session:
    """One graph, ready to run.

    With ``brief`` the weights stay in their stored form, which loads several times faster and runs small
    batches at half the speed.

    Raises:
        ModelError: the file cannot be loaded.
    """

    def __init__(self, path: Path, *, threads: int | None = None, brief: bool = False) -> None:
        import onnxruntime

        self._path = path
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or 0
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Waiting threads must not burn the cores that the rest of the check needs.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # The shape of every batch differs, so patterns of memory use would never be met again.
        options.enable_mem_pattern = False
        if brief:
            # Folding turns the int8 weights into floats once, for all runs: most of the loading time.
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        try:
            self._session: Any = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # ONNX Runtime has no error class of its own that is public
            raise broken_model(path.parent, f"{path.name} cannot be loaded ({first_line(error)})") from error
        self.inputs = frozenset(str(node.name) for node in self._session.get_inputs())
        self.outputs = frozenset(str(node.name) for node in self._session.get_outputs())

    def run(
        self, outputs: Sequence[str], given: Mapping[str, npt.NDArray[Any]]
    ) -> list[npt.NDArray[np.float32]]:
        """The outputs asked for, in this order.

        Raises:
            ModelError: the graph does not fit the inputs.
        """
        try:
            found = self._session.run(list(outputs), dict(given))
        except Exception as error:  # see above
            raise broken_model(self._path.parent, f"its graph cannot run ({first_line(error)})") from error
        return cast("list[npt.NDArray[np.float32]]", found)


def first_line(error: Exception) -> str:
    """What an error of a library says, short enough for a message."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def broken_model(folder: Path, what: str) -> ModelError:
    """The error for a model folder that cannot be used."""
    return ModelError(
        f"the model in {folder} cannot be used: {what}",
        "install misquote again, or name another model with --model",
        path=str(folder),
    )
