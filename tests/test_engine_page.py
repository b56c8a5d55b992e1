"""A page of results: its total, filters, facets and paging, its diacritics and snippets."""

import json
import unicodedata
from dataclasses import asdict
from pathlib import Path

import pytest
from conftest import IndexWriter

import search
from search import Engine, Hit, SearchRequest
from search.document import Document
from search.results import FacetValue, Highlight

QUERIES = [
    "ban",
    "bán",
    "quyền con người",
    "quyen",
    "hoa binh",
    "la",
    "the",
    "của OR les",
    "lang:vi",
    "-bán",
    "côté",
]


def highlighted(text: str, highlights: tuple[Highlight, ...]) -> list[str]:
    return [text[start:end] for start, end in highlights]


def hit(engine: Engine, query: str, id: str) -> Hit:
    return next(hit for hit in engine.search(SearchRequest(query, limit=100)).hits if hit.id == id)


def values(facet: tuple[FacetValue, ...]) -> dict[str, int]:
    return {value.value: value.count for value in facet}


@pytest.mark.parametrize("query", QUERIES)
def test_pages_follow_each_other_without_gap_or_double(sample_engine: Engine, query: str) -> None:
    whole = sample_engine.search(SearchRequest(query, limit=100))
    assert whole.total == len(whole.hits) == len({hit.id for hit in whole.hits})
    pages = [
        sample_engine.search(SearchRequest(query, limit=3, offset=offset))
        for offset in range(0, whole.total + 3, 3)
    ]
    assert [hit.id for page in pages for hit in page.hits] == [hit.id for hit in whole.hits]
    assert {page.total for page in pages} == {whole.total}
    assert pages[-1].hits == ()
    assert {(page.limit, page.offset) for page in pages} == {(3, 3 * number) for number in range(len(pages))}


@pytest.mark.parametrize("query", QUERIES)
def test_scores_fall(sample_engine: Engine, query: str) -> None:
    for other_diacritics in (False, True):
        scores = [
            h.score
            for h in sample_engine.search(SearchRequest(query, limit=100)).hits
            if h.other_diacritics is other_diacritics
        ]
        assert scores == sorted(scores, reverse=True)
        assert all(score > 0 for score in scores)


@pytest.mark.parametrize("query", QUERIES)
def test_facets_add_up_to_the_total(sample_engine: Engine, query: str) -> None:
    page = sample_engine.search(SearchRequest(query))
    assert set(page.facets) == {"language", "source", "year"}
    if not query.startswith("lang:"):  # its own filter does not narrow a facet
        assert sum(values(page.facets["language"]).values()) == (page.complete or page.total)
    counts = [value.count for value in page.facets["language"]]
    assert counts == sorted(counts, reverse=True)


def test_filters_by_language(sample_engine: Engine) -> None:
    everything = sample_engine.search(SearchRequest("the", limit=100))
    for language in ("vi", "fr", "en"):
        page = sample_engine.search(SearchRequest("the", limit=100, languages={language}))
        assert {hit.language for hit in page.hits} == {language}
        assert page.total == values(everything.facets["language"])[language]
        assert page.facets["language"] == everything.facets["language"]
        assert sample_engine.search(SearchRequest(f"the lang:{language}")).total == page.total
    both = sample_engine.search(SearchRequest("the", limit=100, languages=["vi", "fr"]))
    assert {hit.language for hit in both.hits} == {"vi", "fr"}
    assert sample_engine.search(SearchRequest("the", languages=["zz"])).total == 0


def test_a_typed_language_never_opens_what_was_closed(sample_engine: Engine) -> None:
    page = sample_engine.search(SearchRequest("the lang:fr", limit=100, languages={"vi"}))
    assert {hit.language for hit in page.hits} <= {"vi"}


