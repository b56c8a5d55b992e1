"""Ranking quality on the judged sets, beside six peers: `python -m benchmarks.relevance`.

nDCG@10 of every set under every condition. A star is the best of its row. `macro` is the mean of the sets
that count (the old mixes do not); of the peers, stock Whoosh only ranks small sets.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean

import numpy as np

import search
from benchmarks import measures, mixes, numbers, rankers
from benchmarks.conditions import CONDITIONS
from benchmarks.derived import JudgedQuery
from benchmarks.indexes import index_for
from benchmarks.measuring import table
from benchmarks.mixes import REGRESSION, Mix
from benchmarks.rankers import Ranker
from search.evaluate import compare

OURS = "ours"
KNOWN = "known-item"


@dataclass(frozen=True, slots=True)
class Score:
    """One engine on one set under one condition: nDCG@10 and the first relevant place of each query."""

    set: str
    engine: str
    condition: str
    ndcg: Mapping[str, float]
    places: Mapping[str, int]
    ms: tuple[float, float]
    """Milliseconds of a query with ten snippets, half of them below the one, 95 % below the other."""

    @property
    def mean(self) -> float:
        """nDCG@10."""
        return mean(self.ndcg.values())


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    if reason := mixes.missing(options.data):
        print(reason)
        return 2
    scores: list[Score] = []
    for mix in mixes.chosen(options.sets):
        began = time.perf_counter()
        asked = mixes.queries(mix, options.data, options.queries)
        typed = {name: own[:: options.every] for name, own in mixes.under(asked).items()}
        for name, ranker in _engines(mix, options):
            for condition in options.conditions:
                scores.append(_score(mix.name, name, condition, ranker, typed[condition]))
            _tell(f"{mix.name}: {name} done after {time.perf_counter() - began:.0f} s")
    if options.json:
        options.json.write_text(json.dumps([asdict(score) for score in scores]), encoding="utf-8")
    for condition in options.conditions:
        print(f"\n{condition}\n")
        print(_table([score for score in scores if score.condition == condition]))
    _report_losses(scores)
    _report_ratios([score for score in scores if score.engine == OURS])
    _report_known([score for score in scores if score.set == KNOWN])
    if options.against:
        _report_against(scores, options.against)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relevance", description=__doc__)
    parser.add_argument("--sets", default="", metavar="A,B", help=f"default: {mixes.usual()}")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth query")
    parser.add_argument(
        "--queries", type=int, default=mixes.QUERIES, metavar="N", help="the first N queries of a set"
    )
    parser.add_argument("--conditions", type=_conditions, default=CONDITIONS, metavar="A,B")
    parser.add_argument("--only-ours", action="store_true", help="leave out the peers")
    parser.add_argument("--peers", default="", metavar="A,B", help=f"only these: {','.join(rankers.PEERS)}")
    parser.add_argument(
        "--numbers", type=numbers.given, default="", metavar="A=1,B=2", help="other numbers of the ranking"
    )
    parser.add_argument("--as-is", action="store_true", help="take indexes that other code made")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the values of each query")
    parser.add_argument("--against", type=Path, metavar="FILE", help="a kept run to compare ours with")
    mixes.add_options(parser)
    return parser.parse_args(arguments)


def _conditions(names: str) -> tuple[str, ...]:
    wanted = tuple(names.split(","))
    if unknown := set(wanted) - set(CONDITIONS):
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: there are {', '.join(CONDITIONS)}")
    return wanted


def _engines(mix: Mix, options: argparse.Namespace) -> Iterator[tuple[str, Ranker]]:
    engine = search.open(index_for(mix, options.data, options.cache, options.as_is), options.numbers)
    yield OURS, rankers.ours(engine)
    count = engine.status().documents
    engine.close()
    wanted = [name for name in options.peers.split(",") if name] or list(rankers.PEERS)
    for name in () if options.only_ours else wanted:
        if name == "Whoosh" and count > rankers.SMALL:
            continue
        try:
            yield name, rankers.PEERS[name](mixes.documents(mix, options.data), mix.language)
        except ImportError as error:  # the others are still compared
            _tell(f"{mix.name}: {name} left out: {error}")


def _score(set: str, engine: str, condition: str, ranker: Ranker, asked: Sequence[JudgedQuery]) -> Score:
    values: dict[str, float] = {}
    places: dict[str, int] = {}
    spent: list[float] = []
    for query in asked:
        began = time.perf_counter()
        found = ranker(query.text, measures.TOP)
        spent.append((time.perf_counter() - began) * 1000)
        values[query.id] = measures.ndcg(found, query.relevant)
        places[query.id] = measures.place(found, query.relevant)
    p50, p95 = np.percentile(spent, (50, 95))
    return Score(set, engine, condition, values, places, (float(p50), float(p95)))


def _table(scores: Sequence[Score]) -> str:
    """Sets in rows, engines in columns."""
    engines = list(dict.fromkeys(score.engine for score in scores))
    by_set: dict[str, dict[str, Score]] = {}
    for score in scores:
        by_set.setdefault(score.set, {})[score.engine] = score
    rows = []
    for name, own in by_set.items():
        values = {engine: own[engine].mean for engine in own}
        speed = f"{own[OURS].ms[0]:.0f}/{own[OURS].ms[1]:.0f}"
        note = " (regression)" if name in REGRESSION else ""
        rows.append([f"{name}{note}", str(len(own[OURS].ndcg)), *_cells(values, engines), speed])
    counting = [own for name, own in by_set.items() if name not in REGRESSION]
    for label, among in (("macro", counting), ("macro, where all rank", _full(counting, engines))):
        everywhere = [engine for engine in engines if all(engine in own for own in among)]
        means = {engine: mean(own[engine].mean for own in among) for engine in everywhere} if among else {}
        if among and (label == "macro" or among != counting):
            rows.append([f"{label} ({len(among)})", "", *_cells(means, engines), ""])
    return table(["nDCG@10", "queries", *engines, "ms p50/p95"], rows)


def _full(sets: Sequence[Mapping[str, Score]], engines: Sequence[str]) -> list[Mapping[str, Score]]:
    return [own for own in sets if len(own) == len(engines)]


def _cells(values: Mapping[str, float], engines: Sequence[str]) -> list[str]:
    best = max(values.values(), default=0.0)
    return [_cell(values.get(engine), best) for engine in engines]


def _cell(value: float | None, best: float) -> str:
    if value is None:
        return "—"
    return f"{value:.3f}{'*' if round(value, 3) == round(best, 3) else ' '}"


def _report_losses(scores: Sequence[Score]) -> None:
    """Where a peer does better than we do, and whether that is luck."""
    ours = {(score.set, score.condition): score for score in scores if score.engine == OURS}
    if len(ours) == len(scores):
        return
    print("\nwhere a peer beats us (p of a paired test by query)\n")
    losses = [
        (f"{score.set}, {score.condition}", score, *compare(own.ndcg, score.ndcg))
        for score in scores
        if score.mean > (own := ours[score.set, score.condition]).mean
    ]
    rows = [[where, score.engine, f"{by:+.3f}", f"{p:.3f}"] for where, score, by, p in losses]
    print(table(["where", "peer", "by", "p"], rows) if rows else "nowhere")


def _report_ratios(ours: Sequence[Score]) -> None:
    """What is left of the accented nDCG@10 when people type otherwise."""
    counting = [score for score in ours if score.set not in REGRESSION]
    means = {
        condition: mean(own)
        for condition in CONDITIONS
        if (own := [score.mean for score in counting if score.condition == condition])
    }
    if means.get("accented"):
        shown = (f"{name} ÷ accented {value / means['accented']:.3f}" for name, value in means.items())
        print("\n" + "; ".join(list(shown)[1:]))


def _report_known(scores: Sequence[Score]) -> None:
    """Known items found first, in 3, in 10, by kind of query."""
    rows = []
    for score in scores:
        kinds: dict[str, list[int]] = {"all": list(score.places.values())}
        for id, place in score.places.items():
            kinds.setdefault(id.rpartition("-")[0], []).append(place)
        for kind, places in kinds.items():
            shares = [f"{mean(0 < place <= top for place in places):.3f}" for top in (1, 3, 10)]
            rows.append([f"{score.condition}, {kind}", score.engine, str(len(places)), *shares])
    if rows:
        print(
            "\nknown items\n\n" + table(["typed, kind", "engine", "queries", "first", "in 3", "in 10"], rows)
        )


def _report_against(scores: Sequence[Score], path: Path) -> None:
    kept = {
        (old["set"], old["condition"]): old["ndcg"]
        for old in json.loads(path.read_text(encoding="utf-8"))
        if old["engine"] == OURS
    }
    rows = []
    for score in scores:
        before = kept.get((score.set, score.condition))
        if score.engine == OURS and before:
            difference, p = compare(before, score.ndcg)
            rows.append(
                [f"{score.set}, {score.condition}", f"{score.mean:.3f}", f"{difference:+.4f}", f"{p:.3f}"]
            )
    print(f"\nours beside {path}\n\n" + table(["where", "now", "difference", "p"], rows))


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
