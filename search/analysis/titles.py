"""A title as a name: what is compared when somebody types one whole."""

from collections.abc import Mapping

from search.analysis.normalize import fold, surface
from search.analysis.token import tokenize
from search.schema import Name

MAX_WORDS = 60
"""Words of a title that is a name; a longer one is a paragraph."""


def title_keys(title: str) -> Mapping[Name, str]:
    """The exact and the folded key of a title; none for one without words, or with very many."""
    words = [word for token in tokenize(title) if (word := surface(token.text))]
    if not 0 < len(words) <= MAX_WORDS:
        return {}
    return {Name.TITLE: " ".join(words), Name.FOLDED_TITLE: " ".join(map(fold, words))}
