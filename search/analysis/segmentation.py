"""Where the compounds of a text are, in a form that can be remembered: segmenting is most of an analysis."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

TokenSpan = tuple[int, int]
"""The index of a compound's first token among those of its text, and how many tokens it has."""

_FURTHEST = 255


class Segmentations(Protocol):
    """Remembers packed runs by key."""

    def get(self, key: bytes) -> bytes | None:
        """What was put under a key, unless it has been forgotten."""

    def put(self, key: bytes, runs: bytes) -> None:
        """Remember."""


def pack(runs: Sequence[TokenSpan]) -> bytes:
    """Two bytes a run, ascending: the distance from the run before, the tokens. `(255, 0)` only moves on."""
    pairs = bytearray()
    previous = 0
    for start, count in runs:
        steps, rest = divmod(start - previous, _FURTHEST)
        pairs += bytes((_FURTHEST, 0)) * steps + bytes((rest, count))
        previous = start
    return bytes(pairs)


def unpack(packed: bytes) -> Sequence[TokenSpan]:
    """The runs that were packed."""
    pairs = np.frombuffer(packed, np.uint8).reshape(-1, 2)
    starts = np.cumsum(pairs[:, 0], dtype=np.int64)
    filled = pairs[:, 1] > 0
    return list(zip(starts[filled].tolist(), pairs[filled, 1].tolist(), strict=True))
