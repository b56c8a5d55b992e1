"""The help page: what can be typed, with queries that work."""

import html
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from web_page import links, page, words
from web_stub import DROITS, NOTE, RIGHTS, StubEngine

from search.query.parser import parse
from web import create_app
from web.guide import GUIDES, Guide, with_code
from web.strings import LANGUAGES


@pytest.fixture
def client() -> FlaskClient:
    return create_app(engine=StubEngine([RIGHTS, DROITS, NOTE])).test_client()


def examples(guide: Guide) -> list[str]:
    return [example for part in (*guide.rows, *guide.sections) for example in part.examples]


def texts(guide: Guide) -> list[str]:
    rows = [row.text for row in guide.rows]
    sections = [text for section in guide.sections for text in (section.title, section.text)]
    return [guide.lead, guide.caption, guide.typed, guide.meaning, *rows, *sections]


@pytest.mark.parametrize("url", ["/", "/?q=quyen", "/?q=xyzzy", "/document/en/note.txt", "/nowhere", "/help"])
def test_help_is_one_click_from_every_page(client: FlaskClient, url: str) -> None:
    text = page(client, url, 404 if url == "/nowhere" else 200)
    assert links(text)["Cách tìm"] == "/help"


def test_an_empty_result_leads_to_the_help(client: FlaskClient) -> None:
    text = page(client, "/?q=xyzzy&ui=en")
    assert links(text)["See everything that can be typed"] == "/help?ui=en"


@pytest.mark.parametrize("ui", LANGUAGES)
def test_every_example_runs_its_query(client: FlaskClient, ui: str) -> None:
    found = links(page(client, f"/help?ui={ui}"))
    for example in examples(GUIDES[ui]):
        url = found[re.sub(r"\s+", " ", example)]
        box = re.search(r'<input id="q"[^>]*? value="([^"]*)"', page(client, url))
        assert box
        assert html.unescape(box[1]) == example
        assert url.endswith(f"&ui={ui}")


@pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES)
def test_no_example_is_one_that_the_engine_complains_about(guide: Guide) -> None:
    for example in examples(guide):
        assert not parse(example).warnings, example


def test_the_languages_tell_the_same_things() -> None:
    shapes = {
        code: ([len(row.examples) for row in guide.rows], [len(s.examples) for s in guide.sections])
        for code, guide in GUIDES.items()
    }
    assert set(shapes) == set(LANGUAGES)
    assert len({str(shape) for shape in shapes.values()}) == 1


@pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES)
def test_everything_that_the_readme_says_can_be_typed_is_there(guide: Guide) -> None:
    readme = Path(__file__).parent.parent.joinpath("README.md").read_text("utf-8")
    table = readme.partition("## What can be typed")[2].partition("\n## ")[0]
    assert len(re.findall(r"^\| `", table, re.MULTILINE)) == len(guide.rows)
    said = " ".join([*examples(guide), *texts(guide)])
    for word in ("AND", "OR", "NOT", "VÀ", "HOẶC", "KHÔNG", "ET", "OU", "SAUF", "title:", "titre:", "tựa:"):
        assert re.search(rf"(?<!\w){re.escape(word)}", said), word


@pytest.mark.parametrize("guide", GUIDES.values(), ids=GUIDES)
def test_texts_are_typographic(guide: Guide) -> None:
    for text in texts(guide):
        assert "'" not in text
        assert '"' not in text
        assert text.count("`") % 2 == 0
    if guide is GUIDES["fr"]:
        for text in texts(guide):
            assert not re.search(r" [:;!?»]|« ", text), text
            assert not re.search(r"[^\u00a0\u202f`\w][:;!?»](?=\s|$)|«[^\u00a0]", text), text


def test_code_of_a_text_is_escaped() -> None:
    assert with_code("`a<b` & `c`") == ('<code lang="">a&lt;b</code> &amp; <code lang="">c</code>')


def test_help_can_be_read_in_another_language_and_without_an_index(client: FlaskClient) -> None:
    assert links(page(client, "/help"))["Français"] == "/help?ui=fr"
    assert "Aide à la recherche" in words(page(client, "/help?ui=fr"))
    assert "Search help" in page(create_app("/nowhere/at/all").test_client(), "/help?ui=en")


def test_help_is_a_table_with_headers(client: FlaskClient) -> None:
    text = page(client, "/help")
    assert text.count('<th scope="row">') == len(GUIDES["vi"].rows)
    assert text.count('<th scope="col">') == 2
    assert "<caption" in text
