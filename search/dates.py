"""Dates as French and Vietnamese people write them: read from a field, found in a text, written in each way.

Days come before months in both languages: 4/3/2024 is the fourth of March. A partial date has 0 for its
day, or for its day and its month.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_FRENCH = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_VIETNAMESE = (
    *("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"),
)


@lru_cache(1_000)
def _plain(char: str) -> str:
    """A character in lower case without diacritics, or nothing for a combining mark."""
    base = unicodedata.normalize("NFD", "d" if char in "đĐ" else char)[0]
    return "" if unicodedata.combining(base) else base.lower()[0]


def _folded(text: str) -> str:
    return "".join(map(_plain, text))


_MONTHS = (
    {_folded(name): number for number, name in enumerate(_FRENCH, 1)}
    | {_folded(name): number for number, name in enumerate(_VIETNAMESE, 1)}
    | {"janv": 1, "fev": 2, "fevr": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "dec": 12}
    | {"gieng": 1, "bon": 4, "chap": 12}
)
_ABBREVIATED = "janv|fevr?|avr|juil|sept|oct|nov|dec"

_DAY = r"(?P<day>[0-9]{1,2})"
_MONTH = r"(?P<month>[0-9]{1,2})"
_YEAR = r"(?P<year>[12][0-9]{3})(?![0-9])"
_FRENCH_MONTH = rf"(?P<month>{'|'.join(map(_folded, _FRENCH))}|(?:{_ABBREVIATED})(?=\.|\s)\.?)"
_VIETNAMESE_MONTH = (
    r"thang\s+(?P<month>[0-9]{1,2}|muoi\s+mot|muoi\s+hai|gieng|bon|chap|"
    + "|".join(_folded(name) for name in _VIETNAMESE if " " not in name)
    + r")(?![0-9])"
)
# Most precise first: in `15 tháng 3 năm 2024` the month alone would match too. All patterns look at folded
# text, so that `15 thang 3 nam 2024` and `15 fevrier 2024` are dates as well.
_PATTERNS = [
    re.compile(pattern)
    for pattern in (
        rf"(?<![0-9]){_YEAR}([-/]){_MONTH}\2{_DAY}(?![0-9])",
        rf"(?:\bngay\s+)?(?<![0-9]){_DAY}([-/.]){_MONTH}\2{_YEAR}",
        rf"\b{_DAY}(?:er|ᵉʳ)?\s+{_FRENCH_MONTH}\s+{_YEAR}",
        rf"\b(?:ngay\s+)?(?:m[uo]ng\s+)?{_DAY}\s+{_VIETNAMESE_MONTH}[\s,/]+(?:nam\s+)?{_YEAR}",
        rf"\b{_FRENCH_MONTH}\s+{_YEAR}",
        rf"\b{_VIETNAMESE_MONTH}[\s,/]+(?:nam\s+)?{_YEAR}",
        # 05/2010/NĐ-CP is the number of a decree
        rf"(?<![0-9/.-]){_MONTH}/{_YEAR}(?!/|-[^\W0-9])",
        rf"(?<![0-9]){_YEAR}-(?P<month>[0-9]{{2}})(?![0-9-])",
    )
]
# What is a date only where nothing else stands beside it.
_WHOLE = [
    re.compile(pattern)
    for pattern in (
        rf"(?:nam\s+|annee\s+)?{_YEAR}",
        r"(?P<year>[12][0-9]{3})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        rf"{_YEAR}[-/.]{_MONTH}(?:[-/.]{_DAY})?",
        rf"(?:{_DAY}[-/. ])?{_MONTH}[-/. ]{_YEAR}",
    )
]
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class WrittenDate(NamedTuple):
    """A date in a text: where it stands, in characters of the text, and which one it is."""

    start: int
    end: int
    year: int
    month: int = 0
    day: int = 0

    @property
    def iso(self) -> str:
        """The date as ISO 8601 writes it, as far as it goes: `2024-12-12`, `2024-12`, `2024`."""
        parts = (f"{self.year:04}", f"{self.month:02}", f"{self.day:02}")
        return "-".join(parts[: 1 + bool(self.month) + bool(self.day)])


def written_dates(text: str) -> list[WrittenDate]:
    """The dates in a text, in order, none inside another. A year alone is not one: it may be a number."""
    plain = [(base, at) for at, char in enumerate(text) if (base := _plain(char))]
    starts = [*(at for _, at in plain), len(text)]  # combining marks belong to the letter before them
    folded = "".join(base for base, _ in plain)
    taken: list[tuple[int, int]] = []
    found: list[WrittenDate] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            start, end = match.span()
            if any(start < last and first < end for first, last in taken):
                continue
            if read := _read(match, starts[start], starts[end]):
                taken.append((start, end))
                found.append(read)
    return sorted(found)


def typed_date(text: str) -> str:
    """The ISO date, whole or partial, that a text is from its beginning to its end; "" if it is none."""
    folded = _folded(text.strip())
    for pattern in (*_PATTERNS, *_WHOLE):
        match = pattern.fullmatch(folded)
        if match and (read := _read(match, 0, 0)):
            return read.iso
    return ""


def iso_date(value: str) -> str:
    """The date in a field: `15 mars 2024`, `2024-03-15T08:00Z`, `3/2024`, `2024`; "" if there is none."""
    if whole := typed_date(value):
        return whole
    return max((found.iso for found in written_dates(value)), key=len, default="")


def date_number(date: str, last: bool = False) -> int:
    """An ISO date as the integer yyyymmdd, so that dates compare; 0 when it is not one.

    A missing month or day counts as the first of its range, or as the last one if `last`.
    """
    found = _ISO.fullmatch(date.strip())
    if not found:
        return 0
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if month > 12 or day > 31:
        return 0
    return year * 10_000 + (month or (12 if last else 1)) * 100 + (day or (31 if last else 1))


def ways(year: int, month: int = 0, day: int = 0) -> tuple[tuple[str, ...], ...]:
    """How a date is written, as tokens in lower case side by side: 15 · 6 · 2023; 15 · juin · 2023; …"""
    return tuple(dict.fromkeys(_ways(str(year), month, day)))


def _ways(year: str, month: int, day: int) -> Iterator[tuple[str, ...]]:
    if not month:
        yield (year,)
        return
    days = (str(day), f"{day:02}") if day else ("",)
    months = (str(month), f"{month:02}")
    french = ("1er", "1") if day == 1 else days
    named = _VIETNAMESE[month - 1].split()
    # *15 tháng 6*, *05 tháng 06*; *15 tháng 06* is as common as they are: 0 is written before 1 and 2
    spelled = (*((number,) for number in months), tuple(named))
    yield from (_without_gaps(own, number, year) for number in months for own in days)
    yield from (_without_gaps(own, _FRENCH[month - 1], year) for own in french)
    for own in days:
        for words in spelled:
            yield _without_gaps(own, "tháng", *words, "năm", year)
            yield _without_gaps(own, "tháng", *words, year)
    yield from (_without_gaps(year, number, own) for number in months for own in days)


def _without_gaps(*tokens: str) -> tuple[str, ...]:
    return tuple(filter(None, tokens))


def _read(match: re.Match[str], start: int, end: int) -> WrittenDate | None:
    """The date of a match; None for a day that no calendar has (31/02/2024)."""
    parts = match.groupdict()
    month, day = parts.get("month") or "", int(parts.get("day") or 0)
    name = " ".join(month.rstrip(".").split())
    number = (int(name) if name.isdigit() else _MONTHS[name]) if month else 0
    year = int(parts["year"])
    try:
        date(year, number if month else 1, day if parts.get("day") else 1)
    except ValueError:
        return None
    return WrittenDate(start, end, year, number, day)
