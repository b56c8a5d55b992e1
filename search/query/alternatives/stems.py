"""The stems of a word, under which its French inflections are found: *travaille*, *travailleur*."""

from collections.abc import Iterator, Mapping, Sequence

from search.analysis.language import is_function_word
from search.analysis.normalize import fold
from search.analysis.stems import FOLDED_MARK, accented_stems, folded_stems, other_number, stemless
from search.query.alternatives.base import Alternative, Asked, Diacritics
from search.query.words import TypedWord
from search.results import How
from search.schema import Kind

_MAX_STEMS = 4
"""Stems of one word that are looked for where it has several readings."""
_AS_TYPED = 0.3
"""What the stem of a word is worth that nobody writes without the diacritics that were not typed."""


def stems(run: Sequence[TypedWord], asked: Asked) -> Iterator[Alternative]:
    """The stems that count, none where only what was typed does."""
    if len(run) == 1 and not asked.strict:
        found = stems_of(run[0], asked.diacritics)
        if asked.diacritics is Diacritics.HONOURED and _is_written_bare(run[0], asked):
            found = {stem: share for stem, share in found.items() if not stem.endswith(FOLDED_MARK)}
        for stem, share in found.items():
            yield Alternative(Kind.STEM, (stem,), asked.weights.stem * share, How.STEM)


def stems_of(word: TypedWord, diacritics: Diacritics) -> Mapping[str, float]:
    """The stems of a word, and how likely each is meant beside the likeliest.

    *pêcheur* is not *pécheur*, *chat* no *châtiment*. A word without diacritics has the stems of its
    readings; one that the index lacks, those of all words that are the same without theirs.
    """
    # *des* and *de* have one stem, and nothing else in common; Vietnamese has no stems
    if is_function_word(word.surface) or stemless(word.surface):
        return {}
    known = [reading for reading in word.readings if reading.count]
    if diacritics is Diacritics.ANY or not (word.has_diacritics or known):
        return dict.fromkeys(folded_stems(word.surface), 1.0)
    if word.has_diacritics:
        return dict.fromkeys(accented_stems(word.surface), 1.0)
    found: dict[str, float] = {}
    for reading in known:
        if not stemless(reading.surface) and not is_function_word(reading.surface):
            for stem in accented_stems(reading.surface):
                found[stem] = found.get(stem, 0.0) + reading.probability
    best = max([*found.values(), *(reading.probability for reading in known)])
    found = {stem: share / best for stem, share in found.items()}
    for stem in accented_stems(word.surface):
        found[stem] = max(found.get(stem, 0.0), _AS_TYPED)
    likeliest = sorted(found, key=lambda stem: (-found[stem], stem))[:_MAX_STEMS]
    return {stem: found[stem] for stem in likeliest if found[stem] >= _AS_TYPED / 2}


def _is_written_bare(word: TypedWord, asked: Asked) -> bool:
    """Whether the index has a form of a word as bare as it was typed: for `chat`, *chats*."""
    others = other_number(word.surface)
    known = asked.lexicon.spellings([fold(other) for other in others])
    return any(text == other for other, own in zip(others, known, strict=True) for text, _ in own)
