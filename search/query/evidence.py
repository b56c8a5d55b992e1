"""What speaks for a document besides its words: neighbours side by side, what a passage or a title holds."""

import itertools
from collections.abc import Iterator, Sequence

from search.analysis.normalize import fold
from search.lexicon.base import Lexicon
from search.query.alternatives import Alternative, Asked, Diacritics, evidence
from search.query.alternatives.spellings import meant_bare, stands_alone
from search.query.alternatives.stems import stems_of
from search.query.match import SPELT
from search.query.plan import Group, Node, Passage, Phrase, Term, TitleShare
from search.query.words import TypedWord
from search.schema import Kind, whole_field

MAX_FORMS = 24
"""Spellings and inflections of one word that are looked for in passages."""
MAX_PHRASE = 6
"""Words of a query that is looked for as one phrase."""
MAX_COUNTED = 6
"""Those of them, the best ones, whose pairs are counted for the sake of their idf."""
_WHOLE = whole_field(Kind.SURFACE)


def prefetch(words: Sequence[TypedWord], lexicon: Lexicon) -> None:
    """Ask for the inflections of all words at once; a single word has no neighbours to look for."""
    if len(words) > 1:
        lexicon.inflections(
            [stem for word in words for policy in Diacritics for stem in stems_of(word, policy)]
        )


def neighbours(
    run: Sequence[TypedWord], alternatives: Sequence[Sequence[Alternative]], asked: Asked
) -> Iterator[Node]:
    """Words of a run side by side, in one passage, in the title, and what producers have for the whole of it.

    `alternatives` are those of each word.
    """
    if not run:
        return
    weights = asked.weights
    forms = [_forms(*each, asked) for each in zip(run, alternatives, strict=True)]
    weak = [word.weak for word in run]
    pairs = list(itertools.pairwise(forms))
    counts = _counted(pairs, asked.lexicon)
    for pair, df, unsaid in zip(pairs, counts, itertools.pairwise(weak), strict=True):
        scale = weights.function_word if any(unsaid) else 1.0
        yield Phrase(_WHOLE, pair, weight=weights.pair * scale, df=df)
    if 2 < len(run) <= MAX_PHRASE:
        yield Phrase(_WHOLE, tuple(forms), weight=weights.phrase, df=min(counts))
    if len(run) == 1 and (
        run[0].settled or meant_bare(run[0], asked.words) or stands_alone(run[0], asked.words)
    ):
        # what was typed, where nothing else tells documents apart
        yield Term(_WHOLE, run[0].surface, weights.typed)
    telling = tuple(Group(own) for own, slight in zip(forms, weak, strict=True) if not slight)
    if telling:
        yield Passage(telling, weight=weights.passage)
        groups = (Group(own, 0.0 if slight else 1.0) for own, slight in zip(forms, weak, strict=True))
        yield TitleShare(tuple(groups), weight=weights.title_share)
    for each in evidence(run, asked):
        yield each.node()


def _counted(pairs: Sequence[tuple[Sequence[str], Sequence[str]]], lexicon: Lexicon) -> list[int]:
    """How often the forms of neighbouring words stand side by side."""
    asked = [list(itertools.product(left[:MAX_COUNTED], right[:MAX_COUNTED])) for left, right in pairs]
    counts = iter(lexicon.pair_counts([pair for own in asked for pair in own]))
    return [sum(itertools.islice(counts, len(own))) for own in asked]


def _forms(word: TypedWord, alternatives: Sequence[Alternative], asked: Asked) -> tuple[str, ...]:
    """The spellings of a word and its French inflections: *travaille*, *travaux*."""
    single = (each for each in alternatives if len(each.terms) == 1)  # the *hà* of *Hà Nội* is no *hanoi*
    found = dict.fromkeys(each.terms[0] for each in single if each.kind in SPELT)
    for stem in (each.terms[0] for each in alternatives if each.kind is Kind.STEM):
        # what folds to the same letters is a matter of readings: *quyển* is no form of *quyền*
        own = asked.lexicon.inflections([stem])[0]
        found |= dict.fromkeys(text for text in own if fold(text) != word.folded)
    return tuple(found)[:MAX_FORMS]
