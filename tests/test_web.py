"""The search page as its visitors see it."""

import re
from dataclasses import replace
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_page import links, page, words
from web_stub import DROITS, NOTE, RIGHTS, StubEngine

from search import SearchRequest
from search.document import Document
from search.results import Page, Warning
from web import create_app


@pytest.fixture
def engine() -> StubEngine:
    return StubEngine([RIGHTS, DROITS, NOTE])


@pytest.fixture
def app(engine: StubEngine) -> Flask:
    return create_app(engine=engine)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def crowd() -> FlaskClient:
    """A site with 95 documents about books: ten pages of results."""
    books = (Document(f"{n}.txt", f"Sách {n}", "Sách hay.", "vi") for n in range(95))
    return create_app(engine=StubEngine(books)).test_client()


# The home page


def test_home_offers_a_labelled_and_focused_search_box(client: FlaskClient) -> None:
    text = page(client, "/")
    assert '<label for="q"' in text
    assert re.search(r'<input id="q" name="q" type="search"[^>]* autofocus', text)


def test_home_examples_lead_to_their_results(client: FlaskClient) -> None:
    examples = links(page(client, "/"))
    assert "3 kết quả" in words(page(client, examples["quyen con nguoi"]))
    assert "1 kết quả" in words(page(client, examples["droits de l’homme"]))


def test_home_tells_how_much_there_is_to_search(client: FlaskClient) -> None:
    assert "Kho có 3 tài liệu." in words(page(client, "/"))


@pytest.mark.parametrize("query", ["", "%20%20", "%00"])
def test_an_empty_query_gives_the_home_page_or_no_result(client: FlaskClient, query: str) -> None:
    assert "quyen con nguoi" in links(page(client, f"/?q={query}"))


# Results


def test_unaccented_query_shows_accented_words_marked(client: FlaskClient) -> None:
    text = page(client, "/?q=quyen")
    assert "<mark>Quyền</mark> con người được bảo vệ" in text
    assert "Hội nghị về <mark>quyền</mark> con người" in text


def test_a_result_tells_its_language_source_date_and_address(client: FlaskClient) -> None:
    text = words(page(client, "/?q=quyen"))
    assert "Tiếng Việt Báo Hà Nam 1/12/2024 https://example.org/nhan-quyen" in text
    assert "Français Courrier tháng 12/2024 fr/droits.txt" in text.replace("\u00a0", " ")


def test_results_say_how_many_and_how_long(client: FlaskClient) -> None:
    assert "3 kết quả 3,4 ms" in words(page(client, "/?q=quyen")).replace("\u00a0", " ")


def test_each_text_declares_its_own_language(client: FlaskClient) -> None:
    text = page(client, "/?q=quyen&ui=fr")
    assert '<html lang="fr">' in text
    assert re.search(r'<p class="snippet" lang="vi"[^>]*><mark>Quyền', text)
    assert re.search(r'<p class="snippet" lang="fr"[^>]*>Les droits', text)
    assert re.search(r'<p class="snippet" lang=""[^>]*>A note', text)


def test_a_document_without_a_title_can_still_be_opened(client: FlaskClient) -> None:
    assert links(page(client, "/?q=note"))["(Không có tiêu đề)"] == "/document/en/note.txt?q=note"


def test_the_query_stays_in_the_search_box(client: FlaskClient) -> None:
    assert 'value="bán &#34;hàng&#34; &lt;b&gt;"' in page(client, "/?q=" + quote('bán "hàng" <b>'))


def test_the_whole_query_reaches_the_engine(client: FlaskClient, engine: StubEngine) -> None:
    query = "Hoà Bình -“x” " * 7000
    page(client, "/?q=" + quote(query))
    assert engine.queries == [query.strip()]


@pytest.mark.parametrize("name", ["lang", "source"])
def test_a_filter_that_is_too_long_for_one_is_left_out(client: FlaskClient, name: str) -> None:
    assert len(page(client, f"/?q=quyen&{name}={'x' * 100_000}")) < 50_000


def test_a_huge_query_is_not_repeated_in_every_link(client: FlaskClient) -> None:
    assert len(page(client, "/?q=" + "a" * 100_000)) < 250_000


# Filters


def test_language_filter_shows_counts_and_narrows(client: FlaskClient) -> None:
    choices = links(page(client, "/?q=quyen"))
    assert {"Tất cả", "Tiếng Việt 1", "Français 1", "Khác 1"} <= set(choices)
    narrowed = page(client, choices["Français 1"])
    assert "1 kết quả" in words(narrowed)
    assert "Conférence" in narrowed
    assert "Hội nghị" not in narrowed


