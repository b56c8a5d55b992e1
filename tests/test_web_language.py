"""The interface in three languages: its pages, and dates, numbers and names as each language writes them."""

import pytest
from flask_babel import gettext, ngettext
from web_page import page, words
from web_stub import DROITS, NOTE, RIGHTS, StubEngine

from search.results import Warning
from web import create_app, formats
from web.catalogues import LANGUAGES
from web.notes import notes


@pytest.mark.parametrize(
    ("ui", "results", "nothing"),
    [
        ("vi", "3 kết quả", "Không tìm thấy gì cho “100 %(n)s <i>”"),
        ("fr", "3 résultats", "Aucun résultat pour «\u00a0100 %(n)s <i>\u00a0»"),
        ("en", "3 results", "Nothing found for “100 %(n)s <i>”"),
    ],
)
def test_pages_speak_the_language_asked_for(ui: str, results: str, nothing: str) -> None:
    client = create_app(engine=StubEngine([RIGHTS, DROITS, NOTE])).test_client()
    found = page(client, f"/?q=quyen&ui={ui}")
    assert f'<html lang="{ui}">' in found
    assert results in words(found)
    assert nothing.replace("\u00a0", " ") in words(page(client, f"/?q=100 %25(n)s <i>&ui={ui}"))


def test_counted_words_follow_their_number() -> None:
    app = create_app(engine=StubEngine())
    said = {}
    for ui in LANGUAGES:
        with app.test_request_context(f"/?ui={ui}"):
            said[ui] = [ngettext("%(count)s result", "%(count)s results", n, count=n) for n in (1, 2)]
    assert said == {
        "vi": ["1 kết quả", "2 kết quả"],
        "fr": ["1 résultat", "2 résultats"],
        "en": ["1 result", "2 results"],
    }


def test_two_sites_in_one_process_keep_their_languages() -> None:
    for ui, word in (("fr", "Essayez"), ("vi", "Tìm thử"), ("en", "Try"), ("fr", "Essayez")):
        with create_app(engine=StubEngine()).test_request_context(f"/?ui={ui}"):
            assert gettext("Try") == word


@pytest.mark.parametrize("ui", LANGUAGES)
def test_what_was_ignored_is_said_once_and_short(ui: str) -> None:
    broad = Warning("broad_prefix", "…", 0, 60)
    with create_app(engine=StubEngine()).test_request_context(f"/?ui={ui}"):
        first, unknown = notes((broad, Warning("unheard_of", "as the engine says"), broad), "%" * 60)
    assert "%" * 40 + "…" in first.text
    assert "%" * 41 not in first.text
    assert (first.language, unknown.language, unknown.text) == (ui, "en", "as the engine says")


@pytest.mark.parametrize(
    ("iso", "vi", "fr", "en"),
    [
        ("2024-12-12", "12/12/2024", "12 décembre 2024", "12 December 2024"),
        ("2024-08-01", "1/8/2024", "1er août 2024", "1 August 2024"),
        ("2024-02", "tháng 2/2024", "février 2024", "February 2024"),
        ("1948", "1948", "1948", "1948"),
        ("2023-02-30", "2023-02-30", "2023-02-30", "2023-02-30"),
        ("0000", "0000", "0000", "0000"),
        ("0987-01-01", "1/1/0987", "1er janvier 0987", "1 January 0987"),
        ("hôm qua", "hôm qua", "hôm qua", "hôm qua"),
        ("", "", "", ""),
    ],
)
def test_dates(iso: str, vi: str, fr: str, en: str) -> None:
    assert [formats.date(iso, ui).replace("\u00a0", " ") for ui in ("vi", "fr", "en")] == [vi, fr, en]


def test_numbers_part_their_thousands() -> None:
    assert [formats.number(1234567, ui) for ui in ("vi", "fr", "en")] == [
        "1.234.567",
        "1\u202f234\u202f567",
        "1,234,567",
    ]


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [(0.04, "0,0 ms"), (3.42, "3,4 ms"), (9.97, "10 ms"), (812.3, "812 ms"), (1340, "1,3 s")],
)
def test_durations_have_two_figures_at_most_worth_reading(milliseconds: float, text: str) -> None:
    assert formats.duration(milliseconds, "fr").replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("vi", "Tiếng Việt"),
        ("fr-CA", "Français"),
        ("EN", "English"),
        ("zh-Hant", "中文"),
        ("km", "ខ្មែរ"),
        ("ka", "ქართული"),
        ("deu", "Deutsch"),
        ("xx", "XX"),
        ("a b", "A B"),
        ("other", ""),
        ("und", ""),
        ("", ""),
    ],
)
def test_languages_are_named_in_their_own_words(code: str, name: str) -> None:
    assert formats.language_name(code) == name


@pytest.mark.parametrize(
    ("code", "tag"), [("vi", "vi"), ("fr-CA", "fr-CA"), ("other", ""), ("", ""), ('"><b>', "")]
)
def test_only_real_languages_are_declared(code: str, tag: str) -> None:
    assert formats.language_tag(code) == tag
