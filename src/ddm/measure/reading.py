"""Crops of set lines -> the text a recogniser reads in them (PP-OCR's recognition network, carried by rapidocr).

Text detection is left out on purpose: where copy was set is known, so only the reading is judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import cv2
import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from ddm.errors import Missing

HEIGHT = 48
"""Rows the network was trained on; crops are scaled to it, small type upwards."""
MIN_WIDTH, MAX_WIDTH = 32, 1600
"""Columns fed at most: a line of about 130 characters; longer ones are squeezed."""
_MODEL = "models/PP-OCRv6_rec_small.onnx"
_THREADS = 1
"""One thread a reader: many creatives are judged side by side, a core each."""


class Reader:
    """Reads one line a crop. alphabet: the characters it can know."""

    def __init__(self, session: ort.InferenceSession) -> None:
        self._session = session
        self._input = session.get_inputs()[0].name
        letters = session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._letters = ["", *letters, " "]
        self.alphabet = frozenset(letters)

    def read(self, crops: Sequence[npt.NDArray[np.uint8]], width: float = 1.0) -> list[str]:
        """The text of each crop, uint8 (h, w, 3) sRGB, one upright line in each; one by one, so no width is wasted.

        width: crops are squeezed to this part of their width; time falls with it.
        """
        return [self._decode(self._session.run(None, {self._input: _tensor(crop, width)})[0][0]) for crop in crops]

    def _decode(self, scores: npt.NDArray[np.float32]) -> str:
        """Connectionist temporal classification, greedily: repeats merged, blanks (class 0) dropped."""
        best = scores.argmax(axis=1)
        kept = best[np.flatnonzero(np.diff(best, prepend=-1))]
        return "".join(self._letters[index] for index in kept)


def _tensor(crop: npt.NDArray[np.uint8], squeeze: float) -> npt.NDArray[np.float32]:
    """float32 (1, 3, HEIGHT, w), BGR, -1..1."""
    height, width = crop.shape[:2]
    columns = int(np.clip(round(squeeze * width * HEIGHT / height), MIN_WIDTH, MAX_WIDTH))
    way = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_CUBIC
    scaled = cv2.resize(crop, (columns, HEIGHT), interpolation=way)
    return np.ascontiguousarray(scaled[:, :, ::-1].transpose(2, 0, 1)[None], np.float32) / 127.5 - 1


@cache
def reader() -> Reader:
    """The recogniser, loaded once in a process. Raises Missing where the package came without its models."""
    path = files("rapidocr").joinpath(_MODEL)
    if not path.is_file():
        raise Missing("the text recogniser's model is not installed", str(path), "pip install rapidocr==3.10.0")
    options = ort.SessionOptions()
    options.intra_op_num_threads = _THREADS
    options.log_severity_level = 3
    return Reader(ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"]))
