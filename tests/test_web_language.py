"""The words, dates and numbers of the interface, in the typography of each language."""

import re
from dataclasses import fields
from string import Formatter

import pytest

from web import formats
from web.notes import NOTES
from web.strings import ENGLISH, FRENCH, LANGUAGES, VIETNAMESE, Strings


def texts(words: Strings) -> dict[str, str]:
    found = {field.name: getattr(words, field.name) for field in fields(words)}
    found |= {f"advice {n}": line for n, line in enumerate(words.advice)}
    found |= {f"note {code}": text for code, text in NOTES[words.code].items()}
    return {name: text for name, text in found.items() if isinstance(text, str)}


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=LANGUAGES)
def test_every_language_says_the_same_things(words: Strings) -> None:
    def blanks(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    assert {name: blanks(text) for name, text in texts(words).items()} == {
        name: blanks(text) for name, text in texts(VIETNAMESE).items()
    }
    assert all(text.strip() for text in texts(words).values())


def test_french_never_breaks_a_line_before_its_punctuation() -> None:
    for text in texts(FRENCH).values():
        assert not re.search(r" [:;!?»]|« ", text), text
        assert not re.search(r"[^\u00a0\u202f][:;!?»](?=\s|$)|«[^\u00a0]", text), text


@pytest.mark.parametrize("words", [VIETNAMESE, FRENCH, ENGLISH], ids=str)
def test_apostrophes_and_quotes_are_typographic(words: Strings) -> None:
    for text in texts(words).values():
        assert "'" not in text, text
        assert '"' not in text, text


@pytest.mark.parametrize(
    ("iso", "vi", "fr", "en"),
    [
        ("2024-12-12", "12/12/2024", "12 décembre 2024", "12 December 2024"),
        ("2024-08-01", "1/8/2024", "1er août 2024", "1 August 2024"),
        ("2024-02", "tháng 2/2024", "février 2024", "February 2024"),
        ("1948", "1948", "1948", "1948"),
        ("2023-02-30", "2023-02-30", "2023-02-30", "2023-02-30"),
        ("0000", "0000", "0000", "0000"),
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


def test_languages_are_named_in_their_own_words() -> None:
    assert formats.language_name("vi") == "Tiếng Việt"
    assert formats.language_name("fr-CA") == "Français"
    assert formats.language_name("xx") == "XX"
    assert formats.language_name("other") == formats.language_name("") == ""


@pytest.mark.parametrize(
    ("code", "tag"), [("vi", "vi"), ("fr-CA", "fr-CA"), ("other", ""), ("", ""), ('"><b>', "")]
)
def test_only_real_languages_are_declared(code: str, tag: str) -> None:
    assert formats.language_tag(code) == tag
