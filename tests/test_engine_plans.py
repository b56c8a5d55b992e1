"""Corners of a Plan's meaning that random ones seldom reach, on every engine."""

import math

import pytest
from conftest import Archive, plain

from search.query.plan import (
    Best,
    Combine,
    Group,
    Named,
    Node,
    Passage,
    Phrase,
    Plan,
    Ranked,
    Rescore,
    Term,
    TitleShare,
)
from search.schema import Name

BAN = Term("body_folded", "ban")


def run(archive: Archive, query: Node, *evidence: Node, window: int = 200, **rest: object) -> Ranked:
    return archive.execute(Plan(query, rescore=Rescore(evidence, window), **rest))  # type: ignore[arg-type]


def ids(archive: Archive, found: Ranked) -> list[str]:
    return archive.ids(found)


def begun(archive: Archive, prefix: str, limit: int) -> Best:
    """The words of bodies that begin so, as the lexicon names them."""
    found = archive.lexicon.terms([("body_surface", prefix)], limit)[0]
    return Best(tuple(Term("body_surface", text) for text, _ in found))


def matching(archive: Archive, query: Node, *evidence: Node) -> set[str]:
    return set(ids(archive, run(archive, query, *evidence, limit=1000)))


def test_documents_with_equal_scores_come_in_the_order_of_the_index(archive: Archive) -> None:
    for commit in range(3):
        archive.commit(plain(f"{commit}-{number}", "bạn bán bàn") for number in range(40))
    everything = run(archive, Combine(), limit=1000)
    for query in (
        BAN,
        Best((BAN, Term("body_surface", "bán")), 0.1),
        Phrase("body_surface", (("bạn",), ("bán",))),
    ):
        found = run(archive, query, limit=100)
        assert len(set(found.scores)) == 1
        assert found.handles == everything.handles[:100]


def test_equal_scores_keep_their_order_on_later_pages_and_after_a_re_score(
    archive: Archive,
) -> None:
    archive.commit(plain(f"{number}", "bạn bán") for number in range(50))
    first, second = (run(archive, BAN, BAN, limit=7, offset=offset).handles for offset in (0, 7))
    assert first + second == run(archive, BAN, limit=14).handles


def test_an_empty_index_answers_everything_with_nothing(archive: Archive) -> None:
    archive.commit([])
    for query in (BAN, Combine(), Phrase("body_folded", (("ban",), ("hang",)))):
        assert run(archive, query, BAN) == Ranked((), (), 0, {"language": (), "source": (), "year": ()})
    lexicon = archive.lexicon
    assert (archive.searcher.documents, lexicon.tokens, list(lexicon.spellings(["ban"])[0])) == (0, 0, [])
    assert list(lexicon.pair_counts([("bán", "hàng")])) == [0]
    assert archive.handle("vắng") is None


def test_a_combine_without_must_and_should_matches_all_with_score_1(archive: Archive) -> None:
    archive.commit([plain("a", "bán"), plain("b", "mua"), plain("c", "")])
    everything = run(archive, Combine())
    assert (everything.total, everything.scores) == (3, (1.0, 1.0, 1.0))
    rest = run(archive, Combine(exclude=(BAN,)))
    assert ids(archive, rest) == ["b", "c"]
    assert rest.scores == (1.0, 1.0)


def test_complete_matches_are_counted_apart_from_scores(archive: Archive) -> None:
    """*của* in a thousand documents hides nothing: the two words together are in one, however long it is."""
    archive.commit(plain(f"{n}", "của", language="vi") for n in range(20))
    archive.commit([plain("rare", "quyền"), plain("both", "quyền của " + "x " * 300, language="fr")])
    should = (Term("body_surface", "quyền"), Term("body_surface", "của"))
    found = archive.execute(Plan(Combine(should=should, minimum=1), Combine(must=should), limit=30))
    assert (found.total, found.complete, sum(found.whole)) == (22, 1, 1)
    assert dict(zip(found.handles, found.whole, strict=True))[archive.handle("both")]
    assert found.facets["language"] == (("fr", 1),)


def added(archive: Archive, query: Node, evidence: Node) -> dict[str, float]:
    """What a piece of evidence adds to each document that a query finds."""
    without, whole = run(archive, query), run(archive, query, evidence)
    before = dict(zip(without.handles, without.scores, strict=True))
    more = {doc: score - before[doc] for doc, score in zip(whole.handles, whole.scores, strict=True)}
    return dict(zip(ids(archive, whole), (more[doc] for doc in whole.handles), strict=True))


