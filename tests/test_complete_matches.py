"""Documents with all words of a query, and those with some: what is counted is what is listed."""

from pathlib import Path

import pytest
from conftest import IndexWriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import search
from search import Document, Engine, Page, SearchRequest, Section

WORDS = ["bán", "bạn", "ban", "hàng", "hạng", "hang", "cá", "cả", "quả", "chợ", "marché", "marche"]
ORDER = list(Section)

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
queries = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True).map(" ".join)


def pages(engine: Engine, query: str, limit: int, **asked: bool) -> list[Page]:
    found = [
        engine.search(SearchRequest(query, limit=limit, collapse=False, verbatim=True, cross=False, **asked))
    ]
    while found[-1].offset + limit < found[0].total:
        offset = found[-1].offset + limit
        request = SearchRequest(query, limit, offset, collapse=False, verbatim=True, cross=False, **asked)
        found.append(engine.search(request))
    return found


@given(st.lists(texts, min_size=1, max_size=25), queries, st.integers(2, 30))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_list_has_as_many_complete_matches_as_are_counted(
    make_index: IndexWriter,
    tmp_path_factory: pytest.TempPathFactory,
    bodies: list[str],
    query: str,
    limit: int,
) -> None:
    documents = [Document(str(number), "", body, "vi") for number, body in enumerate(bodies)]
    engine = search.open(make_index(tmp_path_factory.mktemp("i") / "index", documents))
    listed = pages(engine, query, limit)
    hits = [hit for page in listed for hit in page.hits]
    assert len({hit.id for hit in hits}) == len(hits) == listed[0].total
    assert sum(hit.complete for hit in hits) == listed[0].complete
    assert all(bool(hit.missing) <= (not hit.complete) for hit in hits)
    for page in listed:
        sections = [ORDER.index(page.section(hit)) for hit in page.hits]
        assert sections == sorted(sections)
    engine.close()


def test_what_is_complete_with_other_diacritics_is_not_said_to_lack_a_word(
    make_index: IndexWriter, tmp_path: Path
) -> None:
    documents = [Document("friends", "", "Các bạn hàng họp ở chợ từ sáng.", "vi")]
    engine = search.open(make_index(tmp_path / "index", documents))
    page = engine.search(SearchRequest("bán hàng", cross=False))
    assert (page.total, page.complete) == (1, 1)
    assert [(hit.complete, hit.missing) for hit in page.hits] == [(True, ())]


def test_filters_say_that_they_count_complete_matches_even_where_none_is_left(
    make_index: IndexWriter, tmp_path: Path
) -> None:
    documents = [
        Document("both", "", "Chợ bán cá tươi.", "vi", source="Báo Sông"),
        Document("one", "", "Chợ bán rau xanh.", "vi", source="Báo Núi"),
    ]
    engine = search.open(make_index(tmp_path / "index", documents))
    page = engine.search(SearchRequest("chợ cá", sources=("Báo Núi",), cross=False))
    assert (page.total, page.complete) == (1, 0)
    assert page.facets_complete
    assert [(each.value, each.count) for each in page.facets["source"]] == [("Báo Sông", 1)]
    assert not engine.search(SearchRequest("chợ", cross=False)).facets_complete
