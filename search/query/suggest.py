"""Which accents were perhaps meant, and which of those typed no document has."""

from collections.abc import Sequence
from itertools import pairwise

from search.analysis.language import is_function_word
from search.analysis.syllable import other_vowel
from search.lexicon.base import Lexicon
from search.query.correct import with_capitals
from search.query.restore import honours, subjects
from search.query.words import TypedWord
from search.results import LikelyAccents, Spelling, Warning

MAX_READINGS = 5
MAX_ABSENT = 3
MIN_PROBABILITY = 0.01


def likely_accents(text: str, words: Sequence[TypedWord]) -> tuple[LikelyAccents, ...]:
    """For each word typed without diacritics that has several readings: which, as queries that narrow to one.

    None for a word beside one with diacritics: who types *Mạc Thị Thu* means *Thu*.
    """
    found: list[LikelyAccents] = []
    meant = _beside_diacritics(text, words)
    for word in words:
        readings = [r for r in word.readings if r.probability >= MIN_PROBABILITY and r.count][:MAX_READINGS]
        typed = text[word.start : word.end]
        if word.settled or word in meant or len(readings) < 2 or is_function_word(word.likely):
            continue
        spellings = tuple(
            Spelling(
                as_typed,
                reading.count,
                reading.probability,
                text[: word.start] + as_typed + text[word.end :],
            )
            for reading in readings
            for as_typed in (with_capitals(typed, reading.surface),)
        )
        found.append(LikelyAccents(typed, word.start, word.end, spellings))
    return tuple(found)


def absent_diacritics(words: Sequence[TypedWord], lexicon: Lexicon) -> tuple[Warning, ...]:
    """Words that the index has, but never with the accents typed: *bẩn* where there is only *bạn*."""
    found: dict[str, Warning] = {}
    for word in words:
        if not word.has_diacritics:
            continue
        own = lexicon.spellings(subjects(word.surface))
        spellings = [spelling for counted in own for spelling, _ in counted]
        same = (word.surface, other_vowel(word.surface) or word.surface)
        if spellings and not any(honours(spelling, each) for spelling in spellings for each in same):
            said = f"no document contains {word.surface} with these diacritics"
            found.setdefault(word.surface, Warning("absent_diacritics", said, word.start, word.end))
    return tuple(found.values())[:MAX_ABSENT]


def _beside_diacritics(text: str, words: Sequence[TypedWord]) -> set[TypedWord]:
    """The words with nothing but space between them and one that has diacritics."""
    return {
        bare
        for left, right in pairwise(words)
        if not text[left.end : right.start].strip()
        for accented, bare in ((left, right), (right, left))
        if accented.settled
    }
