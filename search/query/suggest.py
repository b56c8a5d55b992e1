"""What was perhaps meant: other accents of a word, another keyboard, another spelling."""

import math
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from rapidfuzz.distance import DamerauLevenshtein

from search.analysis.language import is_function_word
from search.analysis.normalize import fold, surface
from search.analysis.token import tokenize
from search.query.restore import Counts, honours
from search.query.typing import decode
from search.query.words import TypedWord
from search.results import LikelyAccents, Spelling, Suggestion, Warning, Why

MOST_READINGS = 5
MOST_ABSENT = 3
LEAST_PROBABLE = 0.01
MARK_COST = 0.3
"""What a wrong diacritic costs beside a wrong letter."""
FAMILIAR = 0.1
"""What ten times as many occurrences are worth beside a wrong letter."""
EDITS = 2.3
"""Cost up to which a word is offered for another one."""


class Vocabulary(Counts, Protocol):
    """What suggestions ask of an index."""

    def resembling(self, folded: str) -> Sequence[tuple[str, int]]:
        """Spellings whose letters without diacritics are at most two edits away, and their counts."""


def likely_accents(text: str, words: Sequence[TypedWord]) -> tuple[LikelyAccents, ...]:
    """For each word typed without diacritics that has several readings: which, as queries that narrow to one.

    None for a word beside one with diacritics: who types *Mạc Thị Thu* means *Thu*.
    """
    found: list[LikelyAccents] = []
    meant = _beside_diacritics(text, words)
    for word in words:
        readings = [r for r in word.readings if r.probability >= LEAST_PROBABLE and r.count][:MOST_READINGS]
        typed = text[word.start : word.end]
        if word.marked or word in meant or len(readings) < 2 or is_function_word(word.likely):
            continue
        spellings = tuple(
            Spelling(
                as_typed,
                reading.count,
                reading.probability,
                text[: word.start] + as_typed + text[word.end :],
            )
            for reading in readings
            for as_typed in (_capitals(typed, reading.surface),)
        )
        found.append(LikelyAccents(typed, word.start, word.end, spellings))
    return tuple(found)


def absent_diacritics(words: Sequence[TypedWord], vocabulary: Vocabulary) -> tuple[Warning, ...]:
    """Words that the index has, but never with the accents typed: *bẩn* where there is only *bạn*."""
    found: dict[str, Warning] = {}
    for word in words:
        if not word.marked:
            continue
        spellings = [spelling for spelling, _ in vocabulary.variants(word.folded)]
        if spellings and not any(honours(spelling, word.surface) for spelling in spellings):
            said = f"no document contains {word.surface} with these diacritics"
            found.setdefault(word.surface, Warning("absent_diacritics", said, word.start, word.end))
    return tuple(found.values())[:MOST_ABSENT]


def _beside_diacritics(text: str, words: Sequence[TypedWord]) -> set[TypedWord]:
    """The words with nothing but space between them and one that has diacritics."""
    return {
        bare
        for left, right in pairwise(words)
        if not text[left.end : right.start].strip()
        for marked, bare in ((left, right), (right, left))
        if marked.marked
    }


def _capitals(typed: str, spelling: str) -> str:
    """A spelling with the capitals that were typed."""
    if len(typed) > 1 and typed.isupper():
        return spelling.upper()
    return spelling[:1].upper() + spelling[1:] if typed[:1].isupper() else spelling


def from_keyboard(text: str, counts: Counts) -> Suggestion | None:
    """The query decoded from Telex or VNI; None unless every token decodes or is a word of the index."""
    pieces: list[str] = []
    at = 0
    decoded_any = False
    for token in tokenize(text):
        decoded = decode(token.text)
        known = counts.variants(fold(surface(token.text)))
        if decoded and counts.variants(fold(decoded)) and not known:
            decoded_any = True
        elif known:
            decoded = token.text
        else:
            return None
        pieces += (text[at : token.start], decoded)
        at = token.end
    return Suggestion("".join([*pieces, text[at:]]), Why.KEYBOARD) if decoded_any else None


def respelled(text: str, words: Sequence[TypedWord], vocabulary: Vocabulary) -> Suggestion | None:
    """The query with each word that the index does not have replaced by the most similar one it has."""
    pieces: list[str] = []
    at = 0
    for index, word in enumerate(words):
        if word.start < at or vocabulary.variants(word.folded) or not word.surface.isalpha():
            continue
        before = words[index - 1].likely if index else ""
        after = words[index + 1].likely if index + 1 < len(words) else ""
        better = _most_similar(word.surface, before, after, vocabulary)
        if not better:
            return None
        pieces += (text[at : word.start], _capitals(text[word.start : word.end], better))
        at = word.end
    return Suggestion("".join([*pieces, text[at:]]), Why.TYPO) if pieces else None


def _most_similar(word: str, before: str, after: str, vocabulary: Vocabulary) -> str:
    """The cheapest spelling to reach; frequent ones and those that suit the neighbours are cheaper."""
    near = [
        (spelling, count)
        for spelling, count in vocabulary.resembling(fold(word))
        if _cost(word, spelling) <= EDITS
    ]
    if not near:
        return ""
    pairs = [pair for spelling, _ in near for pair in ((before, spelling), (spelling, after))]
    beside = vocabulary.pair_counts(pairs)
    ranked = [
        (
            _cost(word, spelling)
            - FAMILIAR * (math.log10(1 + count) + 3 * math.log10(1 + sum(beside[2 * index : 2 * index + 2]))),
            spelling,
        )
        for index, (spelling, count) in enumerate(near)
    ]
    return min(ranked)[1]


def _cost(word: str, spelling: str) -> float:
    """Letters that differ count 1; diacritics that differ, only those typed wrong, a third."""
    letters = DamerauLevenshtein.distance(fold(word), fold(spelling))
    typed, theirs = _marks(word), _marks(spelling)
    wrong = sum(1 for mark in typed if mark not in theirs)
    return float(letters) + MARK_COST * wrong + 0.05 * abs(len(theirs) - len(typed))


def _marks(word: str) -> list[str]:
    return [char for char in unicodedata.normalize("NFD", word) if unicodedata.combining(char) or char == "đ"]
