"""Writers and readers of one index at the same time, on every engine: locks, cancelled writes, threads."""

import errno
import os
import threading
from pathlib import Path

import pytest
from conftest import Archive, EngineKind, analyzed, plain
from reference import ReferenceDocument

from search.errors import IndexLocked, IndexUnwritable
from search.query.plan import Plan, Term

BAN = Plan(Term("body_folded", "ban"), limit=1000)


def found(archive: Archive) -> set[str]:
    """The ids of the documents with *ban*."""
    return set(archive.ids(archive.execute(BAN)))


def word(id: str, text: str) -> ReferenceDocument:
    return plain(id, text, title="tựa")


def test_a_second_writer_is_refused_until_the_first_is_done(archive: Archive) -> None:
    with archive.writing() as writer:
        writer.add(analyzed(word("a", "bán")))
        with pytest.raises(IndexLocked, match="another indexer"), archive.writing():
            pytest.fail("two writers at once")
    archive.commit([word("b", "bán")])
    assert found(archive) == {"a", "b"}


class _Interrupted(Exception):
    """Stands for any error while writing."""


def test_a_cancelled_write_leaves_what_was_committed(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.kind.lower(monkeypatch, "spills")
    archive.commit(word(f"{n}", "bán") for n in range(3))
    before = sorted(archive.store.local.rglob("*"))

    def interrupted() -> None:
        with archive.writing() as writer:
            writer.delete("0")
            for n in range(300):
                writer.add(analyzed(word(f"new{n}", "bán hàng")))
            raise _Interrupted

    with pytest.raises(_Interrupted):
        interrupted()
    assert found(archive) == {"0", "1", "2"}
    assert sorted(archive.store.local.rglob("*")) == before
    archive.commit([word("new", "bán")])
    assert found(archive) == {"0", "1", "2", "new"}


def test_a_full_disk_leaves_what_was_committed(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.commit([word("a", "bán")])

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(IndexUnwritable, match=r"[Nn]o space left"):
            archive.commit([word("b", "bán")])
    del archive.live["b"]
    assert found(archive) == {"a"}
    archive.commit([word("c", "bán")])
    assert found(archive) == {"a", "c"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(kind: EngineKind, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(IndexUnwritable, match="closed"):
        Archive(kind, closed / "index").commit([])


def test_a_folder_below_a_file_is_no_place_for_an_index(kind: EngineKind, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("không phải thư mục")
    with pytest.raises(IndexUnwritable, match="file"):
        Archive(kind, tmp_path / "file" / "index").commit([])


def test_readers_see_whole_commits_while_a_writer_commits(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each commit replaces all ten documents: a reader must find ten, all of one commit."""
    archive.kind.lower(monkeypatch, "merges")
    archive.commit(plain(f"{n}", "bán lần 0", "lần 0") for n in range(10))
    index = archive.reader()
    done = threading.Event()
    failures: list[str] = []
    seen: set[str] = set()

    def read() -> None:
        try:
            while not done.is_set():
                searcher = index.snapshot().searcher
                docs = searcher.fetch(searcher.execute(BAN).handles)
                titles = {document.title for document in docs}
                if len(docs) != 10 or len(titles) != 1:
                    failures.append(f"{len(docs)} documents of {titles}")
                seen.update(titles)
        except BaseException as error:
            failures.append(repr(error))
            raise

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        for turn in range(1, 13):
            archive.commit(plain(f"{n}", f"bán lần {turn}", f"lần {turn}") for n in range(10))
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert failures == []
    assert len(seen) > 1
