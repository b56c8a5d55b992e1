"""One committed segment, open for reading: its postings without deleted documents."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage

from search.document import Document
from search.engines.whoosh.arrays import Array, ArrayFile
from search.engines.whoosh.codec import (
    COLUMNS_EXT,
    POSTINGS_EXT,
    STORED_FIELD,
    ArrayCodec,
    read_fields,
    segment_path,
)
from search.engines.whoosh.columns import Columns
from search.engines.whoosh.inversion import expand
from search.engines.whoosh.postings import U32


class Segment:
    """The documents of one segment, numbered from `base`. Immutable, safe to share between threads."""

    def __init__(self, storage: FileStorage, segment: base.Segment, base_doc: int) -> None:
        self.base = base_doc
        self.size = int(segment.doc_count_all())
        self.arrays = ArrayFile(segment_path(storage, segment, POSTINGS_EXT))
        self.fields = read_fields(self.arrays)
        self.column_file = ArrayFile(segment_path(storage, segment, COLUMNS_EXT))
        self.columns = Columns(self.column_file)
        self._documents = ArrayCodec().per_document_reader(storage, segment)
        self.folder = Path(storage.folder)
        self.live: NDArray[np.bool_] | None = None
        if segment.has_deletions():
            self.live = np.ones(self.size, bool)
            self.live[list(segment.deleted_docs())] = False

    def stored(self, local: int) -> Document:
        """A stored document."""
        return Document(**self._documents.stored_fields(local)[STORED_FIELD])

    def postings(self, field: str, term: bytes) -> tuple[NDArray[np.int64], U32]:
        """The live documents with a term, by their number in the index, and its frequency in each."""
        ord = self._ord(field, term)
        if ord < 0:
            return np.empty(0, np.int64), np.empty(0, np.uint32)
        docs, tfs = self.fields[field].read(ord)
        if self.live is not None:
            kept = self.live[docs]
            docs, tfs = docs[kept], tfs[kept]
        return docs.astype(np.int64) + self.base, tfs

    def positions(self, field: str, term: bytes, docs: NDArray[np.int64]) -> tuple[NDArray[np.int64], Array]:
        """The positions of a term in some documents (ascending numbers in the index).

        Two arrays of the same length: the document of each occurrence, and its position.
        """
        ord = self._ord(field, term)
        wanted = docs[(docs >= self.base) & (docs < self.base + self.size)] - self.base
        if ord < 0 or not len(wanted):
            return np.empty(0, np.int64), np.empty(0, np.uint32)
        with_term, tfs = self.fields[field].read(ord)
        at = np.searchsorted(with_term, wanted)
        at[at == len(with_term)] = 0
        found = at[with_term[at] == wanted]
        ends = np.cumsum(tfs, dtype=np.int64)
        counts = tfs[found]
        indices = expand(ends[found] - counts, counts)
        positions = self.fields[field].positions(ord)[indices]
        return np.repeat(with_term[found].astype(np.int64) + self.base, counts), positions.astype(np.int64)

    def _ord(self, field: str, term: bytes) -> int:
        return self.fields[field].find(term) if field in self.fields else -1
