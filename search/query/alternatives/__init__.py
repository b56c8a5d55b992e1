"""What may stand in a document for the words that were typed?

Two tables of producers: those of MATCHING say what counts as a word, those of EVIDENCE what is looked for
besides, in the best documents only. A producer is one file here and one line in a table.
"""

from collections.abc import Iterable, Sequence

from search.lexicon.base import Lexicon
from search.query.alternatives import acronyms as of_acronyms
from search.query.alternatives import dates as of_dates
from search.query.alternatives import separated as of_pieces
from search.query.alternatives.base import Alternative, Asked, Diacritics, Producer
from search.query.alternatives.beginnings import beginnings
from search.query.alternatives.compounds import compounds
from search.query.alternatives.forms import forms
from search.query.alternatives.identifiers import identifiers
from search.query.alternatives.joined import joined
from search.query.alternatives.spellings import spellings
from search.query.alternatives.stems import stems
from search.query.alternatives.synonyms import synonyms
from search.query.words import TypedWord

__all__ = [
    "EVIDENCE",
    "MATCHING",
    "Alternative",
    "Asked",
    "Diacritics",
    "asked_pairs",
    "asked_terms",
    "evidence",
    "matching",
    "otherwise",
]

OTHERWISE: tuple[Producer, ...] = (
    joined,
    of_pieces.separated,
    of_dates.dates,
    of_acronyms.acronyms,
    synonyms,
)
"""Of those in MATCHING the ones for which a word that no document has may be known all the same."""
MATCHING: tuple[Producer, ...] = (spellings, forms, stems, identifiers, *OTHERWISE, beginnings)
EVIDENCE: tuple[Producer, ...] = (compounds, of_dates.days)
PAIRS = (of_pieces.pairs, of_dates.pairs)
"""What tells the pairs that producers will ask about."""


def matching(run: Sequence[TypedWord], asked: Asked) -> tuple[Alternative, ...]:
    """What counts as a word, or a run of words, of a query."""
    return _all(MATCHING, run, asked)


def otherwise(run: Sequence[TypedWord], asked: Asked) -> bool:
    """Whether something else that documents have stands for a word, or for a run of words."""
    return bool(_all(OTHERWISE, run, asked))


def evidence(run: Sequence[TypedWord], asked: Asked) -> tuple[Alternative, ...]:
    """What speaks for a document in which the words of a run are found, beside the words themselves."""
    return _all(EVIDENCE, run, asked)


def asked_pairs(words: Sequence[TypedWord], lexicon: Lexicon) -> list[tuple[str, str]]:
    """The neighbours that producers will ask the lexicon about, so that it can be asked for all at once."""
    return [pair for pairs in PAIRS for pair in pairs(words, lexicon)]


def asked_terms(words: Sequence[TypedWord]) -> list[tuple[str, str]]:
    """The fields and beginnings of terms that they will ask about, with the bound on a prefix."""
    return list(of_acronyms.terms(words))


def _all(producers: Iterable[Producer], run: Sequence[TypedWord], asked: Asked) -> tuple[Alternative, ...]:
    return tuple(each for produce in producers for each in produce(run, asked))
