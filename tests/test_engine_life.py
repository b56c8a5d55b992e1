"""An index over time, on every engine: replaced and deleted documents, snapshots, counts."""

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import KINDS, Archive, analyzed, plain
from reference import ReferenceDocument

from search.engines.folder import current_generation
from search.engines.whoosh.reader import FolderReader
from search.errors import IndexDamaged
from search.query.plan import Combine, Phrase, Plan, Term
from search.schema import Name

BAN = Plan(Term("body_folded", "ban"), limit=1000)
EVERYTHING = Plan(Combine(), limit=1000)


def found(archive: Archive, plan: Plan = BAN, fresh: bool = False) -> set[str]:
    """The ids that a plan finds; the count, the total and what each id leads to must agree."""
    searcher = archive.reader(fresh).snapshot().searcher
    ranked = searcher.execute(plan)
    ids = [document.id for document in searcher.fetch(ranked.handles)]
    assert len(ids) == ranked.total == len(set(ids))
    assert [own[0] for own in searcher.named([(Name.ID, id) for id in ids])] == list(ranked.handles)
    return set(ids)


def word(id: str, text: str) -> ReferenceDocument:
    return plain(id, text, title="tựa")


def test_a_stored_document_comes_back_as_it_went_in(archive: Archive) -> None:
    document = plain("a", "bán hàng", "tựa", language="vi", source="Báo Làng", date="2024-05")
    archive.commit([document])
    handle = archive.handle("a")
    assert handle is not None
    assert archive.searcher.fetch([handle]) == [analyzed(document).document]


@pytest.mark.parametrize(("title", "body"), [("", "bán"), ("bán", ""), ("", "")])
def test_a_document_without_title_or_text_is_stored_too(archive: Archive, title: str, body: str) -> None:
    document = plain("a", body, title)
    archive.commit([document])
    handle = archive.handle("a")
    assert handle is not None
    assert archive.searcher.fetch([handle]) == [analyzed(document).document]


