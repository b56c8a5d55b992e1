"""What was ignored in a query, said in the language of the interface."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext

from search import Warning
from web.catalogues import SOURCE
from web.interface import language

MAX_PART = 40


@dataclass(frozen=True, slots=True)
class Note:
    """One remark on the query, and the language it is in."""

    text: str
    language: str


def notes(warnings: Iterable[Warning], query: str) -> list[Note]:
    """The warnings of a page, each said once; one that we have no words for stays in English."""
    found: dict[Note, None] = {}
    for warning in warnings:
        part = query[warning.start : warning.end]
        text = _said(warning.code, part if len(part) <= MAX_PART else part[:MAX_PART] + "…")
        found[Note(text, language()) if text else Note(warning.message, SOURCE)] = None
    return list(found)


def _said(code: str, part: str) -> str:
    match code:
        case "query_too_long":
            return gettext("The query is too long: only its beginning was used.")
        case "too_many_words":
            return gettext("The query has too many words: only the first ones were used.")
        case "absent_diacritics":
            return gettext("No document contains “%(part)s” with these accents.", part=part)
        case "too_many_phrases":
            return gettext(
                "The query has too many phrases: the words of the last ones were searched for separately."
            )
        case "empty_filter":
            return gettext("“%(part)s” needs a value, as in lang:vi.", part=part)
        case "unknown_name":
            return gettext("No document has “%(part)s” as its language or source.", part=part)
        case "filter_ignored":
            return gettext(
                "“%(part)s” was ignored: OR and NOT join a filter only with filters of the same field.",
                part=part,
            )
        case "keyword_as_word":
            return gettext(
                "“%(part)s” was searched for as a word. OR, AND and NOT always work as operators.", part=part
            )
        case "empty_phrase":
            return gettext("Quotation marks without a word between them were ignored.")
        case "wildcard_in_phrase":
            return gettext("An asterisk between quotation marks was ignored.")
        case "short_wildcard":
            return gettext(
                "“%(part)s” was ignored: an asterisk needs at least two letters in a row, as in *tion.",
                part=part,
            )
        case "broad_wildcard":
            return gettext(
                "Too many words match “%(part)s”: only the most frequent were searched for.", part=part
            )
        case "too_deep":
            return gettext("Parentheses are nested too deeply: the innermost were ignored.")
        case "unbalanced_quote":
            return gettext("A quotation mark without a pair was ignored.")
        case "bare_wildcard":
            return gettext("An asterisk needs the beginning of a word before it, as in econo*.")
        case "broad_prefix":
            return gettext(
                "Too many words begin with “%(part)s”: only the most frequent were searched for.",
                part=part.rstrip("*"),
            )
        case "bad_date":
            return gettext(
                "“%(part)s” is not a date: write date:2023, date:15/6/2023 or date:5/2023..2024.", part=part
            )
    return ""
