"""Reads an index folder and follows its generations."""

import threading
from pathlib import Path
from weakref import ref

from search.config import Similarity
from search.engines.arrays.searcher import ArraySnapshot
from search.engines.folder import current_generation, read_manifest
from search.engines.whoosh.groups import read_groups
from search.engines.whoosh.segments import open_segments
from search.errors import IndexMissing, SearchError
from search.query.plan import Combine, Plan
from search.results import Status

_RETRIES = 5


class FolderReader:
    """See the protocol `search.engines.base.Reader`."""

    def __init__(self, index: Path, similarity: Similarity) -> None:
        self._index = index
        self._similarity = similarity
        self._lock = threading.Lock()
        self._live = ""
        self._snapshot: ArraySnapshot | None = None
        self._status: tuple[ref[ArraySnapshot], Status] | None = None
        self.snapshot()

    def snapshot(self) -> ArraySnapshot:
        """The index as it is now."""
        snapshot = self._snapshot
        try:
            live = current_generation(self._index).name
        except (SearchError, OSError):
            # a damaged pointer must not take the site down
            if snapshot is None:
                raise
            return snapshot
        if snapshot is not None and live == self._live:
            return snapshot
        # one thread moves over; the others go on with what they have until all of the new one is ready
        if not self._lock.acquire(blocking=snapshot is None):
            assert snapshot is not None
            return snapshot
        try:
            if self._snapshot is None or live != self._live:
                self._snapshot, self._live = self._opened()
            return self._snapshot
        finally:
            self._lock.release()

    def _opened(self) -> tuple[ArraySnapshot, str]:
        for attempt in range(_RETRIES):
            generation = current_generation(self._index)
            try:
                read_manifest(generation)
                return open_snapshot(generation, self._similarity), generation.name
            except SearchError:
                # two updates may have come and gone, and the folder with them, while we were reading it
                if attempt == _RETRIES - 1 or current_generation(self._index) == generation:
                    raise
        raise IndexMissing(f"{self._index} changes faster than it can be opened")

    def status(self) -> Status:
        """What the index holds."""
        snapshot = self.snapshot()
        if (known := self._status) and known[0]() is snapshot:
            return known[1]
        generation = current_generation(self._index)
        facets = snapshot.searcher.execute(Plan(Combine(), limit=0)).facets
        status = Status(
            documents=snapshot.searcher.documents,
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
        self._live = ""


def open_snapshot(generation: Path, similarity: Similarity) -> ArraySnapshot:
    """The segments of a generation's folder as one index. Raises IndexDamaged."""
    segments = open_segments(generation)
    return ArraySnapshot(segments, similarity, read_groups(generation, segments))
