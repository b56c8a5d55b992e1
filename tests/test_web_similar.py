"""Near-duplicates and copies on the page: together until one asks, and never lost."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import IndexWriter
from flask.testing import FlaskClient
from web_page import links, page, words

import search
from search.document import Copy, Document
from web import create_app

TEXT = (
    "chủ nhà trọ ký hợp đồng với từng người thuê tiền phòng trả đầu tháng tiền điện tính theo công tơ "
    "người thuê giữ yên lặng sau mười giờ đêm không nấu ăn bằng bếp than trả phòng phải báo trước một tháng "
    "phòng được quét vôi trước khi giao tiền đặt cọc trả lại khi trả phòng nếu không có gì hư hỏng "
    "hai bên giữ mỗi bên một bản"
)
ROOM = Document(
    "phong-1",
    "Hợp đồng thuê phòng số 1",
    TEXT,
    "vi",
    source="Nhà trọ Hạ",
    copies=(
        Copy("sao-1", "https://tro.example/1", "Sổ cũ", date="2019"),
        Copy("sao-2", "javascript:alert(1)"),
    ),
)


@pytest.fixture
def client(tmp_path: Path, make_index: IndexWriter) -> FlaskClient:
    rooms = [
        replace(ROOM, id=f"phong-{n}", title=f"Hợp đồng thuê phòng số {n}", copies=()) for n in range(2, 10)
    ]
    other = Document("cho", "Chợ đêm", "Chợ đêm họp sau mười giờ, tiền chỗ trả đầu tháng.", "vi")
    index = make_index(tmp_path / "index", [ROOM, *rooms, other])
    return create_app(engine=search.open(index)).test_client()


def test_similar_documents_are_one_result_that_opens(client: FlaskClient) -> None:
    text = page(client, "/?q=tien+phong")
    assert text.count('class="hit"') == 1 + 1
    assert "8 tài liệu tương tự" in words(text)
    assert "Hợp đồng thuê phòng số 2" in words(text)
    assert "và 3 tài liệu nữa" in words(text)
    assert "Đã gộp 8 tài liệu tương tự." in words(text)


def test_all_of_them_are_shown_on_demand_and_grouped_again(client: FlaskClient) -> None:
    shown = page(client, links(page(client, "/?q=tien+phong"))["Hiện tất cả"])
    assert shown.count('class="hit"') == 10
    assert "Hiện tất cả" not in words(shown)
    again = page(client, links(shown)["Gộp các tài liệu tương tự"])
    assert again.count('class="hit"') == 2


def test_a_new_query_keeps_them_apart(client: FlaskClient) -> None:
    assert '<input type="hidden" name="all" value="1">' in page(client, "/?q=tien+phong&all=1")


def test_a_document_leads_to_those_like_it(client: FlaskClient) -> None:
    text = page(client, "/document/phong-3?q=phong")
    assert "8 tài liệu tương tự" in words(text)
    assert links(text)["Hợp đồng thuê phòng số 1"].startswith("/document/phong-1")


def test_a_document_tells_its_copies_and_links_only_outward(client: FlaskClient) -> None:
    text = page(client, "/document/phong-1")
    assert links(text)["Sổ cũ"] == "https://tro.example/1"
    assert "javascript:" not in text
    assert "sao-2" in words(text)


def test_a_copy_is_found_by_its_own_id(client: FlaskClient) -> None:
    assert "Hợp đồng thuê phòng số 1" in words(page(client, "/document/sao-2"))


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "8 documents similaires"), ("en", "8 similar documents")]
)
def test_in_every_language(client: FlaskClient, language: str, said: str) -> None:
    assert said in words(page(client, f"/?q=tien+phong&ui={language}"))


def test_a_document_leads_to_the_same_story_in_another_language(
    tmp_path: Path, make_index: IndexWriter
) -> None:
    flood = Document("vi/lu", "Lũ trên sông", "Nước lũ dâng cao.", "vi", alternates=("fr/crue",))
    other = Document("fr/crue", "La crue", "La rivière monte.", "fr", source="La Gazette", date="2023-08-09")
    client = create_app(engine=search.open(make_index(tmp_path / "index", [flood, other]))).test_client()
    there = page(client, "/document/vi/lu?q=lu&ui=fr")
    assert re.search(r"Dans une autre langue ?Français La crue ?La Gazette 9.août.2023", words(there))
    back = page(client, links(there)["La crue"])
    assert links(back)["Lũ trên sông"] == "/document/vi/lu?q=lu&ui=fr"
