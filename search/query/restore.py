"""Which accents were meant? The readings of a query's words, from the index's own counts.

A first-order model: the probability of a spelling after another one mixes how often the two stand side
by side in the index with how often the second one occurs at all (Dirichlet smoothing, Zhai & Lafferty
2004). What the two languages look like in general counts for a fixed number of occurrences, so that it
matters less the larger the index grows. Forward-backward gives each spelling its posterior; Viterbi the
most likely whole. Marks that were typed are hard constraints.
"""

import itertools
import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from search.analysis.language import is_function_word
from search.analysis.normalize import fold
from search.analysis.syllable import is_syllable, other_vowel, parse, split_tone
from search.lexicon.base import Counted, Lexicon
from search.query import background

SMOOTHING = 50.0
"""Imaginary occurrences by which a spelling's own frequency outweighs a few pairs."""
GENERAL_TOKENS = 20_000
"""How many tokens of the index the background's frequencies are worth."""
GENERAL_PAIRS = 200.0
"""How many occurrences of a spelling the background's pairs with it are worth."""
UNSEEN = 0.5
"""What a spelling that the index does not have counts as."""
TONELESS = 0.05
"""How many of the queries that bear no tone were typed without tones, before looking at their words."""


Way = Mapping[Counted, float]
"""Spellings that a word may stand for, and a weight of each beside what the index says."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A spelling of a typed word, how probable it is there (0 to 1), and how often it occurs."""

    surface: str
    probability: float
    count: int


@dataclass(frozen=True, slots=True)
class Restoration:
    """For each typed word its readings, most probable first; `best` is the most likely whole.

    `toneless` is how probable it is that tones were left out: *tiên hoa* for *tiến hóa*.
    """

    readings: tuple[tuple[Reading, ...], ...]
    best: tuple[str, ...]
    toneless: float = 0.0


