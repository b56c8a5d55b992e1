"""What an expression of a query is looked for as in the other language, and what speaks for it there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from search.analysis.language import is_function_word
from search.analysis.normalize import fold
from search.analysis.stems import accented_stems, other_number, stemless
from search.bridge.bilingual import FRENCH, Translation, Words, plainest
from search.lexicon.base import Lexicon
from search.query.alternatives import Alternative, Asked
from search.query.clauses import Clauses, Found, Said, Scope
from search.query.cover import Unit
from search.query.crossing import Crossing
from search.query.match import word_matches
from search.query.plan import Best
from search.query.words import TypedWord
from search.results import How
from search.schema import Kind

_AMBIGUOUS = 0.3
"""An expression counts less the more translations it has: ÷ (the sum of their weights) to this power."""
_MAX_FORMS = 12
"""Inflections of one word of a French expression."""


def prefetch(crossing: Crossing, lexicon: Lexicon) -> None:
    """Ask for the inflections of all French translations at once; the memory of the lexicon keeps them."""
    if crossing.language == FRENCH:
        names = (each for unit, _ in crossing.units.values() for each in unit.translations)
        words = dict.fromkeys(word for each in names for word in _telling(each.words))
        lexicon.inflections([stem for word in words for stem in accented_stems(word)])


def translated(unit: Unit, run: Sequence[TypedWord], scope: Scope, found: Found, clauses: Clauses) -> None:
    """Add one group of alternatives for the words of a unit, and its evidence."""
    asked = scope.asked
    crossing = asked.crossing
    assert crossing is not None
    scale = unit.worth / max(sum(each.weight for each in unit.translations), 1.0) ** _AMBIGUOUS
    alternatives = [own for each in unit.translations for own in _found_as(each, crossing.language, asked)]
    members = tuple(each.node(scope.parts, scale) for each in alternatives)
    group = Best(members, asked.weights.tie_breaker)
    if unit.slight:
        clauses.optional.append(group)
    else:
        clauses.want(group)
    typed = crossing.text[run[0].start : run[-1].end].lower()
    found.matches += (replace(each, typed=typed) for each in word_matches(run, alternatives))
    found.runs[-1] += _said(unit, run[0], asked, crossing.language)


def _found_as(translation: Translation, language: str, asked: Asked) -> Iterator[Alternative]:
    words, weight = translation.words, translation.weight
    telling = _telling(words) if language == FRENCH else words
    if len(telling) == 1:
        yield from _word_as(telling[0], weight, language, asked)
    elif language == FRENCH:
        slop = len(words) - len(telling) + 1
        forms = tuple(_forms(word, asked) for word in telling)
        yield Alternative(Kind.SURFACE, telling, weight, How.TRANSLATED, forms, slop, translation.text)
    else:
        yield Alternative(Kind.SURFACE, words, weight, How.TRANSLATED)


def _telling(words: Words) -> Words:
    """The words of a French expression between which others may stand: *droits de l’homme*."""
    return tuple(word for word in words if not is_function_word(word)) or words


def _word_as(word: str, weight: float, language: str, asked: Asked) -> Iterator[Alternative]:
    """A word of the other language, a French one in its numbers and with its stem too."""
    yield Alternative(Kind.SURFACE, (word,), weight, How.TRANSLATED)
    if language != FRENCH:
        return
    for form in other_number(word):
        yield Alternative(Kind.SURFACE, (form,), weight * asked.weights.form, How.TRANSLATED)
    if fold(word) != word:
        yield Alternative(Kind.SURFACE, (fold(word),), weight * asked.weights.unaccented, How.TRANSLATED)
    if not stemless(word):
        for stem in accented_stems(word):
            yield Alternative(Kind.STEM, (stem,), weight * asked.weights.stem, How.TRANSLATED)


def _forms(word: str, asked: Asked) -> Words:
    """A word in its numbers and genders, as the index has them."""
    plain = plainest((word,), FRENCH)
    known = [text for own in asked.lexicon.inflections(accented_stems(word)) for text in own]
    same = (text for text in known if plainest((text,), FRENCH) == plain)
    return tuple(dict.fromkeys((word, *same)))[:_MAX_FORMS]


def _said(unit: Unit, first: TypedWord, asked: Asked, language: str) -> Iterator[Said]:
    """The words of the best translation as if they had been typed, to be looked for side by side.

    Translations of as many words stand beside it, word by word: *nhân quyền* beside *quyền lợi*.
    """
    names = [_telling(each.words) if language == FRENCH else each.words for each in unit.translations]
    for place, word in enumerate(names[0]):
        meant = TypedWord(word, first.start, first.end, (), weak=is_function_word(word))
        beside = dict.fromkeys(own[place] for own in names if len(own) == len(names[0]))
        yield meant, tuple(each for other in beside for each in _word_as(other, 1.0, language, asked))
