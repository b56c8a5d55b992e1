"""Dates, numbers and names of languages as each language of the interface writes them, after the CLDR."""

import datetime
import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

from search import OTHER, find_language

_NBSP = "\u00a0"
_DAY = {"vi": "d/M/yyyy", "fr": "d MMMM yyyy", "en": "d MMMM yyyy"}
_FIRST_DAY = {**_DAY, "fr": "d'er' MMMM yyyy"}  # 1er août, which no pattern of the CLDR can say
_MONTH = {"vi": "MMMM/yyyy", "fr": "MMMM yyyy", "en": "MMMM yyyy"}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_LANGUAGE_TAG = re.compile(r"([a-z]{2,3})(-[a-z0-9]{2,8})*", re.ASCII | re.IGNORECASE)
_NO_LANGUAGE = frozenset({"", OTHER, "und", "mul", "zxx"})
_REMEMBERED = 4096
_MAX_LANGUAGES = 60
"""Whose names are looked up: Babel keeps half a megabyte for each, and an address can ask for any."""
_endonyms: dict[str, str] = {}


def date(iso: str, ui: str) -> str:
    """An ISO date, whole or partial: 12/12/2024, 1er décembre 2024; anything else as it came."""
    found = _DATE.fullmatch(iso)
    if not found:
        return iso
    year, month, day = found.groups()
    try:
        first = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:  # 2023-02-30
        return iso
    if not month:
        return year
    patterns = _MONTH if not day else _FIRST_DAY if first.day == 1 else _DAY
    return _date(first, patterns[ui], ui)


@lru_cache(_REMEMBERED)
def _date(day: datetime.date, pattern: str, ui: str) -> str:
    return format_date(day, pattern, locale=ui).replace(" ", _NBSP)


@lru_cache(_REMEMBERED)
def number(value: int, ui: str) -> str:
    """A whole number with its thousands parted: 12.345, 12 345, 12,345."""
    return format_decimal(value, locale=ui)


def duration(milliseconds: float, ui: str) -> str:
    """How long a search took: 3,4 ms, 12 ms, 1,3 s. The symbols are those of the SI, in Vietnamese too."""
    seconds = milliseconds >= 1000
    value = milliseconds / 1000 if seconds else milliseconds
    pattern = "0.0" if seconds or value < 9.95 else "0"
    return format_decimal(value, pattern, locale=ui) + _NBSP + ("s" if seconds else "ms")


def language_name(code: str) -> str:
    """A language in its own words, `XX` where the CLDR knows none, nothing when it is not known."""
    if code in _NO_LANGUAGE:
        return ""
    found = _LANGUAGE_TAG.fullmatch(code)
    language = found[1].lower() if found else ""
    if language and language not in _endonyms and len(_endonyms) < _MAX_LANGUAGES:
        _endonyms[language] = _endonym(language)
    return _endonyms.get(language) or code.upper()


def _endonym(language: str) -> str:
    if known := find_language(language):
        return known.own_name
    try:
        name = Locale.parse(language).get_language_name() or ""
    except (UnknownLocaleError, ValueError):
        return ""
    return name[:1].title() + name[1:]


def language_tag(code: str) -> str:
    """The value of a `lang` attribute; empty says that the language is not known."""
    return code if code not in _NO_LANGUAGE and _LANGUAGE_TAG.fullmatch(code) else ""
