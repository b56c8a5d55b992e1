"""What the line of a match says about it: its language, and whether its writer typed diacritics."""

from typing import NamedTuple

from search.analysis import registry
from search.analysis.language import detect, may_lack_diacritics
from search.analysis.normalize import fold, surface
from search.analysis.stems import stemless, stemming
from search.analysis.token import token_texts, tokenize
from search.results import Highlight

_SEVERAL = 8
"""Words of a line of which half with diacritics tell that it is Vietnamese."""


class _Line(NamedTuple):
    bare: bool
    stemmed: bool


_PLAIN = _Line(bare=True, stemmed=True)
_MARKED = _Line(bare=False, stemmed=False)


class Lines:
    """The lines of a text: a few matches hang on which language theirs is in, as they did for the index."""

    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._language = language
        self._last: Highlight = (0, 0)
        self._known: dict[int, _Line] = {}

    def are_of(self, text: str, language: str) -> bool:
        """Whether these are the lines of a text."""
        return text is self._text and language == self._language

    def bare(self, at: int) -> bool:
        """Whether who wrote the line of a place may have left out diacritics: *ban* for *bán*."""
        return self._line(at).bare

    def stemmed(self, at: int) -> bool:
        """Whether the line of a place may have stems."""
        return self._line(at).stemmed

    def _line(self, at: int) -> _Line:
        if not self._last[0] <= at < self._last[1]:  # places come in order, more or less
            end = self._text.find("\n", at)
            self._last = self._text.rfind("\n", 0, at) + 1, end if end >= 0 else len(self._text)
        start, end = self._last
        if start not in self._known:
            self._known[start] = _told(self._text[start:end], self._language)
        return self._known[start]


def _told(line: str, language: str) -> _Line:
    """What a line tells; its language is looked at word by word only where its diacritics leave it open."""
    words = [surface(text) for text in token_texts(line, 0, len(line)) or ()]
    marked = sum(word != fold(word) for word in words)
    if len(words) >= _SEVERAL and 2 * marked >= len(words):
        return _MARKED  # no French line has so many
    if words and not stemless(line) and all(may_lack_diacritics(code, words) for code in registry.codes()):
        return _PLAIN
    tokens = list(tokenize(line))
    spoken = detect(tokens, line, language)
    words = [surface(token.text) for token in tokens]
    return _Line(may_lack_diacritics(spoken, words), spoken in stemming(registry.LANGUAGES))
