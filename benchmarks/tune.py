"""Chooses the numbers of search/config.py across sets, and leaves each set out: `python -m benchmarks.tune`.

Coordinate ascent over the numbers of Similarity and Weights: each in turn is moved as long as that helps.
What is maximised is the mean over the sets of accented and unaccented nDCG@10. For each set the numbers are
chosen once without it, and what they are worth on it can be hoped for on text that nobody has seen.
Everything measured is kept in the cache, so that a run that was stopped goes on where it was.
"""

import argparse
import json
import math
import multiprocessing
import sys
import time
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import search
from benchmarks import mixes, numbers, rankers
from benchmarks.derived import JudgedQuery
from benchmarks.indexes import digest, index_for
from benchmarks.measures import TOP, ndcg
from benchmarks.measuring import table
from benchmarks.mixes import REGRESSION, ROOT
from search.config import Config
from search.evaluate import compare

CONDITIONS = ("accented", "unaccented")
GAIN = 0.0005
"""A number stays as it is unless another value gains at least so much: smaller gains are luck."""


Values = Mapping[str, float]
"""nDCG@10 by condition and query."""
Measure = Callable[[Config], Mapping[str, Values]]
"""The values of each set under a Config."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A set, its index, and its queries under each condition; `version` tells the code of both."""

    name: str
    index: Path
    version: str
    queries: Mapping[str, Sequence[JudgedQuery]]


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    if reason := mixes.missing(options.data):
        print(reason)
        return 2
    samples = _samples(options)
    began = time.monotonic()
    with multiprocessing.get_context("spawn").Pool(options.jobs) as pool:
        memory = _remembered(options.cache)

        def measure(config: Config) -> Mapping[str, Values]:
            return _measured(samples, config, memory, pool.imap, options.cache)

        start = Config()
        names = [sample.name for sample in samples]
        chosen: dict[str, Config] = {}
        for number, left_out in enumerate(("", *names)):
            others = [name for name in names if name != left_out]
            left = began + options.minutes * 60 - time.monotonic()
            deadline = time.monotonic() + left / (len(samples) + 1 - number)
            what = f"without {left_out}" if left_out else "all sets"
            chosen[left_out] = ascend(_macro(measure, others), start, options.rounds, deadline, what)
            if time.monotonic() > deadline:
                print(f"{what}: stopped before the end; run it again, it goes on from here", file=sys.stderr)
        _report(measure, names, start, chosen)
    print(f"\n{time.monotonic() - began:.0f} s")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tune", description=__doc__)
    usual = ",".join(mix.name for mix in mixes.chosen("") if mix.name not in REGRESSION)
    parser.add_argument("--sets", default=usual, metavar="A,B", help=f"default: {usual}")
    parser.add_argument("--queries", type=int, default=200, metavar="N", help="queries of a set, at most")
    parser.add_argument("--rounds", type=int, default=2, metavar="N")
    parser.add_argument("--minutes", type=float, default=120, metavar="N", help="stop moving after that")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes that search")
    parser.add_argument("--as-is", action="store_true", help="take indexes that other code made")
    mixes.add_options(parser)
    return parser.parse_args(arguments)


def _samples(options: argparse.Namespace) -> list[Sample]:
    samples = []
    code = digest(*(path for path in sorted((ROOT / "search").iterdir()) if path.name != "config.py"))
    for mix in mixes.chosen(options.sets):
        index = index_for(mix, options.data, options.cache, options.as_is)
        asked = mixes.under(mixes.queries(mix, options.data, mixes.QUERIES))
        stride = max(1, math.ceil(len(asked["accented"]) / options.queries))
        queries = {condition: asked[condition][::stride] for condition in CONDITIONS}
        version = code + (index.parent / "made-by").read_text(encoding="ascii")
        samples.append(Sample(mix.name, index, version, queries))
    return samples


