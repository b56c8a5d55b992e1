"""A date in the other ways in which it is written: *15/6/2023*, *15 juin 2023*, *15 tháng 6 năm 2023*."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from search.analysis.normalize import folded_surface, surface
from search.dates import typed_date, ways
from search.lexicon.base import Lexicon
from search.query.alternatives.base import Alternative, Asked
from search.query.pieces import MAX_PIECES
from search.query.words import TypedWord
from search.results import How
from search.schema import Kind

_YEAR = 4
"""Figures of a year."""


def dates(run: Sequence[TypedWord], asked: Asked) -> Iterator[Alternative]:
    """The date that a run of words is, as it was typed and as others write it, where the index has it so."""
    if asked.strict:
        return
    typed = tuple(word.surface for word in run)
    date, written = asked.weights.date, asked.weights.date * asked.weights.written
    for way in _ways(typed):
        if all(asked.lexicon.pair_counts(list(itertools.pairwise(way)))):
            exact = way == typed
            yield Alternative(
                Kind.SURFACE, way, date if exact else written, How.EXACT if exact else How.WRITTEN
            )


def days(run: Sequence[TypedWord], asked: Asked) -> Iterator[Alternative]:
    """The same for each date in a run: a document that has it otherwise has it as much as it was typed."""
    for stretch in _stretches(run):
        for each in dates(stretch, asked):
            if each.how is How.WRITTEN:
                yield replace(each, weight=asked.weights.written)


def pairs(words: Sequence[TypedWord], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """All neighbours that will be asked about."""
    for stretch in _stretches(words):
        for way in _ways(tuple(word.surface for word in stretch)):
            yield from itertools.pairwise(way)


def _stretches(words: Sequence[TypedWord]) -> Iterator[Sequence[TypedWord]]:
    for first in range(len(words)):
        for last in range(first + 2, min(len(words), first + MAX_PIECES) + 1):
            yield words[first:last]


@lru_cache(maxsize=10_000)
def _ways(typed: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """How a date is written whose words were typed; none when they are no day and no month of a year."""
    if len(typed) < 2 or not any(len(text) == _YEAR and text.isdecimal() for text in (typed[0], typed[-1])):
        return ()
    figures = all(map(str.isdecimal, typed))
    year, *rest = typed_date(("/" if figures else " ").join(typed)).split("-")
    # 05/2010 is how the number of a decree begins, more often than a month
    if not rest or (figures and len(rest) < 2):
        return ()
    found = ways(int(year), *map(int, rest))
    spelled = (tuple(map(form, way)) for form in (surface, folded_surface) for way in found)
    return tuple(dict.fromkeys(way for way in spelled if len(rest) > 1 or not all(map(str.isdecimal, way))))
