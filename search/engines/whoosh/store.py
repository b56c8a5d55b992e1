"""An index in a folder of the local disk: its generations, and who may write."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from search.config import Similarity
from search.engines import folder
from search.engines.base import Generation
from search.engines.lock import exclusive
from search.engines.whoosh import counterparts, groups
from search.engines.whoosh.reader import FolderReader, open_snapshot
from search.engines.whoosh.writer import LOCK_SUFFIX, WhooshWriter
from search.manifest import Manifest
from search.verify import verify

_OWN_FILES = (folder.MANIFEST, groups.FILE, counterparts.FILE)
"""What each generation writes for itself; no file of a segment is ever written again."""


class FolderStore:
    """See the protocol `search.engines.base.Store`."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.local = self._index = Path(address).expanduser()
        self.work = self._index / folder.WORK

    def live(self) -> Generation:
        """The live generation."""
        live = folder.current_generation(self._index)
        return Generation(live.name, folder.read_manifest(live))

    def reader(self, similarity: Similarity) -> FolderReader:
        """Open for reading."""
        return FolderReader(self._index, similarity)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the folder for writing, made if need be; what killed runs have left is removed."""
        folder.prepare(self._index)
        with exclusive(self.work, self.address):
            folder.sweep(self._index)
            yield

    @contextmanager
    def build(self, *, from_live: bool = False) -> Iterator["FolderBuild"]:
        """A new generation; to link the files of the live one into it costs neither time nor room."""
        with folder.building(self._index) as partial:
            if from_live:
                for file in folder.current_generation(self._index).iterdir():
                    if file.name not in _OWN_FILES and not file.name.endswith(LOCK_SUFFIX):
                        os.link(file, partial / file.name)
            yield FolderBuild(self._index, partial)

    def generations(self) -> Sequence[str]:
        """The names of the complete generations, the latest first."""
        return folder.generations(self._index)

    def rollback(self) -> Generation:
        """Make the generation before the live one live again."""
        older = folder.previous_generation(self._index)
        manifest = folder.read_manifest(older)
        verify_generation(older, manifest.documents)
        folder.point(self._index, older.name)
        return Generation(older.name, manifest)

    def verify(self) -> Generation:
        """Check the live generation, every checksum included."""
        live = folder.current_generation(self._index)
        manifest = folder.read_manifest(live)
        verify_generation(live, manifest.documents)
        return Generation(live.name, manifest)


class FolderBuild:
    """See the protocol `search.engines.base.Build`."""

    def __init__(self, index: Path, partial: Path) -> None:
        self._index = index
        self._partial = partial
        self.name = folder.name_of(partial)

    def writer(self) -> WhooshWriter:
        """The writer of its documents."""
        return WhooshWriter(self._partial)

    def verify(self, documents: int) -> None:
        """Check that it holds so many documents, is intact and can be searched."""
        verify_generation(self._partial, documents)

    def promote(self, manifest: Manifest) -> Generation:
        """Make it the live generation, durably."""
        folder.write_manifest(self._partial, manifest)
        folder.promote(self._index, self._partial)
        return Generation(self.name, manifest)


def verify_generation(generation: Path, documents: int) -> None:
    """Check all checksums of a generation's folder, and look for its documents. Raises IndexDamaged."""
    searcher = open_snapshot(generation, Similarity()).searcher
    searcher.check()
    groups.check_groups(generation)
    counterparts.check_counterparts(generation)
    verify(searcher, str(generation), documents)