def test_deleted_documents_never_reappear(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deleted, added again, deleted again, over merges, with every kind of search."""
    archive.kind.lower(monkeypatch, "merges")
    phrase = Plan(Phrase("body_folded", (("ban",), ("hang",))), limit=1000)
    for turn in range(6):
        archive.commit(word(f"{turn}-{n}", "bán hàng") for n in range(5))
        archive.commit(deleted=[f"{turn}-1", f"{turn}-2"])
        archive.commit([word(f"{turn}-1", "bán hàng")])
        archive.commit([word(f"{turn}-3", "mua chịu")], deleted=[f"{turn}-0", f"{turn}-1"])
        expected = {
            id for id, document in archive.live.items() if document.fields["body_folded"][0][1] == "ban"
        }
        assert expected == {f"{before}-4" for before in range(turn + 1)}
        for fresh in (False, True):
            assert found(archive, BAN, fresh) == expected
            assert found(archive, phrase, fresh) == expected
            assert found(archive, EVERYTHING, fresh) == set(archive.live)
    assert archive.searcher.documents == len(archive.live)
    assert archive.handle("0-0") is None


def test_a_document_is_replaced_within_one_commit(archive: Archive) -> None:
    archive.commit([word("a", "cũ"), word("b", "bán"), word("a", "bán một"), word("a", "bán hai")])
    assert found(archive) == {"a", "b"}
    assert found(archive, Plan(Term("body_surface", "một"))) == set()
    assert found(archive, Plan(Term("body_surface", "hai"))) == {"a"}


def test_what_is_added_and_deleted_in_one_commit_is_gone(archive: Archive) -> None:
    archive.commit([word("a", "bán")])
    with archive.writing() as writer:
        writer.add(analyzed(word("b", "bán")))
        writer.add(analyzed(word("a", "bán lại")))
        assert writer.delete("b")
        assert writer.delete("a")
        assert not writer.delete("a")
        assert not writer.delete("never there")
        writer.add(analyzed(word("c", "bán")))
    assert found(archive) == {"c"}


def test_all_documents_can_be_deleted_and_others_added(archive: Archive) -> None:
    archive.commit(word(f"{n}", "bán") for n in range(4))
    archive.commit(deleted=[f"{n}" for n in range(4)])
    assert found(archive) == found(archive, EVERYTHING) == set()
    archive.commit([word("9", "bán")])
    assert found(archive) == {"9"}


@pytest.mark.parametrize("id", ["vi/bài 1.txt", "dấu", "dấu/", "'\"<&>", "日本", "a" * 3000, "đa", "da"])
def test_any_text_is_an_id(archive: Archive, id: str) -> None:
    archive.commit([word(id, "bán"), word("x", "mua")])
    archive.commit([word(id, "bán nữa")])
    assert found(archive) == {id}


def test_counts_of_spellings_and_pairs_add_up_over_segments(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.kind.lower(monkeypatch, "spills", "merges", "blocks")
    for commit in range(5):
        archive.commit(plain(f"{commit}-{n}", "bán hàng bạn hàng " * 30, "bàn ban") for n in range(6))
    lexicon = archive.lexicon
    ban, vang = lexicon.spellings(["ban", "vang"])
    assert list(ban) == [("bán", 900), ("bạn", 900), ("ban", 30), ("bàn", 30)]
    assert list(vang) == []
    pairs = [("bán", "hàng"), ("hàng", "bạn"), ("hàng", "bán"), ("bán", "bạn"), ("bàn", "ban"), ("vắng", "x")]
    assert list(lexicon.pair_counts(pairs)) == [900, 900, 870, 0, 0, 0]
    assert list(lexicon.pair_counts([])) == []
    assert lexicon.tokens == 30 * 120


@pytest.mark.parametrize("merged", [False, True])
def test_phrases_are_found_past_position_65535(
    archive: Archive, merged: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Around 2**16, where positions need more than two bytes, and far behind it."""
    filler = ["ở"] * 70_000
    for at in (100, 65_535, 69_998):
        filler[at : at + 2] = ["bán", "hàng"]
    archive.commit(
        [
            plain("short", "bán hàng"),
            plain("long", " ".join(filler)),
            plain("apart", "bán ở hàng"),
        ]
    )
    if merged:
        archive.kind.lower(monkeypatch, "merges")
        for n in range(3):
            archive.commit([plain(f"{n}", "mua bán hàng")])
    reference = archive.reference()
    for slop in (0, 1):
        plan = Plan(Phrase("body_surface", (("bán",), ("hàng",)), slop))
        ranked, expected = archive.execute(plan), reference.execute(plan)
        assert ranked.handles == expected.handles
        assert ranked.scores == pytest.approx(expected.scores, rel=1e-5)
    last = Plan(Phrase("body_folded", (("o",), ("ban",), ("hang",))))
    assert archive.execute(last).scores == pytest.approx(reference.execute(last).scores, rel=1e-5)


def test_a_snapshot_is_not_changed_by_commits(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.kind.lower(monkeypatch, "merges")
    archive.commit(word(f"{n}", "bán") for n in range(5))
    before = archive.reader().snapshot().searcher
    answer = before.execute(BAN)
    documents = before.fetch(answer.handles)
    for n in range(4):
        archive.commit([word(f"new{n}", "bán")], deleted=[f"{n}"])
    assert before.execute(BAN) == answer
    assert before.execute(Plan(Term("body_surface", "bán"))).total == 5
    assert before.fetch(answer.handles) == documents
    assert before.named([(Name.ID, "new0")]) == [[]]
    assert found(archive) == {"4", "new0", "new1", "new2", "new3"}


def test_nothing_is_seen_before_the_commit(archive: Archive) -> None:
    archive.commit([word("a", "bán")])
    with archive.writing() as writer:
        writer.delete("a")
        writer.add(analyzed(word("b", "bán")))
        assert found(archive, fresh=True) == {"a"}
    assert found(archive) == {"b"}


def test_while_one_thread_moves_to_a_new_commit_the_others_go_on_with_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive(KINDS["whoosh"], tmp_path / "index")
    archive.commit([word("a", "bán")])
    index = archive.reader()
    before = index.snapshot()
    archive.commit([word("b", "bán")])
    opening, done = threading.Event(), threading.Event()
    open_at_once = FolderReader._opened

    def open_in_the_end(self: FolderReader) -> object:
        opening.set()
        assert done.wait(10)
        return open_at_once(self)

    monkeypatch.setattr(FolderReader, "_opened", open_in_the_end)
    with ThreadPoolExecutor() as threads:
        mover = threads.submit(index.snapshot)
        assert opening.wait(10)
        assert index.snapshot() is before  # at once: nobody waits for the other
        done.set()
        assert mover.result(10).searcher.documents == 2
    assert index.snapshot().searcher.documents == 2


def test_an_old_snapshot_is_let_go_as_soon_as_no_search_uses_it(tmp_path: Path) -> None:
    archive = Archive(KINDS["whoosh"], tmp_path / "index")
    archive.commit([word("a", "bán")])
    index = archive.reader()
    before = weakref.ref(index.snapshot().searcher)
    index.snapshot().searcher.execute(BAN)
    index.status()
    archive.commit([word("b", "bán")])
    gc.disable()  # its caches are large: it must not wait for a collection
    try:
        index.snapshot().searcher.execute(BAN)
        assert before() is None
    finally:
        gc.enable()


def test_a_generation_that_cannot_be_opened_leaves_a_running_site_as_it_was(tmp_path: Path) -> None:
    archive = Archive(KINDS["whoosh"], tmp_path / "index")
    archive.commit([word("a", "bán")])
    index = archive.reader()
    before = index.snapshot()
    archive.commit([word("b", "bán")])
    live = current_generation(tmp_path / "index")
    (live / "manifest.json").write_text("{")
    assert index.snapshot() is before
    assert index.status().documents == 1
    with pytest.raises(IndexDamaged):
        archive.reader(fresh=True)
