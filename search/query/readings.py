"""What a typed word stands for: its spellings with their worth, its stems, its inflections."""

import math
from collections.abc import Sequence
from enum import Enum, auto
from typing import Protocol

from search.analysis.language import is_function_word
from search.analysis.normalize import fold
from search.analysis.stems import accented_stems, folded_stems, stemless
from search.analysis.syllable import is_bare_syllable
from search.config import Weights
from search.query.restore import Counts, honours
from search.query.words import TypedWord

RESTORED = 0.7
"""The most that another spelling is worth where the typed one is probably meant."""
BARE_PROBABLE = 0.01
"""A word without diacritics that is less probable than this as it stands was typed in haste."""
MOST_FORMS = 24
"""Spellings and inflections of one word that are looked for in passages."""


class Lexicon(Counts, Protocol):
    """What resolving asks of an index."""

    def words(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """The most frequent spellings whose folded form begins so."""

    def forms(self, stem: str) -> Sequence[str]:
        """The spellings that have a stem."""


class Diacritics(Enum):
    """Which accents a word that was typed with some may be found with."""

    HONOURED = auto()
    """Those typed, or none at all."""
    ANY = auto()
    """Any: *bạn* for *bán*, as a last resort."""


class Readings:
    """The readings of the words of one query over one index."""

    def __init__(self, lexicon: Lexicon, weights: Weights, words: Sequence[TypedWord]) -> None:
        self._lexicon = lexicon
        self._weights = weights
        self._diacritics_typed = any(word.marked for word in words)

    def stems(self, word: TypedWord, marks: Diacritics) -> frozenset[str]:
        """The stems that count: with the accents typed, *pêcheur* is not *pécheur*."""
        # *des* and *de* have one stem, and nothing else in common; Vietnamese has no stems
        if is_function_word(word.surface) or stemless(word.surface):
            return frozenset()
        if word.marked and marks is Diacritics.HONOURED:
            return frozenset(accented_stems(word.surface))
        return frozenset(folded_stems(word.surface))

    def spellings(self, word: TypedWord) -> dict[str, float]:
        """The surfaces that a word stands for, and what each is worth."""
        found = {
            reading.surface: reading.probability
            for reading in word.readings
            if reading.probability >= self._weights.reading_floor
        }
        if word.marked:
            found = {surface: max(p, 0.5) for surface, p in found.items()}
            found[word.surface] = 1.0
            found.setdefault(word.folded, self._weights.unaccented)
        if not found:
            return {word.surface: 1.0}
        counts = dict(self._lexicon.variants(word.folded))
        best = counts.get(max(found, key=found.__getitem__), 0)
        if not word.marked and self.meant_bare(word):
            found = {surface: min(p, RESTORED) for surface, p in found.items()}
            found[word.surface] = 1.0
        return {text: worth * self._evened(counts.get(text, 0), best) for text, worth in found.items()}

    def forms(self, word: TypedWord, marks: Diacritics) -> tuple[str, ...]:
        """The spellings of a word and its French inflections: *travaille*, *travaux*."""
        found = dict.fromkeys(self.spellings(word))
        for stem in sorted(self.stems(word, marks)):
            # what folds to the same letters is a matter of readings: *quyển* is no form of *quyền*
            found |= dict.fromkeys(text for text in self._lexicon.forms(stem) if fold(text) != word.folded)
        return tuple(found)[:MOST_FORMS]

    def meant_bare(self, word: TypedWord) -> bool:
        """Whether a word without diacritics is probably meant so: *may* in *thợ may*, French *tache*.

        Who types diacritics elsewhere leaves out none here; and what no Vietnamese syllable looks like is as
        often a word of its own as one that lost its accent.
        """
        likely = any(
            reading.surface == word.surface and reading.count and reading.probability >= BARE_PROBABLE
            for reading in word.readings
        )
        return likely and (self._diacritics_typed or not is_bare_syllable(word.surface))

    def _evened(self, count: int, best: int) -> float:
        """What keeps the idf of a rare spelling from lifting it above the one that was meant.

        *ban* for *bán* is rare in Vietnamese, and so is *Duong* for *đường*.
        """
        if not 0 < count < best:
            return 1.0
        total = self._lexicon.occurrences() + 1
        return math.log(1 + total / best) / math.log(1 + total / count)

    def allowed(self, word: TypedWord) -> tuple[str, ...]:
        """The surfaces that have the diacritics typed: what a quoted word may be."""
        if word.marked and any(reading.surface == word.surface for reading in word.readings):
            return (word.surface,)
        variants = [surface for surface, _ in self._lexicon.variants(word.folded)]
        return tuple(text for text in variants if honours(text, word.surface)) or (word.surface,)
