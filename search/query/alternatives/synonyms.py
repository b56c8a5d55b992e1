"""What whoever runs the search has named as synonyms: *quyền con người* for *nhân quyền*."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from search.analysis.language import is_function_word
from search.analysis.normalize import fold
from search.analysis.stems import accented_stems, folded_stems, stemless
from search.query.alternatives.base import Alternative, Asked
from search.query.restore import honours
from search.query.words import TypedWord, surfaces
from search.results import How
from search.schema import Kind
from search.synonyms import Synonyms

LIKELY = 0.2
"""A word typed without diacritics is one of the file's when it is read so with this probability."""
_LEAST = 4
"""Letters of a word whose inflections count: *ho* and *hoa* share a stem, *loi* and *lois* too."""

Words = tuple[str, ...]


def synonyms(run: Sequence[TypedWord], asked: Asked) -> Iterator[Alternative]:
    """The synonyms of a run of words, as they stand in the file and without their diacritics."""
    if asked.strict or not asked.synonyms.entries:
        return
    for written, others in _by_key(asked.synonyms).get(_key(word.surface for word in run), ()):
        alone = len(run) == 1
        if all(_means(word, own, alone) for word, own in zip(run, written, strict=True)):
            for other in others:
                yield from _found_as(other, asked)


def _found_as(other: Words, asked: Asked) -> Iterator[Alternative]:
    weight = asked.weights.synonym
    yield Alternative(Kind.SURFACE, other, weight, How.SYNONYM)
    plain = tuple(map(fold, other))
    if plain != other:
        yield Alternative(Kind.SURFACE, plain, weight * asked.weights.unaccented, How.SYNONYM)
    if len(other) == 1 and not stemless(other[0]) and not is_function_word(other[0]):
        for stem in accented_stems(other[0]):
            yield Alternative(Kind.STEM, (stem,), weight, How.SYNONYM)


def _means(word: TypedWord, written: str, alone: bool) -> bool:
    """Whether a typed word is a word of the file: as it stands there, typed in haste, or inflected.

    `alone` it must not be another word of the index: *ma* is no *mã* where there are ghosts.
    """
    if word.surface == written:
        return True
    if word.folded != fold(written):
        inflected = max(len(word.surface), len(written)) >= _LEAST
        plain = not (stemless(word.surface) or stemless(written))
        if not word.has_diacritics:
            shared = set(folded_stems(word.surface)) & set(folded_stems(written))
        else:
            shared = set(accented_stems(word.surface)) & set(accented_stems(written))
        return inflected and plain and bool(shared)
    if word.has_diacritics:
        return honours(written, word.surface)
    known = {reading.surface: reading.probability for reading in word.readings if reading.count}
    return known[written] >= LIKELY if written in known else not (alone and known)


@lru_cache(maxsize=4)
def _by_key(synonyms: Synonyms) -> Mapping[Words, Sequence[tuple[Words, tuple[Words, ...]]]]:
    found: dict[Words, list[tuple[Words, tuple[Words, ...]]]] = defaultdict(list)
    for typed, others in synonyms.entries:
        written = _words(typed)
        found[_key(written)].append((written, tuple(map(_words, others))))
    return found


def _words(text: str) -> Words:
    return tuple(word for word, _ in surfaces(text))


def _key(words: Sequence[str] | Iterator[str]) -> Words:
    """What words have in common with all that may mean them: the stems of what they fold to."""
    return tuple((folded_stems(fold(word)) or (fold(word),))[0] for word in words)
