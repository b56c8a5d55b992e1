"""Words that resemble another one: edit distances over the whole vocabulary of an index."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from search.lexicon.part import LexiconPart
from search.schema import Kind, Part, field_name

_MAX_NEAR = 30
"""Terms that are looked at for one misspelled word."""
_SMALL = 1_000
"""In an index with fewer documents a word of only one document is trusted."""
_SHORT = 4
"""Letters up to which only one edit is allowed: two would make *lac* any word."""


class Vocabulary:
    """The folded terms that a slip may stand for, in order, each with the set of its letters.

    An edit changes at most two members of the set: most terms are ruled out by one operation on all, and
    what is left of 75,000 is compared letter by letter.
    """

    def __init__(self, terms: Sequence[str]) -> None:
        self._terms = terms
        self._lengths = np.array([len(term) for term in terms], np.int64)
        self._sets = _letter_sets(terms, self._lengths)

    def nearest(self, folded: str) -> list[str]:
        """The terms at most two edits away from a folded one, the nearest first."""
        limit = 1 if len(folded) <= _SHORT else 2
        length = np.array([len(folded)], np.int64)
        differing = np.bitwise_count(self._sets ^ _letter_sets([folded], length))
        possible = (differing <= 2 * limit) & (np.abs(self._lengths - length) <= limit)
        terms = [self._terms[place] for place in np.flatnonzero(possible).tolist()]
        near = process.extract(
            folded, terms, scorer=DamerauLevenshtein.distance, score_cutoff=limit, limit=_MAX_NEAR
        )
        return [term for term, _, _ in near]


def _letter_sets(terms: Sequence[str], lengths: NDArray[np.int64]) -> NDArray[np.uint64]:
    """The letters of each term as bits; letters that share one make sets more alike, never less."""
    if not lengths.sum():
        return np.zeros(len(terms), np.uint64)
    letters = np.frombuffer("".join(terms).encode("utf-32-le", "surrogatepass"), np.uint32)
    bits = np.uint64(1) << (letters % 64).astype(np.uint64)
    return np.bitwise_or.reduceat(bits, np.cumsum(lengths) - lengths)


def vocabulary(parts: Sequence[LexiconPart], documents: int) -> Vocabulary:
    """Folded terms of letters that at least two documents have: one alone may be a slip itself."""
    terms: set[str] = set()
    least = 2 if documents > _SMALL else 1
    for part in parts:
        table = part.tables[field_name(Part.BODY, Kind.FOLDED)]
        for ord in np.flatnonzero(table.df[:] >= least).tolist():
            term = table.term(ord).decode()
            if len(term) > 1 and term.isalpha():
                terms.add(term)
    return Vocabulary(sorted(terms))
