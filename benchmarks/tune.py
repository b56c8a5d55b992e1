"""Chooses the numbers of search/config.py: `python -m benchmarks.tune`.

Coordinate ascent over the named numbers of Weights and Similarity: each in turn is moved up or down as
long as that helps, until a whole round changes nothing. What is maximised is the mean over the mixes of
the mean of accented and unaccented nDCG@10, on every other query; the rest of them only report.
"""

import argparse
import math
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import mean

from benchmarks import mixes, rankers
from benchmarks.indexes import index_for
from benchmarks.measuring import table
from benchmarks.mixes import JudgedQuery
from search.config import Config, Similarity, Weights
from search.engine import Engine
from search.engines.base import Reader
from search.engines.registry import open_store

TOP = 10
CONDITIONS = ("accented", "unaccented")
GAIN = 0.001
"""A number stays as it is unless another value gains at least so much: smaller gains are luck."""
_STEP = 1.5
_ZERO = 0.01
_LIMITS = {"b": (0.0, 1.0), "tie_breaker": (0.0, 1.0), "reading_floor": (0.0, 0.5), "unaccented": (0.0, 1.0)}


@dataclass(frozen=True, slots=True)
class Sample:
    """A mix, its index, and queries under each condition."""

    name: str
    index: Path
    queries: Mapping[str, Sequence[JudgedQuery]]


class Objective:
    """The mean over mixes and conditions of nDCG@10 under a Config; remembers what it has computed."""

    def __init__(self, samples: Sequence[Sample]) -> None:
        self._samples = samples
        self._known: dict[tuple[Weights, Similarity], dict[tuple[str, str], float]] = {}
        self._open: tuple[Similarity, dict[str, Reader]] | None = None

    def scores(self, config: Config) -> dict[tuple[str, str], float]:
        """nDCG@10 by mix and condition."""
        key = (config.weights, config.similarity)
        if key not in self._known:
            indexes = self._indexes(config.similarity)
            self._known[key] = {
                (sample.name, condition): _mean_ndcg(indexes[sample.name], config, asked)
                for sample in self._samples
                for condition, asked in sample.queries.items()
            }
        return self._known[key]

    def __call__(self, config: Config) -> float:
        """The mean of the scores."""
        return mean(self.scores(config).values())

    def _indexes(self, similarity: Similarity) -> dict[str, Reader]:
        # an index keeps what each term adds to each document, which depends on the similarity
        if self._open is None or self._open[0] != similarity:
            opened: dict[str, Reader] = {
                sample.name: open_store(str(sample.index)).reader(similarity) for sample in self._samples
            }
            self._open = (similarity, opened)
        return self._open[1]


def _mean_ndcg(index: Reader, config: Config, asked: Sequence[JudgedQuery]) -> float:
    rank = rankers.ours(Engine(index, config))
    return mean(ndcg(rank(query.text, TOP), query.relevant) for query in asked)


def ndcg(ranked: Sequence[str], relevant: Mapping[str, int]) -> float:
    """nDCG@10 with the grade as gain, as trec_eval has it."""
    ideal = sorted(relevant.values(), reverse=True)[:TOP]
    return _gain(relevant.get(id, 0) for id in ranked[:TOP]) / max(_gain(iter(ideal)), 1e-9)


def _gain(grades: Iterator[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def ascend(objective: Callable[[Config], float], start: Config, rounds: int, deadline: float) -> Config:
    """The best Config that moving one number at a time finds before the deadline."""
    best, value = start, objective(start)
    for round in range(1, rounds + 1):
        before = best
        for group, name in _names(start):
            for direction in (_STEP, 1 / _STEP):
                moved = False
                while time.monotonic() < deadline:
                    candidate = _moved(best, group, name, direction)
                    if candidate == best or (found := objective(candidate)) < value + GAIN:
                        break
                    best, value, moved = candidate, found, True
                    number = getattr(getattr(best, group), name)
                    print(f"round {round}: {name} = {number:.3g} → {value:.4f}", file=sys.stderr, flush=True)
                if moved:
                    break  # what was just left behind need not be tried again
        if best == before or time.monotonic() >= deadline:
            break
    return best


def _names(config: Config) -> list[tuple[str, str]]:
    return [(group, name) for group in ("weights", "similarity") for name in asdict(getattr(config, group))]


def _moved(config: Config, group: str, name: str, factor: float) -> Config:
    """A Config with one number multiplied, rounded to two digits, within its limits."""
    numbers = getattr(config, group)
    old = getattr(numbers, name)
    if old:
        new = 0.0 if old * factor < _ZERO else float(f"{old * factor:.2g}")
    else:
        new = 0.05 if factor > 1 else 0.0
    low, high = _LIMITS.get(name, (0.0, 10.0))
    return replace(config, **{group: replace(numbers, **{name: min(max(new, low), high)})})


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    if reason := mixes.missing(options.data):
        print(reason)
        return 2
    learning, reporting = _samples(options)
    start = Config()
    objective = Objective(learning)
    began = time.monotonic()
    best = ascend(objective, start, options.rounds, began + options.minutes * 60)
    halves = {"learned on": objective, "held out": Objective(reporting)}
    _report(halves, start, best, time.monotonic() - began)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tune", description=__doc__)
    parser.add_argument("--sets", default="", metavar="A,B", help=f"default: {','.join(mixes.MIXES)}")
    parser.add_argument("--sample", type=int, default=100, metavar="N", help="queries of a mix, about")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--minutes", type=float, default=15, metavar="N", help="stop moving after that")
    mixes.add_options(parser)
    return parser.parse_args(arguments)


def _samples(options: argparse.Namespace) -> tuple[list[Sample], list[Sample]]:
    """Even queries to learn from, odd ones to report on; the same number of each mix."""
    halves: tuple[list[Sample], list[Sample]] = ([], [])
    for mix in mixes.chosen(options.sets):
        index = index_for(mix, options.data, options.cache)
        asked = mixes.queries(mix, options.data)
        for parity, samples in enumerate(halves):
            own = {name: mixes.under(name, asked)[parity::2] for name in CONDITIONS}
            stride = max(1, len(asked) // 2 // options.sample)
            samples.append(Sample(mix.name, index, {name: half[::stride] for name, half in own.items()}))
    return halves


def _report(halves: Mapping[str, Objective], start: Config, best: Config, seconds: float) -> None:
    head = ["nDCG@10"]
    rows = [[f"{mix}, {condition}"] for mix, condition in next(iter(halves.values())).scores(start)]
    rows.append(["mean"])
    for name, objective in halves.items():
        for when, config in (("before", start), ("after", best)):
            head.append(f"{name}, {when}")
            values = [*objective.scores(config).values(), objective(config)]
            for row, value in zip(rows, values, strict=True):
                row.append(f"{value:.4f}")
    print(f"\nafter {seconds:.0f} s\n")
    print(table(head, rows))
    print("\nthe numbers found; those that changed say what they were")
    for group, name in _names(best):
        was, now = (getattr(getattr(config, group), name) for config in (start, best))
        note = "" if was == now else f"  # was {was:g}"
        print(f"{type(getattr(best, group)).__name__}.{name}: float = {now:g}{note}")


if __name__ == "__main__":
    sys.exit(main())
