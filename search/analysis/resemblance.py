"""A signature of a text by which near-duplicates know each other: MinHash over shingles of four words.

Broder (1997), *On the resemblance and containment of documents*: the share of equal values in two
signatures estimates the share of shingles that two texts have in common. Only the lowest byte of each value
is kept, after Li and König (2010), *b-bit minwise hashing*: 64 bytes a document.
"""

import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from search.analysis.document import TermStream

PERMUTATIONS = 64
"""Values of a signature. The estimate's standard error is 4 % where texts share nine tenths."""
SHINGLE = 4
"""Words of a shingle."""
MIN_SHINGLES = 20
"""Distinct shingles that a text needs for a signature: of a line or two, half may be the same by chance."""

_MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 1], np.uint64)
_BATCH = 8192  # shingles hashed at once: 64 × 8 bytes each


def signature(surfaces: TermStream) -> bytes:
    """The signature of a text by its spellings; empty when it has too few words for one."""
    if len(surfaces.ids) < SHINGLE + MIN_SHINGLES - 1:
        return b""
    words = np.fromiter(map(_hash, surfaces.terms), np.uint64, len(surfaces.terms))[surfaces.ids]
    shingles = np.unique(_shingles(words))
    if len(shingles) < MIN_SHINGLES:
        return b""
    from datasketch import MinHash  # half a second, which a search need not wait for

    sketch = MinHash(num_perm=PERMUTATIONS, hashfunc=int)
    for start in range(0, len(shingles), _BATCH):
        sketch.update_batch(shingles[start : start + _BATCH].tolist())
    values: NDArray[np.uint64] = sketch.hashvalues.astype(np.uint64)
    return (values & np.uint64(0xFF)).astype(np.uint8).tobytes()


def _shingles(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A number of 32 bits for each shingle of words; overflow is what mixes them."""
    count = len(words) - SHINGLE + 1
    total = np.zeros(count, np.uint64)
    for place, multiplier in enumerate(_MULTIPLIERS):
        total += words[place : place + count] * multiplier
    mixed: NDArray[np.uint64] = (total ^ (total >> np.uint64(29))) * _MULTIPLIERS[1] >> np.uint64(32)
    return mixed


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "replace"))
