"""Vietnamese: told by its syllables, with or without their diacritics; compounds, and no stems."""

import re
from importlib.metadata import version

from search.analysis import vietnamese
from search.analysis.languages.base import Language, Letters, Segmenter
from search.analysis.normalize import fold
from search.analysis.syllable import OWN_LETTERS, is_bare_syllable, is_syllable
from search.analysis.wordlist import read_words

_OWN = re.compile(f"[{OWN_LETTERS}]")
_FUNCTION_WORDS = read_words("function_words_vi.txt")
_BARE = frozenset(map(fold, _FUNCTION_WORDS | read_words("common_words_vi.txt")))


def _tells(word: str) -> float:
    told = 0.0
    if not word.isascii():
        if _OWN.search(word):
            told += 2.0
        elif is_syllable(word):
            told += 0.7  # là, có, trong; but also French dés
    if fold(word) in _BARE:
        told += 0.5
    if word.isascii() and word.isalpha():
        if is_bare_syllable(word):
            told += 0.15
        elif len(word) > 3:
            told -= 0.4
    return told


VIETNAMESE = Language(
    code="vi",
    own_name="Tiếng Việt",
    names=("viet", "vietnamese", "vietnamien"),
    long_codes=("vie",),
    tells=_tells,
    function_words=_FUNCTION_WORDS,
    # of eight Vietnamese letters one is its own; of a French line with a Vietnamese name, one of fourteen
    letters=Letters(_OWN, sparse=0.03, dense=0.08),
    capital=0.4,  # *M. Nguyễn Văn Thủy a visité…*
    segmenter=Segmenter(vietnamese.runs, vietnamese.load, lambda: version("underthesea")),
)
