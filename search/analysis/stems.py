"""Stems of words whose language may be unknown: with their diacritics, and both ways around them."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from itertools import chain, islice
from re import Pattern

from search.analysis import registry
from search.analysis.languages.base import Language
from search.analysis.normalize import fold

FOLDED_MARK = "~"
"""Ends a stem that has lost its diacritics: *châtiment* has `chât` and `chat~`, *chat* has `chat`."""


class Stemming:
    """The stems of one language, remembered."""

    def __init__(self, language: Language, stem: Callable[[str], str]) -> None:
        self._stem = stem
        self._plainer = language.plainer or (lambda word: ())
        self.accented = lru_cache(maxsize=300_000)(self._accented)
        self.folded = lru_cache(maxsize=300_000)(self._folded)
        self.stems = lru_cache(maxsize=300_000)(self._stems)

    def _accented(self, word: str) -> tuple[str, ...]:
        """The stem of a word, then those of plainer words: *lois* has that of *loi* too."""
        return tuple(dict.fromkeys(map(self._stem, (word, *self._plainer(word)))))

    def _folded(self, word: str) -> tuple[str, ...]:
        """`fold(stem(w))` and `stem(fold(w))`, once when they agree.

        One alone loses 31 % of accented types for a query typed without accents: *aimées* stems to
        *aim*, but *aimees* to *aime*.
        """
        accented = self.accented(word)
        return tuple(dict.fromkeys((*map(fold, accented), *self._accented(fold(word)))))

    def _stems(self, word: str) -> tuple[str, ...]:
        """All stems under which a word is indexed, each once: none of the *Thị* of a French text."""
        if stemless(word):
            return ()
        accented = self.accented(word)
        if word.isascii():
            return accented
        return accented + tuple(stem + FOLDED_MARK for stem in self.folded(word) if stem not in accented)


@cache
def stemming(languages: tuple[Language, ...]) -> Mapping[str, Stemming]:
    """By code, the stems of each language of a table that has some."""
    return {each.code: Stemming(each, each.stem) for each in languages if each.stem}


def accented_stems(surface_form: str) -> tuple[str, ...]:
    """The stems in each language that has stems, diacritics kept: *pêcheurs* and *pécheurs* differ."""
    return _distinct(each.accented(surface_form) for each in _all())


def folded_stems(surface_form: str) -> tuple[str, ...]:
    """What finds the words whose stem is the same without diacritics, in each language that has stems."""
    plain = _distinct(each.folded(surface_form) for each in _all())
    return plain + tuple(stem + FOLDED_MARK for stem in plain)


def stems(surface_form: str) -> tuple[str, ...]:
    """All stems under which a word may be indexed, each once."""
    return _distinct(each.stems(surface_form) for each in _all())


def other_number(surface_form: str) -> tuple[str, ...]:
    """The forms that differ from a word in number only, in all languages, whether or not they exist."""
    return _distinct(
        tuple(each.other_number(surface_form)) for each in registry.LANGUAGES if each.other_number
    )


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