def _measured(
    samples: Sequence[Sample],
    config: Config,
    memory: MutableMapping[str, Values],
    spread: Callable[..., Iterable[Values]],
    cache: Path,
) -> Mapping[str, Values]:
    """The values of each set, from memory where they were measured before."""
    keys = {sample.name: _key(sample, config) for sample in samples}
    unknown = [sample for sample in samples if keys[sample.name] not in memory]
    found = spread(run, [(sample, config) for sample in unknown])
    for sample, values in zip(unknown, found, strict=True):
        memory[keys[sample.name]] = values
        with _memory_file(cache).open("a", encoding="utf-8") as file:
            file.write(json.dumps([keys[sample.name], values]) + "\n")
    return {name: memory[key] for name, key in keys.items()}


def _key(sample: Sample, config: Config) -> str:
    return digest(sample.version, sample.name, repr(sorted(sample.queries.items())), repr(config))


def run(task: tuple[Sample, Config]) -> Values:
    """nDCG@10 of all queries of a set: the engine as a whole, opened with the numbers of a Config."""
    sample, config = task
    engine = search.open(sample.index, config)
    rank = rankers.ours(engine)
    values = {
        f"{condition} {query.id}": ndcg(rank(query.text, TOP), query.relevant)
        for condition, asked in sample.queries.items()
        for query in asked
    }
    engine.close()
    return values


def _memory_file(cache: Path) -> Path:
    return cache / "tune.jsonl"


def _remembered(cache: Path) -> dict[str, Values]:
    path = _memory_file(cache)
    if not path.is_file():
        return {}
    return dict(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def _macro(measure: Measure, names: Sequence[str]) -> Callable[[Config], float]:
    """The mean over some sets."""

    def value(config: Config) -> float:
        found = measure(config)
        return mean(mean(found[name].values()) for name in names)

    return value


def ascend(
    objective: Callable[[Config], float], start: Config, rounds: int, deadline: float, what: str = ""
) -> Config:
    """The best Config that moving one number at a time finds, in so many rounds or before the deadline."""
    best, value = start, objective(start)
    for _ in range(rounds):
        before = best
        for group, name in numbers.movable(start):
            for direction in (1, -1):
                moved = False
                while time.monotonic() < deadline:
                    candidate = numbers.move(best, group, name, direction)
                    if candidate == best or (found := objective(candidate)) < value + GAIN:
                        break
                    best, value, moved = candidate, found, True
                    now = numbers.value(best, group, name)
                    print(f"{what}: {name} = {now:.3g} → {value:.4f}", file=sys.stderr, flush=True)
                if moved:
                    break  # what was just left behind need not be tried again
        if best == before:
            break
    return best


def _report(measure: Measure, names: Sequence[str], start: Config, chosen: Mapping[str, Config]) -> None:
    before, together = measure(start), measure(chosen[""])
    after = {name: measure(chosen[name])[name] for name in names}
    rows = []
    for name in names:
        difference, p = compare(before[name], after[name])
        means = [mean(values[name].values()) for values in (before, after, together)]
        rows.append([name, *(f"{value:.4f}" for value in means), f"{difference:+.4f}", f"{p:.3f}"])
    macro = [mean(mean(values[name].values()) for name in names) for values in (before, after, together)]
    pooled = [
        {f"{name} {id}": value for name in names for id, value in values[name].items()}
        for values in (before, after)
    ]
    difference, p = compare(*pooled)
    rows.append(
        ["macro; all queries", *(f"{value:.4f}" for value in macro), f"{difference:+.4f}", f"{p:.3f}"]
    )
    print("nDCG@10, accented and unaccented; the paired test is between the first two\n")
    head = ["set", "committed", "chosen without it", "chosen with all", "difference", "p"]
    print(table(head, rows))
    print("\nthe numbers\n")
    configs = [start, *chosen.values()]
    values = {
        name: [numbers.value(config, group, name) for config in configs]
        for group, name in numbers.movable(start)
    }
    shown = [[name, *(f"{each:g}" for each in own)] for name, own in values.items() if len(set(own)) > 1]
    head = ["", "committed", *(f"without {left_out}" if left_out else "all sets" for left_out in chosen)]
    print(table(head, shown) if shown else "none has moved")


if __name__ == "__main__":
    sys.exit(main())
