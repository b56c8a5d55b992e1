"""Searching never raises and never hangs, whatever is typed."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search import Engine, Page, SearchRequest

LIMIT = 5.0

HOSTILE = {
    "100 kB of words": "quyền con người " * 7_000,
    "100 kB without spaces": "quyền" * 20_000,
    "100 kB of a.": "a." * 50_000,
    "100 kB of quotation marks": '"' * 100_000,
    "100 kB of stars": "a* " * 33_000,
    "10,000 parentheses": "(" * 10_000,
    "10,000 pairs of parentheses": "(" * 5_000 + "quyền" + ")" * 5_000,
    "closing parentheses": ")" * 10_000,
    "many alternatives": "quyền OR " * 300 + "bán",
    "many negations": "quyền " + "NOT " * 490 + "bán",
    "many signs": "-" * 5_000 + "quyền",
    "many titles": "title:" * 330 + "quyền",
    "many prefixes": "a* b* c* d* e* g* h* i* k* l* m* n* o* " * 5,
    "every prefix": " ".join(f"{letter}*" for letter in "aăâbcdđeêghiklmnoôơpqrstuưvxy"),
    "a long phrase": '"' + "quyền con người " * 100 + '"~999',
    "many phrases": '"con người"~9 ' * 140,
    "control characters": "".join(map(chr, range(32))) + "quyền\x00\x1b[31m\x7f\x9b31m",
    "lone surrogates": "quyền \ud800 con \udfff người",
    "only surrogates": "\ud800\udc00\udbff",
    "emoji": "quyền 😀👨‍👩‍👧‍👦🇻🇳 người",
    "combining marks alone": "\u0300\u0301\u0323" * 500,
    "a stack of marks": "a" + "\u0301" * 1_900,
    "other scripts": "Ελληνικά русский 漢字 العربية हिन्दी ไทย 한국어",
    "right to left": "\u202equyền\u202c \u200fالعربية",
    "invisible": "\u200b\u00ad\ufeff\u2060 \u200d",
    "private and unassigned": "\ue000\U000f0000\u0378\uffff\U0010ffff",
    "fields": 'lang: source: date: title: lang:: date:.. date:..-- source:"',
    "dates": "date:9999999999 date:0000-00-00 date:٢٠٢٤ date:2024-99",
    "a pattern": "((a+)+)+$ .*?[^a]{2,} \\d \\x00 %s {} {0} ${x}",
    "markup": "<script>alert('x')</script> &amp; ' OR 1=1 --",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_queries_are_answered_in_time(sample_engine: Engine, text: str) -> None:
    began = time.perf_counter()
    page = sample_engine.search(SearchRequest(text))
    assert time.perf_counter() - began < LIMIT
    assert_sound(page)


def assert_sound(page: Page) -> None:
    """Whatever was asked, the page can be shown and sent."""
    page.query.encode()
    assert page.total >= len(page.hits)
    for warning in page.warnings:
        assert 0 <= warning.start <= warning.end <= len(page.query)
    for hit in page.hits:
        for text, marks in ((hit.title, hit.title_highlights), (hit.snippet, hit.snippet_highlights)):
            end = 0
            for start, stop in marks:
                assert end <= start < stop <= len(text)
                end = stop


OFTEN = """
quyền quyen con người bán -bán +bạn OR AND NOT ( ) " « » * quy* bá* title: lang:vi lang:-x date:2024 date:..
l’homme grand'mère côté 57-KL/TW ½ 漢 😀 ~3 : | & của les the
"""
PIECES = st.lists(st.sampled_from([*OFTEN.split(), "\ud800", "\x00", "\u0301", "\u200b"]), max_size=14)
TYPED = st.one_of(
    PIECES.map(" ".join), PIECES.map("".join), st.text(st.characters(), max_size=60), st.text(max_size=60)
)


@given(
    TYPED,
    st.integers(-3, 30),
    st.integers(-3, 30),
    st.sets(st.sampled_from(["vi", "fr", "", "\ud800"]), max_size=2),
    st.sampled_from(["", "2024", "2023-05", "x", "9999-12-31", "\ud800", "0"]),
)
@settings(max_examples=300)
@example("a" * 100, 10, 0, set(), "")
@example("grand", 10, 0, set(), "")
def test_search_never_raises(
    sample_engine: Engine, text: str, limit: int, offset: int, chosen: set[str], date: str
) -> None:
    page = sample_engine.search(
        SearchRequest(
            text, limit=limit, offset=offset, languages=chosen, sources=chosen, since=date, until=date
        )
    )
    assert_sound(page)
    assert_sound(sample_engine.search(SearchRequest(text)))


@given(TYPED)
@settings(max_examples=100)
def test_marking_a_document_never_raises(sample_engine: Engine, text: str) -> None:
    for id in ("fr/grand-mere", "vi/hoa-binh-nfd", "other/terminal"):
        found = sample_engine.highlighted(id, text)
        for shown, marks in (
            (found.document.title, found.title_highlights),
            (found.document.text, found.text_highlights),
        ):
            assert all(0 <= start < end <= len(shown) for start, end in marks)
            assert sorted(marks) == list(marks)


def test_threads_share_an_engine(sample_engine: Engine) -> None:
    queries = ["quyen con nguoi", "bán", "droits homme", '"con nguoi"', "hoa*", "côté", "lang:fr", "the"] * 12
    alone = [[hit.id for hit in sample_engine.search(SearchRequest(query)).hits] for query in queries]
    with ThreadPoolExecutor(8) as pool:
        pages = pool.map(sample_engine.search, map(SearchRequest, queries))
        assert [[hit.id for hit in page.hits] for page in pages] == alone
