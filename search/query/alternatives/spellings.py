"""The spellings of a word: as it was typed, with diacritics restored, without any, or all that fold alike."""

import math
from collections.abc import Iterator, Sequence

from search.analysis.language import is_function_word
from search.analysis.normalize import fold
from search.analysis.syllable import is_bare_syllable, other_vowel
from search.query.alternatives.base import Alternative, Asked, Diacritics
from search.query.restore import honours, subjects
from search.query.words import TypedWord
from search.results import How
from search.schema import Kind

RESTORED = 0.7
"""The most that another spelling is worth where the typed one is probably meant."""
COMMON = 0.1
"""A word that is at least so probable as it stands counts whole where nothing stands beside it."""
BARE_PROBABLE = 0.01
"""A word without diacritics that is less probable than this as it stands was typed in haste."""


def spellings(run: Sequence[TypedWord], asked: Asked) -> Iterator[Alternative]:
    """The surfaces that a word stands for, likeliest first as they were restored; then what folds alike."""
    if len(run) != 1:
        return
    word = run[0]
    worths = worths_of(word, asked)
    if asked.strict and word.has_diacritics:
        worths = {text: worth for text, worth in worths.items() if text != fold(text)}
    for text, worth in worths.items():
        # *ban* in a line full of diacritics is a word of its own, and no *bán* typed in haste
        kind = Kind.BARE if word.has_diacritics and text == fold(text) else Kind.SURFACE
        yield Alternative(kind, (text,), worth, _how(text, word))
    if not word.has_diacritics or not (asked.strict or asked.diacritics is Diacritics.HONOURED):
        how = How.OTHER_DIACRITICS if word.has_diacritics else How.RESTORED
        yield Alternative(Kind.FOLDED, (word.folded,), asked.weights.folded, how)


def _how(text: str, word: TypedWord) -> How:
    if text == word.surface:
        return How.EXACT
    if text == other_vowel(word.surface):
        return How.FORM
    return How.UNACCENTED if text in (word.folded, other_vowel(word.folded)) else How.RESTORED


def worths_of(word: TypedWord, asked: Asked) -> dict[str, float]:
    """The surfaces that a word stands for, and what each is worth.

    Probabilities are what they say, and the right reading is the second one of a word in thirty: their
    roots keep it a fair weight.
    """
    found = {
        reading.surface: reading.probability
        for reading in word.readings
        if reading.probability >= asked.weights.reading_floor
    }
    if word.settled:
        if not word.toneless:
            found = {surface: max(p, 0.5) for surface, p in found.items()}
        found[word.surface] = 1.0
    if not found:
        return {word.surface: 1.0}
    counts = dict(counted for own in asked.lexicon.spellings(subjects(word.surface)) for counted in own)
    best = counts.get(max(found, key=found.__getitem__), 0)
    if meant_bare(word, asked.words):
        found = {surface: min(p, RESTORED) for surface, p in found.items()}
        found[word.surface] = 1.0
    elif not word.settled:
        found = {surface: math.sqrt(p) for surface, p in found.items()}
        if stands_alone(word, asked.words):
            found[word.surface] = 1.0
    if word.has_diacritics:
        found.setdefault(word.folded, asked.weights.unaccented)
    for text, worth in list(found.items()):
        other = other_vowel(text)  # *kĩ* and *kỹ* are one word; French *qui* is not *quy*
        if other in counts and not (is_function_word(other) or is_function_word(text)):
            found[other] = max(found.get(other, 0.0), worth * asked.weights.form)
    total = asked.lexicon.tokens + 1
    return {text: worth * evened(counts.get(text, 0), best, total) for text, worth in found.items()}


def stands_alone(word: TypedWord, words: Sequence[TypedWord]) -> bool:
    """Whether a word is the whole query and a common word as it stands: `loi` may be *lợi*, but is *loi*."""
    return len(words) == 1 and any(
        reading.surface == word.surface and reading.probability >= COMMON for reading in word.readings
    )


def evened(count: int, best: int, total: int) -> float:
    """What keeps the idf of a rare spelling from lifting it above the one that was meant.

    *ban* for *bán* is rare in Vietnamese, and so is *Duong* for *đường*.
    """
    if not 0 < count < best:
        return 1.0
    return math.log(1 + total / best) / math.log(1 + total / count)


def meant_bare(word: TypedWord, words: Sequence[TypedWord]) -> bool:
    """Whether a word without diacritics is probably meant so: *may* in *thợ may*, French *tache*.

    Who types diacritics elsewhere leaves out none here; and what no Vietnamese syllable looks like is as
    often a word of its own as one that lost its accent.
    """
    likely = any(
        reading.surface == word.surface and reading.count and reading.probability >= BARE_PROBABLE
        for reading in word.readings
    )
    if not likely or word.has_diacritics:
        return False
    return not is_bare_syllable(word.surface) or any(other.settled for other in words)


def allowed(word: TypedWord, asked: Asked) -> tuple[str, ...]:
    """The surfaces that have the diacritics typed: what a quoted word may be."""
    same = [text for text in (word.surface, other_vowel(word.surface)) if text]
    if word.has_diacritics and any(reading.surface in same for reading in word.readings):
        return tuple(same)
    own = asked.lexicon.spellings(subjects(word.surface))
    variants = [text for counted in own for text, _ in counted]
    return tuple(text for text in variants if any(honours(text, each) for each in same)) or (word.surface,)
