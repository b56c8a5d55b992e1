"""What the site does with hostile text, bad addresses and an index that is not there."""

import re
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_page import links, page, words
from web_stub import DROITS, NOTE, RIGHTS, StubEngine

import search
from search.document import Document
from search.engine import Engine
from search.errors import IndexDamaged, IndexMissing
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


# Hostile or broken text


def test_markup_in_documents_is_shown_and_not_obeyed() -> None:
    evil = '<script>alert("1")</script>'
    document = Document(
        "e", evil, f"{evil}\n\nhàng", source=evil, author=evil, date=evil, url=evil, language='"><b>'
    )
    client = create_app(engine=StubEngine([document], (Warning("w", evil),))).test_client()
    for url in ("/?q=script", "/document/e?q=script", "/?q=" + quote(evil), "/document/e?q=" + quote(evil)):
        text = page(client, url)
        assert text.count("<script") == 1  # ours
        assert "<script>" not in text
        assert "<b>" not in text


def test_bidirectional_controls_cannot_disguise_a_name() -> None:
    document = Document(
        "x\u202egnp.exe", "Ảnh \u202egnp.exe\u2066", "Ảnh \u202e đảo", url="https://a.b/\u202e"
    )
    client = create_app(engine=StubEngine([document])).test_client()
    text = page(client, "/?q=anh") + page(client, links(page(client, "/?q=anh"))["Ảnh gnp.exe"])
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", text)


def test_text_that_utf8_cannot_hold_does_not_break_the_page() -> None:
    document = Document("s\ud800", "Hàng \udc00", "Một \ud83d hàng\x00", source="\udfff")
    client = create_app(engine=StubEngine([document])).test_client()
    assert "Một \ufffd <mark>hàng</mark>" in page(client, "/?q=hang")


@pytest.mark.parametrize(
    "bad", ["%00", "%ED%A0%80", "%FF%FE", "%", "%zz", "%F0%9F%8D%9C", "%E2%80%AE", "(" * 9999]
)
def test_bad_characters_in_an_address_never_break_the_site(client: FlaskClient, bad: str) -> None:
    for url in (f"/?q={bad}", f"/?q=quyen&lang={bad}&source={bad}&page={bad}&ui={bad}"):
        page(client, url)
    page(client, f"/document/{bad}?q={bad}", 404)
    page(client, f"/{bad}", 404)


def test_raw_bytes_in_an_address_are_understood_or_ignored(client: FlaskClient, engine: StubEngine) -> None:
    utf8 = "q=Hòa".encode().decode("latin-1")
    for raw in (utf8, "q=\xff\xfe"):
        assert client.get("/", environ_overrides={"QUERY_STRING": raw}).status_code == 200
    assert engine.queries[0] == "Hòa"


def test_parameters_meant_for_others_do_not_reach_the_links(client: FlaskClient) -> None:
    text = page(client, "/?q=quyen&_scheme=javascript&_external=1&_anchor=x&endpoint=y&filename=z")
    assert links(text)["Français"] == "/?q=quyen&ui=fr"


# Errors


def test_an_unknown_document_is_a_friendly_404(client: FlaskClient) -> None:
    text = page(client, "/document/nope.txt?q=quyen", 404)
    assert "Không tìm thấy tài liệu" in text
    assert 'value="quyen"' in text
    page(client, "/document", 404)


def test_an_unknown_page_is_a_friendly_404(client: FlaskClient) -> None:
    assert "Page introuvable" in page(client, "/nowhere?ui=fr", 404)


def test_another_method_is_refused_with_a_page(client: FlaskClient) -> None:
    response = client.post("/")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert "Yêu cầu không hợp lệ" in response.text


def test_a_fault_of_ours_is_told_without_its_details(caplog: pytest.LogCaptureFixture) -> None:
    class Faulty(StubEngine):
        def search(self, *_: object, **__: object) -> Page:
            raise ZeroDivisionError("secret detail")

    client = create_app(engine=Faulty()).test_client()
    text = page(client, "/?q=a&ui=fr", 500)
    assert "Une erreur s’est produite" in text
    assert "secret" not in text
    assert "secret detail" in caplog.text


# An index that is not there


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> dict[str, Engine | Exception]:
    """What `search.open` finds at each path."""
    found: dict[str, Engine | Exception] = {}

    def open(index: str, config: object) -> Engine:
        answer = found.get(index, IndexMissing(f"nothing is indexed at {index}"))
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(search, "open", open)
    return found


def test_a_missing_index_says_what_to_run_and_recovers(
    shelf: dict[str, Engine | Exception], engine: StubEngine
) -> None:
    client = create_app(".index").test_client()
    response = client.get("/?q=quyen")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "<code>python -m indexer build ĐƯỜNG_DẪN</code>" in response.text
    shelf[".index"] = engine
    assert "3 kết quả" in words(page(client, "/?q=quyen"))


def test_a_damaged_index_says_so_without_telling_our_paths(shelf: dict[str, Engine | Exception]) -> None:
    shelf["/srv/secret"] = IndexDamaged("/srv/secret/manifest.json cannot be read")
    client = create_app("/srv/secret").test_client()
    for url in ("/", "/?q=a", "/document/a"):
        text = page(client, url, 503)
        assert "Không đọc được chỉ mục" in text
        assert "python -m indexer build ĐƯỜNG_DẪN --index CHỈ_MỤC" in text
        assert "secret" not in text


def test_an_index_that_disappears_is_opened_again(
    shelf: dict[str, Engine | Exception], engine: StubEngine
) -> None:
    class Gone(StubEngine):
        def search(self, *_: object, **__: object) -> Page:
            raise IndexMissing("gone")

    shelf["i"] = Gone()
    client = create_app("i").test_client()
    shelf["i"] = engine
    page(client, "/?q=quyen", 503)
    page(client, "/?q=quyen", 200)


def test_the_index_comes_from_the_environment(
    shelf: dict[str, Engine | Exception], engine: StubEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf["elsewhere"] = engine
    monkeypatch.setenv("SONGNGU_INDEX", "elsewhere")
    page(create_app().test_client(), "/", 200)
    monkeypatch.delenv("SONGNGU_INDEX")
    page(create_app().test_client(), "/", 503)


def test_monitors_learn_whether_the_index_answers(
    client: FlaskClient, shelf: dict[str, Engine | Exception]
) -> None:
    healthy = client.get("/healthz")
    assert (healthy.status_code, healthy.json) == (200, {"status": "ok", "documents": 3, "generation": "g1"})
    ill = create_app("none").test_client().get("/healthz")
    assert (ill.status_code, ill.json) == (503, {"status": "unavailable", "reason": "IndexMissing"})
