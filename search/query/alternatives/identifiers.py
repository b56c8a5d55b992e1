"""What is typed as one thing with figures in it: `57-KL/TW`, `L. 6225-2`, `15/2012/QH13`.

Its parts say little (*Điều 53* for the 53 of `53/2014/TT-BYT`), so that it counts as a whole, and its
parts hardly.
"""

import re
from collections.abc import Iterator, Sequence

from search.query.alternatives.base import Alternative, Asked
from search.query.words import TypedWord
from search.results import How
from search.schema import Kind

_LETTER_AND_FIGURES = re.compile(r"([a-zđ]{1,3})(\d+)")
_MAX_LETTERS = 3
"""Letters of a part that tells nothing by itself: *ttg*, *qđ*, but not *covid*."""


def identifiers(run: Sequence[TypedWord], asked: Asked) -> Iterator[Alternative]:
    """The parts of an identifier side by side, its first letter apart from the figures or not."""
    if is_identifier(run):
        for terms in dict.fromkeys(_ways([word.folded for word in run])):
            if len(terms) > 1:
                yield Alternative(Kind.FOLDED, terms, 1.0, How.EXACT)


def is_identifier(run: Sequence[TypedWord]) -> bool:
    """Whether words were typed as one thing with figures in it, perhaps after a letter: `R. 717-26-2`."""
    begin = (
        1 if len(run) > 2 and not run[1].glued and len(run[0].folded) == 1 and run[0].folded.isalpha() else 0
    )
    body = run[begin:]
    if begin and not body[0].folded[0].isdigit():
        return False
    return (
        len(body) > 1
        and all(word.glued for word in body[1:])
        and any(char.isdigit() for word in body for char in word.folded)
    )


def slight(word: TypedWord) -> bool:
    """Whether a part of an identifier tells nothing by itself."""
    return len(word.folded) <= _MAX_LETTERS or any(char.isdigit() for char in word.folded)


def _ways(parts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """An identifier as it may be written: `l6225 2`, `l 6225 2`."""
    yield tuple(parts)
    split = _LETTER_AND_FIGURES.fullmatch(parts[0])
    if split:
        yield (*split.groups(), *parts[1:])
    if len(parts[0]) <= _MAX_LETTERS and parts[0].isalpha() and len(parts) > 1 and parts[1][0].isdigit():
        yield (parts[0] + parts[1], *parts[2:])
