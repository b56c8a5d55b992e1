"""Segmentations of texts seen before, in one SQLite file of the work folder of a store.

A run that was killed goes on where it was, and a build from nothing segments only what is new. It is no
more than a memory: whatever happens to it, an index comes out the same.
"""

import atexit
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from indexer.workers import Analysis
from search.analysis.analyzer import analyze, warm
from search.analysis.document import AnalyzedDocument
from search.document import Document

FILE = "segmentations.sqlite"
MAX_BYTES = 256_000_000
"""Bytes of segmentations kept: those of some 2 GB of Vietnamese."""

_TABLE = """
    create table if not exists segmentation
        (key blob primary key, runs blob not null, used integer not null) without rowid
"""


@dataclass(frozen=True, slots=True)
class Remembering:
    """Analysis that remembers segmentations in a file. It is sent to other processes."""

    path: Path

    def __call__(self, document: Document) -> AnalyzedDocument:
        """The terms of a document."""
        return analyze(document, _opened(self.path))

    def settle(self) -> None:
        """Write down what was segmented since the last time."""
        _opened(self.path).flush()


class SegmentationCache:
    """See the protocol `search.analysis.segmentation.Segmentations`. For one thread of one process."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._waiting: dict[bytes, bytes] = {}
        self._today = int(clock() // 86_400)
        self._connection: sqlite3.Connection | None = None
        with suppress(sqlite3.Error):
            self._connection = _connect(path)

    def get(self, key: bytes) -> bytes | None:
        """What was put under a key; None too where the file cannot be read."""
        if self._connection is None or key in self._waiting:
            return self._waiting.get(key)
        try:
            row = self._connection.execute(
                "select runs, used from segmentation where key = ?", (key,)
            ).fetchone()
        except sqlite3.Error:
            self._connection = None
            return None
        if row is None:
            return None
        if row[1] != self._today:
            self.put(key, row[0])
        return bytes(row[0])

    def put(self, key: bytes, runs: bytes) -> None:
        """Remember; in the file with the next `flush`."""
        if self._connection is not None:
            self._waiting[key] = runs

    def flush(self) -> None:
        """Write what waits, in one short transaction: other processes write too."""
        rows = [(key, runs, self._today) for key, runs in self._waiting.items()]
        self._waiting.clear()
        if self._connection is not None and rows:
            try:
                with self._connection:
                    self._connection.executemany("insert or replace into segmentation values (?, ?, ?)", rows)
            except sqlite3.Error:  # a full disk: the index itself will say so
                self._connection = None

    def close(self) -> None:
        """Write what waits and let go of the file."""
        self.flush()
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def remembering(work: Path, limit: int = MAX_BYTES) -> Analysis:
    """Analysis with the memory in a work folder; above the limit, the oldest are forgotten."""
    remembered = Remembering(_bounded(work / FILE, limit))
    return Analysis(remembered, warm, remembered.settle)


def _bounded(path: Path, limit: int) -> Path:
    try:
        with closing(_connect(path)) as connection, connection:
            (size,) = connection.execute("select total(length(runs)) from segmentation").fetchone()
            for key, length in (
                connection.execute("select key, length(runs) from segmentation order by used, key").fetchall()
                if size > limit
                else ()
            ):
                if size <= limit:
                    break
                connection.execute("delete from segmentation where key = ?", (key,))
                size -= length
    except sqlite3.DatabaseError:  # cut by a crash of the machine: nothing in it is missed
        for suffix in ("", "-wal", "-shm"):
            path.with_name(FILE + suffix).unlink(missing_ok=True)
    return path


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30)
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        connection.execute(_TABLE)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


@cache
def _opened(path: Path) -> SegmentationCache:
    opened = SegmentationCache(path)
    atexit.register(opened.close)
    return opened
