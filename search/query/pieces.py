"""How a word may be written in several pieces, and several words as one: *hanoi*, *e-mail*, *10 000*.

Only what the letters say; whether an index has it is asked by the producers of alternatives.
"""

import itertools
from collections.abc import Iterator, Sequence
from functools import lru_cache

from search.analysis.language import is_function_word
from search.analysis.syllable import is_bare_syllable

MAX_PIECES = 8
"""Words that may be written as one: *S.N.C.F.*, a telephone number."""
MAX_LETTERS = 24
"""Of a word that is looked for in pieces; *dienbienphu* has eleven."""
_MAX_SYLLABLES = 6
_MAX_SYLLABLE = 7
"""Letters of *nghiêng*, the longest."""
_MAX_SPELLED = 7
"""Letters of an acronym that may have a point behind each."""
_MAX_CHANGES = 4
"""Places where letters and figures meet: *15h30* has two."""
_MAX_SPLITS = 24
_THOUSAND = 3
_LONG_NUMBER = 8
"""Figures from which on a number is one of a telephone or a company, grouped as its country does."""
_GROUPS = (
    (2, 2, 2, 2, 2),  # 01 23 45 67 89
    (4, 3, 3),  # 0912 345 678
    (3, 3, 4),
    (3, 4, 3),
    (4, 2, 2, 2),
    (4, 6),
    (3, 7),
    (3, 4, 4),  # 024 3825 1234
    (2, 2, 2, 2),
    (4, 4),
    (3, 3, 2),
    (3, 3, 3),  # a company: 552 100 554
    (3, 3, 3, 5),  # its establishment
    (2, 1, 2, 2, 2, 2),  # 33 1 23 45 67 89
    (2, 2, 3, 2, 2),
    (2, 3, 3, 3),
    (2, 2, 3, 4),
    (2, 3, 4, 3),
)

Split = tuple[str, ...]


@lru_cache(maxsize=10_000)
def splits(folded: str) -> tuple[Split, ...]:
    """The ways to write a word without diacritics in pieces: syllables, two words, letters, figures."""
    if not 2 <= len(folded) <= MAX_LETTERS or not folded.isalnum():
        return ()
    if folded.isdecimal():
        found = _numbers(folded)
    elif folded.isalpha():
        found = iter(()) if is_function_word(folded) else _words(folded)
    else:
        found = _changes(folded)
    return tuple(itertools.islice(dict.fromkeys(found), _MAX_SPLITS))


def _numbers(figures: str) -> Iterator[Split]:
    if len(figures) > _THOUSAND:
        first = len(figures) % _THOUSAND
        cuts = [0, *range(first or _THOUSAND, len(figures) + 1, _THOUSAND)]
        yield tuple(figures[start:end] for start, end in itertools.pairwise(cuts))
    for sizes in _GROUPS:
        if sum(sizes) == len(figures):
            cuts = [0, *itertools.accumulate(sizes)]
            yield tuple(figures[start:end] for start, end in itertools.pairwise(cuts))


def _changes(word: str) -> Iterator[Split]:
    """`49x6666` → 49x 6666, 49 x6666, 49 x 6666."""
    places = [at for at in range(1, len(word)) if word[at - 1].isdecimal() != word[at].isdecimal()]
    if len(places) > _MAX_CHANGES:
        return
    for many in range(1, len(places) + 1):
        for chosen in itertools.combinations(places, many):
            cuts = (0, *chosen, len(word))
            yield tuple(word[start:end] for start, end in itertools.pairwise(cuts))


def _words(word: str) -> Iterator[Split]:
    if len(word) <= _MAX_SPELLED:
        yield tuple(word)  # U.S.A.
    if is_bare_syllable(word):
        return  # *toan* is *toán* typed in haste, never *tổ ấn*
    yield from _syllables(word, _MAX_SYLLABLES)
    for at in range(1, len(word) - 1):
        yield word[:at], word[at:]


def _syllables(word: str, most: int) -> Iterator[Split]:
    if most > 1:
        for at in range(1, min(len(word), _MAX_SYLLABLE + 1)):
            if is_bare_syllable(word[:at]):
                for rest in _syllables(word[at:], most - 1):
                    yield word[:at], *rest
    if most < _MAX_SYLLABLES and is_bare_syllable(word):
        yield (word,)


def joinable(words: Sequence[str]) -> bool:
    """Whether some words without diacritics, side by side, may be one word written apart."""
    whole = "".join(words)
    if not 2 <= len(words) <= MAX_PIECES or len(whole) > MAX_LETTERS or not whole.isalnum():
        return False
    if whole.isdecimal():
        return _is_number(words)
    if not whole.isalpha():
        return all(
            before[-1].isdecimal() != after[0].isdecimal() for before, after in itertools.pairwise(words)
        )
    if all(len(word) == 1 for word in words):
        return True
    if is_bare_syllable(whole):
        return False  # *to an* are no *toán*
    return len(words) == 2 or all(map(is_bare_syllable, words))


def _is_number(words: Sequence[str]) -> bool:
    first, *rest = map(len, words)
    if all(size == _THOUSAND for size in rest) and first <= _THOUSAND:
        return True
    return first + sum(rest) >= _LONG_NUMBER and min(map(len, words[1:])) > 1


def looked_up(words: Sequence[str]) -> list[str]:
    """All that will be asked about for words in this order: their pieces, and those side by side as one."""
    found = [piece for word in words for split in splits(word) for piece in split]
    for first in range(len(words)):
        for last in range(first + 2, min(len(words), first + MAX_PIECES) + 1):
            if joinable(words[first:last]):
                found.append("".join(words[first:last]))
    return found
