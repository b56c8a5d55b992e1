"""The engine alone beside its peers: `python -m benchmarks.engine_speed`.

The same seeded, Zipf-distributed tokens go into our Whoosh engine, stock Whoosh, SQLite FTS5 and
tantivy; each is asked the same queries for its ten best documents, in one process, taking turns.
Stock Whoosh takes minutes to index 50,000 documents: `--documents 10000` for a quick look.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean, median

from benchmarks.measuring import once, race, table, times
from benchmarks.peers import Fts5, Ours, Peer, Query, StockWhoosh, Tantivy, missing
from benchmarks.synthetic import Corpus

ENGINES: Mapping[str, Callable[[Path, Corpus], Peer]] = {
    "ours": Ours,
    "stock Whoosh": StockWhoosh,
    "FTS5": Fts5,
    "tantivy": Tantivy,
}
COUNTING = "tantivy + total"
TARGETS = (
    ("3 common, OR", "stock Whoosh", 80.0),
    ("3 common, OR", "FTS5", 20.0),
    ("3 common, OR", "tantivy", 1 / 4),
    ("phrase of 2 common", "stock Whoosh", 15.0),
)
"""How many times our milliseconds an engine should need at least."""


@dataclass(frozen=True, slots=True)
class Result:
    """One kind of query: median milliseconds by engine, our first touch, and the totals that differ."""

    family: str
    total: int
    warm: Mapping[str, float]
    cold: float
    disagreements: tuple[str, ...]


def families(corpus: Corpus) -> dict[str, tuple[Query, ...]]:
    """Kinds of queries, three of each.

    Words 20 to 99 are in 70 to 20 % of the documents, words past 3,000 in less than 1 %.
    """

    def words(*ranks: int) -> tuple[str, ...]:
        return tuple(corpus.word(rank) for rank in ranks)

    return {
        "1 common term": tuple(Query("any", words(rank)) for rank in (20, 40, 80)),
        "3 common, OR": tuple(Query("any", words(r, r + 17, r + 50)) for r in (20, 28, 36)),
        "3 rare, OR": tuple(Query("any", words(r, r + 700, r + 1900)) for r in (3000, 4000, 5000)),
        "3 common, AND": tuple(Query("all", words(r, r + 17, r + 50)) for r in (20, 28, 36)),
        "phrase of 2 common": tuple(Query("phrase", words(r, r + 5)) for r in (2, 4, 6)),
        "prefix of 10 words": tuple(Query("prefix", (corpus.word(rank)[:-1],)) for rank in (50, 120, 400)),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    corpus = Corpus(options.documents, options.tokens, seed=options.seed)
    absent = missing()
    for reason in absent:
        print(f"left out: {reason}")
    names = [name for name in ENGINES if not any(reason.startswith(name) for reason in absent)]
    if options.no_stock:
        names.remove("stock Whoosh")
    peers: dict[str, Peer] = {}
    with tempfile.TemporaryDirectory(prefix="engine-speed-") as temporary:
        for name in names:
            folder = Path(temporary, name.replace(" ", "-"))
            folder.mkdir()
            began = time.perf_counter()
            peers[name] = ENGINES[name](folder, corpus)
            took = time.perf_counter() - began
            print(f"indexed by {name}: {took:.1f} s, {corpus.documents / took:,.0f} documents/s", flush=True)
        results = [_result(name, own, peers, options.seconds) for name, own in families(corpus).items()]
        for peer in peers.values():
            peer.close()
    _report(results, peers, corpus)
    return 1 if any(result.disagreements for result in results) else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engine_speed", description=__doc__)
    parser.add_argument("--documents", type=int, default=50_000, metavar="N")
    parser.add_argument("--tokens", type=int, default=250, metavar="N", help="tokens of a document")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1.5, help="for each engine and query")
    parser.add_argument("--no-stock", action="store_true", help="leave out stock Whoosh, which is slow")
    return parser.parse_args(arguments)


def _result(family: str, queries: Sequence[Query], peers: Mapping[str, Peer], seconds: float) -> Result:
    warm: dict[str, list[float]] = {}
    cold: list[float] = []
    disagreements: list[str] = []
    totals: list[int] = []
    for query in queries:
        calls = {name: peer.search(query) for name, peer in peers.items()}
        if isinstance(peer := peers.get("tantivy"), Tantivy):
            calls[COUNTING] = peer.search_and_count(query)
        for name, milliseconds in race(calls, seconds).items():
            warm.setdefault(name, []).append(milliseconds)
        cold.append(_first_touch(peers["ours"], query))
        found = {name: peer.total(query) for name, peer in peers.items()}
        totals.append(found["ours"])
        if len(set(found.values())) > 1:
            disagreements.append(f"{query.kind} {' '.join(query.words)}: {found}")
    means = {name: mean(own) for name, own in warm.items()}
    return Result(family, round(mean(totals)), means, mean(cold), tuple(disagreements))


def _first_touch(peer: Peer, query: Query) -> float:
    """The milliseconds of a query that finds every cache of ours empty; opening is not counted."""
    assert isinstance(peer, Ours)
    plan = peer.plan(query)
    return median(once(partial(searcher.execute, plan)) for searcher in (peer.fresh() for _ in range(5)))


def _report(results: Sequence[Result], peers: Mapping[str, Peer], corpus: Corpus) -> None:
    others = [name for name in (*ENGINES, COUNTING) if name != "ours"]
    rows = []
    for result in results:
        ours = result.warm["ours"]
        cells = [
            f"{result.warm[name]:.2f} ({times(result.warm[name], ours)})" if name in result.warm else "—"
            for name in others
        ]
        rows.append([result.family, f"{result.total:,}", f"{result.cold:.2f}", f"{ours:.3f}", *cells])
    head = ["query", "matches", "ours, first touch", "ours", *others]
    print(f"\n{corpus.documents:,} documents of {corpus.length} tokens; median ms for the top 10 (÷ ours)\n")
    print(table(head, rows))
    print("\nWarm, except the first touch. “tantivy + total” also counts the matches, as ours always does.")
    for line in [line for result in results for line in result.disagreements]:
        print(f"TOTALS DIFFER: {line}")
    if not any(result.disagreements for result in results):
        print(f"All engines agree on how many documents match ({', '.join(peers)}).")
    by_family = {result.family: result.warm for result in results}
    for family, name, least in TARGETS:
        if name in by_family[family]:
            ratio = by_family[family][name] / by_family[family]["ours"]
            verdict = "reached" if ratio >= least else "MISSED"
            print(f"target: {family}, {name} ÷ ours ≥ {least:g}: {ratio:.2f}, {verdict}")


if __name__ == "__main__":
    sys.exit(main())
