"""The page over two languages: what was found in the other one, by which words, and how to change that."""

from pathlib import Path

import pytest
from conftest import IndexWriter
from flask.testing import FlaskClient
from web_page import links, page, words

import search
from search.document import Document
from web import create_app

ARCHIVE = [
    Document("vi/quyen.txt", "Lớp học ở Huế", "Trung tâm mở lớp về quyền con người cho giáo viên.", "vi"),
    Document("vi/nhan.txt", "Bản tin", "Báo cáo nhân quyền của tỉnh được in thành sách.", "vi"),
    Document("vi/cho.txt", "Chợ phiên", "Người bán hàng dọn quán trước khi trời mưa.", "vi"),
    Document("fr/droits.txt", "Une école", "On y enseigne les droits de l’homme aux professeurs.", "fr"),
    Document("fr/smic.txt", "Feuille de paie", "Le salaire minimum augmente au premier janvier.", "fr"),
]


@pytest.fixture
def client(tmp_path: Path, make_index: IndexWriter) -> FlaskClient:
    return create_app(engine=search.open(make_index(tmp_path / "index", ARCHIVE))).test_client()


def test_a_french_query_shows_vietnamese_documents_below_and_says_why(client: FlaskClient) -> None:
    text = page(client, "/?q=droits+de+l’homme&ui=fr")
    assert "Recherché aussi en vietnamien : " in words(text)
    native, abroad = text.split('id="abroad"')
    assert "fr/droits.txt" in native
    assert "vi/quyen.txt" not in native
    assert {"vi/quyen.txt", "vi/nhan.txt"} <= {id for id in ("vi/quyen.txt", "vi/nhan.txt") if id in abroad}
    assert "<mark>quyền con người</mark>" in abroad
    assert "<mark>nhân quyền</mark>" in abroad
    assert "Traduit : droits de l’homme → " in words(abroad)
    assert "2 documents en vietnamien" in words(abroad)


def test_a_vietnamese_query_typed_in_haste_finds_french_documents(client: FlaskClient) -> None:
    text = page(client, "/?q=luong+toi+thieu&ui=vi")
    assert "Cũng đã tìm bằng tiếng Pháp" in words(text)
    assert "<mark>salaire minimum</mark>" in text


def test_a_translation_can_be_taken_away_and_the_address_says_so(client: FlaskClient) -> None:
    text = page(client, "/?q=droits+de+l’homme&ui=fr")
    drops = [url.replace("&amp;", "&") for url in text.split('class="drop" href="')[1:]]
    without = drops[0].partition('"')[0]
    assert "t=droits" in without
    left = page(client, without)
    assert ("vi/quyen.txt" in left) != ("vi/nhan.txt" in left)


def test_a_translation_can_be_written_by_hand(client: FlaskClient) -> None:
    text = page(client, "/?q=droits+de+l’homme&t=droits+de+l’homme&as=bán+hàng,+chợ&ui=fr")
    assert "vi/cho.txt" in text
    assert "vi/quyen.txt" not in text


def test_the_other_language_can_be_left_out(client: FlaskClient) -> None:
    off = links(page(client, "/?q=droits+de+l’homme&ui=fr"))["Ne pas chercher dans l’autre langue"]
    text = page(client, off)
    assert "vi/quyen.txt" not in text
    assert "cross=0" not in links(text)["Chercher aussi dans l’autre langue"]


def test_the_two_languages_can_be_mixed(client: FlaskClient) -> None:
    text = page(client, "/?q=droits+de+l’homme&mix=1&ui=fr")
    assert 'id="abroad"' not in text
    assert text.index("fr/droits.txt") < text.index("vi/quyen.txt")
    assert links(text)["Séparer les deux langues"]


def test_documents_of_the_other_language_alone_are_found_by_translation(client: FlaskClient) -> None:
    text = page(client, "/?q=droits+de+l’homme&lang=vi&ui=fr")
    assert "2 résultats" in words(text)
    assert "vi/quyen.txt" in text
    assert 'id="abroad"' not in text


def test_a_document_in_the_other_language_shows_what_was_searched_for(client: FlaskClient) -> None:
    assert "quyền con người</mark>" in page(client, "/document/vi/quyen.txt?q=droits+de+l’homme")


def test_nothing_is_said_where_nothing_crosses(client: FlaskClient) -> None:
    assert 'class="translate"' not in page(client, "/?q=Ploumanac’h+xyzzy")


def test_the_api_says_the_same(client: FlaskClient) -> None:
    found = client.get("/api/search?q=droits+de+l’homme").json
    assert found["crossed"]["language"] == "vi"
    assert {hit["id"] for hit in found["crossed"]["hits"]} == {"vi/quyen.txt", "vi/nhan.txt"}
    assert found["crossed"]["terms"][0]["text"] == "droits de l’homme"
    assert client.get("/api/search?q=droits+de+l’homme&cross=false").json["crossed"] is None
