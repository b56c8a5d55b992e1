"""Acronyms that a text defines: *Ủy ban nhân dân (UBND)*, *SNCF (Société nationale des chemins de fer …)*.

The algorithm of Schwartz & Hearst (2003): what stands before a parenthesis is read backwards until it has
each letter of what stands inside. In Vietnamese each letter begins a syllable.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from search.analysis.language import is_function_word
from search.analysis.normalize import fold, surface
from search.analysis.stems import stemless
from search.analysis.token import tokenize

MAX_WORDS = 12
"""Words of what is abbreviated."""
_MAX_SHORT = 10
_BEFORE = 160
"""Characters before a parenthesis that are looked at."""
_BRACKETS = re.compile(r"\(([^()\n]{2,120})\)")
_SHORT = re.compile(r"[^\W_]++(?:[.&/-][^\W_]++){0,3}\.?")
_LAST_WORD = re.compile(r"[^\s(),;:]+\s*\Z")
_SENTENCE = re.compile(r"[.!?;:]\s|[\n()]")


class Definition(NamedTuple):
    """The surfaces of an acronym (several for *TP.HCM*) and of what it stands for."""

    short: tuple[str, ...]
    long: tuple[str, ...]


def definitions(text: str) -> list[Definition]:
    """The acronyms that a text defines, in order."""
    return list(_definitions(text))


def terms(text: str) -> Iterator[str]:
    """The same as terms of an index, to be found by either side: `ubnd=ủy_ban…`, `uy_ban_nhan_dan>ubnd`."""
    for short, long in definitions(text):
        yield beginning_of_long(short) + "_".join(long)
        yield beginning_of_short(long) + "_".join(short)


def beginning_of_long(short: Iterable[str]) -> str:
    """How the terms begin that tell what an acronym stands for."""
    return fold("".join(short)) + "="


def beginning_of_short(long: Iterable[str]) -> str:
    """How the terms begin that tell how some words are abbreviated."""
    return fold("_".join(long)) + ">"


def _definitions(text: str) -> Iterator[Definition]:
    for match in _BRACKETS.finditer(text):
        outside = text[max(0, match.start() - _BEFORE) : match.start()]
        inside, last = match.group(1).strip(), _LAST_WORD.search(outside)
        if _is_short(inside):
            short, words = inside, _surfaces(_SENTENCE.split(outside)[-1])
        elif last and _is_short(last.group().strip()):
            short, words = last.group().strip(), _surfaces(inside)
        else:
            continue
        letters = "".join(map(fold, _surfaces(short)))
        long = _long(letters, words[-_most_words(letters) :])
        if long and (short == inside or long == words):
            yield Definition(tuple(_surfaces(short)), tuple(long))


def _is_short(text: str) -> bool:
    """Whether a text is written as an acronym: mostly capitals."""
    letters = [char for char in text if char.isalpha()]
    return (
        2 <= len(letters) <= _MAX_SHORT
        and bool(_SHORT.fullmatch(text))
        and sum(char.isupper() for char in letters) > len(letters) / 2
    )


def _most_words(letters: str) -> int:
    return min(len(letters) + 5, 2 * len(letters), MAX_WORDS)


def _surfaces(text: str) -> list[str]:
    return [word for token in tokenize(text) if (word := surface(token.text))]


def _long(letters: str, words: Sequence[str]) -> list[str]:
    """The shortest end of some words that has all the letters in order; empty if none has."""
    letters_of = [(char, at, place) for at, word in enumerate(words) for place, char in enumerate(fold(word))]
    telling = [place == 0 and not is_function_word(words[at]) for _, at, place in letters_of]
    begins = [place == 0 for _, _, place in letters_of]
    # *(direction) départementale de la protection des populations (DDPP)*, *société à responsabilité limitée*
    for allowed in (telling, begins, [True] * len(letters_of)):
        here = len(letters_of)
        for left in range(len(letters) - 1, -1, -1):
            those = allowed if left else telling
            found = (at for at in range(here - 1, -1, -1) if letters_of[at][0] == letters[left] and those[at])
            here = next(found, -1)
            if here < 0:
                break
        long = list(words[letters_of[here][1] :]) if here >= 0 else []
        if len(long) > 1 and (allowed is begins or allowed is telling or not stemless(" ".join(long))):
            return long
    return []
