"""The API, against its own description: every answer and every refusal."""

import json
import re
from pathlib import Path

import pytest
import schemathesis
from conftest import read_documents, write_index
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

import search
from search.document import Document
from web import create_app
from web.settings import Settings

PATHS = ("/search", "/suggest", "/documents/{id}", "/status")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("api")
    engine = search.open(write_index(folder / "index", read_documents()))
    return create_app(engine=engine, settings=Settings(rate="off"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize(
    ("path", "mode"),
    [(path, mode) for path in PATHS for mode in GenerationMode if path != "/status"]
    + [("/status", GenerationMode.POSITIVE)],  # it has no parameter that could be wrong
)
def test_every_answer_is_as_described(app: Flask, path: str, mode: GenerationMode) -> None:
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    assert set(described) == set(PATHS)

    @given(described[path]["GET"].as_strategy(generation_mode=mode))
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def answers(case: schemathesis.Case) -> None:
        case.call_and_validate()

    answers()


def test_a_search_tells_all_that_the_page_shows(client: FlaskClient) -> None:
    found = client.get("/api/search?q=ban&limit=3").json
    assert found["total"] >= len(found["hits"]) == 3
    hit = found["hits"][0]
    start, end = (hit["snippet_highlights"] or hit["title_highlights"])[0]
    assert (hit["snippet"] if hit["snippet_highlights"] else hit["title"])[start:end].lower()[0] == "b"
    assert {each["how"] for each in hit["explanation"]} <= {"exact", "restored", "prefix", "unaccented"}
    assert [word["word"] for word in found["likely_accents"]] == ["ban"]


def test_hits_narrow_sort_and_page_as_on_the_site(client: FlaskClient) -> None:
    everything = client.get("/api/search?q=the&limit=100").json
    french = client.get("/api/search?q=the&limit=100&lang=fr").json
    assert {hit["language"] for hit in french["hits"]} == {"fr"}
    assert french["total"] < everything["total"]
    dates = [hit["date"] for hit in client.get("/api/search?q=the&limit=100&sort=newest").json["hits"]]
    known = [date for date in dates if date]
    assert known == sorted(known, reverse=True)
    second = client.get("/api/search?q=the&limit=1&offset=1").json["hits"]
    assert [hit["id"] for hit in second] == [everything["hits"][1]["id"]]


def test_the_version_named_in_the_address_answers_the_same(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=ban").json == client.get("/api/search?q=ban").json


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/api/search", "q is missing"),
        ("/api/search?q=%20", "q is missing"),
        ("/api/search?q=a&limit=0", "limit must be a whole number from 1 to 100"),
        ("/api/search?q=a&limit=1e9", "from 1 to 100"),
        ("/api/search?q=a&offset=10000", "from 0 to 9999"),
        ("/api/search?q=a&since=hier", "ISO date"),
        ("/api/search?q=a&until=2024-02-32", "ISO date"),
        ("/api/search?q=a&sort=price", "relevance, newest, oldest"),
        ("/api/search?q=a&langue=fr", "unknown parameter 'langue'; allowed: q, limit,"),
        ("/api/search?q=a&q=b", "only once"),
        ("/api/search?q=" + "a" * 2001, "no longer than"),
        ("/api/search?q=a&source=" + "a" * 301, "1 to 300"),
    ],
)
def test_a_request_that_is_wrong_is_told_what_is_right(client: FlaskClient, address: str, says: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    assert says in json.loads(response.text)["detail"]


def test_what_is_not_there_is_a_problem_and_no_page(client: FlaskClient) -> None:
    for address in ("/api/documents/nowhere", "/api/nothing", "/api"):
        response = client.get(address)
        assert (response.status_code, response.mimetype) == (404, "application/problem+json")
        assert "the server" not in json.loads(response.text)["detail"]
    response = client.post("/api/search")
    assert (response.status_code, response.mimetype) == (405, "application/problem+json")
    assert "GET" in response.headers["Allow"]


def test_without_an_index_the_api_asks_to_come_back(tmp_path: Path) -> None:
    client = create_app(tmp_path / "none").test_client()
    response = client.get("/api/search?q=a")
    assert (response.status_code, response.mimetype) == (503, "application/problem+json")
    assert response.headers["Retry-After"] == "10"
    assert str(tmp_path) not in response.text


def test_an_answer_that_did_not_change_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/api/search?q=ban")
    again = client.get("/api/search?q=ban", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get("/api/search?q=the", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


def test_what_was_searched_for_instead_is_told_unless_what_was_typed_is_wanted(client: FlaskClient) -> None:
    found = client.get("/api/search", query_string={"q": "quyeenf con nguwowif"}).json
    assert (found["query"], found["corrected"]) == ("quyeenf con nguwowif", "quyền con người")
    assert found["suggestions"] == [{"query": "quyền con người", "why": "keyboard"}]
    for typed in ("true", "1"):
        verbatim = client.get(
            "/api/search", query_string={"q": "quyeenf con nguwowif", "verbatim": typed}
        ).json
        assert (verbatim["corrected"], verbatim["suggestions"]) == ("", found["suggestions"])
        assert verbatim["total"] < found["total"]


def test_the_stages_of_a_search_are_timed(client: FlaskClient) -> None:
    timing = client.get("/api/search?q=ban").headers["Server-Timing"]
    assert re.findall(r"(\w+);dur=[\d.]+", timing) == ["cross", "resolve", "execute", "highlight", "suggest"]


def test_completions_and_status(client: FlaskClient) -> None:
    texts = [each["text"] for each in client.get("/api/suggest?q=bán+tr").json["completions"]]
    assert any(text.startswith("bán tr") for text in texts)
    assert client.get("/api/status").json["documents"] == len(read_documents())


def test_a_document_comes_with_its_highlights(client: FlaskClient) -> None:
    found = client.get("/api/documents/vi/ban-hoc?q=ban").json
    start, end = found["text_highlights"][0]
    assert found["document"]["text"][start:end].lower() == "bạn"


def test_a_document_comes_with_the_same_story_in_another_language(tmp_path: Path) -> None:
    told = [
        Document("vi/hoi", "Hội làng", "Trống giục.", "vi", alternates=("https://fete.example/",)),
        Document("fr/fete", "La fête", "Le tambour.", "fr", "http://fete.example"),
    ]
    client = create_app(engine=search.open(write_index(tmp_path / "index", told))).test_client()
    found = client.get("/api/documents/fr/fete").json
    assert found["document"]["alternates"] == []
    assert [(each["id"], each["language"]) for each in found["alternates"]] == [("vi/hoi", "vi")]
    other = client.get("/api/documents/vi/hoi").json
    assert other["document"]["alternates"] == ["https://fete.example/"]
    assert [each["title"] for each in other["alternates"]] == ["La fête"]
