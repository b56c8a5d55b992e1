"""How much a text looks like Vietnamese or like a Western language: what a guess at an encoding rests on."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

from search.analysis.language import is_western
from search.analysis.normalize import surface
from search.analysis.syllable import is_syllable

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\xad\u0300-\u036f])*")
_WESTERN = frozenset("àâäáãåæçéèêëíìîïñóòôöõøœúùûüýÿßšž")
_SIGN_INSIDE = re.compile(r"[^\W\d_][½¼¾¨´¸¦©®¬«ª¹·¶][^\W\d_]|¤")
_ENOUGH = 2_000  # words with diacritics: more would not change anybody's mind


@dataclass(frozen=True, slots=True)
class WordForms:
    """Of the words with diacritics: how many there are, the share well formed in each language."""

    with_diacritics: int
    vietnamese: float
    western: float
    western_words: int
    """Words without diacritics that speak for a Western language: *les*, *dans*."""


def evidence(text: str) -> WordForms:
    """What the words of a text speak for."""
    text = unicodedata.normalize("NFC", text)
    with_diacritics = vietnamese = western = plain = 0
    for match in _WORD.finditer(text):
        word = match[0]
        if word.isascii():
            plain += len(word) > 1 and is_western(word.lower())
            continue
        with_diacritics += 1
        vietnamese += is_syllable(surface(word))
        western += _is_western(word)
        if with_diacritics == _ENOUGH:
            break
    signs = len(_SIGN_INSIDE.findall(text[: max(20_000, len(text) // 10)]))
    total = max(1, with_diacritics + signs)
    return WordForms(with_diacritics + signs, vietnamese / total, western / total, plain)


def _is_western(word: str) -> bool:
    """`été`, `Élan`, `ÉTÉ`; not `QuyÒn` nor `ngöôøi`: diacritics are the exception, capitals never inside."""
    lower = word.lower()
    accents = [letter for letter in lower if not letter.isascii()]
    if not _WESTERN.issuperset(accents) or not (word.islower() or word.isupper() or word[1:].islower()):
        return False
    side_by_side = any(not a.isascii() and not b.isascii() for a, b in pairwise(lower))
    return len(accents) * 2 <= max(2, len(lower) + 1) and not side_by_side
