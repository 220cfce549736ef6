"""Texts in one array of bytes, to be mapped: each ends with a byte that no UTF-8 holds, and so none runs on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import numpy as np

from graph_data.core.arrays import Array

_END = b"\xff"


class Texts:
    """Texts by their ordinals."""

    __slots__ = ("_bytes", "_stops")

    def __init__(self, arrays: Mapping[str, Array], name: str) -> None:
        """Raises KeyError where the arrays hold no texts of this name."""
        self._bytes, self._stops = arrays[f"{name}.texts"], arrays[f"{name}.stops"]

    def __len__(self) -> int:
        return len(self._stops)

    def __getitem__(self, ordinal: int) -> str:
        start = int(self._stops[ordinal - 1]) if ordinal else 0
        return self._bytes[start : int(self._stops[ordinal]) - 1].tobytes().decode()

    def containing(self, part: str) -> Array:
        """Which of the texts hold a part, as a mask."""
        if not part:
            return np.ones(len(self), dtype=np.bool_)
        found = np.zeros(len(self), dtype=np.bool_)
        wanted = re.compile(re.escape(part.encode(errors="surrogatepass")))
        places = [match.start() for match in wanted.finditer(self._bytes.data)]
        found[np.searchsorted(self._stops, places, side="right")] = True
        return found


def text_arrays(name: str, texts: Iterable[str]) -> dict[str, Array]:
    """What `Texts` opens."""
    encoded = [text.encode() + _END for text in texts]
    stops = np.cumsum(np.array([len(each) for each in encoded], dtype=np.int64))
    return {f"{name}.texts": np.frombuffer(b"".join(encoded), np.uint8), f"{name}.stops": stops}
