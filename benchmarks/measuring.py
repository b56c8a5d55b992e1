"""Timing calls against each other, and printing what came out as one table."""

import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median

Call = Callable[[], object]


def race(calls: Mapping[str, Call], seconds: float, rounds: int = 5, most: int = 60) -> dict[str, float]:
    """The median milliseconds of each call.

    The calls take turns, `rounds` times, so that whatever else the machine does meets all of them.
    In a turn each is repeated until its share of `seconds` is used up or `most` times, at least once.
    """
    samples: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()  # warm: caches, lazy imports
    for _ in range(rounds):
        for name, call in calls.items():
            turn = time.perf_counter()
            for _ in range(most):
                began = time.perf_counter()
                call()
                ended = time.perf_counter()
                samples[name].append((ended - began) * 1000)
                if ended - turn > seconds / rounds:
                    break
    return {name: median(own) for name, own in samples.items()}


def once(call: Call) -> float:
    """The milliseconds of a single call."""
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows under a head, the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]

    def line(row: Sequence[str]) -> str:
        cells = [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))]
        return "  ".join(cells).rstrip()

    rule = "  ".join("─" * width for width in widths)
    return "\n".join((line(head), rule, *map(line, rows)))


def times(slower: float | None, faster: float | None) -> str:
    """How many times longer one takes than the other: `× 105`; a dash when one is missing."""
    if not slower or not faster:
        return "—"
    ratio = slower / faster
    return f"× {ratio:.0f}" if ratio >= 20 else f"× {ratio:.2g}" if ratio >= 1 else f"× {ratio:.2f}"
