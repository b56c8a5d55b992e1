"""Which words of a query tell something, and which stand in any text."""

from collections.abc import Sequence
from functools import lru_cache

from search.analysis import registry
from search.analysis.compounds import compounds
from search.analysis.language import detect, is_function_word
from search.analysis.token import tokenize


@lru_cache(maxsize=2_000)
def weak(words: tuple[str, ...]) -> tuple[bool, ...]:
    """For each of some surface forms whether it tells little beside the others.

    Function words do, but for parts of a compound with a telling word: the *con* of *con người*, not
    that of *con mèo*.
    """
    slight = [is_function_word(word) for word in words]
    if any(slight) and not all(slight):
        for first, size in _compounds(words):
            if not all(slight[first : first + size]):
                slight[first : first + size] = [False] * size
    return tuple(slight)


def _compounds(words: Sequence[str]) -> list[tuple[int, int]]:
    """Where compounds begin, and how many words they have, if the words are of a language that has some."""
    text = " ".join(words)
    tokens = list(tokenize(text))
    language = registry.find(detect(tokens, text))
    if len(tokens) != len(words) or language is None or language.segmenter is None:
        return []
    return [(position, term.count("_") + 1) for term, position in compounds(text, tokens)]
