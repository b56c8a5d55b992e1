"""Many short texts in little room.

A Python string costs 60 bytes and an entry of a dict 100; an expression of either language has 15 letters.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray


class Texts:
    """Texts in UTF-8, one behind the other. `_ends`: unsigned, one more than there are texts, the first 0."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        # arrays of the standard library give single values and are searched several times as fast as NumPy's
        self._ends = array("I", [0])
        self._bytes = bytearray()
        self.add(texts)

    def add(self, texts: Iterable[str]) -> None:
        """Put more texts behind them; whoever makes them does, nobody else."""
        encoded = [text.encode() for text in texts]
        last = self._ends.pop()
        self._ends.extend(accumulate(map(len, encoded), initial=last))
        self._bytes += b"".join(encoded)

    def __getitem__(self, place: int) -> str:
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self._bytes[self._ends[place] : self._ends[place + 1]].decode()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[str]:
        return (self._bytes[one:other].decode() for one, other in pairwise(self._ends))


class Places:
    """Where each of some keys stands among them, by its hash: 12 bytes a key, and the keys themselves."""

    def __init__(self, keys: Texts) -> None:
        """An empty key is none."""
        hashes = np.fromiter(map(hash, keys), np.int64, len(keys))
        # stable: the places of one key stay in order
        order = np.argsort(hashes, kind="stable")
        self._keys = keys
        self._order = array("I", order.astype(np.uintc).tobytes())
        self._hashes = array("q", hashes[order].tobytes())

    def of(self, key: str) -> list[int]:
        """The places of a key, in order; none of one that is not there."""
        if not key:
            return []
        wanted = hash(key)
        first = bisect_left(self._hashes, wanted)
        last = bisect_right(self._hashes, wanted, first)
        return [place for place in self._order[first:last] if self._keys[place] == key]

    def firsts(self) -> NDArray[np.uint32]:
        """The first place of each key, in order, uint32."""
        # 64 bits: of a million keys no two share a hash
        hashes, first = np.unique(self._hashes, return_index=True)
        order = np.frombuffer(self._order, np.uintc)
        return np.sort(order[first[hashes != hash("")]])
