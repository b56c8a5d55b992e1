"""The spelling of Vietnamese syllables: which exist, and where their tone is written.

Rules of the national orthography as taught in schools; the older tone placement (hòa, thúy) is the
canonical one here because underthesea and most of the press write it.
"""

import unicodedata
from functools import lru_cache

from search.analysis.wordlist import read_words

OWN_LETTERS = "ăđơưảẻỉỏủỷạẹịọụỵẽĩũỹầấẩẫậằắẳẵặềếểễệồốổỗộờớởỡợừứửữự"
"""Lower-case letters that no neighbour of Vietnamese has; *à* and *ê* are French too."""
_TONES = "\u0300\u0301\u0303\u0309\u0323"
"""Combining grave (huyền), acute (sắc), tilde (ngã), hook (hỏi), dot below (nặng)."""
_VOWELS = frozenset("aăâeêioôơuưy")
_TONED_BEFORE_STOP = frozenset("\u0301\u0323")


ONSETS = read_words("onsets.txt") | {""}
RIMES = read_words("rimes.txt")
_BARE_RIMES = frozenset(
    unicodedata.normalize("NFD", rime).encode("ascii", "ignore").decode() for rime in RIMES
)


def split_tone(word: str) -> tuple[str, str]:
    """A lower-case word without its tone mark, and that mark: `("hoa", grave)` for `hòa`.

    Marks that make other letters (â ă ơ) stay. With two tone marks or none the mark is empty.
    """
    decomposed = unicodedata.normalize("NFD", word)
    marks = [char for char in decomposed if char in _TONES]
    if len(marks) != 1:
        return word, ""
    return unicodedata.normalize("NFC", decomposed.replace(marks[0], "")), marks[0]


def parse(toneless: str) -> tuple[str, str] | None:
    """Onset and rime of a syllable without tone; None when it is not one (`léon` has no rime *eon*)."""
    for length in (3, 2, 1, 0):
        onset, rime = toneless[:length], toneless[length:]
        if onset in ONSETS and rime in RIMES:
            return onset, rime
    return None


def tone_index(rime: str) -> int:
    """Index in the rime of the vowel that carries the tone: 0 for `oa`, 1 for `oan`, 2 for `uyên`."""
    vowels = [index for index, char in enumerate(rime) if char in _VOWELS]
    marked = [index for index in vowels if rime[index] in "ăâêôơư"]
    if marked:
        return marked[-1]  # người, thuyền
    if len(vowels) == 1:
        return vowels[0]
    if vowels[-1] + 1 < len(rime):
        return vowels[-1]  # hoàn, huỳnh
    return vowels[len(vowels) - 2]  # hòa, cúi; ngoài, khuỷu


@lru_cache(maxsize=200_000)
def place_tone(word: str) -> str:
    """The same syllable with its tone where the canonical spelling has it; other words unchanged.

    `hoà` and `hòa` are the same word. `tóan` is a slip for `toán`; but *Léon* must not become *león*:
    a word that is no Vietnamese syllable is left as it is.
    """
    if word.isascii() or word in _KEPT:
        return word
    toneless, tone = split_tone(word)
    if not tone:
        return word
    parts = parse(toneless)
    if parts is None:
        return word
    onset, rime = parts
    if _ends_in_stop(rime) and tone not in _TONED_BEFORE_STOP:
        return word  # French *mèt*: no Vietnamese syllable
    index = tone_index(rime)
    return unicodedata.normalize("NFC", onset + rime[: index + 1] + tone + rime[index + 1 :])


_KEPT = frozenset({"noé"})  # the French name; *nóe* is not a word


@lru_cache(maxsize=200_000)
def other_vowel(word: str) -> str:
    """The same syllable with its other spelling, i for y and y for i; empty for what has only one.

    Behind h k l m s t, and qu, a rime that is nothing but this vowel may have either letter: *kỹ* and *kĩ*
    are one word, *tay* and *tai* are two. Syllables without their diacritics too: *ky*, *cong ti*.
    """
    toneless, tone = split_tone(word)
    onset, vowel = toneless[:-1], toneless[-1:]
    if onset not in _EITHER_VOWEL or vowel not in ("i", "y"):
        return ""
    return unicodedata.normalize("NFC", onset + ("i" if vowel == "y" else "y") + tone)


_EITHER_VOWEL = frozenset(["h", "k", "l", "m", "s", "t", "qu"])


def _ends_in_stop(rime: str) -> bool:
    return rime[-1] in "cpt" or rime.endswith("ch")


@lru_cache(maxsize=200_000)
def is_syllable(word: str) -> bool:
    """Whether a lower-case word is spelled as a Vietnamese syllable with all its diacritics."""
    toneless, tone = split_tone(word)
    parts = parse(toneless)
    if parts is None or place_tone(word) != word:
        return False
    return not _ends_in_stop(parts[1]) or tone in _TONED_BEFORE_STOP


@lru_cache(maxsize=200_000)
def is_bare_syllable(folded: str) -> bool:
    """Whether a word without diacritics could be a Vietnamese syllable typed without its diacritics."""
    return any(folded[:length] in _BARE_ONSETS and folded[length:] in _BARE_RIMES for length in (3, 2, 1, 0))


_BARE_ONSETS = ONSETS | {"d"}
