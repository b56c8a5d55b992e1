"""The catalogues of the interface: all that the site says is there, in the typography of each language."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from flask import Flask
from web_stub import StubEngine

from web import create_app
from web.catalogues import FOLDER, LANGUAGES, SOURCE, path

WEB = FOLDER.parent
TEMPLATES = sorted((WEB / "templates").iterdir())
TRANSLATED = [language for language in LANGUAGES if language != SOURCE]
NAMES = {"Song", "Ngữ", "JSON", "Lines", "UTF", "Enter", "Esc"}
"""What templates may show as it is."""

translated = pytest.mark.parametrize("language", TRANSLATED)


@pytest.fixture(scope="module")
def said() -> Catalog:
    """What the code and the templates say."""
    with (FOLDER / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    catalogue = Catalog()
    for _, _, id, _, context in extract_from_dir(WEB, methods, options):
        catalogue.add(id, context=context)
    return catalogue


def catalogue(language: str) -> Catalog:
    with path(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def messages(found: Catalog) -> list[Message]:
    return [message for message in found if message.id]


def texts(language: str, said: Catalog) -> Iterator[str]:
    """All that is said in a language, but queries, which are as typed."""
    for message in messages(said if language == SOURCE else catalogue(language)):
        if message.context != "query":
            text = message.id if language == SOURCE else message.string
            yield from (text,) if isinstance(text, str) else text


@translated
def test_everything_said_is_in_the_catalogue_and_nothing_else(language: str, said: Catalog) -> None:
    wanted = {(message.context, message.id) for message in messages(said)}
    held = {(message.context, message.id) for message in messages(catalogue(language))}
    assert held == wanted, "run `make messages`, then translate what is new in web/translations/"
    assert len(held) > 150


@translated
def test_every_message_is_translated(language: str) -> None:
    found = catalogue(language)
    assert not found.obsolete
    for message in messages(found):
        strings = (message.string,) if isinstance(message.string, str) else message.string
        assert not message.fuzzy, message.id
        assert all(string.strip() for string in strings), message.id
        assert len(strings) == (found.num_plurals if message.pluralizable else 1), message.id
    assert not [error for _, errors in found.check() for error in errors]


@translated
def test_translations_fill_in_what_the_message_does(language: str) -> None:
    def blanks(text: str) -> list[str]:
        return sorted(re.findall(r"%\(\w+\)s|%", text))

    for message in messages(catalogue(language)):
        if message.pluralizable:
            assert {str(blanks(text)) for text in message.string} == {str(blanks(message.id[1]))}, message.id
        else:
            assert blanks(message.string) == blanks(message.id)


@translated
def test_catalogues_change_only_with_their_words(language: str) -> None:
    text = path(language).read_text("utf-8")
    assert "@" not in text
    assert f'"Language: {language}\\n"' in text
    assert not re.search(r"^#: .*:\d", text, re.MULTILINE)
    assert not (path(language).with_suffix(".mo")).exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_apostrophes_and_quotes_are_typographic(language: str, said: Catalog) -> None:
    for text in texts(language, said):
        assert not re.search("['\"]", text), text
        assert text.count("`") % 2 == 0, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_holds_markup(language: str, said: Catalog) -> None:
    for text in texts(language, said):
        assert not re.search("[<>&]", without_code(text)), text


def test_french_never_breaks_a_line_before_its_punctuation(said: Catalog) -> None:
    for text in map(without_code, texts("fr", said)):
        assert not re.search(r" [:;!?»]|« ", text), text
        assert not re.search(r"[^\u00a0\u202f][:;!?»](?=\s|$)|«[^\u00a0]", text), text


def without_code(text: str) -> str:
    return re.sub("`[^`]*`", "code", text)


class Visible(HTMLParser):
    """The text that a page shows, its labels included."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in SHOWN]


BODY_CLASS = re.compile(r"{% block kind %}.*?{% endblock %}")
SHOWN = ("title", "placeholder", "alt", "aria-label", "aria-description")


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(engine=StubEngine())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_templates_say_nothing_but_messages(template: Path, app: Flask) -> None:
    tokens = app.jinja_env.lex(BODY_CLASS.sub("", template.read_text("utf-8")))
    markup = "".join(text for _, kind, text in tokens if kind == "data")
    visible = Visible()
    visible.feed(markup)
    visible.close()
    assert set(re.findall(r"[^\W\d_]{2,}", " ".join(visible.found))) <= NAMES
