"""The lexicon of both languages, looked up from either side: as written, in haste, inflected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from search.analysis import registry
from search.analysis.language import is_function_word
from search.analysis.normalize import fold, surface
from search.analysis.stems import Stemming, stemming
from search.analysis.token import tokenize
from search.bridge.entries import Entry

FRENCH, VIETNAMESE = "fr", "vi"

Words = tuple[str, ...]
"""The surface forms of an expression, in order."""


class Translation(NamedTuple):
    """What an expression is called in the other language, and how usual that is beside its other names."""

    words: Words
    weight: float
    text: str
    """As it is written."""


@dataclass(frozen=True, eq=False)
class Side:
    """The expressions of one language, and what each is called in the other one."""

    language: str
    translations: Mapping[Words, tuple[Translation, ...]]

    @cached_property
    def longest(self) -> int:
        """Words of the longest expression."""
        return max(map(len, self.translations), default=0)

    @cached_property
    def by_folded(self) -> Mapping[Words, tuple[Words, ...]]:
        """The expressions that are the same without diacritics."""
        return _grouped((tuple(map(fold, words)), words) for words in self.translations)

    @cached_property
    def by_singular(self) -> Mapping[Words, tuple[Words, ...]]:
        """The expressions that differ only in number and gender, by their plainest words."""
        return _grouped((plainest(words, self.language), words) for words in self.translations)

    @cached_property
    def by_stem(self) -> Mapping[Words, tuple[Words, ...]]:
        """The expressions whose words have the same stems; none in a language without."""
        if not _stems(self.language):
            return {}
        return _grouped((stemmed(words, self.language), words) for words in self.translations)


class BilingualLexicon:
    """Entries by language. Safe to share between threads."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Where several entries pair the same two expressions the largest weight counts."""
        pairs: dict[str, dict[Words, dict[Words, Translation]]] = {FRENCH: {}, VIETNAMESE: {}}
        for entry in entries:
            french = Translation(written(entry.fr), entry.weight, entry.fr)
            vietnamese = Translation(written(entry.vi), entry.weight, entry.vi)
            for source, one, other in ((FRENCH, french, vietnamese), (VIETNAMESE, vietnamese, french)):
                if one.words and other.words:
                    own = pairs[source].setdefault(one.words, {})
                    known = own.get(other.words)
                    own[other.words] = other if known is None or known.weight < other.weight else known
        self._sides = {
            language: Side(language, {words: ranked(own.values()) for words, own in found.items()})
            for language, found in pairs.items()
        }

    def side(self, language: str) -> Side:
        """The expressions of a language."""
        return self._sides[language]

    def __bool__(self) -> bool:
        return bool(self._sides[FRENCH].translations)


def ranked(translations: Iterable[Translation]) -> tuple[Translation, ...]:
    """The most usual ones first, those of one weight as they came."""
    return tuple(sorted(translations, key=lambda each: -each.weight))


def other_language(language: str) -> str:
    """French for Vietnamese and the other way round."""
    return VIETNAMESE if language == FRENCH else FRENCH


def written(text: str) -> Words:
    """The surface forms of an expression."""
    return tuple(word for token in tokenize(text) if (word := surface(token.text)))


def plainest(words: Sequence[str], language: str) -> Words:
    """Words in the singular and the masculine, without diacritics: *droits civiques* as *droit civique*."""
    known = registry.find(language)
    if known is None or known.plainer is None:
        return tuple(map(fold, words))
    return tuple(fold((known.plainer(word) or (word,))[-1]) for word in words)


def stemmed(words: Sequence[str], language: str) -> Words:
    """The stems of words, without diacritics; function words are left out of what has others."""
    stems = _stems(language)
    if stems is None:
        return ()
    telling = [word for word in words if not is_function_word(word)] or words
    return tuple(stems.folded(word)[0] for word in telling)


def _stems(language: str) -> Stemming | None:
    return stemming(registry.LANGUAGES).get(language)


def _grouped(pairs: Iterable[tuple[Words, Words]]) -> Mapping[Words, tuple[Words, ...]]:
    found: dict[Words, tuple[Words, ...]] = {}
    for key, words in pairs:
        found[key] = (*found.get(key, ()), words)
    return found
