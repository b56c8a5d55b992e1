"""Lists of results to take away: what a spreadsheet, a script and a feed reader get."""

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import IndexWriter
from flask.testing import FlaskClient
from lxml import etree
from web_page import links, page

import search
from search.document import Document
from web import create_app
from web.exports import _inert

ATOM = "{http://www.w3.org/2005/Atom}"
BOATS = [
    Document(f"{number:03}", f"Thuyền {number}", "Thuyền về bến.", "vi", date=f"20{number % 24:02}-01-02")
    for number in range(230)
]
ODD = [
    Document(
        "x", '=HYPERLINK("http://evil.example";"thuyền")', "Thuyền, bến;\nsông", "vi", "https://example.org/x"
    ),
    Document(
        "y",
        "<script>alert(1)</script> thuyền",
        "Thuyền\x0b\x1b \u202eở đây",
        "vi",
        "javascript:alert(1)",
        source="a\x0bb\x0c",
    ),
]


@pytest.fixture
def client(tmp_path: Path, make_index: IndexWriter) -> FlaskClient:
    return create_app(engine=search.open(make_index(tmp_path / "index", [*BOATS, *ODD]))).test_client()


def test_all_results_come_down_as_a_table(client: FlaskClient) -> None:
    response = client.get(links(page(client, "/?q=thuyen&ui=en"))["spreadsheet (CSV)"])
    assert response.mimetype == "text/csv"
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.data.startswith("\ufeffid,title".encode())
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert {row["id"] for row in rows} == {document.id for document in (*BOATS, *ODD)}
    assert len(rows) == 232


@pytest.mark.parametrize(
    ("ui", "header"),
    [
        ("en", "id,title,language,source,date,url,snippet,missing words,link"),
        ("fr", "id,titre,langue,source,date,adresse d’origine,extrait,mots absents,lien"),
        ("vi", "id,tiêu đề,ngôn ngữ,nguồn,ngày,địa chỉ gốc,trích đoạn,từ còn thiếu,liên kết"),
    ],
)
def test_the_columns_are_named_in_the_language_of_the_page(client: FlaskClient, ui: str, header: str) -> None:
    text = client.get(f"/results.csv?q=thuyen&ui={ui}").data.decode("utf-8-sig")
    assert text.splitlines()[0] == header


def test_a_row_leads_to_its_document_and_the_file_is_named_after_the_search(client: FlaskClient) -> None:
    response = client.get("/results.csv?q=Thuyền+«về»+bến%0d%0a&ui=en")
    assert response.headers["Content-Disposition"] == 'attachment; filename="song-ngu-thuyen-ve-ben.csv"'
    row = next(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert row["link"] == f"http://localhost/document/{row['id']}"
    with client.get("/results.jsonl?q=日本+thuyen") as other:
        assert 'filename="song-ngu-thuyen.jsonl"' in other.headers["Content-Disposition"]


@pytest.mark.parametrize("cell", ["=1", " =1", "\n+1", "\x00@x", "＝1", "a;=1", "a;-1", "\ufeff=1", "\tx"])
def test_a_formula_is_made_inert_wherever_a_cell_may_begin(cell: str) -> None:
    assert _inert(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["a = 1", "a; - b", "2024-05-12", "x@y.vn", ""])
def test_what_is_no_formula_stays_as_it_is(cell: str) -> None:
    assert _inert(cell) == cell


def test_no_cell_runs_as_a_formula(client: FlaskClient) -> None:
    rows = csv.DictReader(io.StringIO(client.get("/results.csv?q=thuyen&ui=en").data.decode("utf-8-sig")))
    [title] = [row["title"] for row in rows if row["id"] == "x"]
    assert title == "'" + ODD[0].title


def test_all_results_come_down_as_json_lines_in_the_order_of_the_page(client: FlaskClient) -> None:
    response = client.get("/results.jsonl?q=thuyen&sort=oldest")
    lines = [json.loads(line) for line in response.text.splitlines()]
    assert len(lines) == 232
    dates = [line["date"] for line in lines if line["date"]]
    assert dates == sorted(dates)
    assert [line["title"] for line in lines if line["id"] == "x"] == [ODD[0].title]


def test_the_filters_of_the_page_narrow_what_is_taken(client: FlaskClient) -> None:
    assert len(client.get("/results.jsonl?q=thuyen&since=2003&until=2003").text.splitlines()) == 10


def test_a_feed_has_the_newest_documents_first(client: FlaskClient) -> None:
    response = client.get(links(page(client, "/?q=thuyen"))["Theo dõi tìm kiếm này (Atom)"])
    assert response.mimetype == "application/atom+xml"
    feed = etree.fromstring(response.data)
    updated = [entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry")]
    assert len(updated) == 30
    assert updated[0] == "2023-01-02T00:00:00Z"
    assert updated == sorted(updated, reverse=True)
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == 30
    for each in ("id", "title", "updated"):
        assert feed.findtext(ATOM + each)


def test_a_hostile_document_does_not_break_a_feed(tmp_path: Path, make_index: IndexWriter) -> None:
    client = create_app(engine=search.open(make_index(tmp_path / "odd", ODD))).test_client()
    feed = etree.fromstring(client.get("/feed.atom?q=thuyen").data)
    assert {entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")} == {d.title for d in ODD}
    addresses = [link.get("href") for link in feed.iter(f"{ATOM}link")]
    assert all(address.startswith("http") for address in addresses)


def test_a_document_keeps_its_name_in_every_feed(client: FlaskClient) -> None:
    def ids(url: str) -> set[str]:
        feed = etree.fromstring(client.get(url).data)
        return {entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")}

    assert ids("/feed.atom?q=thuyen") == ids("/feed.atom?q=thuyen&ui=fr&sort=oldest")


@pytest.mark.parametrize("path", ["/results.csv", "/results.jsonl", "/feed.atom"])
def test_without_a_query_there_is_nothing_to_take(client: FlaskClient, path: str) -> None:
    page(client, path, 400)
