"""Ranking quality on the standard mixes, beside tantivy and SQLite FTS5: `python -m benchmarks.relevance`.

Every engine gets the same tokens. Ours is also timed from the query to the page, snippets included.
All queries of all mixes take half an hour, most of it for snippets; `--every 10` a few minutes.
"""

import argparse
import json
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec

import numpy as np

import search
from benchmarks import mixes, rankers
from benchmarks.indexes import index_for
from benchmarks.measuring import once, table
from benchmarks.mixes import CONDITIONS, JudgedQuery, Mix
from benchmarks.rankers import Ranker
from search import SearchRequest

DEPTH = 100
MEASURES = ("nDCG@10", "RR@10", "R@100")


@dataclass(frozen=True, slots=True)
class Score:
    """One engine on one mix under one condition."""

    mix: str
    engine: str
    condition: str
    queries: int
    measures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from a query to its page, all conditions together."""

    mix: str
    p50: float
    p95: float


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    if reason := mixes.missing(options.data):
        print(reason)
        return 2
    if find_spec("ir_measures") is None:
        print("ir-measures is not installed; pip install -r requirements-dev.txt")
        return 2
    scores: list[Score] = []
    latencies: list[Latency] = []
    for mix in mixes.chosen(options.sets):
        engine = search.open(index_for(mix, options.data, options.cache))
        asked = mixes.queries(mix, options.data)
        for name, ranker in _engines(mix, engine, options):
            for condition in CONDITIONS:
                sample = mixes.under(condition, asked)[:: options.every]
                scores.append(Score(mix.name, name, condition, len(sample), measured(ranker, sample)))
            print(f"{mix.name}: {name} done", file=sys.stderr, flush=True)
        latencies.append(_latency(mix, engine, asked, options.every))
        engine.close()
    if options.json:
        document = {"scores": [asdict(s) for s in scores], "latency_ms": [asdict(x) for x in latencies]}
        print(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        _report(scores, latencies)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relevance", description=__doc__)
    parser.add_argument("--sets", default="", metavar="A,B", help=f"default: {','.join(mixes.MIXES)}")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth query")
    parser.add_argument("--only-ours", action="store_true", help="leave out the peers")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    mixes.add_options(parser)
    return parser.parse_args(arguments)


def _engines(mix: Mix, engine: search.Engine, options: argparse.Namespace) -> Iterator[tuple[str, Ranker]]:
    yield "ours", rankers.ours(engine)
    if options.only_ours:
        return
    peers: dict[str, Callable[[], Ranker]] = {
        "tantivy": lambda: rankers.tantivy(mixes.documents(mix, options.data), mix.language),
        "FTS5": lambda: rankers.fts5(mixes.documents(mix, options.data)),
    }
    for name, make in peers.items():
        try:
            ranker = make()
        except (ImportError, sqlite3.Error) as error:  # the others are still compared
            print(f"{mix.name}: {name} left out: {error}", file=sys.stderr)
            continue
        yield name, ranker


def measured(ranker: Ranker, asked: Sequence[JudgedQuery]) -> dict[str, float]:
    """The measures of a ranker on judged queries."""
    import ir_measures

    run: dict[str, dict[str, float]] = {}
    for query in asked:
        found = ranker(query.text, DEPTH)
        # by rank: tools break ties of equal scores in their own way
        run[query.id] = {id: 1 / rank for rank, id in enumerate(found, 1)} or {"nothing": 0.0}
    judged = {query.id: dict(query.relevant) for query in asked}
    wanted = [ir_measures.parse_measure(name) for name in MEASURES]
    values = ir_measures.calc_aggregate(wanted, judged, run)
    return {name: float(values[measure]) for name, measure in zip(MEASURES, wanted, strict=True)}


def _latency(mix: Mix, engine: search.Engine, asked: Sequence[JudgedQuery], every: int) -> Latency:
    texts = [query.text for condition in CONDITIONS for query in mixes.under(condition, asked)[::every]]
    milliseconds = [once(lambda text=text: engine.search(SearchRequest(text))) for text in texts]  # type: ignore[misc]
    p50, p95 = np.percentile(milliseconds, (50, 95))
    return Latency(mix.name, float(p50), float(p95))


def _report(scores: Sequence[Score], latencies: Sequence[Latency]) -> None:
    by_engine: dict[tuple[str, str], dict[str, Score]] = {}
    for score in scores:
        by_engine.setdefault((score.mix, score.engine), {})[score.condition] = score
    times = {latency.mix: latency for latency in latencies}
    rows = []
    for (mix, engine), own in by_engine.items():
        cells = [
            " ".join(f"{own[condition].measures[name]:.3f}".lstrip("0") for condition in CONDITIONS)
            for name in MEASURES
        ]
        kept = own["unaccented"].measures["nDCG@10"] / max(own["accented"].measures["nDCG@10"], 1e-9)
        spent = (f"{times[mix].p50:.1f}", f"{times[mix].p95:.1f}") if engine == "ours" else ("", "")
        label = f"{mix} ({own['accented'].queries} queries)" if engine == "ours" else ""
        rows.append([label, engine, *cells, f"{kept:.3f}", *spent])
    print(f"\nEach cell: {', '.join(CONDITIONS)}. Kept: unaccented ÷ accented nDCG@10.\n")
    print(table(["mix", "engine", *MEASURES, "kept", "ms p50", "ms p95"], rows))


if __name__ == "__main__":
    sys.exit(main())
