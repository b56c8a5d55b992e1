"""The stories told in both languages of a generation, worked out when it is written.

`counterparts.arr` holds three arrays of one length: `french` and `vietnamese`, the numbers of the two
documents (uint32), and `score`, how alike they are (float32).
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from search.arrayfile import ArrayFile, ArrayFileWriter
from search.bridge.own import own_lexicon
from search.duplicates import Groups
from search.engines.arrays.counterparts import Pair, found_pairs
from search.engines.arrays.segment import Segment, live_documents
from search.errors import IndexDamaged
from search.manifest import REBUILD

FILE = "counterparts.arr"


def write_counterparts(generation: Path, segments: Sequence[Segment], groups: Groups) -> None:
    """Find and write the counterparts among all documents of some segments."""
    pairs = found_pairs(segments, live_documents(segments), groups.first, own_lexicon)
    with ArrayFileWriter(generation / FILE) as out:
        for name, dtype in (("french", np.uint32), ("vietnamese", np.uint32), ("score", np.float32)):
            out.write(name, np.array([getattr(pair, name) for pair in pairs], dtype))


def read_counterparts(generation: Path, documents: int) -> list[Pair]:
    """The counterparts of a generation with so many documents, deleted ones too. Raises IndexDamaged."""
    path = generation / FILE
    try:
        arrays = ArrayFile(path)
        found = [arrays[name].tolist() for name in ("french", "vietnamese", "score")]
    except (FileNotFoundError, KeyError) as error:
        raise IndexDamaged(f"{path} is missing or has no counterparts; {REBUILD}") from error
    pairs = [Pair(*each) for each in zip(*found, strict=True)]
    if any(max(pair.french, pair.vietnamese) >= documents for pair in pairs):
        raise IndexDamaged(f"{path} belongs to other documents; {REBUILD}")
    return pairs


def check_counterparts(generation: Path) -> None:
    """Compare the file with its checksum. Raises IndexDamaged."""
    ArrayFile(generation / FILE).check()
