"""The words that the last one of a query may be the beginning of, while it is still being typed."""

import math
from collections.abc import Iterator, Sequence

from search.analysis.normalize import fold
from search.analysis.stems import folded_stems
from search.config import Caps
from search.lexicon.base import Counted, Lexicon
from search.query.alternatives.base import Alternative, Asked
from search.query.alternatives.spellings import evened
from search.query.restore import honours
from search.query.words import TypedWord
from search.results import How
from search.schema import Kind, Part, field_name

MAX_BEGUN = 16
"""Words that one beginning stands for."""
_MAX_TERMS = Caps().prefix_terms
"""Terms that begin so and are looked at: as many as of `prefix*`, so that both are asked for at once."""
_MIN_LETTERS = 2
_BEGUN = 0.5
"""What a word that begins so is worth beside one that was typed to its end."""

_BESIDE = 20
"""How many occurrences anywhere one behind the word before is worth."""


def beginnings(run: Sequence[TypedWord], asked: Asked) -> Iterator[Alternative]:
    """The words that go on where the last one ends, if it is none itself: *licenciem*, *con duo*."""
    if len(run) != 1 or asked.strict or run[0] != asked.words[-1]:
        return
    word = run[0].surface
    if is_word(word, asked.lexicon):
        return
    found = begun(word, asked.lexicon)
    shares = _shares(found, asked)
    best = max((count for _, count in found), default=0)
    total = asked.lexicon.tokens + 1
    for (text, count), share in zip(found, shares, strict=True):
        worth = _BEGUN * math.sqrt(share) * evened(count, best, total)
        yield Alternative(Kind.SURFACE, (text,), worth, How.PREFIX)


def _shares(found: Sequence[Counted], asked: Asked) -> list[float]:
    """How frequent each of some words is beside the most frequent one, behind the word before above all."""
    before = asked.words[-2].likely if len(asked.words) > 1 else ""
    beside = asked.lexicon.pair_counts([(before, text) for text, _ in found]) if before and found else ()
    counts = [count for _, count in found]
    if any(beside):
        counts = [count + _BESIDE * near for count, near in zip(counts, beside, strict=True)]
    return [count / max(counts) for count in counts]


def is_word(word: str, lexicon: Lexicon) -> bool:
    """Whether a document has a word, however accented, or a French form of it."""
    folded = fold(word)
    return bool(lexicon.spellings([folded])[0]) or any(lexicon.inflections(folded_stems(word)))


def begun(word: str, lexicon: Lexicon) -> list[Counted]:
    """The words that begin with a word and honour its diacritics, most frequent first."""
    if len(word) < _MIN_LETTERS or not word.isalpha():
        return []
    subjects = [(field_name(part, Kind.FOLDED), fold(word)) for part in (Part.BODY, Part.TITLE)]
    terms = dict.fromkeys(term for own in lexicon.terms(subjects, _MAX_TERMS) for term, _ in own)
    longer = [entry for own in lexicon.spellings(list(terms)) for entry in own]
    honest = [entry for entry in longer if honours(entry[0][: len(word)], word)]
    return sorted(honest, key=lambda entry: (-entry[1], entry[0]))[:MAX_BEGUN]
