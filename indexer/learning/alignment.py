"""Which word translates which: IBM Model 1 (Brown, Della Pietra, Della Pietra & Mercer 1993), both ways.

Each word of a sentence comes from one of the words of the other sentence, or from none. Probabilities are
learned by expectation and maximisation from all sentences at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.learning.sentences import Sentence

ROUNDS = 8
"""Rounds of expectation and maximisation: more of them change little."""
NOTHING = 0
"""The number of the word that stands for none."""

Ids = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by number, from 1 on; each word's number of sentences."""

    words: tuple[str, ...]
    sentences: Ids


@dataclass(frozen=True, slots=True)
class Together:
    """Words that are in the same sentences: parallel arrays, one entry a pair of words.

    `sentences` counts the sentences with both, `fr_to_vi` is the probability that the French word is
    translated so, `vi_to_fr` the other way round.
    """

    fr: Ids
    vi: Ids
    sentences: Ids
    fr_to_vi: Floats
    vi_to_fr: Floats


@dataclass(frozen=True, slots=True)
class _Links:
    """All pairs of a word of a sentence and one of the other: the pair, and whose word is explained."""

    pairs: Ids
    targets: Ids


def aligned(sentences: Sequence[Sentence]) -> tuple[Vocabulary, Vocabulary, Together]:
    """The words of both languages, and how the pairs that stand in one sentence translate each other."""
    fr, fr_rows = _numbered([sentence.fr for sentence in sentences])
    vi, vi_rows = _numbered([sentence.vi for sentence in sentences])
    one_way = _probabilities(fr_rows, vi_rows, len(vi.words) + 1)
    other_way = _probabilities(vi_rows, fr_rows, len(fr.words) + 1)
    width = len(vi.words) + 1
    # a pair is French × width + Vietnamese on one side, turned over on the other
    keys = one_way[0]
    back_fr, back_vi = other_way[0] % (len(fr.words) + 1), other_way[0] // (len(fr.words) + 1)
    back = back_fr * width + back_vi
    order = np.argsort(back)
    both = keys[(keys // width != NOTHING) & (keys % width != NOTHING)]
    found = one_way[1][np.searchsorted(keys, both)]
    turned = other_way[1][order][np.searchsorted(back[order], both)]
    counts = _sentences_with_both(fr_rows, vi_rows, width, both)
    return fr, vi, Together(both // width, both % width, counts, found, turned)


def _numbered(rows: Sequence[Sequence[str]]) -> tuple[Vocabulary, list[Ids]]:
    numbers: dict[str, int] = {}
    found = [np.array([numbers.setdefault(word, len(numbers) + 1) for word in row], np.int64) for row in rows]
    flat = np.concatenate([np.empty(0, np.int64), *(np.unique(row) for row in found)])
    return Vocabulary(tuple(numbers), np.bincount(flat, minlength=len(numbers) + 1)), found


def _probabilities(sources: Sequence[Ids], targets: Sequence[Ids], width: int) -> tuple[Ids, Floats]:
    """For each pair source × width + target that stands in one sentence, how likely source gives target."""
    every: list[Ids] = []
    owners: list[Ids] = []
    seen = 0
    for source, target in zip(sources, targets, strict=True):
        with_none = np.concatenate([[NOTHING], source])
        every.append((with_none[:, None] * width + target[None, :]).ravel())
        owners.append(np.tile(np.arange(seen, seen + len(target)), len(with_none)))
        seen += len(target)
    keys, pairs = np.unique(np.concatenate([np.empty(0, np.int64), *every]), return_inverse=True)
    links = _Links(pairs, np.concatenate([np.empty(0, np.int64), *owners]))
    return keys, _maximised(links, keys // width, seen)


def _maximised(links: _Links, sources: Ids, targets: int) -> Floats:
    """The probabilities of all pairs after some rounds; `sources` is the source word of each pair."""
    likely: Floats = np.ones(len(sources))
    for _ in range(ROUNDS):
        weights = likely[links.pairs]
        explained = np.bincount(links.targets, weights, targets)
        shares = weights / np.maximum(explained[links.targets], 1e-300)
        counts = np.bincount(links.pairs, shares, len(sources))
        given = np.bincount(sources, counts)
        likely = counts / np.maximum(given[sources], 1e-300)
    return likely


def _sentences_with_both(left: Sequence[Ids], right: Sequence[Ids], width: int, pairs: Ids) -> Ids:
    counts = np.zeros(len(pairs), np.int64)
    for one, other in zip(left, right, strict=True):
        own = (np.unique(one)[:, None] * width + np.unique(other)[None, :]).ravel()
        counts[np.searchsorted(pairs, own)] += 1
    return counts
