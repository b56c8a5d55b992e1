"""Dates as visitors type them: 2024, 5/2024, 12/5/2024, 2024-05-12."""

import datetime
import re

_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(?:(?:(\d{1,2})[-/. ])?(\d{1,2})[-/. ])(\d{4})", re.ASCII)


def typed_date(text: str) -> str:
    """The ISO date, whole or partial, that somebody typed, day before month; empty when it is none."""
    text = text.strip()
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    else:
        return ""
    try:
        whole = datetime.date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:  # 31/2/2024
        return ""
    return whole if day else whole[:7] if month else whole[:4]
