"""Writers and readers of one index at the same time, on every engine: locks, cancelled writes, threads."""

import errno
import os
import threading
from pathlib import Path

import pytest
from conftest import Store, analyzed, plain
from reference import ReferenceDocument

from search.errors import IndexLocked, IndexUnwritable
from search.query.plan import Plan, Term

BAN = Plan(Term("body_folded", "ban"), limit=1000)


def found(store: Store) -> set[str]:
    """The ids of the documents with *ban*."""
    snapshot = store.index().snapshot()
    return {snapshot.stored(doc).id for doc in snapshot.execute(BAN).docs}


def word(id: str, text: str) -> ReferenceDocument:
    return plain(id, text, title="tựa")


def test_a_second_writer_is_refused_until_the_first_is_done(store: Store) -> None:
    with store.kind.create_writer(store.generation) as writer:
        writer.add(analyzed(word("a", "bán")))
        with pytest.raises(IndexLocked, match="another indexer is writing"):
            store.kind.create_writer(store.generation)
    store.commit([word("b", "bán")])
    assert found(store) == {"a", "b"}


class _Interrupted(Exception):
    """Stands for any error while writing."""


def test_a_cancelled_write_leaves_what_was_committed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*store.kind.limits["spills"])
    store.commit(word(f"{n}", "bán") for n in range(3))
    before = {path.name for path in store.generation.iterdir()}

    def interrupted() -> None:
        with store.kind.create_writer(store.generation) as writer:
            writer.delete("0")
            for n in range(300):
                writer.add(analyzed(word(f"new{n}", "bán hàng")))
            raise _Interrupted

    with pytest.raises(_Interrupted):
        interrupted()
    assert found(store) == {"0", "1", "2"}
    left = {path.name for path in store.generation.iterdir() if not path.name.endswith("LOCK")}
    assert left <= before
    store.commit([word("new", "bán")])
    assert found(store) == {"0", "1", "2", "new"}


def test_a_full_disk_leaves_what_was_committed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.commit([word("a", "bán")])

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(IndexUnwritable, match="no space left"):
            store.commit([word("b", "bán")])
    del store.live["b"]
    assert found(store) == {"a"}
    store.commit([word("c", "bán")])
    assert found(store) == {"a", "c"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(store: Store, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(IndexUnwritable, match="closed"):
        store.kind.create_writer(closed / "g1")


def test_a_folder_below_a_file_is_no_place_for_an_index(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("không phải thư mục")
    with pytest.raises(IndexUnwritable, match="file"):
        store.kind.create_writer(tmp_path / "file" / "g1")


def test_readers_see_whole_commits_while_a_writer_commits(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each commit replaces all ten documents: a reader must find ten, all of one commit."""
    monkeypatch.setattr(*store.kind.limits["merges"])
    store.commit(plain(f"{n}", "bán lần 0", "lần 0") for n in range(10))
    index = store.index()
    done = threading.Event()
    failures: list[str] = []
    seen: set[str] = set()

    def read() -> None:
        try:
            while not done.is_set():
                snapshot = index.snapshot()
                docs = snapshot.execute(BAN).docs
                titles = {snapshot.stored(doc).title for doc in docs}
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
            store.commit(plain(f"{n}", f"bán lần {turn}", f"lần {turn}") for n in range(10))
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert failures == []
    assert len(seen) > 1
