"""Groups of near-duplicates: found by the bands of their signatures, confirmed by the whole signatures.

Two texts that share the share s of their runs have a band of `_ROWS` values in common with probability
s ** _ROWS, one of all the bands with 1 - (1 - s ** _ROWS) ** _BANDS: .99 at s = .9, .77 at s = .8.
"""

import numpy as np
from numpy.typing import NDArray

from search.analysis.resemblance import PERMUTATIONS

MIN_RESEMBLANCE = 0.85
"""Share of equal values from which two texts are near-duplicates: see `benchmarks/duplicates.py`."""

_ROWS = 8  # values of a band, one integer of 64 bits
_BANDS = PERMUTATIONS // _ROWS
_AT_ONCE = 100_000

Signatures = NDArray[np.uint8]
"""One row of PERMUTATIONS values a document; all zeros where it has no signature."""


def representatives(signatures: Signatures, live: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each document the first one of its group, which is itself when it resembles none before it."""
    from scipy.sparse import coo_array  # a third of a second, which only indexing needs
    from scipy.sparse.csgraph import connected_components

    own = np.arange(len(signatures))
    known = np.flatnonzero(signatures.any(axis=1) & live)
    if not len(known):
        return own
    left, right = _resembling(signatures, known)
    if not len(left):
        return own
    links = coo_array((np.ones(len(left), np.int8), (left, right)), shape=(len(own), len(own)))
    _, labels = connected_components(links, directed=False)
    firsts = np.full(labels.max() + 1, len(own))
    np.minimum.at(firsts, labels, own)
    first = firsts[labels]
    # A chain of small changes leads far away: each member must resemble the first one itself.
    members = np.flatnonzero(first != own)
    strayed = members[_equal(signatures, members, first[members]) < MIN_RESEMBLANCE]
    first[strayed] = strayed
    return first


def _resembling(
    signatures: Signatures, docs: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of near-duplicates: each document with the first one that has a band in common with it."""
    bands = np.ascontiguousarray(signatures[docs]).view(np.uint64).reshape(-1, _BANDS)
    keys = [np.empty(0, np.int64)]
    for band in range(_BANDS):
        order = np.argsort(bands[:, band], kind="stable")
        values = bands[order, band]
        begins = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
        leader = np.repeat(order[begins], np.diff(np.r_[begins, len(values)]))
        follows = leader != order
        keys.append(docs[leader[follows]] * len(signatures) + docs[order[follows]])
    pairs = np.unique(np.concatenate(keys))
    left, right = pairs // len(signatures), pairs % len(signatures)
    alike = _equal(signatures, left, right) >= MIN_RESEMBLANCE
    return left[alike], right[alike]


def _equal(signatures: Signatures, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    """The estimated share of runs in common of each pair; one value in 256 is equal by chance."""
    shares = [np.empty(0)]
    for start in range(0, len(left), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        shares.append((signatures[left[part]] == signatures[right[part]]).mean(axis=1))
    return np.maximum(0, (np.concatenate(shares) * 256 - 1) / 255)


class Groups:
    """The groups with more than one document, ready to keep the best match of each."""

    def __init__(self, first: NDArray[np.int64]) -> None:
        sizes = np.bincount(first, minlength=len(first)) if len(first) else np.empty(0, np.int64)
        members = np.flatnonzero(sizes[first] > 1) if len(first) else np.empty(0, np.int64)
        order = np.argsort(first[members], kind="stable")
        self._docs = members[order]
        leaders = first[self._docs]
        self._begins = np.flatnonzero(np.r_[True, leaders[1:] != leaders[:-1]]) if len(leaders) else leaders
        self._counts = np.diff(np.r_[self._begins, len(leaders)])
        self._group_of = {int(leader): index for index, leader in enumerate(leaders[self._begins])}
        self.first = first

    def __len__(self) -> int:
        return len(self._begins)

    def members(self, doc: int) -> NDArray[np.int64]:
        """The near-duplicates of a document and itself, ascending."""
        index = self._group_of.get(int(self.first[doc]))
        if index is None:
            return np.array([doc])
        begin = self._begins[index]
        return self._docs[begin : begin + self._counts[index]]

    def hidden(self, scores: NDArray[np.float32] | NDArray[np.int64]) -> NDArray[np.int64]:
        """Of the documents that match, those that a better one of their group stands for."""
        if not len(self):
            return self._docs
        own = scores[self._docs]
        best = np.repeat(np.maximum.reduceat(own, self._begins), self._counts)
        places = np.where(own == best, np.arange(len(own)), len(own))
        winner = np.repeat(np.minimum.reduceat(places, self._begins), self._counts)
        hidden: NDArray[np.int64] = self._docs[(own > 0) & (np.arange(len(own)) != winner)]
        return hidden
