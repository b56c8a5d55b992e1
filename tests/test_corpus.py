"""Our own documents: the events that they tell in both languages are declared, and truly there."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import IndexWriter

import search
from indexer import sources
from indexer.readers import Record
from search import SearchRequest
from search.document import Document
from search.engine import Engine
from web.views import EXAMPLES

CORPUS = Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="module")
def documents() -> Mapping[str, Document]:
    read = [
        found
        for found in sources.records(sources.find([CORPUS]).files)
        if found.file.endswith((".md", ".txt"))
    ]
    return {found.document.id: found.document for found in read if isinstance(found, Record)}


def test_every_translation_that_is_named_is_there(documents: Mapping[str, Document]) -> None:
    named = {id: document.alternates for id, document in documents.items() if document.alternates}
    for id, alternates in named.items():
        assert len(alternates) == 1
        assert alternates[0] in documents
        assert named.get(alternates[0], (id,)) == (id,), "each names the other, or says nothing"


@pytest.fixture(scope="module")
def engine(
    documents: Mapping[str, Document], make_index: IndexWriter, tmp_path_factory: pytest.TempPathFactory
) -> Engine:
    return search.open(make_index(tmp_path_factory.mktemp("corpus") / "index", documents.values()))


@pytest.mark.parametrize(("query", "language"), EXAMPLES)
def test_every_example_of_the_home_page_finds_something(engine: Engine, query: str, language: str) -> None:
    hits = engine.search(SearchRequest(query)).hits
    assert language in {hit.language for hit in hits}
    assert not hits[0].other_diacritics


def test_twenty_three_events_are_found_from_both_languages(
    documents: Mapping[str, Document], engine: Engine
) -> None:
    found = {id: engine.highlighted(id, "") for id in documents}
    pairs = {id: marked.alternates[0].id for id, marked in found.items() if marked.alternates}
    assert len(pairs) == 46
    for id, other in pairs.items():
        assert pairs[other] == id
        assert {found[id].document.language, found[other].document.language} == {"vi", "fr"}
        assert len(found[id].alternates) == 1
