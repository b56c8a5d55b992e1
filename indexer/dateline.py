"""When a text was published and by whom, where only the text itself says so.

Precision first: a date in a sentence may be that of any event. Taken are lines that hold nothing but a date
(*Thứ Ba, 12/12/2023 | 15:30*, *Fait à Paris, le 3 mai 2021*), the day that a report opens with (*chiều
12/12*), and the agency that signs it (*(TTXVN/Vietnam+)*, *PARIS (AFP) –*).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from search.dates import iso_date, written_dates

_EDGE = 3  # lines at either end that may hold a date of their own
_MAX_LINE = 80
_OPENING = 400  # characters of the first paragraph
_AGENCY = r"(?P<agency>(?=[^()]{0,40}[A-ZĐ]{2})[A-ZĐ][\w+.]*(?:\s?/\s?[\w+. ]{1,30})?)"
_SIGNED = re.compile(rf"(?:^|(?<=[.!?…»”\"]))\s*\(\s*{_AGENCY}\s*\)\.?\s*$")
_OPENED = re.compile(rf"^[^\W\d_][\w\s.,’'-]{{1,40}}\({_AGENCY}\)\s*[–—-]\s")
_AROUND_DATE = re.compile(
    r"\b(?:thu (?:hai|ba|tu|nam|sau|bay)|chu nhat|ngay(?: dang)?|dang ngay|cap nhat(?: luc| ngay)?|luc|gio"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|publiee?|mise? a jour|modifiee?|date|le|a|et"
    r"|posted on|updated|published|gmt|utc|am|pm|\d{1,2} ?[h:] ?\d{0,2}(?::\d\d)?|\+0?\d)\b"
)
_PLACE_AND_DATE = re.compile(
    r"^(?:Fait à\s+)?[^\W\d_a-zà-ỹ][\w\s.’'-]{1,40},\s*(?:ngày|le)\s+(?P<date>.{6,30}?)\.?$"
)
_PART_OF_DAY = re.compile(
    r"\b(?:sáng|trưa|chiều|tối|đêm)\s+(?:qua\s+)?(?:ngày\s+)?\(?"
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}))?\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+(?P<date>\d{1,2}(?:er)?\s+[^\W\d_]+\s+\d{4})\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19[5-9]\d|20\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Dateline:
    """The date of publication, ISO 8601, and the source; empty where the text does not say."""

    date: str = ""
    source: str = ""


def find(text: str) -> Dateline:
    """What a text says about its publication at its two ends."""
    lines = [line for line in unicodedata.normalize("NFC", text).split("\n") if line.strip()]
    if not lines:
        return Dateline()
    return Dateline(_date(lines), _source(lines))


def _source(lines: Sequence[str]) -> str:
    for line in lines[:2]:
        if opened := _OPENED.match(line):
            return " ".join(opened["agency"].split())
    signed = _SIGNED.search(lines[-1])
    return " ".join(signed["agency"].split()) if signed else ""


def _date(lines: Sequence[str]) -> str:
    edges = [*lines[:_EDGE], *reversed(lines[-_EDGE:])]
    for line in edges:
        if found := alone(line):
            return found
    opening = lines[0][:_OPENING]
    if (day := _PART_OF_DAY.search(opening)) and (year := day["year"] or _year_near(opening, day)):
        return iso_date(f"{day['day']}/{day['month']}/{year}")
    weekday = _WEEKDAY.search(opening)
    return iso_date(weekday["date"]) if weekday else ""


def alone(line: str) -> str:
    """The date of a line that holds nothing else but a place, a weekday or an hour."""
    line = unicodedata.normalize("NFC", line.strip())
    if len(line) > _MAX_LINE:
        return ""
    if placed := _PLACE_AND_DATE.match(line):
        return next(
            (found.iso for found in written_dates(placed["date"]) if len(found.iso) == len("2024-01-01")), ""
        )
    for found in written_dates(line):
        rest = _folded(line[: found.start] + " " + line[found.end :])
        if len(found.iso) == len("2024-01-01") and not re.search(r"[^\W_]", _AROUND_DATE.sub(" ", rest)):
            return found.iso
    return ""


def _year_near(opening: str, day: re.Match[str]) -> str:
    """The year of a day that goes without: the latest of those that its paragraph names."""
    return max(_YEAR.findall(opening[: day.end() + 100]), default="")


def _folded(text: str) -> str:
    marked = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in marked if not unicodedata.combining(letter))
