"""The help page: what can be typed, with queries that work."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from web_page import links, page, words
from web_stub import DROITS, NOTE, RIGHTS, StubEngine

from search.query.parser import parse
from web import create_app
from web.catalogues import LANGUAGES
from web.guide import rows, sections, with_code


@pytest.fixture
def client() -> FlaskClient:
    return create_app(engine=StubEngine([RIGHTS, DROITS, NOTE])).test_client()


@pytest.fixture(params=LANGUAGES)
def ui(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn, and what the guide says in it."""
    with create_app(engine=StubEngine()).test_request_context(f"/help?ui={request.param}"):
        yield request.param


def examples() -> list[str]:
    return [example for part in (*rows(), *sections()) for example in part.examples]


@pytest.mark.parametrize("url", ["/", "/?q=quyen", "/?q=xyzzy", "/document/en/note.txt", "/nowhere", "/help"])
def test_help_is_one_click_from_every_page(client: FlaskClient, url: str) -> None:
    text = page(client, url, 404 if url == "/nowhere" else 200)
    assert links(text)["Cách tìm"] == "/help"


def test_an_empty_result_leads_to_the_help(client: FlaskClient) -> None:
    text = page(client, "/?q=xyzzy&ui=en")
    assert links(text)["See everything that can be typed"] == "/help?ui=en"


def test_every_example_runs_its_query(client: FlaskClient, ui: str) -> None:
    found = links(page(client, f"/help?ui={ui}"))
    for example in examples():
        url = found[re.sub(r"\s+", " ", example)]
        box = re.search(r'<input id="q"[^>]*? value="([^"]*)"', page(client, url))
        assert box
        assert html.unescape(box[1]) == example
        assert url.endswith(f"&ui={ui}")


@pytest.mark.usefixtures("ui")
def test_no_example_is_one_that_the_engine_complains_about() -> None:
    for example in examples():
        assert not parse(example).warnings, example


@pytest.mark.usefixtures("ui")
def test_everything_that_the_readme_says_can_be_typed_is_there() -> None:
    readme = Path(__file__).parent.parent.joinpath("README.md").read_text("utf-8")
    table = readme.partition("## What can be typed")[2].partition("\n## ")[0]
    assert len(re.findall(r"^\| `", table, re.MULTILINE)) == len(rows())
    said = " ".join([*examples(), *(part.text for part in (*rows(), *sections()))])
    for word in ("AND", "OR", "NOT", "VÀ", "HOẶC", "KHÔNG", "ET", "OU", "SAUF", "title:", "titre:", "tựa:"):
        assert re.search(rf"(?<!\w){re.escape(word)}", said), word


def test_code_of_a_text_is_escaped() -> None:
    assert with_code("`a<b` & `c`") == ('<code lang="">a&lt;b</code> &amp; <code lang="">c</code>')


def test_help_can_be_read_in_another_language_and_without_an_index(client: FlaskClient) -> None:
    assert links(page(client, "/help"))["Français"] == "/help?ui=fr"
    assert "Aide à la recherche" in words(page(client, "/help?ui=fr"))
    assert "Search help" in page(create_app("/nowhere/at/all").test_client(), "/help?ui=en")


def test_help_is_a_table_with_headers(client: FlaskClient, ui: str) -> None:
    text = page(client, f"/help?ui={ui}")
    assert text.count('<th scope="row">') == len(rows())
    assert text.count('<th scope="col">') == 2
    assert "<caption" in text
