"""The lexicon of both languages, looked up from either side: as written, in haste, inflected.

Expressions are surface forms with spaces between. What a pair means is worked out when it is
asked for: a lexicon has tens of thousands, and a query needs a few.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.analysis import registry
from search.analysis.language import is_function_word
from search.analysis.normalize import fold, surface
from search.analysis.stems import Stemming, stemming
from search.analysis.token import tokenize
from search.bridge.entries import Entry
from search.bridge.packed import Places, Texts

FRENCH, VIETNAMESE = "fr", "vi"

Words = tuple[str, ...]
"""The surface forms of an expression, in order."""

_UNUSUAL = re.compile("[^a-zà-åç-ýÿ-ỹ \n-]|œ|o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ]")
"""What lower case alone does not make surface forms of: apostrophes, figures, tones in their other place."""
_AT_ONCE = 50_000
"""Entries that are packed together."""
_FOLDED = {ord("đ"): "d", ord("œ"): "oe", ord("æ"): "ae"} | dict.fromkeys(range(0x300, 0x370))


class Translation(NamedTuple):
    """What an expression is called in the other language, and how usual that is beside its other names."""

    words: Words
    weight: float
    text: str
    """As it is written."""


class Pairs(NamedTuple):
    """The pairs of a lexicon from one side: expressions, those they pair with, as written too, weights."""

    expressions: Texts
    others: Texts
    texts: Texts
    weights: NDArray[np.float64]


class Translations(Mapping[Words, tuple[Translation, ...]]):
    """What each expression of a language is called in the other one, the most usual first."""

    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs
        self._places = Places(pairs.expressions)

    def __getitem__(self, words: Words) -> tuple[Translation, ...]:
        best: dict[str, Translation] = {}
        for place in self._places.of(" ".join(words)):
            other, weight = self._pairs.others[place], float(self._pairs.weights[place])
            if other not in best or best[other].weight < weight:
                best[other] = Translation(tuple(other.split()), weight, self._pairs.texts[place])
        if not best:
            raise KeyError(words)
        return ranked(best.values())

    def __contains__(self, words: object) -> bool:
        return isinstance(words, tuple) and bool(self._places.of(" ".join(words)))

    def __iter__(self) -> Iterator[Words]:
        return (tuple(each.split()) for each in self.expressions)

    def __len__(self) -> int:
        return len(self.expressions)

    @cached_property
    def expressions(self) -> Texts:
        """Each expression once, in order."""
        return Texts(self._pairs.expressions[place] for place in self._places.firsts().tolist())


class Alike:
    """The expressions that have a key in common, as they are without their diacritics or endings."""

    def __init__(self, keys: Iterable[str], expressions: Texts) -> None:
        self._places = Places(Texts(keys))
        self._expressions = expressions

    def get(self, key: Words, default: tuple[Words, ...] = ()) -> tuple[Words, ...]:
        """The expressions with a key; a key that no expression has gives the default."""
        places = self._places.of(" ".join(key))
        return tuple(tuple(self._expressions[at].split()) for at in places) if places else default


class Side:
    """The expressions of one language, and what each is called in the other one."""

    def __init__(self, language: str, pairs: Pairs) -> None:
        self.language = language
        self.translations = Translations(pairs)

    @cached_property
    def longest(self) -> int:
        """Words of the longest expression."""
        return max((each.count(" ") + 1 for each in self.translations.expressions), default=0)

    @cached_property
    def function_words(self) -> frozenset[str]:
        """Those of this language alone: *os* and *dos* are little words in Portuguese, not in French."""
        known = registry.find(self.language)
        return known.function_words if known else frozenset()

    @cached_property
    def by_folded(self) -> Alike:
        """The expressions that are the same without diacritics."""
        decomposed = unicodedata.normalize("NFD", "\n".join(self.translations.expressions))
        return Alike(decomposed.translate(_FOLDED).split("\n"), self.translations.expressions)

    @cached_property
    def by_singular(self) -> Alike:
        """The expressions that differ only in number and gender, by their plainest words."""
        known = registry.find(self.language)
        if known is None or known.plainer is None:
            return Alike((), Texts(()))
        keys = [" ".join(plainest(each.split(), self.language)) for each in self.translations.expressions]
        return Alike(keys, self.translations.expressions)

    @cached_property
    def by_stem(self) -> Alike:
        """The expressions whose words have the same stems; none in a language without."""
        if not _stems(self.language):
            return Alike((), Texts(()))
        keys = [" ".join(stemmed(each.split(), self.language)) for each in self.translations.expressions]
        return Alike(keys, self.translations.expressions)


class BilingualLexicon:
    """Entries by language. Safe to share between threads."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Where several entries pair the same two expressions the largest weight counts."""
        weights = array("d")
        texts = {language: Texts() for language in (FRENCH, VIETNAMESE)}
        written = {language: Texts() for language in (FRENCH, VIETNAMESE)}
        # piece by piece: a dictionary has a million
        left = iter(entries)
        while some := list(islice(left, _AT_ONCE)):
            weights.extend(entry.weight for entry in some)
            for language, own in ((FRENCH, [e.fr for e in some]), (VIETNAMESE, [e.vi for e in some])):
                texts[language].add(own)
                written[language].add(_written(own))
        values = np.frombuffer(weights, np.float64) if weights else np.empty(0)
        self._sides = {
            one: Side(one, Pairs(written[one], written[other], texts[other], values))
            for one, other in ((FRENCH, VIETNAMESE), (VIETNAMESE, FRENCH))
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


def _written(texts: Sequence[str]) -> list[str]:
    """The surface forms of expressions with spaces between; most need no tokenizer, which takes longer."""
    lowered = "\n".join(texts).lower().split("\n")
    if len(lowered) != len(texts):  # a line break in one of them
        return [" ".join(written(text)) for text in texts]
    return [
        " ".join(written(text)) if _UNUSUAL.search(low) else " ".join(low.replace("-", " ").split())
        for text, low in zip(texts, lowered, strict=True)
    ]


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
