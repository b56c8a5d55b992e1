"""Are the answers what they were? `python -m benchmarks.rankings [--against CHECKOUT]`.

Prints a digest of the ids and the scores (six significant digits) that 1,000 queries find in xquad-mix,
piaf-mix and the sample corpus, for each way of typing them, and one of everything a page shows of them.
A change that is to leave the answers alone prints the same digests before and after.

With --against, another checkout of the project answers the same queries in turn with this one, over the
indexes that its own code makes, and what differs and the ratio of the times are printed.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import search
from benchmarks import mixes
from benchmarks.indexes import index_for
from benchmarks.measuring import table
from benchmarks.mixes import ROOT
from search import Page, SearchRequest
from search.evaluate import conditions

QUERIES = {"xquad-mix": 455, "piaf-mix": 455, "corpus": 90}
"""How many queries of each set, taken at equal distances."""
DEPTH = 20
OPERATORS = "operators"


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    if options.serve:
        return _serve(options)
    if reason := mixes.missing(options.data):
        print(reason)
        return 2
    here = _Answers(ROOT, options)
    other = _Answers(options.against, options) if options.against else None
    rows = []
    for name in QUERIES:
        for condition, asked in _asked(name, options.data).items():
            answers = [here.ask(name, text, options.rounds if other else 1) for text in asked]
            row = [name, condition, f"{len(asked):,}", _digest(answers, "ranking"), _digest(answers, "page")]
            if other:
                theirs = [other.ask(name, text, options.rounds) for text in asked]
                row += _compared(asked, answers, theirs)
            rows.append(row)
            print(f"{name}: {condition} done", file=sys.stderr, flush=True)
    head = ["set", "typed", "queries", "ranking", "page"]
    print(table([*head, "rankings differ", "pages differ", "time ÷ other"] if other else head, rows))
    if other:
        ratio = sum(here.spent) / sum(other.spent)
        print(f"\nall queries: {ratio:.3f} × the time of the other; median {_ratio(here.spent, other.spent)}")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rankings", description=__doc__)
    parser.add_argument("--against", type=Path, metavar="CHECKOUT", help="another checkout to compare with")
    parser.add_argument("--rounds", type=int, default=3, help="times each query is asked; the best counts")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    mixes.add_options(parser)
    return parser.parse_args(arguments)


def _asked(name: str, data: Path) -> Mapping[str, list[str]]:
    """The queries of a set by condition; one more condition has operators in each."""
    queries = {query.id: query.text for query in mixes.queries(mixes.MIXES[name], data)}
    chosen = list(queries)[:: max(1, len(queries) // QUERIES[name])][: QUERIES[name]]
    asked = {condition: [texts[id] for id in chosen] for condition, texts in conditions(queries).items()}
    return asked | {OPERATORS: [_with_operators(queries[id], place) for place, id in enumerate(chosen)]}


def _with_operators(text: str, place: int) -> str:
    words = (text.split() * 4)[:4]
    forms = (
        f'"{words[0]} {words[1]}" {words[2]}',
        f"{words[0][:3]}* {words[1]}",
        f"{words[0]} +{words[1]} -{words[2]}",
        f"{words[0]} OR {words[1]} title:{words[2]}",
        f"({words[0]} {words[1]}) AND {words[2]} lang:vi",
        f'"{words[0]} {words[2]}"~3 {words[3]}',
    )
    return forms[place % len(forms)]


class _Answers:
    """What one checkout answers: a process of its own, asked a query a line."""

    def __init__(self, checkout: Path, options: argparse.Namespace) -> None:
        cache = options.cache if checkout == ROOT else checkout / ".cache" / "benchmarks"
        places = ("--data", str(options.data.absolute()), "--cache", str(cache.absolute()))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.rankings", "--serve", *places],
            cwd=checkout,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.spent: list[float] = []

    def ask(self, name: str, text: str, rounds: int) -> dict[str, Any]:
        """The digests of an answer; the least of the times it took is kept in `spent`."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([name, text, rounds]) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        self.spent.append(answer["ms"])
        return answer


def _serve(options: argparse.Namespace) -> int:
    engines: dict[str, search.Engine] = {}
    for line in sys.stdin:
        name, text, rounds = json.loads(line)
        if name not in engines:
            engines[name] = search.open(index_for(mixes.MIXES[name], options.data, options.cache))
        spent = []
        for _ in range(rounds):
            began = time.perf_counter()
            engines[name].search(SearchRequest(text))
            spent.append((time.perf_counter() - began) * 1000)
        page = engines[name].search(SearchRequest(text, limit=DEPTH))
        answer = {"ms": min(spent), "ranking": _short(_ranking(page)), "page": _short(_shown(page))}
        print(json.dumps(answer), flush=True)
    return 0


def _ranking(page: Page) -> Iterator[str]:
    """The answer as such: what is found, in which order, with which scores."""
    yield f"{page.total} {page.collapsed}"
    for hit in page.hits:
        yield f"{hit.id} {hit.score:.6g}"


def _shown(page: Page) -> Iterator[str]:
    """All that a page shows of the answer, by place, for fields may change their names."""
    yield from _ranking(page)
    for hit in page.hits:
        spans = (hit.title_highlights, hit.snippet_highlights)
        why = [(each.word, each.found, str(each.how)[0]) for each in hit.explanation]
        yield f"{hit.snippet} {spans} {why} {hit.other_diacritics} {[each.id for each in hit.similar]}"
    for facet, values in sorted(page.facets.items()):
        yield f"{facet} {[(each.value, each.count) for each in values]}"
    yield f"{[(each.start, each.end) for each in page.warnings]}"
    yield f"{[(each.word, [(s.text, s.count) for s in each.spellings]) for each in page.likely_accents]}"
    yield f"{[(each.query, str(each.why)) for each in page.suggestions]}"


def _short(lines: Iterator[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()[:16]


def _digest(answers: Sequence[Mapping[str, Any]], what: str) -> str:
    return _short(answer[what] for answer in answers)


def _compared(
    asked: Sequence[str], ours: Sequence[Mapping[str, Any]], theirs: Sequence[Mapping[str, Any]]
) -> list[str]:
    cells = []
    for what in ("ranking", "page"):
        differing = [
            text for text, own, other in zip(asked, ours, theirs, strict=True) if own[what] != other[what]
        ]
        for text in differing[:3]:
            print(f"  {what} differs: {text}", file=sys.stderr)
        cells.append(str(len(differing)))
    spent = [[answer["ms"] for answer in answers] for answers in (ours, theirs)]
    return [*cells, _ratio(*spent)]


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> str:
    return f"{median(own / other for own, other in zip(ours, theirs, strict=True)):.3f}"


if __name__ == "__main__":
    sys.exit(main())
