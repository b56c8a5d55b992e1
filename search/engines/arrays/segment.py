"""One committed segment, open for reading: its postings without deleted documents."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from search.arrayfile import Array, ArrayFile
from search.document import Document
from search.engines.arrays.columns import Columns
from search.engines.arrays.inversion import expand
from search.engines.arrays.postings import read_fields
from search.engines.arrays.stored import Stored, StoredReader
from search.errors import IndexDamaged
from search.lexicon.part import LexiconPart
from search.lexicon.terms import U32

_NONE: U32 = np.empty(0, np.uint32)
MAX_CACHE_BYTES = 64 * 2**20
"""Room for decoded documents of terms whose positions are asked for, 16 bytes a posting."""


@dataclass(frozen=True, slots=True)
class SegmentFiles:
    """The files of one segment, how many documents they hold, and the numbers of those deleted since."""

    postings: Path
    columns: Path
    stored: Path
    size: int
    deleted: frozenset[int] = frozenset()


class Segment:
    """The documents of one segment, numbered from `base`. Immutable, safe to share between threads."""

    def __init__(self, files: SegmentFiles, base: int) -> None:
        self.base = base
        self._lock = threading.Lock()
        self.size = files.size
        self.arrays = ArrayFile(files.postings)
        self.fields = read_fields(self.arrays)
        self.column_file = ArrayFile(files.columns)
        self.columns = Columns(self.column_file)
        self.copies = self.columns.copies()
        self._documents = StoredReader(files.stored)
        self._folder = files.stored.parent
        self._decoded: LRUCache[tuple[str, int], tuple[NDArray[np.int64], NDArray[np.int64]]] = LRUCache(
            MAX_CACHE_BYTES, lambda arrays: 2 * arrays[0].nbytes + 200
        )
        if self.size:
            self.stored(0)
        self.live: NDArray[np.bool_] | None = None
        if files.deleted:
            self.live = np.ones(self.size, bool)
            self.live[list(files.deleted)] = False

    @property
    def words(self) -> LexiconPart:
        """What the segment says of its words."""
        return LexiconPart(self.arrays, self.fields)

    def stored(self, local: int) -> Document:
        """A stored document."""
        try:
            known: Stored = {"title": "", "text": ""} | self._documents.read(local)
            known["alternates"] = tuple(known.get("alternates", ()))
            return Document(**known, copies=tuple(self.copies.get(local, ())))
        except Exception as error:
            raise IndexDamaged(
                f"{self._folder} has lost stored documents ({error!r}); "
                "rebuild with: python -m indexer build PATH"
            ) from error

    def check(self) -> None:
        """Compare all files with their checksums. Raises IndexDamaged."""
        for file in (self.arrays, self.column_file, self._documents.file):
            file.check()

    def postings(self, field: str, term: bytes) -> tuple[NDArray[np.int64], U32, U32]:
        """The live documents with a term by their number in the index, frequency, and that in the lead."""
        ord = self._ord(field, term)
        if ord < 0:
            return np.empty(0, np.int64), _NONE, _NONE
        docs, tfs, leads = self.fields[field].read(ord)
        if self.live is not None:
            kept = self.live[docs]
            docs, tfs, leads = docs[kept], tfs[kept], leads[kept]
        return docs.astype(np.int64) + self.base, tfs, leads

    def with_copy(self, field: str, term: bytes) -> NDArray[np.int64]:
        """The live documents that have a copy with a name, by their number in the index."""
        names = self.columns.copy_names[field]
        ord = names.find(term)
        if ord < 0:
            return np.empty(0, np.int64)
        docs = names.read(ord).docs.astype(np.int64)
        return (docs if self.live is None else docs[self.live[docs]]) + self.base

    def positions(self, field: str, term: bytes, docs: NDArray[np.int64]) -> tuple[NDArray[np.int64], Array]:
        """The positions of a term in some documents (ascending numbers in the index).

        Two arrays of the same length: the document of each occurrence, and its position.
        """
        ord = self._ord(field, term)
        wanted = docs[(docs >= self.base) & (docs < self.base + self.size)] - self.base
        if ord < 0 or not len(wanted):
            return np.empty(0, np.int64), np.empty(0, np.uint32)
        with_term, ends = self._ends(field, ord)
        at = with_term.searchsorted(wanted)
        at[at == len(with_term)] = 0
        found = at[with_term[at] == wanted]
        starts = np.where(found > 0, ends[found - 1], 0)
        counts = (ends[found] - starts).astype(np.uint32)
        positions = self.fields[field].positions(ord)[expand(starts, counts)]
        return (with_term[found] + self.base).repeat(counts), positions.astype(np.int64)

    def _ends(self, field: str, ord: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The documents of a term and where the positions of each end, decoded once while there is room."""
        key = (field, ord)
        with self._lock:
            found = self._decoded.get(key)
        if found is None:
            docs, tfs, _ = self.fields[field].read(ord)
            found = (docs.astype(np.int64), np.cumsum(tfs, dtype=np.int64))
            with self._lock:
                if 2 * found[0].nbytes <= MAX_CACHE_BYTES:
                    self._decoded[key] = found
        return found

    def _ord(self, field: str, term: bytes) -> int:
        return self.fields[field].find(term) if field in self.fields else -1


def live_documents(segments: Sequence[Segment]) -> NDArray[np.bool_]:
    """For each document of some segments, one after the other, whether it has not been deleted."""
    return np.concatenate(
        [np.empty(0, bool)] + [np.ones(s.size, bool) if s.live is None else s.live for s in segments]
    )
