"""The page of one document, and the language of the interface."""

import re

import pytest
from flask.testing import FlaskClient
from web_page import links, page, words
from web_stub import DROITS, NOTE, RIGHTS, StubEngine

from search.document import Document
from web import create_app


@pytest.fixture
def client() -> FlaskClient:
    return create_app(engine=StubEngine([RIGHTS, DROITS, NOTE])).test_client()


# The document page


def test_a_document_shows_every_match_numbered(client: FlaskClient) -> None:
    text = page(client, "/document/vi/nhan-quyen.txt?q=quyen")
    assert '<mark id="m1">Quyền</mark> con người' in text
    assert '<mark id="m2">Quyền</mark> của mọi' in text
    assert "2 chỗ khớp với “quyen”" in words(text)
    assert links(text)["Đến chỗ khớp đầu tiên ↓"] == "#m1"


def test_a_document_tells_where_it_comes_from(client: FlaskClient) -> None:
    text = words(page(client, "/document/vi/nhan-quyen.txt"))
    facts = ("Nguồn", "Báo Hà Nam"), ("Tác giả", "Dư Toán"), ("Ngày", "1/12/2024"), ("Ngôn ngữ", "Tiếng Việt")
    for name, value in facts:
        assert re.search(f"{name} ?{value}", text), name


def test_one_can_go_back_to_the_very_page_of_results() -> None:
    books = (Document(f"{n}.txt", f"Sách {n}", "Sách hay.", "vi") for n in range(95))
    crowd = create_app(engine=StubEngine(books)).test_client()
    results = "/?q=sach&page=3&lang=vi"
    document = links(page(crowd, results))["Sách 24"]
    assert links(page(crowd, document))["← Trở lại kết quả cho “sach”"] == results


def test_a_document_without_a_match_says_so(client: FlaskClient) -> None:
    assert "Không có chỗ nào" in page(client, "/document/vi/nhan-quyen.txt?q=xyzzy")
    assert "Không có chỗ nào" not in page(client, "/document/vi/nhan-quyen.txt")


@pytest.mark.parametrize(
    "id",
    ["/abs/a.txt", "a//b", "../up", "a/./b", "https://example.org/x?y=1#z", "dấu é%2F.txt", "a b+c&d", "\\x"],
)
def test_whatever_its_id_a_document_can_be_opened_from_the_results(id: str) -> None:
    client = create_app(engine=StubEngine([Document(id, "Sách", "Nội dung.", "vi")])).test_client()
    url = links(page(client, "/?q=sach&ui=fr"))["Sách"]
    assert not {".", "..", ""} & set(url.partition("?")[0].split("/")[1:])
    assert "Nội dung." in page(client, url)
    assert "Nội dung." in page(client, links(page(client, url))["English"])


def test_only_web_addresses_become_links() -> None:
    engine = StubEngine(
        [
            Document("good", "Tốt", "x", url="https://example.org/a?b=1&c"),
            Document("bad", "Xấu", "x", url="javascript:alert(1)"),
        ]
    )
    client = create_app(engine=engine).test_client()
    assert (
        links(page(client, "/document/good"))["https://example.org/a?b=1&c"] == "https://example.org/a?b=1&c"
    )
    assert "javascript:alert(1)" not in links(page(client, "/document/bad"))
    assert "javascript:alert(1)" in page(client, "/document/bad")


# The language of the interface


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "vi"),
        ("fr-CA,fr;q=0.9", "fr"),
        ("en-US,en;q=0.5", "en"),
        ("de", "vi"),
        ("vi,en;q=0.8", "vi"),
        ("\xff", "vi"),
    ],
)
def test_the_browser_chooses_the_interface(client: FlaskClient, header: str, code: str) -> None:
    response = client.get("/", headers={"Accept-Language": header})
    assert f'<html lang="{code}">' in response.text
    assert "Accept-Language" in response.headers["Vary"]


def test_a_language_chosen_by_hand_is_kept_from_page_to_page(client: FlaskClient) -> None:
    results = page(client, "/?q=quyen&lang=vi&ui=fr")
    assert '<input type="hidden" name="ui" value="fr">' in results
    for name, url in links(results).items():
        if url.startswith("/") and name not in ("Tiếng Việt", "English"):
            assert "ui=fr" in url, name
    assert links(results)["English"] == "/?q=quyen&lang=vi&ui=en"


def test_dates_are_written_as_in_each_language(client: FlaskClient) -> None:
    def dated(ui: str) -> str:
        return words(page(client, f"/?q=quyen&ui={ui}")).replace("\u00a0", " ")

    assert "1/12/2024" in dated("vi")
    assert "1er décembre 2024" in dated("fr")
    assert " 1 December 2024" in dated("en")
    assert "décembre 2024 fr/droits" in dated("fr")


def test_a_document_with_a_line_end_in_its_id_can_be_opened() -> None:
    odd = Document("a\nb", "Sách lạ", "Sách.", "vi")
    client = create_app(engine=StubEngine([odd])).test_client()
    assert "Sách lạ" in words(page(client, links(page(client, "/?q=sach"))["Sách lạ"]))


def test_a_title_of_which_nothing_can_be_seen_is_no_title() -> None:
    odd = Document("x", "\u202e\u2066", "Sách.", "vi")
    client = create_app(engine=StubEngine([odd])).test_client()
    assert "(Không có tiêu đề)" in links(page(client, "/?q=sach"))