def test_filters_by_source_and_date(sample_engine: Engine) -> None:
    page = sample_engine.search(SearchRequest("ban", limit=100, sources=["Báo Làng"]))
    assert page.hits
    assert {hit.source for hit in page.hits} == {"Báo Làng"}
    assert sample_engine.search(SearchRequest('ban source:"Báo Làng"')).total == page.total
    page = sample_engine.search(SearchRequest("ban", limit=100, since="2024-01", until="2024-06"))
    assert sorted(hit.date for hit in page.hits) == ["2024-01-15", "2024-06-30"]
    assert sample_engine.search(SearchRequest("ban date:2024-01..2024-06")).total == page.total
    assert all(hit.date >= "2024" for hit in sample_engine.search(SearchRequest("ban", since="2024")).hits)
    assert (
        sample_engine.search(SearchRequest("ban", since="nonsense", until="")).total
        == sample_engine.search(SearchRequest("ban")).total
    )


def test_filters_alone_list_their_documents(sample_engine: Engine, sample: dict[str, Document]) -> None:
    page = sample_engine.search(SearchRequest("", limit=100, languages={"fr"}))
    assert {hit.id for hit in page.hits} == {id for id in sample if id.startswith("fr/")}
    assert sample_engine.search(SearchRequest('source:"Tạp chí Đồng Quê"')).total == 2


def test_limits_are_kept_in_bounds(sample_engine: Engine) -> None:
    assert (
        len(sample_engine.search(SearchRequest("ban", limit=10**9)).hits)
        == sample_engine.search(SearchRequest("ban")).total
    )
    nothing = sample_engine.search(SearchRequest("ban", limit=-5, offset=-5))
    assert (nothing.hits, nothing.limit, nothing.offset) == ((), 0, 0)
    assert nothing.total == sample_engine.search(SearchRequest("ban")).total
    assert sample_engine.search(SearchRequest("ban", offset=10**12)).hits == ()


def test_a_hit_tells_all_of_its_document(sample_engine: Engine, sample: dict[str, Document]) -> None:
    for found in sample_engine.search(SearchRequest("quyen OR droits OR bridge", limit=100)).hits:
        document = sample[found.id]
        assert (found.title, found.language) == (document.title, document.language)
        assert (found.url, found.source, found.date) == (document.url, document.source, document.date)


def test_a_page_is_plain_data(sample_engine: Engine) -> None:
    page = sample_engine.search(SearchRequest("quyền *"))
    told = json.loads(json.dumps(asdict(page)))
    assert told["query"] == "quyền *"
    assert told["hits"][0]["id"] == "vi/quyen-con-nguoi"
    assert told["warnings"][0]["code"] == "bare_wildcard"
    assert told["took_ms"] > 0


@pytest.mark.parametrize(
    ("query", "id", "title", "snippet"),
    [
        ("quyen con nguoi", "vi/quyen-con-nguoi", ["quyền con người"], ["quyền con người", "quyền"]),
        ("hòa bình", "vi/hoa-binh-moi", [], ["hoà bình"]),
        ("đường", "vi/hoa-binh-nfd", ["Đường"], []),
        ("droit hommes", "fr/droits", ["droits", "homme"], ["droits", "homme", "droits"]),
        ("oeuvre choeur", "fr/coeur", ["chœur", "œuvre"], ["œuvre", "chœur"]),
        ("CŒUR", "fr/coeur", [], ["cœur"]),
        ("dak r'lap", "vi/co-thuy", [], ["Đắk R’lấp"]),
        ("socio-economique", "fr/socio", ["socio-économique"], ["socio-économique"]),
        ("majest*", "fr/socio", [], ["majestueusement"]),
        ("grand chien", "fr/grand-mere", [], ["grand chien"]),
        ("aujourd'hui", "fr/grand-mere", ["Aujourd’hui"], ["Aujourd’hui"]),
    ],
)
def test_titles_and_snippets_are_marked_on_the_original_characters(
    sample_engine: Engine, query: str, id: str, title: list[str], snippet: list[str]
) -> None:
    found = hit(sample_engine, query, id)
    composed = [
        unicodedata.normalize("NFC", text) for text in highlighted(found.title, found.title_highlights)
    ]
    assert composed == title
    assert highlighted(found.snippet, found.snippet_highlights) == snippet


def test_a_phrase_is_marked_only_where_it_stands(sample_engine: Engine) -> None:
    """Not the *droits de l’* of *droits de l’enfant*, and no lone *de*."""
    found = sample_engine.highlighted("fr/droits", '"droits de l’homme"')
    assert highlighted(found.document.title, found.title_highlights) == ["droits de l’homme"]
    assert highlighted(found.document.text, found.text_highlights) == ["droits de l’homme"]


