"""What was perhaps meant: other accents of a word, another keyboard, another spelling."""

import math
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein

from search.analysis.language import is_function_word
from search.analysis.normalize import fold, surface
from search.analysis.syllable import other_vowel
from search.analysis.token import tokenize
from search.lexicon.base import Counted, Lexicon
from search.query.restore import honours, subjects
from search.query.typing import decode
from search.query.words import TypedWord
from search.results import LikelyAccents, Spelling, Suggestion, Warning, Why

MAX_READINGS = 5
MAX_ABSENT = 3
MIN_PROBABILITY = 0.01
DIACRITIC_COST = 0.3
"""What a wrong diacritic costs beside a wrong letter."""
FAMILIAR = 0.1
"""What ten times as many occurrences are worth beside a wrong letter."""
MAX_EDIT_COST = 2.3
"""Cost up to which a word is offered for another one."""


def likely_accents(text: str, words: Sequence[TypedWord]) -> tuple[LikelyAccents, ...]:
    """For each word typed without diacritics that has several readings: which, as queries that narrow to one.

    None for a word beside one with diacritics: who types *Mạc Thị Thu* means *Thu*.
    """
    found: list[LikelyAccents] = []
    meant = _beside_diacritics(text, words)
    for word in words:
        readings = [r for r in word.readings if r.probability >= MIN_PROBABILITY and r.count][:MAX_READINGS]
        typed = text[word.start : word.end]
        if word.has_diacritics or word in meant or len(readings) < 2 or is_function_word(word.likely):
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
        if accented.has_diacritics
    }


def _capitals(typed: str, spelling: str) -> str:
    """A spelling with the capitals that were typed."""
    if len(typed) > 1 and typed.isupper():
        return spelling.upper()
    return spelling[:1].upper() + spelling[1:] if typed[:1].isupper() else spelling


def from_keyboard(text: str, lexicon: Lexicon) -> Suggestion | None:
    """The query decoded from Telex or VNI; None unless every token decodes or is a word of the index."""
    tokens = list(tokenize(text))
    meant = [decode(token.text) for token in tokens]
    typed = [fold(surface(token.text)) for token in tokens]
    asked = [*typed, *(fold(decoded) for decoded in meant if decoded)]
    known = dict(zip(asked, lexicon.spellings(asked), strict=True))
    pieces: list[str] = []
    at = 0
    decoded_any = False
    for token, word, decoded in zip(tokens, typed, meant, strict=True):
        if known[word]:
            decoded = token.text
        elif decoded and known[fold(decoded)]:
            decoded_any = True
        else:
            return None
        pieces += (text[at : token.start], decoded)
        at = token.end
    return Suggestion("".join([*pieces, text[at:]]), Why.KEYBOARD) if decoded_any else None


def respelled(text: str, words: Sequence[TypedWord], lexicon: Lexicon) -> Suggestion | None:
    """The query with each word that the index does not have replaced by the most similar one it has."""
    spellings = [
        [entry for own in lexicon.spellings(subjects(word.surface)) for entry in own] for word in words
    ]
    slips: list[int] = []
    reached = 0
    for index, word in enumerate(words):
        if word.start >= reached and not spellings[index] and word.surface.isalpha():
            slips.append(index)
            reached = word.end
    near = lexicon.resembling([words[index].folded for index in slips])
    better = _most_similar(words, dict(zip(slips, near, strict=True)), lexicon)
    if not better or len(better) < len(slips):
        return None
    pieces: list[str] = []
    at = 0
    for index, spelling in better.items():
        word = words[index]
        pieces += (text[at : word.start], _capitals(text[word.start : word.end], spelling))
        at = word.end
    return Suggestion("".join([*pieces, text[at:]]), Why.TYPO)


def _most_similar(
    words: Sequence[TypedWord], near: Mapping[int, Sequence[Counted]], lexicon: Lexicon
) -> dict[int, str]:
    """For each slip, by its place, the cheapest spelling to reach; none where all cost too much.

    Frequent spellings and those that suit the neighbours are cheaper.
    """
    found = {
        index: [(text, count) for text, count in own if _cost(words[index].surface, text) <= MAX_EDIT_COST]
        for index, own in near.items()
    }
    pairs = {
        (index, text): (
            (words[index - 1].likely if index else "", text),
            (text, words[index + 1].likely if index + 1 < len(words) else ""),
        )
        for index, own in found.items()
        for text, _ in own
    }
    counts = lexicon.pair_counts([pair for both in pairs.values() for pair in both])
    beside = {key: sum(counts[2 * place : 2 * place + 2]) for place, key in enumerate(pairs)}
    best: dict[int, str] = {}
    for index, own in found.items():
        ranked = [
            (
                _cost(words[index].surface, text)
                - FAMILIAR * (math.log10(1 + count) + 3 * math.log10(1 + beside[index, text])),
                text,
            )
            for text, count in own
        ]
        if ranked:
            best[index] = min(ranked)[1]
    return best


def _cost(word: str, spelling: str) -> float:
    """Letters that differ count 1; diacritics that differ, only those typed wrong, a third."""
    letters = DamerauLevenshtein.distance(fold(word), fold(spelling))
    typed, theirs = _diacritics(word), _diacritics(spelling)
    wrong = sum(1 for diacritic in typed if diacritic not in theirs)
    return float(letters) + DIACRITIC_COST * wrong + 0.05 * abs(len(theirs) - len(typed))


def _diacritics(word: str) -> list[str]:
    return [char for char in unicodedata.normalize("NFD", word) if unicodedata.combining(char) or char == "đ"]
