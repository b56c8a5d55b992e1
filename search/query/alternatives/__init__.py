"""What may stand in a document for the words that were typed?

Two tables of producers: those of MATCHING say what counts as a word, those of EVIDENCE what is looked for
besides, in the best documents only. A producer is one file here and one line in a table.
"""

from collections.abc import Iterable, Sequence

from search.query.alternatives.base import Alternative, Asked, Diacritics, Producer
from search.query.alternatives.compounds import compounds
from search.query.alternatives.forms import forms
from search.query.alternatives.spellings import spellings
from search.query.alternatives.stems import stems
from search.query.words import TypedWord

__all__ = ["EVIDENCE", "MATCHING", "Alternative", "Asked", "Diacritics", "evidence", "matching"]

MATCHING: tuple[Producer, ...] = (spellings, forms, stems)
EVIDENCE: tuple[Producer, ...] = (compounds,)


def matching(run: Sequence[TypedWord], asked: Asked) -> tuple[Alternative, ...]:
    """What counts as a word, or a run of words, of a query."""
    return _all(MATCHING, run, asked)


def evidence(run: Sequence[TypedWord], asked: Asked) -> tuple[Alternative, ...]:
    """What speaks for a document in which the words of a run are found, beside the words themselves."""
    return _all(EVIDENCE, run, asked)


def _all(producers: Iterable[Producer], run: Sequence[TypedWord], asked: Asked) -> tuple[Alternative, ...]:
    return tuple(each for produce in producers for each in produce(run, asked))
