"""What is being typed: phrases of the index and titles, found without diacritics, shown with them."""

import itertools
import re
from collections.abc import Sequence

from search.analysis.normalize import fold, surface
from search.analysis.token import tokenize
from search.lexicon.base import Lexicon
from search.query.plan import Best, Combine, Plan, Term
from search.query.restore import restore
from search.query.words import surfaces
from search.schema import Kind, Part, field_name

MAX_CONTEXT = 4
"""Words before the last one that are read for its sake."""
_MAX_BEGUN = 32
"""Words of titles that the last one may be the beginning of."""
_SPACE = re.compile(r"\s+")


def phrases(text: str, lexicon: Lexicon, limit: int) -> list[str]:
    """How the text may go on: compounds first, then what follows its last whole word, then words."""
    tokens = list(tokenize(text))
    if not tokens or tokens[-1].end < len(text):
        return []
    words = surfaces(text)
    if not words:
        return []
    *before, last = (word for word, _ in words)
    context = before[-MAX_CONTEXT:]
    likely = list(restore(context, lexicon).best)
    prefix = fold(last)
    found: dict[str, None] = {}
    # the more of what was typed a compound holds, the better; one of the last word alone may be chance
    sizes = range(len(likely), 0 if likely else -1, -1)
    starts = {size: " ".join(map(fold, (*likely[len(likely) - size :], last))) for size in sizes}
    starts = {size: start for size, start in starts.items() if len(start) > 1}
    for size, compounds in zip(starts, lexicon.compounds(list(starts.values()), limit), strict=True):
        head = likely[: len(likely) - size]
        found |= dict.fromkeys(" ".join((*head, each)) for each, _ in compounds)
    if likely:
        following = lexicon.following(likely[-1], prefix, limit)
        found |= dict.fromkeys(" ".join((*likely, word)) for word, _ in following)
    else:
        found |= dict.fromkeys(word for word, _ in lexicon.words([prefix], limit)[0])
    lead = before[: len(before) - len(context)]
    honest = [phrase for phrase in found if _honours(phrase, (*context, last))]
    # any space between two words is one; *l’environnement* and *Saint-Denis* have something else there
    joints = [
        _SPACE.sub(" ", text[left.end : right.start]) for (_, left), (_, right) in itertools.pairwise(words)
    ]
    return [_joined((*lead, *phrase.split()), joints) for phrase in honest[:limit]]


def _joined(words: Sequence[str], joints: Sequence[str]) -> str:
    """Words with what was typed between them, and spaces between those that were not typed."""
    pairs = itertools.zip_longest(joints[: len(words) - 1], words[1:], fillvalue=" ")
    return words[0] + "".join(joint + word for joint, word in pairs)


def _honours(phrase: str, typed: Sequence[str]) -> bool:
    """Whether the diacritics that were typed are in the phrase."""
    words = zip(phrase.split(), typed, strict=False)
    return all(typed_word == fold(typed_word) or word.startswith(typed_word) for word, typed_word in words)


def title_plan(text: str, lexicon: Lexicon, limit: int) -> Plan | None:
    """The documents whose titles have all the words, the last one perhaps only begun."""
    typed = [word for token in tokenize(text) if (word := surface(token.text))]
    if not typed:
        return None
    field = field_name(Part.TITLE, Kind.FOLDED)
    whole = tuple(Term(field, fold(word)) for word in typed[:-1])
    begun = lexicon.terms([(field, fold(typed[-1]))], _MAX_BEGUN)[0]
    last = Best(tuple(Term(field, term) for term, _ in begun))
    return Plan(Combine(must=(*whole, last)), facets=(), limit=limit)
