"""How a word, a compound or a pair goes on: what the index itself says most often."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from search.engines.whoosh.arrays import Array
from search.engines.whoosh.segment import Segment
from search.engines.whoosh.segment_file import PAIR_FIELD
from search.engines.whoosh.spellings import COMPOUNDS, compounds_with, variants_with
from search.fields import Kind, Part, field_name

_FOLDED = field_name(Part.BODY, Kind.FOLDED)


def words(segments: Sequence[Segment], prefix: str, limit: int) -> list[tuple[str, int]]:
    """The most frequent spellings of bodies whose folded form begins with `prefix`."""
    counts: Counter[str] = Counter()
    for segment in segments:
        surfaces = segment.fields[PAIR_FIELD]
        ords = variants_with(segment.arrays, Part.BODY, segment.fields[_FOLDED], prefix.encode())
        for ord, count in _most_frequent(ords, surfaces.cf[ords], limit):
            counts[surfaces.term(ord).decode()] += count
    return counts.most_common(limit)


def compounds(segments: Sequence[Segment], prefix: str, limit: int) -> list[tuple[str, int]]:
    """The compounds in the most documents whose folded form begins with `prefix`; syllables apart."""
    counts: Counter[str] = Counter()
    for segment in segments:
        field = segment.fields[COMPOUNDS]
        ords = compounds_with(segment.arrays, field, prefix.replace(" ", "_"))
        for ord, count in _most_frequent(ords, field.df[ords], limit):
            counts[field.term(ord).decode().replace("_", " ")] += count
    return counts.most_common(limit)


def following(segments: Sequence[Segment], left: str, prefix: str, limit: int) -> list[tuple[str, int]]:
    """What stands most often behind a spelling, among what begins with `prefix` when folded."""
    counts: Counter[str] = Counter()
    for segment in segments:
        surfaces = segment.fields[PAIR_FIELD]
        ord = surfaces.find(left.encode("utf-8", "replace"))
        keys = segment.arrays["pair.key"]
        if ord < 0 or not len(keys):
            continue
        first, last = np.searchsorted(keys, np.array([ord << 32, (ord + 1) << 32], np.uint64))
        right = (keys[first:last] & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        allowed = variants_with(segment.arrays, Part.BODY, segment.fields[_FOLDED], prefix.encode())
        kept = np.isin(right, allowed)
        found = segment.arrays["pair.count"][first:last][kept]
        for own, count in _most_frequent(right[kept], found, limit):
            counts[surfaces.term(own).decode()] += count
    return counts.most_common(limit)


def _most_frequent(ords: Array, counts: Array, limit: int) -> list[tuple[int, int]]:
    if len(ords) > limit:
        best = np.argpartition(-counts.astype(np.int64), limit)[:limit]
        ords, counts = ords[best], counts[best]
    return list(zip(ords.tolist(), counts.tolist(), strict=True))
