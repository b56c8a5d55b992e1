"""Which surfaces of bodies stand side by side, and how often.

`pair.key` holds `left << 32 | right` by the numbers of the surfaces (uint64, ascending), `pair.count` how
often the two stand so (uint32).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.arrayfile import ArrayFile, ArrayFileWriter
from search.lexicon.terms import U32, TermTable
from search.schema import Kind, Part, field_name

PAIR_FIELD = field_name(Part.BODY, Kind.SURFACE)
MAX_ALL_PAIRS = 1_000_000
"""Up to so many different pairs are all kept; beyond, those seen once are dropped."""
KEY, COUNT = "pair.key", "pair.count"


@dataclass(frozen=True, slots=True)
class Pairs:
    """Neighbouring terms of a field by their numbers, ascending, and how often each occurs."""

    keys: NDArray[np.uint64]
    counts: U32


def counted(arrays: ArrayFile, table: TermTable, pairs: Sequence[tuple[str, str]]) -> NDArray[np.int64]:
    """How often each pair of surfaces stands side by side in one file."""
    totals = np.zeros(len(pairs), np.int64)
    words = {word for pair in pairs for word in pair}
    ords = {word: table.find(word.encode("utf-8", "replace")) for word in words}
    known = [i for i, (left, right) in enumerate(pairs) if ords[left] >= 0 and ords[right] >= 0]
    stored = arrays[KEY]
    if not known or not len(stored):
        return totals
    keys = np.array([ords[pairs[i][0]] << 32 | ords[pairs[i][1]] for i in known], np.uint64)
    at = np.searchsorted(stored, keys)
    at[at == len(stored)] = 0
    found = stored[at] == keys
    totals[np.array(known)[found]] = arrays[COUNT][at[found]]
    return totals


def merged(sources: Sequence[tuple[ArrayFile, NDArray[np.int64]]]) -> Pairs:
    """The pairs of all sources by the new numbers of their terms, source after source to save memory."""
    merged = Pairs(np.empty(0, np.uint64), np.empty(0, np.uint32))
    for arrays, numbers in sources:
        old = arrays[KEY]
        left = numbers[(old >> np.uint64(32)).astype(np.int64)]
        right = numbers[(old & np.uint64(0xFFFFFFFF)).astype(np.int64)]
        kept = (left >= 0) & (right >= 0)
        keys = left[kept].astype(np.uint64) << np.uint64(32) | right[kept].astype(np.uint64)
        del old, left, right
        merged = _summed(
            np.concatenate([merged.keys, keys]), np.concatenate([merged.counts, arrays[COUNT][kept]])
        )
    return merged


def _summed(keys: NDArray[np.uint64], counts: U32) -> Pairs:
    """Each key once, ascending, with the sum of its counts."""
    if not len(keys):
        return Pairs(keys, counts)
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    begins = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    return Pairs(keys[begins], np.add.reduceat(counts, begins).astype(np.uint32))


def frequent(pairs: Pairs) -> Pairs:
    """All pairs, or those seen more than once where they are very many."""
    if len(pairs.keys) <= MAX_ALL_PAIRS:
        return pairs
    kept = pairs.counts > 1
    return Pairs(pairs.keys[kept], pairs.counts[kept])


def write(out: ArrayFileWriter, pairs: Pairs) -> None:
    """Write pairs."""
    out.write(KEY, pairs.keys)
    out.write(COUNT, pairs.counts)
