"""Years, ranges of dates and order on the page of results, over a real index."""

import re
from pathlib import Path

import pytest
from conftest import IndexWriter
from flask import url_for
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from web_page import links, page

import search
from search import Order, typed_date
from search.document import Document
from web import create_app
from web.requests import Search

FLOODS = [
    Document("a", "Lũ năm đầu", "Nước lũ dâng cao ở hạ lưu.", "vi", source="Báo Sông", date="2001-09-03"),
    Document("b", "Lũ và đê", "Nước lũ làm vỡ một đoạn đê.", "vi", source="Báo Sông", date="2003-10-12"),
    Document("c", "Sau lũ", "Nước lũ rút, dân làng dọn bùn.", "vi", source="Báo Làng", date="2003-05"),
    Document("d", "Nhớ lũ", "Chuyện nước lũ kể lại, không rõ năm nào.", "vi", source="Báo Làng"),
]


@pytest.fixture
def client(tmp_path: Path, make_index: IndexWriter) -> FlaskClient:
    return create_app(engine=search.open(make_index(tmp_path / "index", FLOODS))).test_client()


def titles(text: str) -> list[str]:
    return [title for title in links(text) if title in {document.title for document in FLOODS}]


def test_years_are_listed_latest_first_and_narrow(client: FlaskClient) -> None:
    text = page(client, "/?q=lu")
    years = [label for label in links(text) if label.startswith("200")]
    assert years == ["2003 2", "2001 1"]
    narrowed = page(client, links(text)["2003 2"])
    assert sorted(titles(narrowed)) == ["Lũ và đê", "Sau lũ"]
    assert "2001 1" in links(narrowed)
    assert links(narrowed)["2003 2 – bỏ lọc"] == "/?q=lu"


def test_a_year_goes_with_a_source_and_each_is_undone_alone(client: FlaskClient) -> None:
    both = page(client, "/?q=lu&source=Báo Làng&since=2003&until=2003")
    assert titles(both) == ["Sau lũ"]
    assert links(both)["2003 1 – bỏ lọc"] == "/?q=lu&source=B%C3%A1o+L%C3%A0ng"
    assert links(both)["Báo Làng 1 – bỏ lọc"] == "/?q=lu&since=2003&until=2003"


def test_a_range_of_dates_as_they_are_written_here(client: FlaskClient) -> None:
    assert titles(page(client, "/?q=lu&since=1/6/2003")) == ["Lũ và đê"]
    assert sorted(titles(page(client, "/?q=lu&since=2001&until=5/2003"))) == ["Lũ năm đầu", "Sau lũ"]


def test_a_range_typed_backwards_is_read_forwards(client: FlaskClient) -> None:
    assert sorted(titles(page(client, "/?q=lu&since=2003&until=2001"))) == [
        "Lũ năm đầu",
        "Lũ và đê",
        "Sau lũ",
    ]


def test_what_is_no_date_is_said_and_does_not_narrow(client: FlaskClient) -> None:
    text = page(client, "/?q=lu&since=<b>hôm qua&until=31/2/2003&ui=vi")
    assert "“&lt;b&gt;hôm qua” không phải là ngày" in text
    assert "“31/2/2003” không phải là ngày" in text
    for name, typed in (("since", "&lt;b&gt;hôm qua"), ("until", "31/2/2003")):  # to be put right
        assert re.search(f'<input name="{name}" value="{typed}"[^>]* aria-invalid="true"', text)
    assert len(titles(text)) == 4


def test_newest_and_oldest_first(client: FlaskClient) -> None:
    offered = links(page(client, "/?q=lu"))
    assert titles(page(client, offered["Mới nhất"])) == ["Lũ và đê", "Sau lũ", "Lũ năm đầu", "Nhớ lũ"]
    assert titles(page(client, offered["Cũ nhất"])) == ["Lũ năm đầu", "Sau lũ", "Lũ và đê", "Nhớ lũ"]
    assert offered["Phù hợp nhất"] == "/?q=lu"


def test_another_query_keeps_the_dates_and_the_order(client: FlaskClient) -> None:
    text = page(client, "/?q=lu&since=5/2003&sort=oldest")
    assert '<input type="hidden" name="since" value="2003-05">' in text
    assert '<input type="hidden" name="sort" value="oldest">' in text


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2024", "2024"),
        ("5/2024", "2024-05"),
        ("12/5/2024", "2024-05-12"),
        (" 2024-05-12 ", "2024-05-12"),
        ("1.12.1945", "1945-12-01"),
        ("2024-13", ""),
        ("31/2/2024", ""),
        ("hôm qua", ""),
        ("٢٠٢٤", ""),
        ("0000", ""),
        ("", ""),
    ],
)
def test_dates_are_read_day_first(typed: str, iso: str) -> None:
    assert typed_date(typed) == iso


def test_each_state_of_the_page_is_its_own_address() -> None:
    with create_app(engine=None).test_request_context("/"):
        asked = Search("lũ", 2, ("vi",), ("Báo Làng",), True, "2001", "2003-05", search.Order.NEWEST)
        url = asked.url()
    with create_app(engine=None).test_request_context(url) as context:
        assert Search.asked(context.request.args) == asked


@given(
    st.builds(
        Search,
        text=st.text(max_size=40),
        page=st.integers(1, 9),
        languages=st.sampled_from([(), ("vi",), ("vi", "fr")]),
        sources=st.lists(st.text(min_size=1, max_size=10), max_size=3).map(tuple),
        ungrouped=st.booleans(),
        since=st.sampled_from(["", "2024", "2024-05"]),
        order=st.sampled_from(Order),
    ),
    st.sampled_from(["/", "/?ui=fr", "/?ui=xx"]),
)
def test_an_address_is_the_one_that_flask_would_make(asked: Search, here: str) -> None:
    with create_app("nowhere").test_request_context(here, base_url="http://localhost/under"):
        assert asked.url() == url_for("pages.results", **asked.parameters())