def test_language_filter_can_be_undone(client: FlaskClient) -> None:
    narrowed = links(page(client, "/?q=quyen&lang=fr"))
    assert narrowed["Tất cả"] == "/?q=quyen"
    assert narrowed["Français 1 – bỏ lọc"] == "/?q=quyen"
    assert narrowed["Tiếng Việt 1"] == "/?q=quyen&lang=vi"


def test_a_filter_that_leaves_nothing_can_be_undone(client: FlaskClient) -> None:
    text = page(client, "/?q=quyen&lang=de&source=Courrier")
    assert "Không tìm thấy gì cho “quyen”" in words(text)
    assert links(text)["Bỏ các bộ lọc"] == "/?q=quyen"
    assert links(text)["Deutsch 0 – bỏ lọc"] == "/?q=quyen&source=Courrier"


def test_several_sources_can_be_chosen_and_taken_off(client: FlaskClient) -> None:
    first = links(page(client, "/?q=quyen&page=2"))["Báo Hà Nam 1"]
    both = links(page(client, first))["Courrier 1"]
    text = page(client, both)
    assert "2 kết quả" in words(text)
    assert links(text)["Báo Hà Nam 1 – bỏ lọc"] == "/?q=quyen&source=Courrier"


def test_filters_are_kept_when_another_query_is_typed(client: FlaskClient) -> None:
    text = page(client, "/?q=quyen&lang=fr&source=Courrier")
    assert '<input type="hidden" name="lang" value="fr">' in text
    assert '<input type="hidden" name="source" value="Courrier">' in text


# Paging


def test_pages_follow_each_other(crowd: FlaskClient) -> None:
    first = links(page(crowd, "/?q=sach"))
    assert "← Trước" not in first
    assert first["Sau →"] == first["2"] == "/?q=sach&page=2"
    last = page(crowd, first["10"])
    assert "Sách</mark> 94" in last
    assert "Sau →" not in links(last)
    assert links(last)["← Trước"] == "/?q=sach&page=9"


def test_middle_page_shows_its_neighbours_and_both_ends(crowd: FlaskClient) -> None:
    shown = [text for text in links(page(crowd, "/?q=sach&page=5")) if text.isdigit()]
    assert shown == ["1", "4", "5", "6", "10"]


def test_the_first_page_has_one_address_only(crowd: FlaskClient) -> None:
    assert links(page(crowd, "/?q=sach&page=2"))["1"] == "/?q=sach"


@pytest.mark.parametrize("number", ["abc", "0", "-3", "", "1.5", "%00", "9" * 5000])
def test_a_page_number_that_makes_no_sense_is_the_first_page(crowd: FlaskClient, number: str) -> None:
    assert "Sách</mark> 0" in page(crowd, f"/?q=sach&page={number}")


def test_pages_stop_where_the_engine_stops_ranking() -> None:
    class Vast(StubEngine):
        def search(self, request: SearchRequest) -> Page:
            return replace(super().search(request), total=50_000)

    client = create_app(engine=Vast([RIGHTS])).test_client()
    assert "1.000" in links(page(client, "/?q=quyen"))
    assert "kết quả chỉ có 1.000 trang" in page(client, "/?q=quyen&page=1001")


@pytest.mark.parametrize("number", ["11", "9999999999999999999999"])
def test_a_page_past_the_end_leads_back_to_the_last_one(crowd: FlaskClient, number: str) -> None:
    text = page(crowd, f"/?q=sach&page={number}")
    assert "kết quả chỉ có 10 trang" in text
    assert links(text)["Đến trang cuối"] == "/?q=sach&page=10"


# Nothing found, warnings


def test_nothing_found_says_what_to_try(client: FlaskClient) -> None:
    text = page(client, "/?q=xyzzy")
    assert "Không tìm thấy gì cho “xyzzy”" in words(text)
    assert "Gõ không dấu" in text
    assert "bán hàng" in links(text)


def test_what_was_ignored_in_a_query_is_told_in_the_visitors_language() -> None:
    quotes = (Warning("unbalanced_quote", "a", 0, 1), Warning("unbalanced_quote", "b", 5, 6))
    date = Warning("bad_date", "c", 0, 9)
    client = create_app(engine=StubEngine([RIGHTS], (*quotes, date))).test_client()
    text = page(client, "/?q=date:hier+quyen&ui=fr")
    assert text.count("Un guillemet n’est pas refermé") == 1
    assert "«\u00a0date:hier\u00a0» n’est pas une date" in text


def test_a_warning_without_translation_is_told_in_english() -> None:
    warned = StubEngine([RIGHTS], (Warning("odd", "The wildcard <*> was ignored"),))
    text = page(create_app(engine=warned).test_client(), "/?q=quyen")
    assert '<li lang="en">The wildcard &lt;*&gt; was ignored</li>' in text
