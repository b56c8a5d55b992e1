"""What Vietnamese and French generally look like: counts of spellings and of pairs, shipped with the code.

A small index knows too little about how accents are usually read. `python -m benchmarks.background`
makes the file and says from what. The larger an index grows, the less the background weighs.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PATH = Path(__file__).parent / "data" / "background.npz"


@dataclass(frozen=True)
class Background:
    """`words` are sorted, with their `counts`; `pairs` are `left << 32 | right` by their places in `words`,
    ascending, with `pair_counts`. `total` counts all tokens that were read."""

    words: tuple[str, ...]
    counts: NDArray[np.uint32]
    pairs: NDArray[np.uint64]
    pair_counts: NDArray[np.uint32]
    total: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", {word: place for place, word in enumerate(self.words)})

    def place(self, word: str) -> int:
        """The place of a word, -1 when it is not known."""
        places: dict[str, int] = self._places  # type: ignore[attr-defined]
        return places.get(word, -1)

    def count(self, word: str) -> int:
        """How often a spelling occurs."""
        place = self.place(word)
        return int(self.counts[place]) if place >= 0 else 0

    def together(self, lefts: list[int], rights: list[int]) -> NDArray[np.float64]:
        """How often each left word stands before each right one, by place: one row a left word."""
        if not len(self.pairs):
            return np.zeros((len(lefts), len(rights)))
        left = np.array(lefts, np.int64)[:, None]
        right = np.array(rights, np.int64)[None, :]
        keys = (np.maximum(left, 0) << 32 | np.maximum(right, 0)).astype(np.uint64)
        at = np.searchsorted(self.pairs, keys)
        at[at == len(self.pairs)] = 0
        found = (self.pairs[at] == keys) & (left >= 0) & (right >= 0)
        return np.where(found, self.pair_counts[at], 0).astype(np.float64)


def write(model: Background, path: Path) -> None:
    """Write a model, compressed; differences of neighbouring pairs compress to a third."""
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        path,
        words=np.frombuffer("\n".join(model.words).encode(), np.uint8),
        counts=model.counts,
        pairs=np.diff(model.pairs, prepend=np.uint64(0)),
        pair_counts=model.pair_counts,
        total=np.array([model.total]),
    )


@cache
def load() -> Background:
    """The model that is shipped."""
    with np.load(PATH, allow_pickle=False) as arrays:
        return Background(
            words=tuple(arrays["words"].tobytes().decode().split("\n")),
            counts=arrays["counts"],
            pairs=np.cumsum(arrays["pairs"], dtype=np.uint64),
            pair_counts=arrays["pair_counts"],
            total=int(arrays["total"][0]),
        )
