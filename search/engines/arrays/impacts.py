"""What a term adds to the score of each document, and arrays of document numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Docs = NDArray[np.int64]

DENSE_SHARE = 8
"""A term in more than one document out of so many is kept as one score for each document."""

NO_DOCS: Docs = np.empty(0, np.int64)
NO_SCORES: Floats = np.empty(0, np.float32)


@dataclass(frozen=True, slots=True)
class Impacts:
    """What a term adds to each document's score.

    Either `docs`, ascending, with their `scores`; or, for a frequent term, one score for every
    document (`dense`), 0 where the term is not. `df` documents have it.
    """

    docs: Docs
    scores: Floats
    df: int
    dense: Floats | None = None

    def add_to(self, total: Floats, weight: float) -> None:
        """Add the scores."""
        if self.dense is not None:
            total += self.dense if weight == 1.0 else self.dense * np.float32(weight)
        else:
            total[self.docs] += self.scores * np.float32(weight)

    def raise_to(self, best: Floats, weight: float) -> None:
        """Keep the larger of each score and what `best` has."""
        if self.dense is not None:
            np.maximum(best, self.dense if weight == 1.0 else self.dense * np.float32(weight), out=best)
        else:
            best[self.docs] = np.maximum(best[self.docs], self.scores * np.float32(weight))

    def documents(self) -> Docs:
        """The documents with the term, ascending."""
        return self.docs if self.dense is None else np.flatnonzero(self.dense)

    def among(self, docs: Docs) -> Docs:
        """Those of some documents, ascending, that have the term."""
        return intersect(docs, self.docs) if self.dense is None else docs[self.dense[docs] > 0]

    def of(self, docs: Docs) -> Floats:
        """The scores of some documents, 0 for those without the term."""
        if self.dense is not None:
            return self.dense[docs]
        out = np.zeros(len(docs), np.float32)
        if len(self.docs):
            at = self.docs.searchsorted(docs)
            at[at == len(self.docs)] = 0
            found = self.docs[at] == docs
            out[found] = self.scores[at[found]]
        return out

    @property
    def bytes(self) -> int:
        """How much memory it takes, about."""
        dense = 0 if self.dense is None else self.dense.nbytes
        return self.docs.nbytes + self.scores.nbytes + dense + 200


NOTHING = Impacts(NO_DOCS, NO_SCORES, 0)


def impacts(docs: Docs, scores: Floats, size: int) -> Impacts:
    """The impacts of a term in an index of `size` documents; `docs` are ascending."""
    if len(docs) * DENSE_SHARE <= size:
        return Impacts(docs, scores, len(docs))
    dense = np.zeros(size, np.float32)
    dense[docs] = scores
    return Impacts(NO_DOCS, NO_SCORES, len(docs), dense)


def intersect(left: Docs, right: Docs) -> Docs:
    """The documents in both; each ascending."""
    if len(left) > len(right):
        left, right = right, left
    if not len(left):
        return left
    at = right.searchsorted(left)
    at[at == len(right)] = 0
    both: Docs = left[right[at] == left]
    return both
