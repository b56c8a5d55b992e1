"""A text's own source line: `Nguồn: Bản tin Cửa Biển, 15/3/2024`, `Source : https://…`."""

import re
import unicodedata
from urllib.parse import urlsplit

from indexer.readers.metadata.fields import Metadata
from search.dates import written_dates

_LAST_LINES = 5  # scraped pages leave a few lines below it: `Comment (0)`
_MAX_NAME = 200
_SOURCE = re.compile(
    r"[\s(\[*_–—-]*(?:sources?|nguồn(?:\s+tin)?|nguon(?:\s+tin)?)[\s*_]*[::](?P<value>.*)", re.IGNORECASE
)
_URL = re.compile(r"https?://[^\s<>\"»”]+")
_AROUND = " \t.,;:·–—-()[]<>*_«»“”\"'"
_BEFORE_DATE = re.compile(r"(?:[,;(–—-]|\b(?:du|le|ngày|ngay|ra ngày))\s*$", re.IGNORECASE)
_YEAR_LAST = re.compile(r"[,(]\s*([12]\d{3})\W*$")


def starts_source_line(line: str) -> bool:
    """Whether a line names the source of its text."""
    return _SOURCE.match(unicodedata.normalize("NFC", line)) is not None


def take(text: str) -> tuple[Metadata, str]:
    """What the source line among the last lines says, and the text without it.

    The line leaves the text because all of it becomes fields, which are stored and shown; left in, the
    words of an address (`/tin-tuc/quyen-con-nguoi.html`) would be found as if the article said them.
    """
    lines = text.split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    for number in reversed(filled[-_LAST_LINES:]):
        line = unicodedata.normalize("NFC", lines[number])
        if (match := _SOURCE.fullmatch(line)) and (said := _understand(match["value"])):
            return said, "\n".join(lines[:number] + lines[number + 1 :]).strip()
    return Metadata(), text


def _understand(value: str) -> Metadata | None:
    """The URL, the date and the name in the value of a source line; None when it is a sentence instead."""
    url = ""
    if match := _URL.search(value):
        url = match[0].rstrip(".,;)]*_")
        value = value[: match.start()] + value[match.start() + len(url) :]
    name, date = _without_date(value)
    name = " ".join(name.strip(_AROUND).split())
    if len(name) > _MAX_NAME or not (name or url):
        return None
    return Metadata(source=name or _host(url), url=url, date=date)


def _without_date(value: str) -> tuple[str, str]:
    """The value without the date that ends it; a date elsewhere belongs to the name."""
    for found in written_dates(value):
        before, after = value[: found.start], value[found.end :]
        if not after.strip(_AROUND):
            return _BEFORE_DATE.sub("", before), found.iso
    if year := _YEAR_LAST.search(value):
        return value[: year.start()], year[1]
    return value, ""


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or url).removeprefix("www.")
    except ValueError:  # `https://[broken`
        return url
