"""Stems of words whose language may be unknown: with their diacritics, and both ways around them."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from itertools import chain, islice
from re import Pattern

from search.analysis import registry
from search.analysis.languages.base import Language
from search.analysis.normalize import fold


class Stemming:
    """The stems of one language, remembered."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        self._stem = stem
        self.accented = lru_cache(maxsize=300_000)(stem)
        self.folded = lru_cache(maxsize=300_000)(self._folded)
        self.stems = lru_cache(maxsize=300_000)(self._stems)

    def _folded(self, word: str) -> tuple[str, ...]:
        """`fold(stem(w))` and `stem(fold(w))`, once when they agree.

        One alone loses 31 % of accented types for a query typed without accents: *aimées* stems to
        *aim*, but *aimees* to *aime*.
        """
        return tuple(dict.fromkeys((fold(self.accented(word)), self._stem(fold(word)))))

    def _stems(self, word: str) -> tuple[str, ...]:
        """All stems under which a word is indexed, each once."""
        return tuple(dict.fromkeys((self.accented(word), *self.folded(word))))


@cache
def stemming(languages: tuple[Language, ...]) -> Mapping[str, Stemming]:
    """By code, the stems of each language of a table that has some."""
    return {each.code: Stemming(each.stem) for each in languages if each.stem}


def accented_stems(surface_form: str) -> tuple[str, ...]:
    """The stem in each language that has stems, diacritics kept: *pêcheurs* and *pécheurs* differ."""
    return _distinct((each.accented(surface_form),) for each in _all())


def folded_stems(surface_form: str) -> tuple[str, ...]:
    """The stems without diacritics, in each language that has stems."""
    return _distinct(each.folded(surface_form) for each in _all())


def stems(surface_form: str) -> tuple[str, ...]:
    """All stems under which a word may be indexed, each once."""
    return _distinct(each.stems(surface_form) for each in _all())


def stemless(text: str, letters: int = 1) -> bool:
    """Whether a word or a passage shows that it has no stems: *quyền* has a letter that only Vietnamese has.

    `letters` is how many of them it takes.
    """
    lowered = text.lower()
    found = chain.from_iterable(pattern.finditer(lowered) for pattern in _patterns(registry.LANGUAGES))
    return sum(1 for _ in islice(found, letters)) >= letters


def _all() -> Iterable[Stemming]:
    return stemming(registry.LANGUAGES).values()


def _distinct(found: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(found)))


@cache
def _patterns(languages: tuple[Language, ...]) -> tuple[Pattern[str], ...]:
    """The letters of the languages that have letters of their own and no stems."""
    return tuple(each.letters.pattern for each in languages if each.letters and not each.stem)
