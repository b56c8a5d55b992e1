"""How often an engine is asked in one search: an engine at the other end of a network pays for each time."""

from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import search
from search import SearchRequest
from search.config import Config, Similarity
from search.engine import Engine
from search.engines.registry import open_store

MOST = 15
"""Twelve to find and show the hits; three for what tells their stories in another language."""
MOST_CORRECTED = 18
"""Two queries are worked on: what was typed, and what was meant."""
MOST_CROSSED = 9
"""The second Plan: executed, its pairs counted, inflections of its words, its documents, what is beside."""

LONG = "quyen con nguoi va tre em o lang ben song hong nuoc chay xiet qua cau moi"  # 17 words
QUERIES = (
    "quyen con nguoi",
    "bán",
    "droits de l’homme",
    "pêcheurs du port",
    " ".join(LONG.split()[:16]),
    "Quyền con người và trẻ em ở làng bến sông Hồng nước chảy xiết qua cầu mới",
    '"quyền con người" quye* -bạn +bán OR mua title:đường',
    "quye* ban* hoa* co* pe* dr*",
    "quyền con ngư",
    "pêchuers du por",
    "tiên hoa ngươi",
    "57-KL/TW 15/6/2023 a@b.vn",
    "",
    "lang:vi",
    'quyen con nguoi *uyen source:"x" -lang:fr',
)
CORRECTED = ("bán hànng", "quyeenf con nguwowif", "charette qwrtpsdf bána* mườii")


class Asked:
    """Passes calls on and counts them by name."""

    def __init__(self, whole: Any, counts: Counter[str]) -> None:
        self._whole = whole
        self._counts = counts

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._whole, name)
        if not callable(found):
            return found

        def counted(*arguments: Any, **named: Any) -> Any:
            self._counts[name] += 1
            return found(*arguments, **named)

        return counted


@pytest.fixture(scope="module")
def counts() -> Counter[str]:
    return Counter()


@pytest.fixture(scope="module")
def engine(sample_index: Path, counts: Counter[str]) -> Engine:
    search.open(sample_index)  # loads what analysis needs
    reader = open_store(str(sample_index)).reader(Similarity())
    whole = reader.snapshot()
    snapshot = SimpleNamespace(searcher=Asked(whole.searcher, counts), lexicon=Asked(whole.lexicon, counts))
    return Engine(SimpleNamespace(snapshot=lambda: snapshot), Config())  # type: ignore[arg-type]


@pytest.mark.parametrize("query", QUERIES)
def test_a_search_asks_its_engine_at_most_fifteen_times(
    engine: Engine, counts: Counter[str], query: str
) -> None:
    counts.clear()
    engine.search(SearchRequest(query, cross=False))
    assert sum(counts.values()) <= MOST, dict(counts)
    counts.clear()
    engine.search(SearchRequest(query))
    assert sum(counts.values()) <= MOST + MOST_CROSSED, dict(counts)


@pytest.mark.parametrize("query", CORRECTED)
def test_a_corrected_search_asks_little_more(engine: Engine, counts: Counter[str], query: str) -> None:
    counts.clear()
    assert engine.search(SearchRequest(query, cross=False)).corrected
    assert sum(counts.values()) <= MOST_CORRECTED, dict(counts)


def test_the_hardest_query_needs_them_nearly_all(engine: Engine, counts: Counter[str]) -> None:
    """Widened, with a beginning and a slip: else the limit would say little."""
    counts.clear()
    engine.search(SearchRequest("charette bána* mườii quyền", cross=False))
    assert sum(counts.values()) >= MOST - 3, dict(counts)


@pytest.mark.parametrize("prefix", ["quyen con ng", "b", "les éco"])
def test_a_completion_asks_a_few_times(engine: Engine, counts: Counter[str], prefix: str) -> None:
    counts.clear()
    engine.suggest(prefix)
    assert sum(counts.values()) <= 8, dict(counts)
