"""An index over time, on every engine: replaced and deleted documents, snapshots, counts."""

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import Store, analyzed, plain
from reference import ReferenceDocument

from search.engines.whoosh.index import WhooshIndex
from search.engines.whoosh.snapshot import WhooshSnapshot
from search.query.plan import Combine, Phrase, Plan, Term

BAN = Plan(Term("body_folded", "ban"), limit=1000)
EVERYTHING = Plan(Combine(), limit=1000)


def found(store: Store, plan: Plan = BAN, fresh: bool = False) -> set[str]:
    """The ids that a plan finds; the count, the total and what each id leads to must agree."""
    snapshot = store.index(fresh).snapshot()
    ranked = snapshot.execute(plan)
    ids = [snapshot.stored(doc).id for doc in ranked.docs]
    assert len(ids) == ranked.total == len(set(ids))
    assert [snapshot.find(id) for id in ids] == list(ranked.docs)
    return set(ids)


def word(id: str, text: str) -> ReferenceDocument:
    return plain(id, text, title="tựa")


def test_a_stored_document_comes_back_as_it_went_in(store: Store) -> None:
    document = plain("a", "bán hàng", "tựa", language="vi", source="Báo Làng", date="2024-05")
    store.commit([document])
    snapshot = store.index().snapshot()
    number = snapshot.find("a")
    assert number is not None
    assert snapshot.stored(number) == analyzed(document).document


@pytest.mark.parametrize(("title", "body"), [("", "bán"), ("bán", ""), ("", "")])
def test_a_document_without_title_or_text_is_stored_too(store: Store, title: str, body: str) -> None:
    document = plain("a", body, title)
    store.commit([document])
    snapshot = store.index().snapshot()
    number = snapshot.find("a")
    assert number is not None
    assert snapshot.stored(number) == analyzed(document).document


