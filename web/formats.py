"""Dates, numbers and names of languages as each language of the interface writes them."""

import datetime
import re

_NBSP, _NARROW_NBSP = "\u00a0", "\u202f"
_THOUSANDS = {"vi": ".", "fr": _NARROW_NBSP, "en": ","}
_DECIMAL = {"vi": ",", "fr": ",", "en": "."}
_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}
_ENDONYMS = {
    "vi": "Tiếng Việt",
    "fr": "Français",
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "it": "Italiano",
    "ja": "日本語",
    "km": "ខ្មែរ",
    "ko": "한국어",
    "lo": "ລາວ",
    "pt": "Português",
    "ru": "Русский",
    "th": "ไทย",
    "zh": "中文",
}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.ASCII | re.IGNORECASE)
_NO_LANGUAGE = frozenset({"", "other", "und", "mul", "zxx"})


def date(iso: str, ui: str) -> str:
    """An ISO date, whole or partial: 12/12/2024, 1er décembre 2024; anything else as it came."""
    found = _DATE.fullmatch(iso)
    if not found:
        return iso
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        datetime.date(year, month or 1, day or 1)
    except ValueError:  # 2023-02-30
        return iso
    if found[2] is None:
        return found[1]
    if ui == "vi":
        return f"{day}/{month}/{found[1]}" if day else f"tháng{_NBSP}{month}/{found[1]}"
    name = _MONTHS[ui].split()[month - 1]
    first = "1er" if ui == "fr" and day == 1 else str(day or "")
    return _NBSP.join(part for part in (first, name, found[1]) if part)


def number(value: int, ui: str) -> str:
    """A whole number with its thousands parted: 12.345, 12 345, 12,345."""
    return f"{value:,}".replace(",", _THOUSANDS[ui])


def duration(milliseconds: float, ui: str) -> str:
    """How long a search took: 3,4 ms, 12 ms, 1,3 s."""
    if milliseconds >= 1000:
        text = f"{milliseconds / 1000:.1f}{_NBSP}s"
    else:
        text = f"{milliseconds:.{1 if milliseconds < 9.95 else 0}f}{_NBSP}ms"
    return text.replace(".", _DECIMAL[ui])


def language_name(code: str) -> str:
    """A language in its own words, `EO` for one we have no name of, nothing when it is not known."""
    if code in _NO_LANGUAGE:
        return ""
    return _ENDONYMS.get(code.partition("-")[0].lower(), code.upper())


def language_tag(code: str) -> str:
    """The value of a `lang` attribute; empty says that the language is not known."""
    return code if code not in _NO_LANGUAGE and _LANGUAGE_TAG.fullmatch(code) else ""
