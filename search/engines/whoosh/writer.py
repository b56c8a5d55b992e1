"""Writes documents into Whoosh segments: transactions by Whoosh, postings and columns by us."""

import contextlib
import errno
import os
import pickle
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, LockError
from whoosh.index import IndexError as WhooshIndexError
from whoosh.writing import SegmentWriter

from search.analysis.document import AnalyzedDocument
from search.arrayfile import ArrayFile, ArrayFileWriter
from search.document import Copy, encodable
from search.engines.arrays import segment_file
from search.engines.arrays.columns import COPIES, Columns, ColumnsWriter
from search.engines.arrays.stored import Stored, StoredReader, StoredWriter
from search.engines.whoosh.codec import (
    COLUMNS_EXT,
    POSTINGS_EXT,
    STORED_EXT,
    ArrayCodec,
    open_postings,
    schema,
    segment_path,
)
from search.engines.whoosh.counterparts import write_counterparts
from search.engines.whoosh.groups import read_groups, write_groups
from search.engines.whoosh.segments import open_segments
from search.errors import IndexDamaged, IndexLocked, IndexUnwritable
from search.schema import Name

MAX_BUFFERED_TOKENS = 16_000_000
"""Tokens of all fields together that are kept in memory before they are sorted and spilled."""
LOCK_SUFFIX = "LOCK"
"""What the name of Whoosh's own lock ends in."""
MAX_SEGMENTS = 8
"""A commit that would leave more segments merges the smallest."""


class DurableStorage(FileStorage):  # type: ignore[misc]  # whoosh is untyped
    """Whoosh never fsyncs: here the file that a commit renames is on disk before, the folder after."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Rename durably; this is the moment a commit becomes visible."""
        sync(Path(self.folder) / oldname)
        super().rename_file(oldname, newname, safe=safe)
        sync(Path(self.folder))


def sync(path: Path) -> None:
    """fsync a file or a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def translated_errors(folder: Path) -> Iterator[None]:
    """Whoosh's and the system's errors as ours."""
    try:
        yield
    except LockError as error:
        raise IndexLocked(f"another indexer is writing to {folder}; wait for it to end") from error
    except (WhooshIndexError, pickle.UnpicklingError, EOFError) as error:
        raise IndexDamaged(
            f"{folder} cannot be read as an index ({error}); rebuild with: python -m indexer build PATH"
        ) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise IndexUnwritable(f"no space left for {folder}; free some and run again") from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST):
            raise IndexUnwritable(f"{folder} cannot be written: {error.strerror}") from error
        raise


class _Segments(SegmentWriter):  # type: ignore[misc]  # whoosh is untyped
    """Whoosh's writer with our postings: it keeps the lock and the list of segments."""

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, codec=ArrayCodec(), compound=False)
        self.pool = self  # stock Whoosh would collect postings there; it only calls cleanup()
        self._folder = Path(self.storage.folder)
        self._buffer = segment_file.StreamBuffer()
        self._columns = ColumnsWriter()
        self._stored = StoredWriter(segment_path(self.storage, self.newsegment, STORED_EXT))
        self._spills: list[Path] = []
        self._merging: list[tuple[ArrayFile, NDArray[np.int64]]] = []

    def cleanup(self) -> None:
        """Remove the spills, and let go of the stored documents."""
        self._stored.abandon()
        for spill in self._spills:
            spill.unlink(missing_ok=True)
        self._spills = []

    def add(self, document: AnalyzedDocument, stored: Stored) -> int:
        """Add a document to the new segment; returns its number there."""
        doc = int(self.docnum)
        self._store(stored)
        self._buffer.add(doc, document.document, document.streams)
        self._columns.add(document)
        if self._buffer.tokens >= MAX_BUFFERED_TOKENS:
            self._spill()
        return doc

    def add_copy(self, doc: int, copy: Copy) -> None:
        """Note another place of a document of the new segment."""
        self._columns.add_copy(doc, copy)

    def _store(self, stored: Stored) -> None:
        self.perdocwriter.start_doc(self.docnum)
        self.perdocwriter.finish_doc()
        self._stored.add(stored)
        self._added = True
        self.docnum += 1

    def _spill(self) -> None:
        run = self._folder / f"{self.newsegment.segment_id()}.spill{len(self._spills)}"
        self._spills.append(run)
        self._buffer.write(run, final=False)

    def take_over(self, segment: base.Segment) -> None:
        """Move the live documents of an older segment into the new one."""
        deleted = set(segment.deleted_docs())
        docs = np.array([doc for doc in range(segment.doc_count_all()) if doc not in deleted], np.int64)
        docmap = np.full(segment.doc_count_all(), -1, np.int64)
        docmap[docs] = self.docnum + np.arange(len(docs))
        reader = StoredReader(segment_path(self.storage, segment, STORED_EXT))
        for doc in docs.tolist():
            self._store(reader.read(doc))
        columns = Columns(ArrayFile(segment_path(self.storage, segment, COLUMNS_EXT)))
        self._columns.copy(columns, docs)
        postings = ArrayFile(segment_path(self.storage, segment, POSTINGS_EXT))
        self._merging.append((postings, docmap))

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        self.fieldwriter.close()
        self._stored.finish()
        with ArrayFileWriter(segment_path(self.storage, self.newsegment, COLUMNS_EXT)) as out:
            self._columns.write(out)
        path = segment_path(self.storage, self.newsegment, POSTINGS_EXT)
        if not self._spills and not self._merging:
            self._buffer.write(path, final=True)
            return
        if self._buffer.tokens:
            self._spill()
        same = np.arange(self.docnum)
        # spills first: their documents have the lower numbers
        segment_file.merge(path, [*((ArrayFile(spill), same) for spill in self._spills), *self._merging])

    def _commit_toc(self, segments: list[base.Segment]) -> None:
        for name in self.newsegment.list_files(self.storage):
            sync(self._folder / name)
        super()._commit_toc(segments)


