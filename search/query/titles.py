"""A query that is the whole title of a document finds that document first."""

from collections.abc import Sequence
from itertools import product
from math import prod

from search.analysis.normalize import fold
from search.analysis.titles import title_keys
from search.query.crossing import Crossing
from search.query.plan import Best, Named, Node
from search.query.words import TypedWord
from search.schema import Name

_FIRST = 1000.0
"""More than any words score: 64 of them, each the only one of its kind in a million documents."""

_MAX_UNITS = 2
"""Expressions of a query that are looked for as a whole title in the other language."""
_MAX_NAMES = 3
"""Translations of each that are."""


def titled_abroad(crossing: Crossing, words: Sequence[TypedWord]) -> tuple[Node, ...]:
    """Documents whose title is what the whole query is called in the other language."""
    telling = {word.start for word in words if not word.weak}
    units = [known for _, known in sorted(crossing.units.items())]
    if len(units) > _MAX_UNITS or telling - {word.start for _, own in units for word in own}:
        return ()
    found: dict[str, float] = {}
    for chosen in product(*(unit.translations[:_MAX_NAMES] for unit, _ in units)):
        name = " ".join(word for each in chosen for word in each.words)
        weight = prod(each.weight for each in chosen)
        found[name] = max(found.get(name, 0.0), weight)
    named = tuple(Named(Name.TITLE, name, weight * _FIRST) for name, weight in found.items())
    return (Best(named),)


def titled(text: str, words: Sequence[TypedWord]) -> tuple[Node, ...]:
    """Documents whose title is the query: as typed, as it was likely meant, or without diacritics."""
    keys = title_keys(text)
    if not keys:
        return ()
    exact, folded = keys[Name.TITLE], keys[Name.FOLDED_TITLE]
    found: dict[tuple[Name, str], float] = {(Name.TITLE, exact): _FIRST}
    likely = " ".join(word.likely for word in words)
    if fold(likely) == folded:
        found.setdefault((Name.TITLE, likely), 0.8 * _FIRST)
    # *bạn* is not the title for who types *bán*, *ban* may be
    loose = Name.FOLDED_TITLE if exact == folded else Name.TITLE
    found.setdefault((loose, folded), 0.6 * _FIRST)
    return (Best(tuple(Named(name, key, weight) for (name, key), weight in found.items())),)