def test_a_passage_is_worth_the_words_that_stand_close(archive: Archive) -> None:
    far, near = "quyền " + "x " * 200 + "người", "x " * 99 + "quyền x người " + "x " * 99
    archive.commit([plain("far", far), plain("near", near), plain("none", "mua x")])
    groups = (Group(("quyền", "quyển")), Group(("người",)))
    one = math.log(1 + 1.5 / 2.5) / 2.2
    found = added(archive, Term("body_surface", "x"), Passage(groups))
    assert found == pytest.approx({"far": one, "near": 2 * one, "none": 0.0}, abs=1e-5)
    half = added(archive, Term("body_surface", "x"), Passage(groups, weight=0.5))
    assert half == pytest.approx({"far": one / 2, "near": one, "none": 0.0}, abs=1e-5)


def test_a_passage_under_a_title_with_the_word_is_worth_more(archive: Archive) -> None:
    archive.commit([plain("titled", "x người", "người"), plain("not", "x người", "x")])
    found = added(archive, Term("body_surface", "x"), Passage((Group(("người",)),), title=4.0))
    idf = math.log(1 + 0.5 / 2.5)
    assert found == pytest.approx({"titled": idf * 5 / 6.2, "not": idf / 2.2}, abs=1e-5)


def test_a_passage_stays_inside_its_document(archive: Archive) -> None:
    archive.commit([plain("1", "x quyền"), plain("2", "x người"), plain("3", "x quyền")])
    groups = (Group(("quyền",)), Group(("người",)))
    found = added(archive, Term("body_surface", "x"), Passage(groups))
    common, rare = math.log(1 + 1.5 / 2.5) / 2.2, math.log(1 + 2.5 / 1.5) / 2.2
    assert found == pytest.approx({"1": common, "2": rare, "3": common}, abs=1e-5)


def test_a_title_counts_by_the_share_that_the_query_has_of_it(archive: Archive) -> None:
    archive.commit([plain("whole", "x", "quyền người"), plain("half", "x", "quyền người mua bán")])
    groups = (Group(("quyền",)), Group(("người",), weight=0.0))
    found = added(archive, Term("body_surface", "x"), TitleShare(groups, 0.5))
    idf = math.log(1 + 0.5 / 2.5)
    assert found == pytest.approx({"whole": idf / 2, "half": idf / 4}, abs=1e-5)


def test_the_title_and_the_lead_count_more_than_the_rest_of_a_body(archive: Archive) -> None:
    filler = "x " * 90
    archive.commit(
        [
            plain("title", filler + "x", "quyền"),
            plain("lead", "quyền " + filler, "x"),
            plain("rest", filler + "quyền", "x"),
        ]
    )
    assert ids(archive, run(archive, Term("whole_surface", "quyền"))) == ["title", "lead", "rest"]
    assert ids(archive, run(archive, Term("body_surface", "quyền"))) == ["lead", "rest"]


def test_a_whole_title_is_found_by_its_name(archive: Archive) -> None:
    archive.commit([plain("a", "x", "Bán hàng".lower()), plain("b", "x", "bạn hàng xóm"), plain("c", "x")])
    assert matching(archive, Named(Name.TITLE, "bán hàng")) == {"a"}
    assert matching(archive, Named(Name.FOLDED_TITLE, "ban hang")) == {"a"}
    assert matching(archive, Named(Name.TITLE, "bán")) == set()


def test_a_best_without_members_matches_nothing(archive: Archive) -> None:
    archive.commit([plain("a", "bán")])
    assert run(archive, Best(())).total == 0


@pytest.mark.parametrize(
    "nothing",
    [
        Best(()),
        Phrase("body_surface", (("không",), ("có",))),
        Phrase("body_surface", (("không",), ("có",)), word=True),
        Passage((Group(("không",)), Group(("có",)))),
        Passage(()),
    ],
    ids=lambda node: type(node).__name__,
)
def test_evidence_that_no_document_has_adds_nothing(archive: Archive, nothing: Node) -> None:
    archive.commit([plain("a", "bán hàng"), plain("b", "bán")])
    assert run(archive, BAN, nothing) == run(archive, BAN)