def _merge_policy(writer: _Segments, segments: list[base.Segment]) -> list[base.Segment]:
    """Keep large, mostly live segments; take over the smallest and those half deleted."""
    kept = [segment for segment in segments if segment.doc_count() * 2 > segment.doc_count_all()]
    for segment in segments:
        if segment not in kept and segment.doc_count():
            writer.take_over(segment)
    if len(kept) >= MAX_SEGMENTS:
        kept.sort(key=lambda segment: segment.doc_count(), reverse=True)
        for segment in kept[MAX_SEGMENTS // 2 :]:
            writer.take_over(segment)
        kept = kept[: MAX_SEGMENTS // 2]
    return kept


class WhooshWriter:
    """Adds and deletes documents of one generation; see the protocol `search.engines.base.Writer`."""

    def __init__(self, generation: Path) -> None:
        self._folder = generation
        with translated_errors(generation):
            generation.mkdir(parents=True, exist_ok=True)
            storage = DurableStorage(str(generation))
            fresh = not any(name.endswith(".toc") for name in storage.list())
            index = FileIndex.create(storage, schema()) if fresh else FileIndex(storage, schema())
            self._segments = _Segments(index)
            self._committed = [
                (open_postings(storage, segment)[Name.ID], base_doc)
                for segment, base_doc in zip(
                    self._segments.segments, self._segments._doc_offsets, strict=True
                )
            ]
        self._fresh: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            with translated_errors(self._folder):
                try:
                    self._segments.commit(mergetype=_merge_policy)
                    segments = open_segments(self._folder)
                    write_groups(self._folder, segments)
                    write_counterparts(self._folder, segments, read_groups(self._folder, segments))
                except BaseException:
                    self._abandon()
                    raise
        else:
            self._abandon()

    def _abandon(self) -> None:
        # cancelling must not hide the error that led to it, such as a full disk
        if not self._segments.is_closed:
            with contextlib.suppress(Exception):
                self._segments.cancel()
        if not self._segments.is_closed:
            self._segments._finish()
        for name in self._segments.newsegment.list_files(self._segments.storage):
            (self._folder / name).unlink(missing_ok=True)

    def add(self, document: AnalyzedDocument) -> None:
        """Add a document; one with the same id, committed or not, is replaced."""
        with translated_errors(self._folder):
            self.delete(document.document.id)
            stored = _stored(document)
            self._fresh[document.document.id] = self._segments.add(document, stored)

    def add_copy(self, document_id: str, copy: Copy) -> None:
        """Note another place of a document that this writer has added."""
        self._segments.add_copy(self._fresh[document_id], copy)

    def delete(self, document_id: str) -> bool:
        """Delete the document with that id; False when there is none."""
        doc = self._fresh.pop(document_id, None)
        if doc is not None:
            self._segments.newsegment.delete_document(doc)
            return True
        term = encodable(document_id).encode()
        for field, base_doc in self._committed:
            ord = field.find(term)
            if ord >= 0:
                for local in field.read(ord).docs:
                    number = base_doc + int(local)
                    if not self._segments.is_deleted(number):
                        self._segments.delete_document(number)
                        return True
        return False


def _stored(document: AnalyzedDocument) -> Stored:
    """What is kept of a document: its own fields, its language replaced by the detected one."""
    own: Stored = {
        field.name: getattr(document.document, field.name)
        for field in fields(document.document)
        if field.name != COPIES  # a column: copies come after their document has been written
    }
    return {name: value for name, value in own.items() if value} | {"language": document.language}