def test_deleted_documents_never_reappear(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deleted, added again, deleted again, over merges, with every kind of search."""
    monkeypatch.setattr(*store.kind.limits["merges"])
    phrase = Plan(Phrase("body_folded", (("ban",), ("hang",))), limit=1000)
    for turn in range(6):
        store.commit(word(f"{turn}-{n}", "bán hàng") for n in range(5))
        store.commit(deleted=[f"{turn}-1", f"{turn}-2"])
        store.commit([word(f"{turn}-1", "bán hàng")])
        store.commit([word(f"{turn}-3", "mua chịu")], deleted=[f"{turn}-0", f"{turn}-1"])
        expected = {
            id for id, document in store.live.items() if document.fields["body_folded"][0][1] == "ban"
        }
        assert expected == {f"{before}-4" for before in range(turn + 1)}
        for fresh in (False, True):
            assert found(store, BAN, fresh) == expected
            assert found(store, phrase, fresh) == expected
            assert found(store, EVERYTHING, fresh) == set(store.live)
    snapshot = store.index().snapshot()
    assert snapshot.documents == len(store.live)
    assert snapshot.find("0-0") is None


def test_a_document_is_replaced_within_one_commit(store: Store) -> None:
    store.commit([word("a", "cũ"), word("b", "bán"), word("a", "bán một"), word("a", "bán hai")])
    assert found(store) == {"a", "b"}
    assert found(store, Plan(Term("body_surface", "một"))) == set()
    assert found(store, Plan(Term("body_surface", "hai"))) == {"a"}


def test_what_is_added_and_deleted_in_one_commit_is_gone(store: Store) -> None:
    store.commit([word("a", "bán")])
    with store.kind.create_writer(store.generation) as writer:
        writer.add(analyzed(word("b", "bán")))
        writer.add(analyzed(word("a", "bán lại")))
        assert writer.delete("b")
        assert writer.delete("a")
        assert not writer.delete("a")
        assert not writer.delete("never there")
        writer.add(analyzed(word("c", "bán")))
    assert found(store) == {"c"}


def test_all_documents_can_be_deleted_and_others_added(store: Store) -> None:
    store.commit(word(f"{n}", "bán") for n in range(4))
    store.commit(deleted=[f"{n}" for n in range(4)])
    assert found(store) == found(store, EVERYTHING) == set()
    store.commit([word("9", "bán")])
    assert found(store) == {"9"}


@pytest.mark.parametrize("id", ["vi/bài 1.txt", "dấu", "dấu/", "'\"<&>", "日本", "a" * 3000, "đa", "da"])
def test_any_text_is_an_id(store: Store, id: str) -> None:
    store.commit([word(id, "bán"), word("x", "mua")])
    store.commit([word(id, "bán nữa")])
    assert found(store) == {id}


def test_counts_of_spellings_and_pairs_add_up_over_segments(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("spills", "merges", "blocks"):
        monkeypatch.setattr(*store.kind.limits[name])
    for commit in range(5):
        store.commit(plain(f"{commit}-{n}", "bán hàng bạn hàng " * 30, "bàn ban") for n in range(6))
    snapshot = store.index().snapshot()
    assert list(snapshot.variants("ban")) == [("bán", 900), ("bạn", 900), ("ban", 30), ("bàn", 30)]
    assert list(snapshot.variants("vang")) == []
    pairs = [("bán", "hàng"), ("hàng", "bạn"), ("hàng", "bán"), ("bán", "bạn"), ("bàn", "ban"), ("vắng", "x")]
    assert list(snapshot.pair_counts(pairs)) == [900, 900, 870, 0, 0, 0]
    assert list(snapshot.pair_counts([])) == []
    assert snapshot.occurrences() == 30 * 120


@pytest.mark.parametrize("merged", [False, True])
def test_phrases_are_found_past_position_65535(
    store: Store, merged: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Around 2**16, where positions need more than two bytes, and far behind it."""
    filler = ["ở"] * 70_000
    for at in (100, 65_535, 69_998):
        filler[at : at + 2] = ["bán", "hàng"]
    store.commit([plain("short", "bán hàng"), plain("long", " ".join(filler)), plain("apart", "bán ở hàng")])
    if merged:
        monkeypatch.setattr(*store.kind.limits["merges"])
        for n in range(3):
            store.commit([plain(f"{n}", "mua bán hàng")])
    snapshot = store.index().snapshot()
    reference = store.reference(snapshot)
    for slop in (0, 1):
        plan = Plan(Phrase("body_surface", (("bán",), ("hàng",)), slop))
        ranked, expected = snapshot.execute(plan), reference.execute(plan)
        assert ranked.docs == expected.docs
        assert ranked.scores == pytest.approx(expected.scores, rel=1e-5)
    last = Plan(Phrase("body_folded", (("o",), ("ban",), ("hang",))))
    assert snapshot.execute(last).scores == pytest.approx(reference.execute(last).scores, rel=1e-5)


def test_a_snapshot_is_not_changed_by_commits(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*store.kind.limits["merges"])
    store.commit(word(f"{n}", "bán") for n in range(5))
    index = store.index()
    before = index.snapshot()
    answer = before.execute(BAN)
    documents = [before.stored(doc) for doc in answer.docs]
    for n in range(4):
        store.commit([word(f"new{n}", "bán")], deleted=[f"{n}"])
    assert before.execute(BAN) == answer
    assert before.execute(Plan(Term("body_surface", "bán"))).total == 5
    assert [before.stored(doc) for doc in answer.docs] == documents
    assert before.find("new0") is None
    assert found(store) == {"4", "new0", "new1", "new2", "new3"}


def test_nothing_is_seen_before_the_commit(store: Store) -> None:
    store.commit([word("a", "bán")])
    with store.kind.create_writer(store.generation) as writer:
        writer.delete("a")
        writer.add(analyzed(word("b", "bán")))
        assert found(store, fresh=True) == {"a"}
    assert found(store) == {"b"}


def test_while_one_thread_moves_to_a_new_commit_the_others_go_on_with_the_old(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.commit([word("a", "bán")])
    index = store.index()
    before = index.snapshot()
    store.commit([word("b", "bán")])
    opening, done = threading.Event(), threading.Event()
    open_slowly = WhooshIndex._open

    def open_in_the_end(self: WhooshIndex, generation: Path) -> WhooshSnapshot:
        opening.set()
        assert done.wait(10)
        return open_slowly(self, generation)

    monkeypatch.setattr(WhooshIndex, "_open", open_in_the_end)
    with ThreadPoolExecutor() as threads:
        mover = threads.submit(index.snapshot)
        assert opening.wait(10)
        assert index.snapshot() is before  # at once: nobody waits for the other
        done.set()
        assert mover.result(10).documents == 2
    assert index.snapshot().documents == 2


def test_an_old_snapshot_is_let_go_as_soon_as_no_search_uses_it(store: Store) -> None:
    store.commit([word("a", "bán")])
    index = store.index()
    before = weakref.ref(index.snapshot())
    index.snapshot().execute(BAN)
    index.status()
    store.commit([word("b", "bán")])
    gc.disable()  # its caches are large: it must not wait for a collection
    try:
        index.snapshot().execute(BAN)
        assert before() is None
    finally:
        gc.enable()