def test_decomposed_documents_are_marked_on_whole_characters(sample_engine: Engine) -> None:
    found = hit(sample_engine, "hòa bình", "vi/hoa-binh-nfd")
    for text, highlights in (
        (found.title, found.title_highlights),
        (found.snippet, found.snippet_highlights),
    ):
        assert not unicodedata.is_normalized("NFC", text)
        assert [unicodedata.normalize("NFC", each) for each in highlighted(text, highlights)] == ["Hoà Bình"]


def test_marks_of_a_whole_document(sample_engine: Engine, sample: dict[str, Document]) -> None:
    found = sample_engine.highlighted("vi/quyen-con-nguoi", "quyen helene")
    assert found.document == sample["vi/quyen-con-nguoi"]
    assert highlighted(found.document.title, found.title_highlights) == ["quyền"]
    assert highlighted(found.document.text, found.text_highlights) == ["quyền", "quyền", "Hélène"]
    assert sample_engine.highlighted("fr/droits", "").text_highlights == ()


def test_french_stems_mark_nothing_in_vietnamese_text(sample_engine: Engine) -> None:
    """The French stemmer makes *ho* of *hoa*, which is no reason to mark *hồ*."""
    found = sample_engine.highlighted("vi/hoa-binh", "hoa binh")
    assert highlighted(found.document.title, found.title_highlights) == ["Hòa Bình"]
    assert highlighted(found.document.text, found.text_highlights) == ["Hòa Bình"]


def test_the_snippet_shows_the_passage_that_matches(
    sample_engine: Engine, sample: dict[str, Document]
) -> None:
    found = hit(sample_engine, "ngọn hải đăng", "vi/song-dai")
    assert "ngọn hải đăng" in highlighted(found.snippet, found.snippet_highlights)
    assert found.snippet.startswith("… ")
    assert len(found.snippet) < 320
    assert "\n" not in found.snippet
    short = hit(sample_engine, "bán", "vi/ban-trai-cay")
    assert short.snippet == sample["vi/ban-trai-cay"].text


def test_every_hit_of_a_word_shows_why(sample_engine: Engine) -> None:
    for query in ("ban", "bán", "quyen", "the", "hoa", "cote", "droit", "quye*", '"con nguoi"'):
        for found in sample_engine.search(SearchRequest(query, limit=100)).hits:
            assert found.title_highlights or found.snippet_highlights, (query, found.id)


def test_hits_by_other_diacritics_say_so_and_come_last(sample_engine: Engine) -> None:
    hits = sample_engine.search(SearchRequest("bán", limit=100)).hits
    flags = [found.other_diacritics for found in hits]
    assert flags == sorted(flags)
    assert {found.id for found in hits if not found.other_diacritics} == {"vi/ban-trai-cay", "vi/khong-dau"}
    assert not any(
        found.other_diacritics for found in sample_engine.search(SearchRequest("ban", limit=100)).hits
    )


def test_an_engine_sees_new_generations(index_anywhere: IndexWriter, tmp_path: Path) -> None:
    index = index_anywhere(tmp_path, [Document("a", "Một", "Bán hàng.")])
    engine = search.open(index)
    assert [found.id for found in engine.search(SearchRequest("bán")).hits] == ["a"]
    index_anywhere(tmp_path, [Document("b", "Hai", "Bán hàng nữa.")])
    assert [found.id for found in engine.search(SearchRequest("bán")).hits] == ["b"]
    index_anywhere(tmp_path, [Document("c", "Ba", "Bán hết.")])
    assert [found.id for found in engine.search(SearchRequest("bán")).hits] == ["c"]
    assert engine.status().documents == 1


def test_documents_without_title_or_text_are_found_by_the_other(
    index_anywhere: IndexWriter, tmp_path: Path
) -> None:
    documents = [Document("t", "", "Bán hàng."), Document("b", "Bán hàng", ""), Document("n", "", "")]
    engine = search.open(index_anywhere(tmp_path, documents))
    assert {found.id for found in engine.search(SearchRequest("bán")).hits} == {"t", "b"}
    assert engine.document("n") == Document("n", "", "", "other")
