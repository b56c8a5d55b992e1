"""From token streams to counts: tokens of many documents in memory, ready to be counted by term."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.analysis.document import TermStream
from search.lexicon.terms import U32


class FieldBuffer:
    """The tokens of one field for the documents since the last spill, in document order."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._ids: list[U32] = []
        self._positions: list[U32] = []
        self._docs: list[int] = []
        self.tokens = 0

    def add(self, doc: int, stream: TermStream) -> None:
        """Add a document's stream; `doc` rises from call to call."""
        if not len(stream.ids):
            return
        if not np.bincount(stream.ids, minlength=len(stream.terms)).all():
            raise ValueError("a stream lists a term that none of its tokens is")
        numbers = self._numbers
        local = np.fromiter(
            (numbers.setdefault(term, len(numbers)) for term in stream.terms), np.uint32, len(stream.terms)
        )
        self._ids.append(local[stream.ids])
        self._positions.append(stream.positions)
        self._docs.append(doc)
        self.tokens += len(stream.ids)

    def inverted(self) -> "InvertedField":
        """The buffered tokens by term."""
        terms = sorted(self._numbers)  # code point order is the byte order of UTF-8
        rank = np.empty(len(terms), np.uint32)
        rank[[self._numbers[term] for term in terms]] = np.arange(len(terms), dtype=np.uint32)
        counts = [len(ids) for ids in self._ids]
        empty = np.empty(0, np.uint32)
        return InvertedField(
            terms=[term.encode() for term in terms],
            ords=rank[np.concatenate([*self._ids, empty])],
            docs=np.repeat(np.array(self._docs, np.uint32), counts),
            positions=np.concatenate([*self._positions, empty]),
        )


@dataclass(frozen=True, slots=True)
class InvertedField:
    """Tokens in document order: the number of each one's term, its document, its position."""

    terms: list[bytes]
    ords: U32
    docs: U32
    positions: U32

    def document_frequencies(self) -> U32:
        """How many documents have each term."""
        both = np.unique(self.ords.astype(np.uint64) << np.uint64(32) | self.docs.astype(np.uint64))
        return np.bincount((both >> np.uint64(32)).astype(np.int64), minlength=len(self.terms)).astype(
            np.uint32
        )

    def occurrences(self) -> U32:
        """How often each term occurs."""
        return np.bincount(self.ords, minlength=len(self.terms)).astype(np.uint32)

    def pairs(self) -> tuple[NDArray[np.uint64], U32]:
        """Neighbouring tokens as keys `left << 32 | right`, ascending, and how often each occurs."""
        near = (self.docs[1:] == self.docs[:-1]) & (self.positions[1:] == self.positions[:-1] + 1)
        left = self.ords[:-1][near].astype(np.uint64)
        right = self.ords[1:][near].astype(np.uint64)
        keys, counts = np.unique(left << np.uint64(32) | right, return_counts=True)
        return keys, counts.astype(np.uint32)
