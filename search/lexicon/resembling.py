"""Words that resemble another one: edit distances over the whole vocabulary of an index."""

from collections.abc import Sequence

import numpy as np
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


def vocabulary(parts: Sequence[LexiconPart], documents: int) -> list[str]:
    """Folded terms of letters that at least two documents have: one alone may be a slip itself."""
    terms: set[str] = set()
    least = 2 if documents > _SMALL else 1
    for part in parts:
        table = part.tables[field_name(Part.BODY, Kind.FOLDED)]
        for ord in np.flatnonzero(table.df[:] >= least).tolist():
            term = table.term(ord).decode()
            if len(term) > 1 and term.isalpha():
                terms.add(term)
    return sorted(terms)


def nearest(folded: str, vocabulary: Sequence[str]) -> list[str]:
    """The terms at most two edits away from a folded one, the nearest first."""
    limit = 1 if len(folded) <= _SHORT else 2
    near = process.extract(
        folded, vocabulary, scorer=DamerauLevenshtein.distance, score_cutoff=limit, limit=_MAX_NEAR
    )
    return [term for term, _, _ in near]
