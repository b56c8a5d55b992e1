"""The groups of near-duplicates of a generation, worked out when it is written.

`groups.arr` holds one array, `first`: for each document the first one of its group (uint32), which is
itself when it resembles none before it.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from search.analysis.resemblance import PERMUTATIONS
from search.arrayfile import ArrayFile, ArrayFileWriter
from search.duplicates import Groups, representatives
from search.engines.arrays.segment import Segment, live_documents
from search.errors import IndexDamaged
from search.manifest import REBUILD

FILE = "groups.arr"
_FIRST = "first"


def write_groups(generation: Path, segments: Sequence[Segment]) -> None:
    """Work out and write the groups of all documents of some segments."""
    signatures = [segment.columns.signatures() for segment in segments]
    rows = np.concatenate([np.empty((0, PERMUTATIONS), np.uint8), *signatures])
    with ArrayFileWriter(generation / FILE) as out:
        out.write(_FIRST, representatives(rows, live_documents(segments)).astype(np.uint32))


def read_groups(generation: Path, segments: Sequence[Segment]) -> Groups:
    """The groups of a generation. Raises IndexDamaged."""
    path = generation / FILE
    try:
        first = ArrayFile(path)[_FIRST]
    except (FileNotFoundError, KeyError) as error:
        raise IndexDamaged(f"{path} is missing or has no groups; {REBUILD}") from error
    if len(first) != sum(segment.size for segment in segments):
        raise IndexDamaged(f"{path} belongs to other documents; {REBUILD}")
    return Groups(first.astype(np.int64))


def check_groups(generation: Path) -> None:
    """Compare the file with its checksum. Raises IndexDamaged."""
    ArrayFile(generation / FILE).check()
