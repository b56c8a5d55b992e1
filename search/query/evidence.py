"""What speaks for a document besides its words: neighbours side by side, a passage that holds most."""

import itertools
from collections.abc import Iterator, Sequence

from search.analysis.language import is_function_word
from search.analysis.normalize import fold
from search.config import Weights
from search.lexicon.base import Lexicon
from search.query.alternatives import Alternative, Asked, Diacritics, evidence
from search.query.alternatives.spellings import meant_bare
from search.query.alternatives.stems import stems_of
from search.query.plan import Node, Passage, Phrase
from search.query.words import TypedWord
from search.schema import Kind, Part, field_name

MAX_FORMS = 24
"""Spellings and inflections of one word that are looked for in passages."""
_EXACT = 0.5
"""What the spelling that was typed is worth where nothing else tells documents apart."""
_BODY = field_name(Part.BODY, Kind.SURFACE)


def prefetch(words: Sequence[TypedWord], lexicon: Lexicon) -> None:
    """Ask for the inflections of all words at once; a single word has no neighbours to look for."""
    if len(words) > 1:
        lexicon.inflections(
            [stem for word in words for policy in Diacritics for stem in stems_of(word, policy)]
        )


def as_written(words: Sequence[TypedWord], weights: Weights) -> Iterator[Node]:
    """What is typed without spaces is looked for as it is: `57-KL/TW`, `15/6/2023`, an address."""
    if sum(not is_function_word(word.likely) for word in words) < 2:  # *d’employeurs* is one word
        return
    parts = tuple((word.folded,) for word in words)
    for part in (Part.BODY, Part.TITLE):
        yield Phrase(field_name(part, Kind.FOLDED), parts, weight=weights.as_written)


def neighbours(
    run: Sequence[TypedWord], alternatives: Sequence[Sequence[Alternative]], asked: Asked
) -> Iterator[Node]:
    """Words of a run side by side, in one passage, and what producers have for the whole of it.

    `alternatives` are those of each word.
    """
    forms = [_forms(*each, asked) for each in zip(run, alternatives, strict=True)] if len(run) > 1 else []
    for pair in itertools.pairwise(forms):
        yield Phrase(_BODY, pair, weight=asked.weights.pair)
    if len(run) == 1 and (run[0].has_diacritics or meant_bare(run[0], asked.words)):
        yield Passage(_BODY, ((run[0].surface,),), weight=_EXACT)
    if len(run) > 1:
        telling = tuple(
            own for word, own in zip(run, forms, strict=True) if not is_function_word(word.likely)
        )
        yield Passage(_BODY, telling, weight=asked.weights.passage)
    for each in evidence(run, asked):
        yield each.node(Part.BODY)


def _forms(word: TypedWord, alternatives: Sequence[Alternative], asked: Asked) -> tuple[str, ...]:
    """The spellings of a word and its French inflections: *travaille*, *travaux*."""
    single = (each for each in alternatives if len(each.terms) == 1)  # the *hà* of *Hà Nội* is no *hanoi*
    found = dict.fromkeys(each.terms[0] for each in single if each.kind is Kind.SURFACE)
    for stem in (each.terms[0] for each in alternatives if each.kind is Kind.STEM):
        # what folds to the same letters is a matter of readings: *quyển* is no form of *quyền*
        own = asked.lexicon.inflections([stem])[0]
        found |= dict.fromkeys(text for text in own if fold(text) != word.folded)
    return tuple(found)[:MAX_FORMS]
