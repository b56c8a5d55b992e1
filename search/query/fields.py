"""What stands before a colon, and what stands behind it: `title:`, `ngôn ngữ:fr`, `date:5/2020..2021`."""

import re
import unicodedata

from search.analysis.normalize import fold
from search.analysis.registry import code_of
from search.dates import typed_date
from search.query.filter import Filter, days

# All of it is told in README.md and on the help page (web/guide.py).
TITLE = frozenset({"title", "intitle", "titre", "tiêu đề", "tieude", "tựa"})
LANGUAGE = frozenset({"lang", "language", "langue", "ngôn ngữ", "ngữ"})
SOURCE = frozenset({"source", "nguồn"})
DATE = frozenset({"date", "ngày"})
FIELDS = TITLE | LANGUAGE | SOURCE | DATE

_MEANT = {
    spelling: kind
    for kind in (TITLE, LANGUAGE, SOURCE, DATE)
    for name in kind
    for spelling in (name, fold(name))  # with its diacritics, or with none at all
}
_ELLIPSIS = "…"
"""What some keyboards make of dots."""


def field_named(name: str) -> frozenset[str] | None:
    """The field of a name in any case, with its diacritics or without; None if there is none."""
    return _MEANT.get(" ".join(unicodedata.normalize("NFC", name).lower().split()))


def filter_of(field: frozenset[str], value: str) -> Filter | None:
    """The filter that a value of a field asks for; None when it is no date."""
    value = unicodedata.normalize("NFC", value.strip())
    if field is LANGUAGE:
        return Filter(languages=frozenset(map(code_of, filter(None, re.split(r"[,;|]", value)))))
    if field is SOURCE:
        return Filter(sources=frozenset({value}))
    first, dots, last = value.replace(_ELLIPSIS, "..").partition("..")
    last = last if dots else first
    since, until = typed_date(first), typed_date(last)
    if not (since or until) or (first.strip() and not since) or (last.strip() and not until):
        return None
    if since and until and until < since[: len(until)]:
        since, until = until, since
    return Filter(dates=frozenset({days(since, until)}))
