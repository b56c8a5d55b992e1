"""Dates as French and Vietnamese texts write them → ISO 8601, whole or partial."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_FRENCH = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
_VIETNAMESE = ("gieng", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "chap")
_MONTHS = (
    {name: number for number, name in enumerate(_FRENCH, 1)}
    | {name: number for number, name in enumerate(_VIETNAMESE, 1)}
    | {"mot": 1, "muoi hai": 12}
)

_YEAR = r"(?P<year>[12]\d{3})(?!\d)"
_VIETNAMESE_MONTH = r"thang\s+(?P<month>\d{1,2}|muoi\s+mot|muoi\s+hai|" + "|".join(_VIETNAMESE) + "|mot)"
# Most precise first: in `15 tháng 3 năm 2024` the month alone would match too. All patterns look at folded
# text, so that `15 thang 3 nam 2024` and `15 fevrier 2024` are dates as well. Days come before months in
# both languages: 4/3/2024 is the fourth of March.
_PATTERNS = [
    re.compile(pattern)
    for pattern in (
        rf"(?<!\d){_YEAR}([-/])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}})(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})([-/.])(?P<month>\d{{1,2}})\2{_YEAR}",
        rf"\b(?P<day>\d{{1,2}})(?:er)?\s+(?P<month>{'|'.join(_FRENCH)})\s+{_YEAR}",
        rf"\b(?:ngay\s+)?(?P<day>\d{{1,2}})\s+{_VIETNAMESE_MONTH}[\s,/]+(?:nam\s+)?{_YEAR}",
        rf"\b(?P<month>{'|'.join(_FRENCH)})\s+{_YEAR}",
        rf"\b{_VIETNAMESE_MONTH}[\s,/]+(?:nam\s+)?{_YEAR}",
        rf"(?<![\d/.-])(?P<month>\d{{1,2}})/{_YEAR}",
        rf"(?<!\d){_YEAR}-(?P<month>\d{{2}})(?![\d-])",
    )
]
_COMPACT = re.compile(r"([12]\d{3})(\d{2})(\d{2})")
_YEAR_ALONE = re.compile(r"(?:nam\s+|annee\s+)?([12]\d{3})")


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date in a text: its ISO form and its span, in characters of the NFC text."""

    iso: str
    start: int
    end: int


def iso_date(value: str) -> str:
    """A date field in ISO form: `15 mars 2024`, `2024-03-15T08:00Z`, `3/2024`, `2024`; "" if it is none."""
    folded = _fold(value.strip())
    if compact := _COMPACT.fullmatch(folded):
        return _iso(*compact.groups())
    if year := _YEAR_ALONE.fullmatch(folded):
        return year[1]
    found = next(find_dates(value), None)
    return found.iso if found else ""


def find_dates(text: str) -> Iterator[DateFound]:
    """The dates written in a text, the most precise first. A year alone is not one: it may be a number."""
    folded = _fold(text)
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            parts = match.groupdict()
            if iso := _iso(parts["year"], parts["month"], parts.get("day") or ""):
                yield DateFound(iso, match.start(), match.end())


def _iso(year: str, month: str, day: str) -> str:
    """The ISO form, or "" for a day that no calendar has (31/02/2024)."""
    number = int(month) if month.isdigit() else _MONTHS[" ".join(month.split())]
    try:
        written = date(int(year), number, int(day) if day else 1).isoformat()
    except ValueError:
        return ""
    return written if day else written[:7]


def _fold(text: str) -> str:
    """Lower case without diacritics, character for character, so that spans hold in the NFC text."""
    return "".join(
        unicodedata.normalize("NFD", "d" if character in "đĐ" else character)[0].lower()[0]
        for character in unicodedata.normalize("NFC", text)
    )
