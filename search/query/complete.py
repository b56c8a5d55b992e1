"""What is being typed: phrases of the index and titles, found without diacritics, shown with them."""

from collections.abc import Sequence
from typing import Protocol

from search.analysis.normalize import fold, surface
from search.analysis.token import tokenize
from search.fields import Kind, Part, field_name
from search.query.plan import Combine, Plan, Prefix, Term
from search.query.restore import Counts, restore

CONTEXT = 4
"""Words before the last one that are read for its sake."""


class Completions(Counts, Protocol):
    """What completion asks of an index. Prefixes are folded; counts are occurrences or documents."""

    def words(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """The most frequent spellings that begin so."""

    def compounds(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """The most frequent compounds that begin so, their syllables apart."""

    def following(self, left: str, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """What stands most often behind a spelling and begins so."""


def phrases(text: str, index: Completions, limit: int) -> list[str]:
    """How the text may go on: compounds first, then what follows its last whole word, then words."""
    tokens = list(tokenize(text))
    typed = [word for token in tokens if (word := surface(token.text))]
    if not typed or tokens[-1].end < len(text):
        return []
    *before, last = typed
    context = before[-CONTEXT:]
    likely = list(restore(context, index).best)
    prefix = fold(last)
    found: dict[str, None] = {}
    # the more of what was typed a compound holds, the better; one of the last word alone may be chance
    for size in range(len(likely), 0 if likely else -1, -1):
        head = likely[: len(likely) - size]
        start = " ".join(map(fold, (*likely[len(likely) - size :], last)))
        if len(start) > 1:
            found |= dict.fromkeys(" ".join((*head, each)) for each, _ in index.compounds(start, limit))
    if likely:
        following = index.following(likely[-1], prefix, limit)
        found |= dict.fromkeys(" ".join((*likely, word)) for word, _ in following)
    else:
        found |= dict.fromkeys(word for word, _ in index.words(prefix, limit))
    lead = " ".join(before[: len(before) - len(context)])
    honest = [phrase for phrase in found if _honours(phrase, (*context, last))]
    return [f"{lead} {phrase}".strip() for phrase in honest[:limit]]


def _honours(phrase: str, typed: Sequence[str]) -> bool:
    """Whether the diacritics that were typed are in the phrase."""
    words = zip(phrase.split(), typed, strict=False)
    return all(typed_word == fold(typed_word) or word.startswith(typed_word) for word, typed_word in words)


def title_plan(text: str, limit: int) -> Plan | None:
    """The documents whose titles have all the words, the last one perhaps only begun."""
    typed = [word for token in tokenize(text) if (word := surface(token.text))]
    if not typed:
        return None
    field = field_name(Part.TITLE, Kind.FOLDED)
    whole = tuple(Term(field, fold(word)) for word in typed[:-1])
    return Plan(Combine(must=(*whole, Prefix(field, fold(typed[-1]), limit=32))), facets=(), limit=limit)
