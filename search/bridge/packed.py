"""Many short texts in little room: a lexicon of half a million expressions is to fit beside an index.

A Python string costs 60 bytes and an entry of a dict 100; an expression of either language has 15 letters.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import overload

import numpy as np
from numpy.typing import NDArray


class Texts(Sequence[str]):
    """Texts in UTF-8, one behind the other. `_ends`: uint32, one more than there are texts, the first 0."""

    def __init__(self, texts: Iterable[str]) -> None:
        encoded = [text.encode() for text in texts]
        self._ends = np.fromiter(accumulate(map(len, encoded), initial=0), np.uint32, len(encoded) + 1)
        self._bytes = b"".join(encoded)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self._bytes[self._ends[place] : self._ends[place + 1]].decode()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[str]:
        ends = self._ends.tolist()
        return (self._bytes[one:other].decode() for one, other in pairwise(ends))


class Places:
    """Where each of some keys stands among them, by its hash: 12 bytes a key, and the keys themselves."""

    def __init__(self, keys: Texts) -> None:
        """An empty key is none."""
        # 64 bits: of a million keys no two share a hash, and `of` looks at the key itself
        hashes = np.fromiter(map(hash, keys), np.int64, len(keys))
        # stable: the places of one key stay in order
        order = np.argsort(hashes, kind="stable").astype(np.uint32)
        self._keys = keys
        self._order: NDArray[np.uint32] = order
        self._hashes: NDArray[np.int64] = hashes[order]

    def of(self, key: str) -> list[int]:
        """The places of a key, in order; none of one that is not there."""
        if not key:
            return []
        first = int(np.searchsorted(self._hashes, hash(key)))
        last = int(np.searchsorted(self._hashes, hash(key), side="right"))
        return [place for place in self._order[first:last].tolist() if self._keys[place] == key]

    def firsts(self) -> NDArray[np.uint32]:
        """The first place of each key, in order, uint32."""
        hashes, first = np.unique(self._hashes, return_index=True)
        return np.sort(self._order[first[hashes != hash("")]])
