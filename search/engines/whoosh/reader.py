"""Reads an index folder and follows its generations."""

import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from weakref import ref

from search.config import Similarity
from search.engines.arrays.searcher import ArraySnapshot
from search.engines.folder import current_generation, read_manifest
from search.engines.whoosh.counterparts import read_counterparts
from search.engines.whoosh.groups import read_groups
from search.engines.whoosh.segments import open_segments
from search.errors import IndexDamaged, SearchError
from search.manifest import REBUILD
from search.query.plan import Combine, Plan
from search.results import Status

_RETRIES = 5

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Open:
    """A generation that is open, and what is told of it without looking again."""

    name: str
    created: str
    bytes: int
    snapshot: ArraySnapshot


class FolderReader:
    """See the protocol `search.engines.base.Reader`."""

    def __init__(self, index: Path, similarity: Similarity) -> None:
        self._index = index
        self._similarity = similarity
        self._lock = threading.Lock()
        self._live: _Open | None = None
        self._refused = ""  # a generation that could not be opened, while an older one is
        self._status: tuple[ref[ArraySnapshot], Status] | None = None
        self.snapshot()

    def snapshot(self) -> ArraySnapshot:
        """The index as it is now."""
        return self._now().snapshot

    def _now(self) -> _Open:
        live = self._live
        try:
            name = current_generation(self._index).name
        except (SearchError, OSError):
            # a damaged pointer must not take the site down
            if live is None:
                raise
            return live
        if live is not None and name in (live.name, self._refused):
            return live
        # one thread moves over; the others go on with what they have until all of the new one is ready
        if not self._lock.acquire(blocking=live is None):
            assert live is not None
            return live
        try:
            if self._live is None or name != self._live.name:
                self._live = self._opened()
            return self._live
        except SearchError as error:
            if live is None:
                raise
            logger.warning("the index goes on as it was: %s", error)
            self._refused = name
            return live
        finally:
            self._lock.release()

    def _opened(self) -> _Open:
        for attempt in range(_RETRIES):
            generation = current_generation(self._index)
            try:
                manifest = read_manifest(generation)
                size = sum(file.stat().st_size for file in generation.iterdir() if file.is_file())
                return _Open(
                    generation.name, manifest.created, size, open_snapshot(generation, self._similarity)
                )
            except (SearchError, FileNotFoundError) as error:
                # two updates may have come and gone, and the folder with them, while we were reading it
                if attempt == _RETRIES - 1 or current_generation(self._index) == generation:
                    if isinstance(error, SearchError):
                        raise
                    raise IndexDamaged(f"{generation} cannot be read ({error}); {REBUILD}") from error
        raise AssertionError("unreachable")

    def status(self) -> Status:
        """What the index holds."""
        live = self._now()
        if (known := self._status) and known[0]() is live.snapshot:
            return known[1]
        searcher = live.snapshot.searcher
        facets = searcher.execute(Plan(Combine(), limit=0)).facets
        status = Status(
            documents=searcher.documents,
            generation=live.name,
            created=live.created,
            languages=dict(facets["language"]),
            sources=dict(facets["source"]),
            years=dict(sorted(facets["year"])),
            bytes=live.bytes,
        )
        self._status = ref(live.snapshot), status  # an old snapshot is not kept for it
        return status

    def close(self) -> None:
        """Let go of the files once no snapshot uses them."""
        self._live = None
        self._status = None


def open_snapshot(generation: Path, similarity: Similarity) -> ArraySnapshot:
    """The segments of a generation's folder as one index. Raises IndexDamaged."""
    segments = open_segments(generation)
    groups = read_groups(generation, segments)
    return ArraySnapshot(segments, similarity, groups, read_counterparts(generation, len(groups.first)))
