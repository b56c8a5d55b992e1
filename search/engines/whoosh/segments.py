"""The list of segments that Whoosh keeps of a generation, read with our schema only."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.index import TOC

from search.engines.arrays.segment import Segment, SegmentFiles
from search.engines.whoosh.codec import COLUMNS_EXT, POSTINGS_EXT, STORED_EXT, schema, segment_path
from search.errors import IndexDamaged
from search.manifest import REBUILD

_INDEX_NAME = "MAIN"


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


def open_segments(generation: Path) -> Sequence[Segment]:
    """The segments of a generation, open. Raises IndexDamaged."""
    storage = _ReadingStorage(str(generation), readonly=True)
    try:
        # always our own schema: the pickled one inside the index is never loaded
        toc = TOC.read(storage, _INDEX_NAME, schema=schema())
    except Exception as error:
        # a list of segments that was cut fails in as many ways as there are places to cut it
        storage.close_files()
        raise IndexDamaged(f"{generation} cannot be read as an index ({error!r}); {REBUILD}") from error
    segments: list[Segment] = []
    first = 0
    for segment in toc.segments:
        try:
            segments.append(Segment(_files(storage, segment), first))
        except FileNotFoundError as error:
            raise IndexDamaged(f"{generation} lacks {error.filename}; {REBUILD}") from error
        first += segments[-1].size
    return segments


def _files(storage: FileStorage, segment: base.Segment) -> SegmentFiles:
    return SegmentFiles(
        postings=segment_path(storage, segment, POSTINGS_EXT),
        columns=segment_path(storage, segment, COLUMNS_EXT),
        stored=segment_path(storage, segment, STORED_EXT),
        size=int(segment.doc_count_all()),
        deleted=frozenset(segment.deleted_docs()) if segment.has_deletions() else frozenset(),
    )
