"""Which accents were meant? The readings of a query's words, from the index's own counts.

A first-order model: the probability of a spelling after another one mixes how often the two stand side
by side in the index with how often the second one occurs at all (Dirichlet smoothing, Zhai & Lafferty
2004). What the two languages look like in general counts for a fixed number of occurrences, so that it
matters less the larger the index grows. Forward-backward gives each spelling its posterior; Viterbi the
most likely whole. Marks that were typed are hard constraints.
"""

import itertools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from search.analysis.language import is_function_word
from search.analysis.normalize import fold
from search.analysis.syllable import is_syllable, other_vowel, split_tone
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


@dataclass(frozen=True, slots=True)
class Reading:
    """A spelling of a typed word, how probable it is there (0 to 1), and how often it occurs."""

    surface: str
    probability: float
    count: int


@dataclass(frozen=True, slots=True)
class Restoration:
    """For each typed word its readings, most probable first; `best` is the most likely whole."""

    readings: tuple[tuple[Reading, ...], ...]
    best: tuple[str, ...]


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


def restore(words: Sequence[str], lexicon: Lexicon, limit: int = 10) -> Restoration:
    """The readings of words (surface forms, in order). Words the index does not have are kept as typed."""
    if not words:
        return Restoration((), ())
    general = background.load()
    lexicon.spellings([subject for word in words for subject in subjects(word)])  # all at once
    candidates = [_candidates(word, _known(word, lexicon), limit) for word in words]
    unigrams = [_unigrams(own, lexicon.tokens, general) for own in candidates]
    transitions = _transitions(candidates, unigrams, lexicon, general)
    posteriors = _posteriors(unigrams, transitions)
    path = _viterbi(unigrams, transitions)
    readings = tuple(
        tuple(
            sorted(
                (
                    Reading(surface, float(p), count)
                    for (surface, count), p in zip(own, posterior, strict=True)
                ),
                key=lambda reading: (-reading.probability, -reading.count, reading.surface),
            )
        )
        for own, posterior in zip(candidates, posteriors, strict=True)
    )
    return Restoration(readings, tuple(own[index][0] for own, index in zip(candidates, path, strict=True)))


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
    unigrams: Sequence[NDArray[np.float64]], transitions: Sequence[NDArray[np.float64]]
) -> list[NDArray[np.float64]]:
    forward = [unigrams[0] / unigrams[0].sum()]
    for step in transitions:
        reached = forward[-1] @ step
        forward.append(reached / reached.sum())
    backward = np.ones(len(unigrams[-1]))
    posteriors = [forward[-1]]
    for index in range(len(transitions) - 1, -1, -1):
        backward = transitions[index] @ backward
        backward /= backward.sum()
        posterior = forward[index] * backward
        posteriors.append(posterior / posterior.sum())
    return posteriors[::-1]


def _viterbi(
    unigrams: Sequence[NDArray[np.float64]], transitions: Sequence[NDArray[np.float64]]
) -> list[int]:
    score = np.log(unigrams[0])
    came_from: list[NDArray[np.int64]] = []
    for step in transitions:
        reached = score[:, None] + np.log(step)
        came_from.append(reached.argmax(axis=0))
        score = reached.max(axis=0)
    path = [int(score.argmax())]
    for back in reversed(came_from):
        path.append(int(back[path[-1]]))
    return path[::-1]
