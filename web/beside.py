"""Two documents side by side, paragraph by paragraph: which of one stands beside which of the other?

Gale & Church (1993), “A program for aligning sentences in bilingual corpora”: translations are about as long
as each other, so the alignment whose lengths fit best is found by dynamic programming.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

_VARIANCE = 6.8
"""Of the length of a translation, for each letter: Gale and Church’s figure."""
_STEPS = {(1, 1): 0.0, (1, 2): 2.3, (2, 1): 2.3, (2, 2): 4.4, (1, 0): 4.5, (0, 1): 4.5}
"""How many paragraphs of each side stand together, and what that costs beside one and one."""


@dataclass(frozen=True, slots=True)
class Row:
    """Paragraphs that stand beside each other, by their places: from `left[0]` up to `left[1]`, excluded."""

    left: range
    right: range


_MAX_CELLS = 40_000
"""Pairs of places that are weighed: a book against a book stands paragraph for paragraph."""


def aligned(left: Sequence[str], right: Sequence[str]) -> list[Row]:
    """The paragraphs of two texts in rows, each in its order and none left out."""
    if len(left) * len(right) > _MAX_CELLS:
        most = max(len(left), len(right))
        return [
            Row(range(at, min(at + 1, len(left))), range(at, min(at + 1, len(right)))) for at in range(most)
        ]
    lengths = [len(text) + 1 for text in left], [len(text) + 1 for text in right]
    ratio = sum(lengths[1]) / max(sum(lengths[0]), 1)
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for here in range(len(left) + 1):
        for there in range(len(right) + 1):
            steps = (
                (best[before][0] + penalty + _misfit(lengths, before, (here, there), ratio), before)
                for (one, other), penalty in _STEPS.items()
                if (before := (here - one, there - other)) in best
            )
            if (here, there) not in best:
                best[here, there] = min(steps, default=(inf, (0, 0)))
    return list(_path(best, (len(left), len(right))))[::-1]


def _misfit(
    lengths: tuple[Sequence[int], Sequence[int]], before: tuple[int, int], now: tuple[int, int], ratio: float
) -> float:
    """How badly the lengths of two stretches fit."""
    here, there = (sum(own[start:end]) for own, start, end in zip(lengths, before, now, strict=True))
    if not here or not there:
        return 0.0
    return (there - ratio * here) ** 2 / (_VARIANCE * (here * ratio + there)) / 2


def _path(best: dict[tuple[int, int], tuple[float, tuple[int, int]]], end: tuple[int, int]) -> Iterator[Row]:
    while end != (0, 0):
        before = best[end][1]
        yield Row(range(before[0], end[0]), range(before[1], end[1]))
        end = before
