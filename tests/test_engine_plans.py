"""Corners of a Plan's meaning that random ones seldom reach, on every engine."""

import math

import pytest
from conftest import Store, plain

from search.query.plan import (
    Best,
    Combine,
    Filter,
    Node,
    Passage,
    Phrase,
    Plan,
    Prefix,
    Ranked,
    Rescore,
    Term,
)

BAN = Term("body_folded", "ban")


def run(store: Store, query: Node, *evidence: Node, window: int = 200, **rest: object) -> Ranked:
    return store.index().snapshot().execute(Plan(query, rescore=Rescore(evidence, window), **rest))  # type: ignore[arg-type]


def ids(store: Store, found: Ranked) -> list[str]:
    snapshot = store.index().snapshot()
    number = {snapshot.find(id): id for id in store.live}
    return [number[doc] for doc in found.docs]


def matching(store: Store, query: Node, *evidence: Node) -> set[str]:
    return set(ids(store, run(store, query, *evidence, limit=1000)))


def test_documents_with_equal_scores_come_by_number(store: Store) -> None:
    for commit in range(3):
        store.commit(plain(f"{commit}-{number}", "bạn bán bàn") for number in range(40))
    for query in (
        BAN,
        Best((BAN, Term("body_surface", "bán")), 0.1),
        Phrase("body_surface", (("bạn",), ("bán",))),
    ):
        found = run(store, query, limit=100)
        assert len(set(found.scores)) == 1
        assert list(found.docs) == sorted(found.docs)
        assert found.docs[0] == min(run(store, query, limit=1000).docs)


def test_documents_with_equal_scores_come_by_number_on_later_pages_and_after_a_re_score(store: Store) -> None:
    store.commit(plain(f"{number}", "bạn bán") for number in range(50))
    first, second = (run(store, BAN, BAN, limit=7, offset=offset).docs for offset in (0, 7))
    assert first + second == run(store, BAN, limit=14).docs


def test_an_empty_index_answers_everything_with_nothing(store: Store) -> None:
    store.commit([])
    for query in (BAN, Combine(), Prefix("body_surface", "b"), Phrase("body_folded", (("ban",), ("hang",)))):
        assert run(store, query, BAN) == Ranked((), (), 0, {"language": (), "source": (), "year": ()})
    snapshot = store.index().snapshot()
    assert (snapshot.documents, snapshot.occurrences(), list(snapshot.variants("ban"))) == (0, 0, [])
    assert list(snapshot.pair_counts([("bán", "hàng")])) == [0]
    assert snapshot.find("vắng") is None


def test_a_combine_without_must_and_should_matches_all_with_score_1(store: Store) -> None:
    store.commit([plain("a", "bán"), plain("b", "mua"), plain("c", "")])
    everything = run(store, Combine())
    assert (everything.total, everything.scores) == (3, (1.0, 1.0, 1.0))
    rest = run(store, Combine(exclude=(BAN,)))
    assert ids(store, rest) == ["b", "c"]
    assert rest.scores == (1.0, 1.0)


def test_a_floor_keeps_documents_with_all_words_or_the_rare_ones(store: Store) -> None:
    """*của* alone is too little beside *quyền*; both together are enough however long the text."""
    store.commit(plain(f"{n}", "của") for n in range(20))
    store.commit([plain("rare", "quyền"), plain("both", "quyền của " + "x " * 300)])
    should = (Term("body_surface", "quyền"), Term("body_surface", "của"))
    assert run(store, Combine(should=should, minimum=1)).total == 22
    assert matching(store, Combine(should=should, minimum=1, floor=0.5)) == {"rare", "both"}


def added(store: Store, query: Node, evidence: Node) -> dict[str, float]:
    """What a piece of evidence adds to each document that a query finds."""
    without, whole = run(store, query), run(store, query, evidence)
    before = dict(zip(without.docs, without.scores, strict=True))
    more = {doc: score - before[doc] for doc, score in zip(whole.docs, whole.scores, strict=True)}
    return dict(zip(ids(store, whole), (more[doc] for doc in whole.docs), strict=True))


