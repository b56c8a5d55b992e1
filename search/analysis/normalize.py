"""Two ways to normalise a token: lossless (still the same word) and lossy (without diacritics).

Both work on one token at a time, after tokenising, so that offsets never move.
"""

import re
import unicodedata
from functools import lru_cache

from unidecode import unidecode_expect_nonascii

from search.analysis.syllable import place_tone
from search.analysis.token import APOSTROPHES, INVISIBLE

_SAME_LETTER = str.maketrans(
    # Old fonts and Icelandic eth stand for đ; ligatures are a typesetter's choice (cœur, coeur).
    {"ð": "đ", "Ð": "Đ", "œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"}
    | dict.fromkeys(APOSTROPHES, "'")
    | {"°": "º"}  # n° and nº; no other token has either
    | dict.fromkeys(INVISIBLE, None)
)
_DIACRITICS = (("\u0300", "\u036f"), ("\u1ab0", "\u1aff"), ("\u1dc0", "\u1dff"), ("\u20d0", "\u20ff"))


# a call glued to a word is no part of it, and no power of a number either; m² and km³ are units
_CALL = re.compile(r"(?:(?<=[^\W\d_]{4})|(?<=\d))[¹²³⁰⁴-⁹]+$")


def composed(token: str) -> str:
    """A token in NFC with one letter for each letter, its case kept: what segmentation reads."""
    if token.isascii():
        return token.replace("`", "'")
    plain = _CALL.sub("", unicodedata.normalize("NFC", token)).translate(_SAME_LETTER)
    if not unicodedata.is_normalized("NFKC", plain):
        plain = "".join(map(_compatible, plain))
    return unicodedata.normalize("NFC", plain)


@lru_cache(maxsize=20_000)
def _compatible(char: str) -> str:
    """The letters and digits that a character is a way to write: m², XIXᵉ, Ⅳ, ﬁ, full width.

    Others stay, as does nº, which is no *no*.
    """
    plain = unicodedata.normalize("NFKC", char)
    known = all(each.isalnum() or unicodedata.combining(each) for each in plain)
    return plain if known and char != "º" and not _SAME_LETTER.keys() & set(map(ord, plain)) else char


@lru_cache(maxsize=500_000)
def surface(token: str) -> str:
    """The lossless form of a token: `Hoà` in NFD → `hòa`, `ÐƯỜNG` → `đường`, `Cœur` → `coeur`.

    `lower`, not `casefold`: *ß* is a spelling of its own. A token of nothing but invisible
    characters gives the empty string.
    """
    # İ.lower() leaves a combining dot behind, hence the second NFC
    return place_tone(unicodedata.normalize("NFC", composed(token).lower()))


@lru_cache(maxsize=500_000)
def fold(surface_form: str) -> str:
    """The surface without its diacritics: `đường` → `duong`, `élève` → `eleve`.

    Unidecode for Latin letters and diacritics only: *½*, emoji and other scripts stay as they are.
    """
    if surface_form.isascii():
        return surface_form
    folded = "".join(_fold_character(char) for char in unicodedata.normalize("NFC", surface_form))
    return folded or surface_form


@lru_cache(maxsize=500_000)
def folded_surface(token: str) -> str:
    """The folded surface of a token in one look-up: a page of results asks it of a thousand words."""
    return fold(surface(token))


@lru_cache(maxsize=20_000)
def _fold_character(char: str) -> str:
    if char == "º":
        return "o"
    if any(first <= char <= last for first, last in _DIACRITICS):
        return ""
    if char.isascii() or not unicodedata.name(char, "").startswith("LATIN "):
        return char
    plain = unidecode_expect_nonascii(char).lower()
    return "".join(letter for letter in plain if letter.isalnum()) or char
