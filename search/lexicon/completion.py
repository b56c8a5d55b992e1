"""How a word, a compound or a pair goes on: what the index itself says most often."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from search.arrayfile import Array
from search.lexicon.base import Counted
from search.lexicon.groups import COMPOUNDS, compounds_with, variants_with
from search.lexicon.pairs import COUNT, KEY, PAIR_FIELD
from search.lexicon.part import LexiconPart
from search.schema import Kind, Part, field_name

_MAX_CANDIDATES = 2_000
_FOLDED = field_name(Part.BODY, Kind.FOLDED)


def words(parts: Sequence[LexiconPart], prefix: str, limit: int) -> list[Counted]:
    """The most frequent surfaces of bodies whose folded form begins with `prefix`."""
    counts: Counter[str] = Counter()
    for part in parts:
        surfaces = part.tables[PAIR_FIELD]
        ords = variants_with(part.arrays, Part.BODY, part.tables[_FOLDED], prefix.encode())
        for ord, count in _most_frequent(ords, surfaces.cf[ords], _of_each(parts, limit)):
            counts[surfaces.term(ord).decode()] += count
    return counts.most_common(limit)


def compounds(parts: Sequence[LexiconPart], prefix: str, limit: int) -> list[Counted]:
    """The compounds in the most documents whose folded form begins with `prefix`; syllables apart."""
    counts: Counter[str] = Counter()
    for part in parts:
        table = part.tables[COMPOUNDS]
        ords = compounds_with(part.arrays, table, prefix.replace(" ", "_"))
        for ord, count in _most_frequent(ords, table.df[ords], _of_each(parts, limit)):
            counts[table.term(ord).decode().replace("_", " ")] += count
    return counts.most_common(limit)


def following(parts: Sequence[LexiconPart], left: str, prefix: str, limit: int) -> list[Counted]:
    """What stands most often behind a surface, among what begins with `prefix` when folded."""
    counts: Counter[str] = Counter()
    for part in parts:
        surfaces = part.tables[PAIR_FIELD]
        ord = surfaces.find(left.encode("utf-8", "replace"))
        keys = part.arrays[KEY]
        if ord < 0 or not len(keys):
            continue
        first, last = np.searchsorted(keys, np.array([ord << 32, (ord + 1) << 32], np.uint64))
        right = (keys[first:last] & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        allowed = variants_with(part.arrays, Part.BODY, part.tables[_FOLDED], prefix.encode())
        kept = np.isin(right, allowed)
        found = part.arrays[COUNT][first:last][kept]
        for own, count in _most_frequent(right[kept], found, _of_each(parts, limit)):
            counts[surfaces.term(own).decode()] += count
    return counts.most_common(limit)


def _of_each(parts: Sequence[LexiconPart], limit: int) -> int:
    """How many are counted in each file: one may lead over all without leading in any."""
    return limit if len(parts) == 1 else max(limit, _MAX_CANDIDATES)


def _most_frequent(ords: Array, counts: Array, limit: int) -> list[tuple[int, int]]:
    if len(ords) > limit:
        best = np.argpartition(-counts.astype(np.int64), limit)[:limit]
        ords, counts = ords[best], counts[best]
    return list(zip(ords.tolist(), counts.tolist(), strict=True))