def test_a_prefix_stands_for_the_terms_in_the_most_documents(archive: Archive) -> None:
    """Over all segments: `ab` is in four documents, though in neither segment it leads."""
    archive.commit([plain("1", "aa ab"), plain("2", "aa ab"), plain("3", "aa")])
    archive.commit([plain("4", "ac ab"), plain("5", "ac ab"), plain("6", "ac")])
    assert matching(archive, begun(archive, "a", limit=1)) == {"1", "2", "4", "5"}


def test_a_prefix_does_not_stand_for_terms_of_deleted_documents(archive: Archive) -> None:
    often = [plain(f"often{number}", "aa") for number in range(4)]
    archive.commit([*often, plain("1", "ab"), plain("2", "ab"), *(plain(f"{n}", "mua") for n in range(3, 9))])
    archive.commit(deleted=[document.id for document in often])
    assert matching(archive, begun(archive, "a", limit=1)) == {"1", "2"}


def test_a_phrase_stays_inside_a_document_and_its_paragraphs(archive: Archive) -> None:
    apart = plain("apart", "quyền con")
    fields = {"body_surface": [(0, "quyền"), (2, "con")], "body_folded": [(0, "quyen"), (2, "con")]}
    archive.commit([plain("before", "con quyền"), plain("after", "con quyền"), apart])
    archive.commit([type(apart)("gap", fields=fields)])
    phrase = (("quyền",), ("con",))
    assert matching(archive, Phrase("body_surface", phrase)) == {"apart"}
    assert matching(archive, Phrase("body_surface", phrase, slop=1)) == {"apart", "gap"}


@pytest.mark.parametrize(
    ("text", "slop"),
    [("quyền con người", 0), ("quyền của con người", 1), ("quyền quyền của mọi con người", 2)],
)
def test_slop_is_how_many_other_words_stand_in_between(archive: Archive, text: str, slop: int) -> None:
    archive.commit([plain("a", text)])
    parts = (("quyền",), ("con",), ("người",))
    assert run(archive, Phrase("body_surface", parts, slop)).total == 1
    assert slop == 0 or run(archive, Phrase("body_surface", parts, slop - 1)).total == 0


def test_a_phrase_keeps_the_order_of_its_parts(archive: Archive) -> None:
    archive.commit([plain("a", "người con quyền")])
    assert run(archive, Phrase("body_surface", (("quyền",), ("người",)), slop=9)).total == 0


def test_a_word_twice_in_a_phrase_stands_twice_in_the_text(archive: Archive) -> None:
    archive.commit([plain("once", "xanh lá xanh"), plain("twice", "lá xanh xanh")])
    assert matching(archive, Phrase("body_folded", (("xanh",), ("xanh",)))) == {"twice"}


def test_a_folded_phrase_takes_any_spelling_of_each_word(archive: Archive) -> None:
    archive.commit([plain("a", "bán hàng"), plain("b", "ban hang"), plain("c", "bạn hạng", title="bàn háng")])
    archive.commit([plain("d", "bẩn hang"), plain("e", "hàng bán")])
    assert matching(archive, Phrase("body_folded", (("ban",), ("hang",)))) == {"a", "b", "c", "d"}
    assert matching(archive, Phrase("title_folded", (("ban",), ("hang",)))) == {"c"}


def test_only_the_window_is_re_scored(archive: Archive) -> None:
    """The second document would win with its evidence, but only the first is looked at."""
    archive.commit([plain("a", "bán bán bán"), plain("b", "bán thêm hàng"), plain("c", "mua")])
    evidence = Term("body_surface", "hàng", 50.0)
    assert ids(archive, run(archive, BAN, evidence, window=1)) == ["a", "b"]
    assert ids(archive, run(archive, BAN, evidence, window=2)) == ["b", "a"]
    assert ids(archive, run(archive, BAN, evidence, window=2, limit=1)) == ["b"]
    assert ids(archive, run(archive, BAN, evidence, window=2, limit=1, offset=1)) == ["a"]


def test_evidence_finds_no_further_documents(archive: Archive) -> None:
    archive.commit([plain("a", "bán"), plain("b", "mua")])
    assert matching(archive, BAN, Term("body_surface", "mua")) == {"a"}


def test_a_page_past_the_end_is_empty_and_still_counts(archive: Archive) -> None:
    archive.commit(plain(f"{number}", "bán", language="fr") for number in range(5))
    found = run(archive, BAN, limit=10, offset=5)
    assert (found.handles, found.total, found.facets["language"]) == ((), 5, (("fr", 5),))
    assert run(archive, BAN, limit=0).total == 5
