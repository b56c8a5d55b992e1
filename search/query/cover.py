"""Which words of a query the bilingual lexicon knows: the longest expressions first, from left to right.

What was typed counts first, then the same without diacritics, then another number or gender, the stem last:
*droite* is no form of *droit*. A function word of the language tells little: it only adds, as where it
is not translated.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod

from search.analysis.compounds import compounds
from search.analysis.language import is_function_word
from search.analysis.normalize import fold
from search.analysis.stems import accented_stems
from search.analysis.token import tokenize
from search.bridge.bilingual import VIETNAMESE, Side, Translation, Words, plainest, ranked, stemmed
from search.bridge.people import family_names
from search.query.restore import honours
from search.query.words import TypedWord

MAX_TRANSLATIONS = 8
"""Translations of one expression that are searched for, the most usual ones."""
_STEM = 0.6
"""What an expression is worth that has only its stems in common with what was typed."""
_PART = 0.5
"""What a part of a compound is worth that the lexicon does not know as a whole."""
_SLIGHT = 0.3
"""What a function word is worth beside words that tell something: *été* may be *mùa hè*."""
_LIKELY = 0.3
"""A syllable typed without diacritics is translated as each word that it is with this probability."""
_SLIM = 0.1
"""Of several expressions that fold alike, those less probable than this share of the best are left out."""
_SHORTEST = 4
"""Letters of a word whose stem may be looked up."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Words of a query, from place `first` up to `last`, that have translations; `worth`: how surely.

    One that is `slight` only adds to the score of what the others find.
    """

    first: int
    last: int
    translations: tuple[Translation, ...]
    worth: float = 1.0
    slight: bool = False


def cover(words: Sequence[TypedWord], side: Side, text: str = "") -> list[Unit]:
    """The expressions of a language among words side by side, in order; `text` is what was typed."""
    names = set(_names(words, side))
    units: list[Unit] = []
    at = 0
    while at < len(words):
        unit = None
        for size in range(min(len(words) - at, side.longest), 0, -1):
            if size == 1 and at in names:
                continue
            unit = _unit(words, at, at + size, side)
            if unit:
                units.append(unit)
                break
        at = unit.last if unit else at + 1
    return list(_by_compounds(words, units, text)) if side.language == VIETNAMESE else units


def _unit(words: Sequence[TypedWord], first: int, last: int, side: Side) -> Unit | None:
    """The words from `first` up to `last` as one expression, in the first way in which it is one."""
    run = words[first:last]
    typed = tuple(word.surface for word in run)
    slight = len(run) == 1 and _is_slight(run[0], side)
    worth = _SLIGHT if slight else 1.0
    if typed in side.translations and (side.language != VIETNAMESE or any(w.has_diacritics for w in run)):
        return Unit(first, last, side.translations[typed][:MAX_TRANSLATIONS], worth, slight)
    ways = (_in_haste,) if slight else (_in_haste, _inflected, _of_stem)
    if len(run) > 1 and all(is_function_word(word.surface) for word in run):
        return None  # *la la* are no *là lạ*
    for way in ways:
        if found := way(run, side):
            return Unit(first, last, _joined(side, found), worth, slight)
    return None


def _is_slight(word: TypedWord, side: Side) -> bool:
    """Whether a word tells little in its language; not *os*, a function word of another one."""
    return word.weak and not side.function_words.isdisjoint((word.surface, word.likely))


Weighted = Sequence[tuple[Words, float]]
"""Expressions, and how sure each is."""


def _joined(side: Side, expressions: Weighted) -> tuple[Translation, ...]:
    """The translations of several expressions, the best first."""
    best: dict[Words, Translation] = {}
    for words, sure in expressions:
        for each in side.translations[words]:
            weight = each.weight * sure
            if each.words not in best or best[each.words].weight < weight:
                best[each.words] = each._replace(weight=weight)
    return ranked(best.values())[:MAX_TRANSLATIONS]


def _in_haste(run: Sequence[TypedWord], side: Side) -> Weighted:
    """The expressions that the words may be without their diacritics, the probable ones."""
    known = side.by_folded.get(tuple(word.folded for word in run), ())
    meant = [words for words in known if all(map(_means, run, words))]
    if side.language != VIETNAMESE:
        return [(words, 1.0) for words in meant]
    sure = {words: prod(map(_probability, run, words)) for words in meant}
    best = max(sure.values(), default=0.0)
    if len(run) == 1:
        return [(words, own) for words, own in sure.items() if own >= _LIKELY]
    return [(words, own / best) for words, own in sure.items() if own >= _SLIM * best and best > 0]


def _means(word: TypedWord, written: str) -> bool:
    return not word.has_diacritics or honours(written, word.surface)


def _probability(word: TypedWord, written: str) -> float:
    """How probable it is that a typed syllable is this one; a word the index lacks is not ruled out."""
    if word.surface == written and word.has_diacritics:
        return 1.0
    known = {reading.surface: reading.probability for reading in word.readings if reading.count}
    return max(known.get(written, 0.0), 0.001) if known else 1.0


def _inflected(run: Sequence[TypedWord], side: Side) -> Weighted:
    """The expressions that differ in number and gender only: *droits civiques* for *droit civique*."""
    typed = [word.surface for word in run]
    known = side.by_singular.get(plainest(typed, side.language), ())
    return [(words, 1.0) for words in known if all(map(_same_letters, run, words))]


def _of_stem(run: Sequence[TypedWord], side: Side) -> Weighted:
    typed = [word.surface for word in run]
    if max(map(len, typed)) < _SHORTEST or is_function_word(typed[0]) or is_function_word(typed[-1]):
        return ()
    known = side.by_stem.get(stemmed(typed, side.language), ()) if side.by_stem else ()
    return [(words, _STEM) for words in known if len(run) > 1 or _same_letters(run[0], words[0])]


def _same_letters(word: TypedWord, written: str) -> bool:
    """Whether a word typed with diacritics shares its stem with another one, diacritics and all."""
    return not word.has_diacritics or bool(set(accented_stems(word.surface)) & set(accented_stems(written)))


def _by_compounds(words: Sequence[TypedWord], units: Sequence[Unit], text: str) -> Iterator[Unit]:
    """The units, those worth less that are a part of a compound: *học* of *học giả*.

    A part is left out where it can only be guessed, as in what was typed without any diacritics, or where the
    compound is a name: neither *nghe an* nor *Nghệ An* has anything to do with *ăn*.
    """
    inside = _compounds(words)
    hasty = not any(word.has_diacritics for word in words)
    for unit in units:
        compound = inside.get(unit.first)
        if compound is None or unit.last - unit.first > 1 or unit.slight:
            yield unit
        elif not (hasty or _is_name([text[word.start : word.end] for word in words[slice(*compound)]])):
            yield replace(unit, worth=_PART)


def _compounds(words: Sequence[TypedWord]) -> dict[int, tuple[int, int]]:
    """The first and the last place of the compound that a word is in, by its place."""
    text = " ".join(word.likely for word in words)
    tokens = list(tokenize(text))
    if len(tokens) != len(words):
        return {}
    places = {token.position: place for place, token in enumerate(tokens)}
    inside: dict[int, tuple[int, int]] = {}
    for term, position in compounds(text, tokens):
        first, last = places[position], places[position] + term.count("_") + 1
        inside |= dict.fromkeys(range(first, last), (first, last))
    return inside


def _is_name(typed: Sequence[str]) -> bool:
    """Whether words are written with capitals, and not with nothing else."""
    return all(word[:1].isupper() for word in typed) and not all(word.isupper() for word in typed)


def _names(words: Sequence[TypedWord], side: Side) -> Iterator[int]:
    """The places of what may be the name of a person: a family name and up to three syllables behind it.

    *trần xuân dưỡng* is no *trận*, whether or not it was typed with its diacritics.
    """
    if side.language != VIETNAMESE:
        return
    families = family_names()
    folded = {fold(name) for name in families}
    at = 0
    while at < len(words) - 1:
        word = words[at]
        if word.surface in families or (not word.has_diacritics and word.surface in folded):
            end = at + 1
            while end < min(at + 4, len(words)) and not _begins_expression(words, end, side):
                end += 1
            if end - at > 1:
                yield from range(at, end)
            at = end
        else:
            at += 1


def _begins_expression(words: Sequence[TypedWord], at: int, side: Side) -> bool:
    longest = min(len(words) - at, side.longest)
    return any(_unit(words, at, at + size, side) for size in range(longest, 1, -1))