def test_a_passage_is_worth_the_words_that_stand_close(store: Store) -> None:
    far, near = "quyền " + "x " * 200 + "người", "x " * 99 + "quyền x người " + "x " * 99
    store.commit([plain("far", far), plain("near", near), plain("none", "mua x")])
    groups = (("quyền", "quyển"), ("người",))
    one = math.log(1 + 1.5 / 2.5)
    found = added(store, Term("body_surface", "x"), Passage("body_surface", groups))
    assert found == pytest.approx({"far": one, "near": 2 * one, "none": 0.0}, abs=1e-5)
    half = added(store, Term("body_surface", "x"), Passage("body_surface", groups, weight=0.5))
    assert half == pytest.approx({"far": one / 2, "near": one, "none": 0.0}, abs=1e-5)


def test_a_passage_stays_inside_its_document(store: Store) -> None:
    store.commit([plain("1", "x quyền"), plain("2", "x người"), plain("3", "x quyền")])
    found = added(store, Term("body_surface", "x"), Passage("body_surface", (("quyền",), ("người",))))
    common, rare = math.log(1 + 1.5 / 2.5), math.log(1 + 2.5 / 1.5)
    assert found == pytest.approx({"1": common, "2": rare, "3": common}, abs=1e-5)


def test_a_best_without_members_matches_nothing(store: Store) -> None:
    store.commit([plain("a", "bán")])
    assert run(store, Best(())).total == 0


@pytest.mark.parametrize(
    "nothing",
    [
        Best(()),
        Prefix("body_surface", "không"),
        Phrase("body_surface", (("không",), ("có",))),
        Passage("body_surface", (("không",), ("có",))),
        Passage("body_surface", ()),
    ],
    ids=lambda node: type(node).__name__,
)
def test_evidence_that_no_document_has_adds_nothing(store: Store, nothing: Node) -> None:
    store.commit([plain("a", "bán hàng"), plain("b", "bán")])
    assert run(store, BAN, nothing) == run(store, BAN)


def test_a_prefix_stands_for_the_terms_in_the_most_documents(store: Store) -> None:
    """Over all segments: `ab` is in four documents, though in neither segment it leads."""
    store.commit([plain("1", "aa ab"), plain("2", "aa ab"), plain("3", "aa")])
    store.commit([plain("4", "ac ab"), plain("5", "ac ab"), plain("6", "ac")])
    assert matching(store, Prefix("body_surface", "a", limit=1)) == {"1", "2", "4", "5"}


def test_a_prefix_does_not_stand_for_terms_of_deleted_documents(store: Store) -> None:
    often = [plain(f"often{number}", "aa") for number in range(4)]
    store.commit([*often, plain("1", "ab"), plain("2", "ab"), *(plain(f"{n}", "mua") for n in range(3, 9))])
    store.commit(deleted=[document.id for document in often])
    assert matching(store, Prefix("body_surface", "a", limit=1)) == {"1", "2"}


def test_a_phrase_stays_inside_a_document_and_its_paragraphs(store: Store) -> None:
    apart = plain("apart", "quyền con")
    fields = {"body_surface": [(0, "quyền"), (2, "con")], "body_folded": [(0, "quyen"), (2, "con")]}
    store.commit([plain("before", "con quyền"), plain("after", "con quyền"), apart])
    store.commit([type(apart)("gap", fields=fields)])
    phrase = (("quyền",), ("con",))
    assert matching(store, Phrase("body_surface", phrase)) == {"apart"}
    assert matching(store, Phrase("body_surface", phrase, slop=1)) == {"apart", "gap"}


@pytest.mark.parametrize(
    ("text", "slop"),
    [("quyền con người", 0), ("quyền của con người", 1), ("quyền quyền của mọi con người", 2)],
)
def test_slop_is_how_many_other_words_stand_in_between(store: Store, text: str, slop: int) -> None:
    store.commit([plain("a", text)])
    parts = (("quyền",), ("con",), ("người",))
    assert run(store, Phrase("body_surface", parts, slop)).total == 1
    assert slop == 0 or run(store, Phrase("body_surface", parts, slop - 1)).total == 0