@lru_cache(maxsize=100_000)
def _letters(word: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The letters of a word with the diacritics of each: `ế` → e, circumflex and acute; `đ` → d and a bar."""
    letters: list[tuple[str, set[str]]] = []
    for char in unicodedata.normalize("NFD", word):
        if unicodedata.combining(char) and letters:
            letters[-1][1].add(char)
        elif char == "đ":
            letters.append(("d", {"đ"}))
        else:
            letters.append((char, set()))
    return tuple((letter, frozenset(own)) for letter, own in letters)


def honours(spelling: str, typed: str) -> bool:
    """Whether a spelling has all the diacritics that were typed.

    *quyền* and *quyển* honour *quyên*, *quyen* does not. The tone of a Vietnamese syllable counts for
    the whole of it: who types *tíen* means *tiến*.
    """
    if is_syllable(spelling):
        (spelling, tone), (typed, typed_tone) = split_tone(spelling), split_tone(typed)
        if typed_tone and typed_tone != tone:
            return False
    theirs, ours = _letters(spelling), _letters(typed)
    return len(theirs) == len(ours) and all(
        letter == other and typed_diacritics <= diacritics
        for (letter, diacritics), (other, typed_diacritics) in zip(theirs, ours, strict=True)
    )


def restore(
    words: Sequence[str], lexicon: Lexicon, limit: int = 10, instead: Mapping[int, Way] | None = None
) -> Restoration:
    """The readings of words (surface forms, in order). Words the index does not have are kept as typed.

    Where no word bears a tone there are two ways to read the query, as it was typed or with its tones
    left out, and each spelling is as probable as both make it together. `instead` has, by the place of a
    word, what may have been meant in its place.
    """
    if not words:
        return Restoration((), ())
    general = background.load()
    ways = _ways(words, lexicon, limit, instead or {})
    candidates = [list(dict.fromkeys(itertools.chain(*own))) for own in zip(*ways, strict=True)]
    unigrams = [_unigrams(own, lexicon.tokens, general) for own in candidates]
    transitions = _transitions(candidates, unigrams, lexicon, general)
    read = [_read(way, candidates, unigrams, transitions) for way in ways]
    toneless = _share(read[0].likelihood, read[1].likelihood) if len(read) > 1 else 0.0
    posteriors = read[0].posteriors
    if toneless:
        both = zip(posteriors, read[1].posteriors, strict=True)
        posteriors = [(1 - toneless) * own + toneless * toned for own, toned in both]
    path = read[-1 if toneless > 0.5 else 0].path
    best = tuple(own[index][0] for own, index in zip(candidates, path, strict=True))
    return Restoration(tuple(map(_ranked, candidates, posteriors)), best, toneless)


def _ranked(own: Sequence[Counted], posterior: NDArray[np.float64]) -> tuple[Reading, ...]:
    """The readings of a word that are possible at all, most probable first."""
    found = (
        Reading(surface, float(p), count) for (surface, count), p in zip(own, posterior, strict=True) if p > 0
    )
    return tuple(sorted(found, key=lambda reading: (-reading.probability, -reading.count, reading.surface)))


def _ways(words: Sequence[str], lexicon: Lexicon, limit: int, instead: Mapping[int, Way]) -> list[list[Way]]:
    """How a query may be read: as it was typed, and perhaps with its tones left out."""
    lexicon.spellings([subject for word in words for subject in subjects(word)])  # all at once
    known = [_known(word, lexicon) for word in words]
    as_typed = [_candidates(word, own, limit) for word, own in zip(words, known, strict=True)]
    ways: list[Sequence[Sequence[Counted]]] = [as_typed]
    if may_lack_tones(words):
        toned = [_toned(*each, limit) for each in zip(words, known, as_typed, strict=True)]
        # *đươc* is no word: that it has to be read as *được* speaks for tones left out
        ways = [[_itself(*each) for each in zip(words, as_typed, strict=True)], toned]
    return [[instead.get(place) or dict.fromkeys(own, 1.0) for place, own in enumerate(way)] for way in ways]


def may_lack_tones(words: Sequence[str]) -> bool:
    """Whether tones may have been left out: two syllables or more, marks of letters, and no tone at all."""
    syllables = [word for word in words if parse(word)]
    return (
        len(syllables) > 1
        and any(word != fold(word) for word in syllables)
        and not any(split_tone(word)[1] for word in words)
    )


def subjects(word: str) -> list[str]:
    """The folded terms whose spellings a word may stand for: `ky`, and `ki` for the same syllables."""
    return list(dict.fromkeys(fold(each) for each in (word, other_vowel(word)) if each))


def _known(word: str, lexicon: Lexicon) -> list[Counted]:
    """The spellings that fold like a word or like its syllable's other spelling, most frequent first."""
    own, *other = lexicon.spellings(subjects(word))
    # French *qui* is no spelling of *quy*
    same = [entry for entries in other for entry in entries if not is_function_word(entry[0])]
    return sorted([*own, *same], key=lambda entry: (-entry[1], entry[0])) if same else list(own)


def _candidates(word: str, known: Sequence[Counted], limit: int) -> list[Counted]:
    """The spellings a word may stand for. One with diacritics that the index has stands for itself."""
    if word != fold(word):
        same = {word, other_vowel(word)}
        exact = [entry for entry in known if entry[0] in same]
        known = exact or [entry for entry in known if any(honours(entry[0], each) for each in same if each)]
    return list(known[:limit]) or [(word, 0)]


def _toned(word: str, known: Sequence[Counted], as_typed: Sequence[Counted], limit: int) -> Sequence[Counted]:
    """The spellings of a syllable that are what was typed when their tones are taken away."""
    if not parse(word):
        return as_typed
    return [entry for entry in known if split_tone(entry[0])[0] == word][:limit] or as_typed


def _itself(word: str, as_typed: list[Counted]) -> list[Counted]:
    """A word with diacritics as nothing but itself."""
    return as_typed if word == fold(word) or as_typed[0][0] == word else [(word, 0)]


def _share(as_typed: float, toned: float) -> float:
    """How probable the second way to read a query is, from the logarithms of how likely each makes it."""
    odds = math.log(TONELESS / (1 - TONELESS)) + toned - as_typed
    return 1 / (1 + math.exp(-max(-500.0, min(odds, 500.0))))


@dataclass(frozen=True, slots=True)
class _Read:
    """One way to read a query: posteriors, the likeliest path, the logarithm of how likely all of it is."""

    posteriors: list[NDArray[np.float64]]
    path: list[int]
    likelihood: float


def _read(
    way: Sequence[Way],
    candidates: Sequence[Sequence[Counted]],
    unigrams: Sequence[NDArray[np.float64]],
    transitions: Sequence[NDArray[np.float64]],
) -> _Read:
    allowed = [
        np.array([own.get(entry, 0.0) for entry in every]) for own, every in zip(way, candidates, strict=True)
    ]
    first = unigrams[0] * allowed[0]
    steps = [step * after for step, after in zip(transitions, allowed[1:], strict=True)]
    posteriors, likelihood = _posteriors(first, steps)
    return _Read(posteriors, _viterbi(first, steps), likelihood)


def _unigrams(own: Sequence[Counted], total: int, general: background.Background) -> NDArray[np.float64]:
    """P(spelling): the index's own counts, and the background as if it were GENERAL_TOKENS more tokens."""
    here = np.array([max(count, UNSEEN) for _, count in own])
    there = np.array([general.count(surface) for surface, _ in own]) / general.total
    mixed: NDArray[np.float64] = (here + GENERAL_TOKENS * there) / (total + GENERAL_TOKENS)
    return mixed


def _transitions(
    candidates: Sequence[Sequence[Counted]],
    unigrams: Sequence[NDArray[np.float64]],
    lexicon: Lexicon,
    general: background.Background,
) -> list[NDArray[np.float64]]:
    """P(right | left) for each step, one row a left spelling."""
    pairs = [
        (left, right)
        for before, after in itertools.pairwise(candidates)
        for left, _ in before
        for right, _ in after
    ]
    found = np.array(lexicon.pair_counts(pairs), np.float64)
    places = [[general.place(surface) for surface, _ in own] for own in candidates]
    steps: list[NDArray[np.float64]] = []
    at = 0
    for step, (before, after) in enumerate(itertools.pairwise(candidates)):
        size = len(before) * len(after)
        together = found[at : at + size].reshape(len(before), len(after))
        alone = np.array([count for _, count in before], np.float64)[:, None]
        known = np.array([[general.count(surface)] for surface, _ in before], np.float64)
        usual = general.together(places[step], places[step + 1]) / np.maximum(known, 1)
        weight = np.where(known > 0, GENERAL_PAIRS, 0)
        steps.append(
            (together + weight * usual + SMOOTHING * unigrams[step + 1]) / (alone + weight + SMOOTHING)
        )
        at += size
    return steps


def _posteriors(
    first: NDArray[np.float64], transitions: Sequence[NDArray[np.float64]]
) -> tuple[list[NDArray[np.float64]], float]:
    """The posterior of each spelling of each word, and the logarithm of how likely all of it is."""
    forward = [first / first.sum()]
    likelihood = math.log(first.sum())
    for step in transitions:
        reached = forward[-1] @ step
        forward.append(reached / reached.sum())
        likelihood += math.log(reached.sum())
    backward = np.ones(len(forward[-1]))
    posteriors = [forward[-1]]
    for index in range(len(transitions) - 1, -1, -1):
        backward = transitions[index] @ backward
        backward /= backward.sum()
        posterior = forward[index] * backward
        posteriors.append(posterior / posterior.sum())
    return posteriors[::-1], likelihood


def _viterbi(first: NDArray[np.float64], transitions: Sequence[NDArray[np.float64]]) -> list[int]:
    with np.errstate(divide="ignore"):  # what is not allowed has the logarithm of nothing
        score = np.log(first)
        steps = [np.log(step) for step in transitions]
    came_from: list[NDArray[np.int64]] = []
    for step in steps:
        reached = score[:, None] + step
        came_from.append(reached.argmax(axis=0))
        score = reached.max(axis=0)
    path = [int(score.argmax())]
    for back in reversed(came_from):
        path.append(int(back[path[-1]]))
    return path[::-1]
