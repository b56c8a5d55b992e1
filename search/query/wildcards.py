"""Words with asterisks in front or inside: `*timent`, `b*timent`."""

import unicodedata
from collections.abc import Sequence

from search.analysis.normalize import fold, surface
from search.lexicon.base import Lexicon
from search.query import ast
from search.query.match import WordMatch
from search.query.plan import Best, Term
from search.results import How, Warning
from search.schema import Kind, Part, field_name

MIN_LETTERS = 2
"""Letters in a row that a pattern needs: they are looked for in the whole vocabulary."""


def as_pattern(text: str) -> str:
    """A word with asterisks as terms are written; empty if it has too few letters in a row."""
    pattern = "*".join(surface(part) for part in unicodedata.normalize("NFC", text).split("*"))
    return pattern if longest_part(pattern) >= MIN_LETTERS else ""


def longest_part(pattern: str) -> int:
    """The number of letters in a row."""
    return max(map(len, pattern.split("*")))


def resolved(
    wildcard: ast.Wildcard,
    parts: Sequence[Part],
    lexicon: Lexicon,
    most: int,
    matches: list[WordMatch],
    warnings: list[Warning],
) -> Best:
    """The documents with one of the `most` frequent words that a pattern fits; adds what to highlight.

    With diacritics in it, they count; without any, a word may have them.
    """
    pattern = wildcard.pattern
    unaccented = pattern == fold(pattern)
    names = [field_name(part, Kind.FOLDED if unaccented else Kind.SURFACE) for part in parts]
    found = lexicon.matching([(name, pattern) for name in names], most + 1)
    if any(len(own) > most for own in found):
        message = f"too many words match {wildcard.text}: only the {most} most frequent were searched for"
        warnings.append(Warning("broad_wildcard", message, wildcard.start, wildcard.end))
    terms = [Term(name, term) for name, own in zip(names, found, strict=True) for term, _ in own[:most]]
    words = {term.text for term in terms}
    matches.append(
        WordMatch(
            wildcard.text,
            pattern,
            readings={} if unaccented else dict.fromkeys(words, 0),
            folds=frozenset(words if unaccented else ()),
            hows=dict.fromkeys(words, How.EXACT),
            strict=True,
            part=wildcard.text,
            name=wildcard.text,
        )
    )
    return Best(tuple(terms))
