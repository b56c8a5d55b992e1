"""Which language is a paragraph written in? One of the table's, or another.

Evidence adds up over the tokens: each language of the table says what a word tells for it, and function
words of the neighbours and other scripts tell against all of them. Too little evidence falls back on what
the document says of itself.
"""

import operator
from collections.abc import Sequence
from functools import cache, lru_cache

from search.analysis import registry
from search.analysis.languages import other
from search.analysis.languages.base import Language
from search.analysis.normalize import fold, surface
from search.analysis.token import APOSTROPHES, Token, tokenize

_SHORT = 20
"""Characters: what is shorter tells nothing by itself."""

_MAX_REMEMBERED = 200_000

_Row = tuple[float, ...]
"""How much speaks for each language of the table, and in the last place for another."""


class _Told(dict[str, tuple[_Row, _Row | None]]):
    """What a token tells by itself and, if it can be elided, before an apostrophe; keys are spellings."""

    def __init__(self, languages: Sequence[Language]) -> None:
        self._languages = languages
        self._against = other.Evidence(languages)
        self._elisions: frozenset[str] = frozenset().union(*(each.elisions for each in languages))

    def __missing__(self, token: str) -> tuple[_Row, _Row | None]:
        if len(self) >= _MAX_REMEMBERED:
            self.clear()
        word = surface(token)
        row = [each.tells(word) for each in self._languages]
        if token[0].isupper():  # a capital may begin a name
            row = [told * each.capital for told, each in zip(row, self._languages, strict=True)]
        against = self._against.tells(word)
        elided = None
        if word in self._elisions:
            added = (float(word in each.elisions) for each in self._languages)
            elided = (*map(operator.add, row, added), against)
        found = self[token] = (*row, against), elided
        return found


_told = cache(_Told)
"""Of a table: what its words tell, remembered."""

_MARKED = 5
"""Of so many words of a Vietnamese line one has diacritics at least, if its writer types them."""


def detect(tokens: Sequence[Token], text: str, declared: str = "") -> str:
    """The code of a language of the table, or OTHER, for the tokens of a paragraph of `text`.

    `declared` is the language its document is known to be in; it decides when the paragraph itself
    says little, as a line of names and figures does.
    """
    codes = registry.codes()
    *totals, against = _evidence(tokens, text)
    prior = 0.5 + 0.03 * len(tokens)
    if declared in codes:
        totals[codes.index(declared)] += prior
    elif declared:
        against += prior
    best = max(totals)
    if against >= best or best <= 0 or best < 0.08 * len(tokens):
        return registry.OTHER
    return codes[totals.index(best)]


def _evidence(tokens: Sequence[Token], text: str) -> list[float]:
    told = _told(registry.LANGUAGES)
    rows = []
    for token in tokens:
        row, elided = told[token.text]
        if elided and token.end < len(text) and text[token.end] in APOSTROPHES:
            row = elided
        rows.append(row)
    totals = [0.0] * (len(registry.LANGUAGES) + 1)
    for place, column in enumerate(zip(*rows, strict=True)):
        total = 0.0
        for value in column:  # `sum` rounds in another way from Python 3.12 on, and a tie may hang on it
            total += value
        totals[place] = total
    return totals


def passage_language(text: str, declared: str) -> str:
    """The language of a passage of a document in `declared`: one of the table's, OTHER, or what is declared.

    Only a passage whose letters do not fit is looked at word by word.
    """
    language = registry.find(declared)
    if len(text) < _SHORT or language is None or _letters_fit(text.lower(), len(text), language):
        return declared
    return detect(list(tokenize(text)), text, declared)


def _letters_fit(lowered: str, length: int, language: Language) -> bool:
    if own := language.letters:
        return len(own.pattern.findall(lowered)) / length > own.sparse
    others = (each.letters for each in registry.LANGUAGES if each.letters)
    return all(len(each.pattern.findall(lowered)) / length < each.dense for each in others)


def is_function_word(word: str) -> bool:
    """Whether a surface form says little by itself in the languages we know: *của*, *les*, *the*, *l’*."""
    return word in _function_words(registry.LANGUAGES)


@cache
def _function_words(languages: tuple[Language, ...]) -> frozenset[str]:
    return frozenset().union(*(each.function_words for each in languages), *other.NEIGHBOURS.values())


def is_western(word: str) -> bool:
    """Whether a surface form speaks for a language that Latin-1 can write."""
    return _is_western(word, registry.LANGUAGES)


@lru_cache(maxsize=200_000)
def _is_western(word: str, languages: tuple[Language, ...]) -> bool:
    return any(each.western and each.tells(word) > 0 for each in languages)


def may_lack_diacritics(language: str, words: Sequence[str]) -> bool:
    """Whether the writer of a line may have left out diacritics: nobody does in Vietnamese with diacritics.

    `words` are the surface forms of the line, `language` is what `detect` said of it. *ban* beside marked
    words is *ban nhạc*, in an unmarked line or in French it may be *bán*.
    """
    known = registry.find(language)
    if known is None or known.letters is None:
        return True
    return sum(word != fold(word) for word in words) * _MARKED < len(words)
