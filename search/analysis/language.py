"""Which language is a paragraph written in? Vietnamese, French or another.

Evidence adds up over the tokens: letters that only Vietnamese has, spellings that only French has,
function words of both and of their neighbours, and how many tokens could be Vietnamese syllables
typed without diacritics. Too little evidence falls back on what the document says of itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from search.analysis.normalize import fold, surface
from search.analysis.syllable import is_bare_syllable, is_syllable
from search.analysis.token import APOSTROPHES, Token, tokenize
from search.analysis.wordlist import read_words

VIETNAMESE, FRENCH, OTHER = "vi", "fr", "other"

_VIETNAMESE_ONLY = re.compile("[ăđơưảẻỉỏủỷạẹịọụỵẽĩũỹầấẩẫậằắẳẵặềếểễệồốổỗộờớởỡợừứửữự]")
_FRENCH_ONLY = re.compile("[çëïûîœ]")
_ACCENTED = re.compile("[àâéèêîïôùûÿ]")
_ELISIONS = frozenset(["l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "quoiqu", "lorsqu", "puisqu"])
# French function words that neighbouring languages or unaccented Vietnamese have too: no evidence of French
_NAME = 0.4
"""What a capitalised word tells beside another one."""
_SHARED = frozenset(["la", "de", "à", "a", "que", "me", "te", "lui", "eux", "non", "bien"])
_FOREIGN_LETTERS = re.compile("[^\u0000-\u024f\u0300-\u036f\u1e00-\u1eff\u2000-\u20cf]")


_FUNCTION_WORDS = {
    VIETNAMESE: read_words("function_words_vi.txt"),
    FRENCH: read_words("function_words_fr.txt"),
    OTHER: read_words("function_words_other.txt"),
}

_VIETNAMESE_BARE = frozenset(map(fold, _FUNCTION_WORDS[VIETNAMESE] | read_words("common_words_vi.txt")))


def is_function_word(word: str) -> bool:
    """Whether a surface form says little by itself in the languages we know: *của*, *les*, *the*, *l’*."""
    return word in _ELISIONS or word in _SHARED or any(word in words for words in _FUNCTION_WORDS.values())


def vietnamese_letters(text: str, most: int = 5) -> int:
    """How many letters that only Vietnamese has are in a text; counts up to `most`, which is quick."""
    return sum(1 for _ in islice(_VIETNAMESE_ONLY.finditer(text.lower()), most))


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much speaks for each language; the unit is about one telling word."""

    vietnamese: float
    french: float
    other: float


@lru_cache(maxsize=200_000)
def word_evidence(word: str) -> Evidence:
    """What one surface form tells by itself."""
    folded = fold(word)
    vietnamese = french = other = 0.0
    if _VIETNAMESE_ONLY.search(word):
        vietnamese += 2.0
    elif not word.isascii():
        if is_syllable(word):
            vietnamese += 0.7  # là, có, trong; but also French dés
        if _FRENCH_ONLY.search(word) or (_ACCENTED.search(word) and not is_syllable(word)):
            french += 1.2
    if _FOREIGN_LETTERS.search(word):
        other += 0.5 if len(word) == 1 else 2.0  # a Nôm character may be what a Vietnamese line is about
    if word in _FUNCTION_WORDS[FRENCH]:
        french += 1.0
    if word in _FUNCTION_WORDS[OTHER]:
        other += 1.0
    if folded in _VIETNAMESE_BARE:
        vietnamese += 0.5
    if word.isascii() and word.isalpha():
        if is_bare_syllable(word):
            vietnamese += 0.15
        elif len(word) > 3:
            vietnamese -= 0.4
    return Evidence(vietnamese, french, other)


def detect(tokens: Sequence[Token], text: str, declared: str = "") -> str:
    """`vi`, `fr` or `other` for the tokens of a paragraph of `text`.

    `declared` is the language its document is known to be in; it decides when the paragraph itself
    says little, as a line of names and figures does.
    """
    vietnamese = french = other = 0.0
    for token in tokens:
        word = surface(token.text)
        evidence = word_evidence(word)
        # a capital may begin a name, and names keep their diacritics abroad: *M. Nguyễn Văn Thủy a visité…*
        vietnamese += evidence.vietnamese * (_NAME if token.text[0].isupper() else 1.0)
        french += evidence.french
        other += evidence.other
        if word in _ELISIONS and text[token.end : token.end + 1] in APOSTROPHES and token.end < len(text):
            french += 1.0
    prior = 0.5 + 0.03 * len(tokens)
    vietnamese += prior * (declared == VIETNAMESE)
    french += prior * (declared == FRENCH)
    other += prior * (declared not in (VIETNAMESE, FRENCH, ""))
    best = max(vietnamese, french, other)
    if best <= 0 or best < 0.08 * len(tokens):
        return OTHER
    if best == other:
        return OTHER
    return VIETNAMESE if vietnamese >= french else FRENCH


_SHORT = 20
"""Characters: what is shorter tells nothing by itself."""
_SPARSE, _DENSE = 0.03, 0.08
"""Of eight Vietnamese letters one is its own; of a French line with a Vietnamese name, one of fourteen."""


def passage_language(text: str, declared: str) -> str:
    """The language of a passage of a document in `declared`: `vi`, `fr`, `other`, or what is declared.

    Only a passage whose letters do not fit is looked at word by word.
    """
    if len(text) < _SHORT or declared not in (VIETNAMESE, FRENCH):
        return declared
    share = len(_VIETNAMESE_ONLY.findall(text.lower())) / len(text)
    if share > _SPARSE if declared == VIETNAMESE else share < _DENSE:
        return declared
    return detect(list(tokenize(text)), text, declared)
