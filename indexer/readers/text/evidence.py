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
_SIGNS = "\xa0‘’‚“”„«»‹›–—…•·°§©®™€£"
_OTHER_THAN_SIGNS = re.compile(rf"[^\x00-\x7f{_SIGNS}]")
# `con­êi`, `x¬a`: letters of a font, which stand inside words; so does `«` for ô, not only before one
_MISPLACED = re.compile(r"[^\W_][“„«‹•°§©€£][^\W_]|[^\W_][”»›…®™][^\W\d_]|[“„«‹][.,;:!?)]")
_MIN_WORDS = 3
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


def only_signs(text: str) -> bool:
    """Whether a text is plain but for signs of Western typography, each where such a sign stands."""
    if text.isascii() or _OTHER_THAN_SIGNS.search(text) or _MISPLACED.search(text):
        return False
    return len(_WORD.findall(text)) >= _MIN_WORDS and len(text) > 3 * sum(sign in _SIGNS for sign in text)


def _is_western(word: str) -> bool:
    """`été`, `Élan`, `ÉTÉ`; not `QuyÒn` nor `ngöôøi`: diacritics are the exception, capitals never inside."""
    lower = word.lower()
    accents = [letter for letter in lower if not letter.isascii()]
    if not _WESTERN.issuperset(accents) or not (word.islower() or word.isupper() or word[1:].islower()):
        return False
    side_by_side = any(not a.isascii() and not b.isascii() for a, b in pairwise(lower))
    return len(accents) * 2 <= max(2, len(lower) + 1) and not side_by_side
