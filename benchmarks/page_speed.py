"""A whole page beside other engines: `python -m benchmarks.page_speed INDEX`.

Ten hits with snippets and the number of matches, over the documents of an index (see `benchmarks.scale`), on
kinds of queries that people ask. All take turns, query by query. *First* is an index opened anew, so that
nothing is remembered of its terms; *warm* is the same query again. Ours also counts facets and complete
matches, and searches the other language; `search` leaves out what a site adds, `html` and `json` are whole
answers. Peers' indexes are made beside the cache of the benchmarks, once for each generation.
"""

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

import search
from benchmarks import mixes
from benchmarks.measuring import once, table
from benchmarks.page_peers import PEERS, STOCK_DOCUMENTS, Answer, documents
from benchmarks.page_queries import kinds
from search import SearchRequest
from search.engines.registry import open_store
from web import create_app
from web.settings import Settings

_ROUNDS = 3
Times = dict[str, list[float]]
"""What was timed → the milliseconds of each query."""


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    if reason := mixes.missing(options.data):
        print(reason)
        return 2
    asked = {
        kind: queries
        for kind, queries in kinds(options.data, options.queries).items()
        if not options.kinds or kind in options.kinds.split(",")
    }
    engine = search.open(options.index)
    peers = _peers(options)
    pages = _pages(engine)
    rows: list[list[str]] = []
    stage_rows: list[list[str]] = []
    thread_rows: list[list[str]] = []
    for kind, queries in asked.items():
        took, stages = _timed(options.index, engine, queries, peers, pages)
        rows.append(_row(kind, took, list(peers)))
        stage_rows.append(
            [kind, *(f"{_at(stages[name], 50):.1f}/{_at(stages[name], 95):.1f}" for name in STAGES)]
        )
        if options.threads > 1:
            thread_rows.append([kind, *_threads(engine, queries, peers, options.threads)])
        print(f"measured: {kind}", file=sys.stderr, flush=True)
    names = [f"{name} {when}" for name in peers for when in ("first", "warm")]
    print(
        "p50/p95 of ours in ms; of others how many times theirs ours takes, p50/p95: below 1 ours is faster\n"
    )
    print(
        table(["kind", "first", "warm", "no bridge", "html", "json", *(f"÷ {name}" for name in names)], rows)
    )
    print("\nstages of ours, warm, ms p50/p95\n")
    print(table(["kind", *STAGES], stage_rows))
    if thread_rows:
        print(f"\npages a second from {options.threads} threads\n")
        print(table(["kind", "ours", *peers], thread_rows))
    return 0


STAGES = ("cross", "resolve", "execute", "highlight", "suggest")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.page_speed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("--queries", type=int, default=20, metavar="N", help="of a kind")
    parser.add_argument("--kinds", default="", metavar="A,B", help="default: all")
    parser.add_argument("--peers", default=",".join(PEERS), metavar="A,B", help="empty for none")
    parser.add_argument("--threads", type=int, default=4, metavar="N", help="1 leaves that table out")
    mixes.add_options(parser)
    return parser.parse_args(arguments)


def _peers(options: argparse.Namespace) -> Mapping[str, Answer]:
    live = open_store(str(options.index)).live()
    opened: dict[str, Answer] = {}
    for name in filter(None, options.peers.split(",")):
        if name == "Whoosh" and live.manifest.documents > STOCK_DOCUMENTS:
            print(
                f"left out: stock Whoosh, which would index {live.manifest.documents:,} documents for hours"
            )
            continue
        folder = options.cache / "pages" / live.name / name
        began = time.perf_counter()
        try:
            opened[name] = PEERS[name](folder, documents(options.index))
        except ImportError as error:
            print(f"left out: {name}: {error}")
            continue
        print(f"{name}: opened after {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    return opened


def _pages(engine: search.Engine) -> Mapping[str, Answer]:
    """Whole answers of the site, without the network."""
    app = create_app(engine=engine, settings=replace(Settings.read(), rate="off"))
    client = app.test_client()
    return {
        "html": lambda text: client.get("/", query_string={"q": text}).data,
        "json": lambda text: client.get("/api/search", query_string={"q": text}).data,
    }


def _timed(
    index: Path,
    engine: search.Engine,
    queries: Sequence[str],
    peers: Mapping[str, Answer],
    pages: Mapping[str, Answer],
) -> tuple[Times, Times]:
    """The milliseconds of each query by what was timed, and those of each stage of ours."""
    took: Times = {}
    stages: Times = {name: [] for name in STAGES}
    calls: dict[str, Answer] = {
        "warm": lambda text: engine.search(SearchRequest(text)),
        "no bridge": lambda text: engine.search(SearchRequest(text, cross=False)),
        **pages,
        **{f"{name} warm": peer for name, peer in peers.items()},
    }
    for text in queries:
        fresh = search.open(index)
        took.setdefault("first", []).append(once(partial(fresh.search, SearchRequest(text))))
        fresh.close()
        for name, peer in peers.items():
            took.setdefault(f"{name} first", []).append(once(partial(peer, text)))
        for call in calls.values():
            call(text)
        samples: Times = {name: [] for name in calls}
        for _ in range(_ROUNDS):
            for name, call in calls.items():
                samples[name].append(once(partial(call, text)))
        for name, own in samples.items():
            took.setdefault(name, []).append(float(np.median(own)))
        laps = engine.search(SearchRequest(text)).stages_ms
        for name in STAGES:
            stages[name].append(laps.get(name, 0.0))
    return took, stages


def _row(kind: str, took: Times, peers: Sequence[str]) -> list[str]:
    own = [
        f"{_at(took[n], 50):.1f}/{_at(took[n], 95):.1f}"
        for n in ("first", "warm", "no bridge", "html", "json")
    ]
    ratios = [
        f"{_at(took[when], 50) / _at(took[f'{name} {when}'], 50):.2g}"
        f"/{_at(took[when], 95) / _at(took[f'{name} {when}'], 95):.2g}"
        for name in peers
        for when in ("first", "warm")
    ]
    return [kind, *own, *ratios]


def _threads(
    engine: search.Engine, queries: Sequence[str], peers: Mapping[str, Answer], threads: int
) -> list[str]:
    """Pages a second of each engine, asked from several threads."""

    def ours(text: str) -> object:
        return engine.search(SearchRequest(text))

    rates: list[str] = []
    for answer in (ours, *peers.values()):
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(answer, queries))  # each thread opens its own connection
            began = time.perf_counter()
            list(pool.map(answer, [*queries] * 2))
            rates.append(f"{2 * len(queries) / (time.perf_counter() - began):.0f}")
    return rates


def _at(values: Sequence[float], percent: int) -> float:
    return float(np.percentile(values, percent))


if __name__ == "__main__":
    sys.exit(main())
