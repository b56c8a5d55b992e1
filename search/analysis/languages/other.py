"""What speaks for none of the languages of the table: other scripts, and the words of neighbours."""

import re
from collections.abc import Sequence

from search.analysis.languages.base import Language
from search.analysis.wordlist import read_words

_FOREIGN_LETTERS = re.compile("[^\u0000-\u024f\u0300-\u036f\u1e00-\u1eff\u2000-\u20cf]")

NEIGHBOURS = {code: read_words(f"function_words_{code}.txt") for code in ("en", "es", "it", "pt", "de", "la")}
"""Function words of languages that would else pass for French or for Vietnamese without diacritics."""


class Evidence:
    """What words tell against all the languages of a table."""

    def __init__(self, languages: Sequence[Language]) -> None:
        self._owned = [language.letters.pattern for language in languages if language.letters]
        known = {language.code for language in languages}
        self._words = frozenset().union(*(words for code, words in NEIGHBOURS.items() if code not in known))

    def tells(self, word: str) -> float:
        """How much a surface form speaks for another language."""
        told = 0.0
        if not word.isascii() and _FOREIGN_LETTERS.search(self._without_owned(word)):
            told += 0.5 if len(word) == 1 else 2.0  # a Nôm character may be what a Vietnamese line is about
        if word in self._words:
            told += 1.0
        return told

    def _without_owned(self, word: str) -> str:
        """A word without the letters of the table's languages: Khmer is not foreign where Khmer is known."""
        if _FOREIGN_LETTERS.search(word):
            for pattern in self._owned:
                word = pattern.sub("", word)
        return word
