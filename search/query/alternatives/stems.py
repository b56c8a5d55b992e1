"""The stems of a word, under which its French inflections are found: *travaille*, *travaux*."""

from collections.abc import Iterator, Sequence

from search.analysis.language import is_function_word
from search.analysis.stems import accented_stems, folded_stems, stemless
from search.query.alternatives.base import Alternative, Asked, Diacritics
from search.query.words import TypedWord
from search.results import How
from search.schema import Kind


def stems(run: Sequence[TypedWord], asked: Asked) -> Iterator[Alternative]:
    """The stems that count, none where only what was typed does."""
    if len(run) == 1 and not asked.strict:
        for stem in sorted(stems_of(run[0], asked.diacritics)):
            yield Alternative(Kind.STEM, (stem,), asked.weights.stem, How.STEM)


def stems_of(word: TypedWord, diacritics: Diacritics) -> frozenset[str]:
    """The stems of a word: with the diacritics typed, *pêcheur* is not *pécheur*."""
    # *des* and *de* have one stem, and nothing else in common; Vietnamese has no stems
    if is_function_word(word.surface) or stemless(word.surface):
        return frozenset()
    if word.has_diacritics and diacritics is Diacritics.HONOURED:
        return frozenset(accented_stems(word.surface))
    return frozenset(folded_stems(word.surface))