def test_a_phrase_keeps_the_order_of_its_parts(store: Store) -> None:
    store.commit([plain("a", "người con quyền")])
    assert run(store, Phrase("body_surface", (("quyền",), ("người",)), slop=9)).total == 0


def test_a_word_twice_in_a_phrase_stands_twice_in_the_text(store: Store) -> None:
    store.commit([plain("once", "xanh lá xanh"), plain("twice", "lá xanh xanh")])
    assert matching(store, Phrase("body_folded", (("xanh",), ("xanh",)))) == {"twice"}


def test_a_folded_phrase_takes_any_spelling_of_each_word(store: Store) -> None:
    store.commit([plain("a", "bán hàng"), plain("b", "ban hang"), plain("c", "bạn hạng", title="bàn háng")])
    store.commit([plain("d", "bẩn hang"), plain("e", "hàng bán")])
    assert matching(store, Phrase("body_folded", (("ban",), ("hang",)))) == {"a", "b", "c", "d"}
    assert matching(store, Phrase("title_folded", (("ban",), ("hang",)))) == {"c"}


def test_only_the_window_is_re_scored(store: Store) -> None:
    """The second document would win with its evidence, but only the first is looked at."""
    store.commit([plain("a", "bán bán bán"), plain("b", "bán thêm hàng"), plain("c", "mua")])
    evidence = Term("body_surface", "hàng", 50.0)
    assert ids(store, run(store, BAN, evidence, window=1)) == ["a", "b"]
    assert ids(store, run(store, BAN, evidence, window=2)) == ["b", "a"]
    assert ids(store, run(store, BAN, evidence, window=2, limit=1)) == ["b"]
    assert ids(store, run(store, BAN, evidence, window=2, limit=1, offset=1)) == ["a"]


def test_evidence_finds_no_further_documents(store: Store) -> None:
    store.commit([plain("a", "bán"), plain("b", "mua")])
    assert matching(store, BAN, Term("body_surface", "mua")) == {"a"}


def test_each_facet_is_counted_without_its_own_filter(store: Store) -> None:
    store.commit(
        [
            plain("1", "bán", language="vi", source="A", date="2024-05-01"),
            plain("2", "bán", language="fr", source="A", date="2023"),
            plain("3", "bán", language="fr", source="B", date="2024"),
            plain("4", "bán", language="vi"),
            plain("5", "mua", language="vi", source="A", date="2024"),
        ]
    )
    found = run(store, BAN, filter=Filter(frozenset({"vi"}), frozenset({"A"}), 20240101, 20241231))
    assert (ids(store, found), found.total) == (["1"], 1)
    assert found.facets == {
        "language": (("vi", 1),),
        "source": (("A", 1),),
        "year": (("2024", 1),),
    }
    by_language = run(store, BAN, filter=Filter(languages=frozenset({"vi"})))
    assert by_language.facets["language"] == (("fr", 2), ("vi", 2))
    assert by_language.facets["year"] == (("2024", 1),)


def test_dates_are_both_included_and_unknown_ones_are_in_no_range(store: Store) -> None:
    dates = ("2023-12-31", "2024-01-01", "2024-06-30", "2024-07-01", "")
    store.commit(plain(date or "unknown", "bán", date=date) for date in dates)
    assert ids(store, run(store, BAN, filter=Filter(since=20240101, until=20240630))) == [*dates[1:3]]
    assert ids(store, run(store, BAN, filter=Filter(until=20231231))) == ["2023-12-31"]
    assert run(store, BAN, filter=Filter(sources=frozenset({"nowhere"}))).total == 0


def test_a_page_past_the_end_is_empty_and_still_counts(store: Store) -> None:
    store.commit(plain(f"{number}", "bán", language="fr") for number in range(5))
    found = run(store, BAN, limit=10, offset=5)
    assert (found.docs, found.total, found.facets["language"]) == ((), 5, (("fr", 5),))
    assert run(store, BAN, limit=0).total == 5
