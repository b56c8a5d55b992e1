"""Where the matches stand in a long text, as a column of ticks beside it that lead to them."""

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from search import Highlight

HEIGHT = 1000
"""Units of the whole column; the page stretches them over the height it has."""
TICK = 5
"""Units of one tick: matches closer than that are one."""
MIN_LINES = 40
"""A text that fits on a screen needs no map of itself."""

_LINE_WIDTH = 64
_PARAGRAPH_GAP = 0.6


@dataclass(frozen=True, slots=True)
class Tick:
    """The number of the first match at a height (`m1`, `m2`…), and that height."""

    match: int
    y: int


def ticks(text: str, highlights: Iterable[Highlight]) -> list[Tick]:
    """A tick for each place with matches, from the top; none for a text that is short.

    Heights are estimated from the lengths of the lines; a script may know them better.
    """
    starts, tops = [0], [0.0]
    for line in text.splitlines(keepends=True):
        lines = math.ceil(len(line.rstrip()) / _LINE_WIDTH)
        starts.append(starts[-1] + len(line))
        tops.append(tops[-1] + (lines + _PARAGRAPH_GAP if lines else 0))
    if tops[-1] < MIN_LINES:
        return []
    found: list[Tick] = []
    for number, (start, _) in enumerate(sorted(highlights), 1):
        row = min(bisect_right(starts, start), len(starts) - 1) - 1
        inside = (start - starts[row]) / max(starts[row + 1] - starts[row], 1)
        y = round((tops[row] + inside * (tops[row + 1] - tops[row])) / tops[-1] * (HEIGHT - TICK))
        if not found or y >= found[-1].y + TICK:
            found.append(Tick(number, y))
    return found
