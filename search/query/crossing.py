"""Does a query cross into the other language? Which one it is in, and what its words are called there.

It runs as a second Plan beside the first, whose ranking it does not touch.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from search.analysis.language import detect
from search.analysis.token import tokenize
from search.bridge.bilingual import (
    FRENCH,
    VIETNAMESE,
    BilingualLexicon,
    Translation,
    Words,
    other_language,
    written,
)
from search.bridge.entries import MAX_WORDS
from search.query import ast
from search.query.cover import MAX_TRANSLATIONS, Unit, cover
from search.query.words import TypedWord
from search.results import TranslatedTerm

_CLEAR = 0.25
"""How much larger the share of words is that one language knows, where the other is not asked any more."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """The language a query crosses into, and its units by the place in its text where each begins."""

    text: str
    language: str
    units: Mapping[int, tuple[Unit, tuple[TypedWord, ...]]]


Covered = Mapping[int, tuple[Unit, tuple[TypedWord, ...]]]
Named = Mapping[Words, tuple[Translation, ...]]
"""What the reader wants some expressions to be called in the other language; nothing: not searched there."""


def crossing_of(
    query: ast.Query,
    words: Mapping[tuple[int, int], Sequence[TypedWord]],
    bilingual: BilingualLexicon,
    named: Named,
) -> Crossing | None:
    """How a query crosses; None where neither language has an expression of it."""
    runs = [run for run in _runs(query.root, words) if run]
    found = {language: _covered(runs, bilingual, language, query.text) for language in (FRENCH, VIETNAMESE)}
    language = _spoken(query, runs, found)
    units = _named(found[language], named)
    return Crossing(query.text, other_language(language), units) if units else None


def terms(crossing: Crossing) -> tuple[TranslatedTerm, ...]:
    """What the expressions of a query are called, for its reader."""
    return tuple(
        TranslatedTerm(
            crossing.text[run[0].start : run[-1].end],
            run[0].start,
            run[-1].end,
            tuple(each.text for each in unit.translations),
        )
        for _, (unit, run) in sorted(crossing.units.items())
    )


def reader_names(named: Iterable[tuple[str, Sequence[str]]]) -> Named:
    """What a reader wants expressions to be called, ready to be looked up."""
    return {
        written(text): tuple(
            Translation(words, 1.0, each) for each in chosen if (words := written(each)[:MAX_WORDS])
        )
        for text, chosen in named
    }


def _named(units: Covered, named: Named) -> Covered:
    """The units with the translations that the reader wants; without those that are not wanted at all."""
    changed: dict[int, tuple[Unit, tuple[TypedWord, ...]]] = {}
    for start, (unit, run) in units.items():
        chosen = named.get(tuple(word.surface for word in run), unit.translations)
        if chosen:
            changed[start] = replace(unit, translations=chosen[:MAX_TRANSLATIONS]), run
    return changed


def _covered(
    runs: Sequence[Sequence[TypedWord]], bilingual: BilingualLexicon, language: str, text: str
) -> Covered:
    side = bilingual.side(language)
    return {
        run[unit.first].start: (unit, tuple(run[unit.first : unit.last]))
        for run in runs
        for unit in cover(run, side, text)
    }


def _spoken(query: ast.Query, runs: Sequence[Sequence[TypedWord]], found: Mapping[str, Covered]) -> str:
    """The language of a query: the one that knows clearly more of its words, else the one it looks like."""
    telling = sum(1 for run in runs for word in run if not word.weak) or 1
    shares = {
        language: sum(1 for _, words in units.values() for word in words if not word.weak) / telling
        for language, units in found.items()
    }
    if abs(shares[FRENCH] - shares[VIETNAMESE]) < _CLEAR:
        detected = detect(list(tokenize(query.text)), query.text)
        if detected in shares:
            return detected
    return max(shares, key=lambda language: (shares[language], language == VIETNAMESE))


def _runs(clause: ast.Clause, words: Mapping[tuple[int, int], Sequence[TypedWord]]) -> list[list[TypedWord]]:
    """The words of a query that stand side by side, without what is excluded."""
    match clause:
        case ast.Word() | ast.Quoted():
            return [list(words[clause.start, clause.end])]
        case ast.Required(child) | ast.InTitle(child):
            return _runs(child, words)
        case ast.Either(children):
            return [run for child in children for run in _runs(child, words)]
        case ast.Sequence(children):
            runs: list[list[TypedWord]] = [[]]
            for child in children:
                if isinstance(child, ast.Word):
                    runs[-1] += words[child.start, child.end]
                else:
                    runs += [*_runs(child, words), []]
            return runs
    return []
