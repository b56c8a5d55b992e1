"""What speaks for the best documents of a search: their passages and titles, read from positions."""

import numpy as np
from numpy.typing import NDArray

from search.engines.arrays.impacts import Floats
from search.engines.arrays.positions import Keys, Places
from search.engines.arrays.scoring import Scorer
from search.query.plan import Group, Passage, TitleShare
from search.schema import Kind, Part, field_name, whole_field

_BODY = field_name(Part.BODY, Kind.SURFACE)
_TITLE = field_name(Part.TITLE, Kind.SURFACE)
_WHOLE = whole_field(Kind.SURFACE)


def passages(scorer: Scorer, passage: Passage, places: Places) -> Floats:
    """What the best passage of each document is worth."""
    docs = places.docs
    best = np.zeros(len(docs), np.float32)
    groups = [(group, places.keys(_BODY, group.terms)) for group in passage.groups]
    found = [(group, keys) for group, keys in groups if len(keys)]
    if not found:
        return best
    # blocks of all documents one after the other, one empty block between two documents
    rows = [docs.searchsorted(keys >> 32) for _, keys in found]
    blocks = [(keys & 0xFFFFFFFF) // passage.block for _, keys in found]
    sizes = np.zeros(len(docs), np.int64)
    for row, block in zip(rows, blocks, strict=True):
        np.maximum.at(sizes, row, block + 1)
    starts = np.cumsum(sizes + 1) - (sizes + 1)
    total = int(starts[-1] + sizes[-1] + 1)
    owner = np.repeat(np.arange(len(docs)), sizes + 1)
    value = np.zeros(total, np.float32)
    for (group, _), row, block in zip(found, rows, blocks, strict=True):
        counts = np.bincount(starts[row] + block, minlength=total + 1).astype(np.float32)
        inside = counts[:-1] + counts[1:]
        in_title = _frequencies(places.keys(_TITLE, group.terms), places)
        # a passage without any word of the query is none, whatever its title
        use = inside + np.float32(passage.title) * in_title[owner]
        value += np.float32(_worth(scorer, group)) * use / (use + np.float32(passage.k1))
    value[starts + sizes] = 0  # the empty block would see into the next document
    best = np.maximum.reduceat(value, starts).astype(np.float32)
    best[sizes == 0] = 0
    return best * np.float32(passage.weight)


def title_shares(scorer: Scorer, share: TitleShare, places: Places) -> Floats:
    """What the titles of the documents hold of the query."""
    worth = np.zeros(len(places.docs), np.float32)
    keys: list[Keys] = []
    for group in share.groups:
        own = places.keys(_TITLE, group.terms)
        if len(own):
            keys.append(own)
            worth += np.float32(_worth(scorer, group)) * (_frequencies(own, places) > 0)
    if not keys:
        return worth
    tokens = _frequencies(np.unique(np.concatenate(keys)), places)
    lengths = scorer.lengths(Part.TITLE)[places.docs]
    shares = (tokens / np.maximum(lengths, 1)).astype(np.float32)
    total: Floats = worth * shares * np.float32(share.weight)
    return total


def _worth(scorer: Scorer, group: Group) -> float:
    return group.weight * scorer.idf(scorer.any(_WHOLE, group.terms).df) if group.weight else 0.0


def _frequencies(keys: Keys, places: Places) -> Floats:
    """How many of some places each document has."""
    rows: NDArray[np.int64] = places.docs.searchsorted(keys >> 32)
    counts: Floats = np.bincount(rows, minlength=len(places.docs)).astype(np.float32)
    return counts
