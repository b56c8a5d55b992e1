"""A word that the index has in pieces side by side: *Hà Nội* for `hanoi`, *U.S.A.* for `USA`, *10 000*."""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.analysis import registry
from search.analysis.language import is_function_word
from search.lexicon.base import Counted, Lexicon
from search.query.alternatives.base import Alternative, Asked, Diacritics
from search.query.alternatives.joined import without_diaeresis
from search.query.pieces import Split, splits
from search.query.restore import honours
from search.query.words import TypedWord
from search.results import How
from search.schema import Kind

MAX_SPELLINGS = 8
"""Of one piece: *nội, nói, nơi* …"""
MAX_WAYS = 4
"""Ways to spell a whole word in pieces that are searched for."""
USUAL = 0.05
"""A way that stands less often beside the most usual one is a chance."""
COHERENT = 0.3
"""How strongly pieces must hold together (normalised pointwise mutual information, Bouma 2009)."""
COHERENT_KNOWN = 0.6
"""The same for a word that the index has: *lune* is no *l’une*, *passeport* no *passe port*."""
SHARE_KNOWN = 0.01
"""And they must stand so often beside the word itself."""
SHARE_NUMBER = 0.25
"""The same for a number: *1998* is a year, and *1 998* a chance."""


@dataclass(frozen=True, slots=True)
class _Way:
    """Pieces as they are spelled, the least count of two neighbours, and how strongly they hold together."""

    pieces: tuple[Counted, ...]
    count: int
    coherence: float


def pairs(words: Sequence[TypedWord], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """All neighbours that will be asked about."""
    for word in words:
        for split in splits(word.folded):
            for diacritics in Diacritics if word.has_diacritics else (Diacritics.HONOURED,):
                for before, after in itertools.pairwise(_spelled(word, split, lexicon, diacritics)):
                    yield from ((left, right) for left, _ in before for right, _ in after)


def separated(run: Sequence[TypedWord], asked: Asked) -> Iterator[Alternative]:
    """A single word in pieces, where the index has them side by side more than by chance."""
    if len(run) != 1 or asked.strict:
        return
    word = run[0]
    own = sum(count for _, count in asked.lexicon.spellings([word.folded])[0])
    ways = [
        way
        for split in splits(word.folded)
        for way in _ways(_spelled(word, split, asked.lexicon, asked.diacritics), asked.lexicon)
        if _credible(way, own)
    ]
    ways.sort(key=lambda way: (-way.count, way.pieces))
    for way in ways[:MAX_WAYS]:
        if way.count >= USUAL * ways[0].count:
            terms = tuple(text for text, _ in way.pieces)
            yield Alternative(Kind.SURFACE, terms, asked.weights.written, How.WRITTEN)


def _spelled(
    word: TypedWord, split: Split, lexicon: Lexicon, diacritics: Diacritics
) -> list[Sequence[Counted]]:
    """The spellings of each piece that have the diacritics typed there, or none; empty if one has none."""
    typed = without_diaeresis(word.surface)
    if len(typed) != len(word.folded):
        return []
    found: list[Sequence[Counted]] = []
    at = 0
    for piece, known in zip(split, lexicon.spellings(split), strict=True):
        own = typed[at : at + len(piece)]
        at += len(piece)
        if diacritics is Diacritics.HONOURED and own != piece:
            known = [entry for entry in known if entry[0] == piece or honours(entry[0], own)]
        if not known:
            return []
        found.append(known[:MAX_SPELLINGS])
    return found


def _ways(spelled: Sequence[Sequence[Counted]], lexicon: Lexicon) -> list[_Way]:
    """The most usual ways to spell pieces so that each stands beside the next one."""
    if not spelled:
        return []
    total = lexicon.tokens + 1
    ways = [_Way((entry,), total, 1.0) for entry in spelled[0]]
    for before, after in itertools.pairwise(spelled):
        asked = [(left, right) for left, _ in before for right, _ in after]
        together = dict(zip(asked, lexicon.pair_counts(asked), strict=True))
        longer = [
            _Way(
                (*way.pieces, entry),
                min(way.count, count),
                min(way.coherence, _coherence(count, way.pieces[-1][1], entry[1], total)),
            )
            for way in ways
            for entry in after
            if (count := together[way.pieces[-1][0], entry[0]])
        ]
        ways = sorted(longer, key=lambda way: (-way.count, way.pieces))[: 2 * MAX_WAYS]
    return ways


def _coherence(together: int, left: int, right: int, total: int) -> float:
    """1 where two words stand beside each other only, 0 where by chance."""
    if together >= total:
        return 1.0
    return math.log(together * total / (max(left, together) * max(right, together))) / math.log(
        total / together
    )


def _credible(way: _Way, own: int) -> bool:
    """Whether pieces are the word written apart; `own` is how often the index has it as it was typed."""
    texts = [text for text, _ in way.pieces]
    if all(map(str.isdecimal, texts)):
        return way.count >= SHARE_NUMBER * own
    if any(map(str.isdecimal, texts)):
        # *A4* is no *à 4*
        return not any(
            is_function_word(text) and after[0].isdecimal() for text, after in itertools.pairwise(texts)
        )
    if not own:
        return way.coherence >= COHERENT
    if way.coherence < COHERENT_KNOWN or way.count < SHARE_KNOWN * own:
        return False
    elisions = frozenset[str]().union(*(each.elisions for each in registry.LANGUAGES))
    # *surtout* is no *sur tout*; the e of *e-mail* is a word of no sentence that has the word
    return not any(text in elisions if len(text) == 1 else is_function_word(text) for text in texts)
