"""Stored documents, many to a compressed block: neighbours say the same things, and shrink together.

Beside a document at a time, blocks of 16 kB take a little over half the room; to read one document costs a
tenth of a millisecond, and nothing when its neighbour was read just before. Blocks of 64 kB would save
another tenth of the room and cost three times as long, for ten documents a page.
"""

import json
import threading
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from cachetools import LRUCache

from search.arrayfile import ArrayFile, ArrayFileWriter

BLOCK_BYTES = 1 << 14
MAX_CACHE_BYTES = 16 * 2**20
"""Room for blocks that were read lately."""
_LEVEL = 6

_DATA, _BLOCK_END, _FIRST_DOC, _DOC_END = "data", "block_end", "first_doc", "doc_end"

Stored = dict[str, Any]
"""The fields of a document that are not empty: text, or a list of texts."""


class StoredWriter:
    """Writes documents one after the other."""

    def __init__(self, path: Path) -> None:
        self._out = ArrayFileWriter(path)
        self._out.start(_DATA, np.uint8)
        self._block = bytearray()
        self._written = 0
        self._docs = 0
        self._block_ends: list[int] = []
        self._first_docs: list[int] = []
        self._doc_ends: list[int] = []

    def add(self, document: Stored) -> None:
        """Add the next document."""
        if not self._block:
            self._first_docs.append(self._docs)
        self._block += json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        self._doc_ends.append(len(self._block))
        self._docs += 1
        if len(self._block) >= BLOCK_BYTES:
            self._flush()

    def _flush(self) -> None:
        packed = zlib.compress(self._block, _LEVEL)
        self._out.append(_DATA, np.frombuffer(packed, np.uint8))
        self._written += len(packed)
        self._block_ends.append(self._written)
        self._block.clear()

    def finish(self) -> None:
        """Write what is left, and the places of all documents."""
        if self._block:
            self._flush()
        self._out.write(_BLOCK_END, np.array(self._block_ends, np.uint64))
        self._out.write(_FIRST_DOC, np.array(self._first_docs, np.uint32))
        self._out.write(_DOC_END, np.array(self._doc_ends, np.uint32))
        with self._out:
            pass

    def abandon(self) -> None:
        """Let go of the file, which is not whole."""
        self._out.abandon()


class StoredReader:
    """Reads documents by their number in the segment. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self.file = ArrayFile(path)
        self._data = self.file[_DATA]
        self._block_end = self.file[_BLOCK_END]
        self._first_doc = self.file[_FIRST_DOC]
        self._doc_end = self.file[_DOC_END]
        self._lock = threading.Lock()
        self._blocks: LRUCache[int, bytes] = LRUCache(MAX_CACHE_BYTES, len)

    def read(self, doc: int) -> Stored:
        """The fields of a document. Raises what zlib and json raise when the file is damaged."""
        number = int(np.searchsorted(self._first_doc, doc, side="right")) - 1
        block = self._block(number)
        start = int(self._doc_end[doc - 1]) if doc > int(self._first_doc[number]) else 0
        fields: Stored = json.loads(block[start : int(self._doc_end[doc])])
        return fields

    def _block(self, number: int) -> bytes:
        with self._lock:
            known = self._blocks.get(number)
        if known is not None:
            return known
        start = int(self._block_end[number - 1]) if number else 0
        block = zlib.decompress(self._data[start : int(self._block_end[number])].data)
        if len(block) <= MAX_CACHE_BYTES:
            with self._lock:
                self._blocks[number] = block
        return block
