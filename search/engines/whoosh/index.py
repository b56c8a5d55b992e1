"""Opens an index folder for reading and follows its commits and generations."""

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from weakref import ref

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC

from search.config import Similarity
from search.engines.whoosh.codec import schema
from search.engines.whoosh.segment import Segment
from search.engines.whoosh.snapshot import WhooshSnapshot
from search.errors import IndexDamaged, SearchError
from search.manifest import current_generation, read_manifest
from search.query.plan import Combine, Plan
from search.results import Status

_INDEX_NAME = "MAIN"
_RETRIES = 5


class WhooshIndex:
    """See the protocol `search.engines.base.Index`."""

    def __init__(self, index: Path, similarity: Similarity) -> None:
        self._index = index
        self._similarity = similarity
        self._lock = threading.Lock()
        self._state: tuple[str, ...] = ()
        self._snapshot: WhooshSnapshot | None = None
        self._status: tuple[ref[WhooshSnapshot], Status] | None = None
        self.snapshot()

    def snapshot(self) -> WhooshSnapshot:
        """The index as it is now."""
        snapshot = self._snapshot
        try:
            generation = current_generation(self._index)
            state = (generation.name, *_commits(generation))
        except (SearchError, OSError):
            # a generation that is being replaced, or a damaged pointer, must not take the site down
            if snapshot is None:
                raise
            return snapshot
        if snapshot is not None and state == self._state:
            return snapshot
        # one thread moves over; the others go on with what they have until all of the new one is ready
        if not self._lock.acquire(blocking=snapshot is None):
            assert snapshot is not None
            return snapshot
        try:
            if self._snapshot is None or state != self._state:
                opened = self._open(generation)
                opened.warm()
                self._snapshot = opened
                self._state = state
            return self._snapshot
        finally:
            self._lock.release()

    def _open(self, generation: Path) -> WhooshSnapshot:
        for attempt in range(_RETRIES):
            try:
                read_manifest(generation)
                return WhooshSnapshot(open_segments(generation), self._similarity)
            except FileNotFoundError as error:
                # a writer merged the segments between our reading the list and opening them
                if attempt == _RETRIES - 1:
                    raise IndexDamaged(
                        f"{generation} lacks {error.filename}; rebuild with: python -m indexer build PATH"
                    ) from error
                generation = current_generation(self._index)
        raise AssertionError("unreachable")

    def status(self) -> Status:
        """What the index holds."""
        snapshot = self.snapshot()
        if (known := self._status) and known[0]() is snapshot:
            return known[1]
        generation = current_generation(self._index)
        facets = snapshot.execute(Plan(Combine(), limit=0)).facets
        status = Status(
            documents=snapshot.documents,
            generation=generation.name,
            created=read_manifest(generation).created,
            languages=dict(facets["language"]),
            sources=dict(facets["source"]),
            years=dict(sorted(facets["year"])),
            bytes=sum(file.stat().st_size for file in generation.iterdir() if file.is_file()),
        )
        self._status = ref(snapshot), status  # an old snapshot is not kept for it
        return status

    def close(self) -> None:
        """Let go of the files once no snapshot uses them."""
        self._snapshot = None
        self._status = None
        self._state = ()


class _ReadingStorage(FileStorage):  # type: ignore[misc]  # whoosh is untyped
    """Knows the files it has opened: Whoosh leaves a list of segments open that it cannot read."""

    def __init__(self, path: str, readonly: bool) -> None:
        super().__init__(path, readonly=readonly)
        self._opened: list[StructFile] = []

    def open_file(self, name: str, **options: Any) -> StructFile:
        """Open a file and remember it."""
        self._opened.append(super().open_file(name, **options))
        return self._opened[-1]

    def close_files(self) -> None:
        """Close all files opened so far."""
        for file in self._opened:
            if not file.is_closed:
                file.close()


def _commits(generation: Path) -> list[str]:
    return sorted(entry.name for entry in os.scandir(generation) if entry.name.endswith(".toc"))


def open_segments(generation: Path) -> Sequence[Segment]:
    """The segments of the latest commit of a generation, open. Raises IndexDamaged."""
    storage = _ReadingStorage(str(generation), readonly=True)
    try:
        # always our own schema: the pickled one inside the index is never loaded
        toc = TOC.read(storage, _INDEX_NAME, schema=schema())
    except FileNotFoundError:
        raise
    except Exception as error:
        # a list of segments that was cut fails in as many ways as there are places to cut it
        storage.close_files()
        raise IndexDamaged(
            f"{generation} cannot be read as an index ({error!r}); rebuild with: python -m indexer build PATH"
        ) from error
    segments: list[Segment] = []
    base = 0
    for segment in toc.segments:
        segments.append(Segment(storage, segment, base))
        base += segments[-1].size
    return segments


def open_index(index: Path, similarity: Similarity) -> WhooshIndex:
    """An index folder, open for reading. Raises IndexMissing, IndexDamaged, IndexMismatch."""
    return WhooshIndex(index, similarity)
