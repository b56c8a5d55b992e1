"""How good is the ranking? `python -m search.evaluate DIR`, on any folder of judged queries.

The folder holds `queries.tsv` (`id<TAB>text`) and `qrels.tsv` (`id<TAB>document<TAB>relevance`), and
maybe the documents in `corpus.jsonl`, which are indexed for the time being unless `--index` names an index
of them. Measures are those of ir-measures: nDCG@10, RR@10, R@100, over the queries that have judgements.
"""

import argparse
import json
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ir_measures
from ir_measures import RR, R, nDCG
from scipy.stats import ttest_rel
from unidecode import unidecode

import search
from search.analysis.analyzer import analyze
from search.analysis.normalize import surface
from search.analysis.syllable import is_syllable, split_tone
from search.analysis.token import tokenize
from search.document import Document
from search.engines.registry import open_store
from search.errors import IndexMissing, SearchError
from search.manifest import Manifest
from search.query.typing import encode_telex
from search.request import SearchRequest
from search.settings import add_index_option, default_index

MEASURES = (nDCG @ 10, RR @ 10, R @ 100)
DEPTH = 100
_WHOLE = re.compile(r"-?[0-9]+")
SEED = 5
_NEIGHBOURS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuioiosdfghjkjkxcvbnbn", strict=True))
"""A key beside each one."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Queries by id, and the relevance of documents for each."""

    queries: Mapping[str, str]
    relevance: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The means of one condition, and the values of each query: measure → query → value."""

    condition: str
    means: Mapping[str, float]
    queries: Mapping[str, Mapping[str, float]]


def load(folder: Path) -> Judged:
    """The judged queries of a folder. Raises SearchError that names the line that is wrong."""
    queries = {row[0]: row[1] for row in _rows(folder / "queries.tsv", 2)}
    relevance: dict[str, dict[str, int]] = {}
    for query, document, grade in _rows(folder / "qrels.tsv", 3):
        if not _WHOLE.fullmatch(grade):
            raise SearchError(f"{folder / 'qrels.tsv'}: {grade!r} is not a whole number")
        relevance.setdefault(query, {})[document] = int(grade)
    return Judged({id: text for id, text in queries.items() if id in relevance}, relevance)


def _rows(path: Path, columns: int) -> Iterable[list[str]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SearchError(f"{path} cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        row = line.split("\t")
        if line and len(row) != columns:
            raise SearchError(f"{path}:{number}: {columns} columns expected, {len(row)} found")
        if line:
            yield row


def _by_word(change: Callable[[str], str], text: str) -> str:
    """The text with each token changed, everything else as it was."""
    pieces: list[str] = []
    at = 0
    for token in tokenize(text):
        pieces += (text[at : token.start], change(token.text))
        at = token.end
    return "".join([*pieces, text[at:]])


def _toneless(word: str) -> str:
    return split_tone(word.lower())[0] if is_syllable(surface(word)) else word


def _telex(word: str) -> str:
    return encode_telex(surface(word)) if is_syllable(surface(word)) else word


def _mixed(text: str, random_: random.Random) -> str:
    return " ".join(unidecode(word) if random_.random() < 0.5 else word for word in text.split())


def _slipped(text: str, random_: random.Random) -> str:
    """One slip in one word of five letters or more: two letters swapped, one left out, doubled or another."""
    words = list(re.finditer(r"[^\W\d_]{5,}", text))
    if not words:
        return text
    word = random_.choice(words)
    at = word.start() + random_.randrange(1, len(word[0]) - 1)
    here, after = text[at], text[at + 1]
    near = _NEIGHBOURS.get(unidecode(here.lower()), "e")
    slips = (after + here if after != here else here * 2 + after, after, here * 2 + after, near + after)
    return text[:at] + random_.choice(slips) + text[at + 2 :]


def conditions(queries: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    """The same queries as different people type them."""
    random_ = random.Random(SEED)  # noqa: S311  # the same words are stripped in every run
    return {
        "accented": dict(queries),
        "unaccented": {id: unidecode(text) for id, text in queries.items()},
        "mixed": {id: _mixed(text, random_) for id, text in queries.items()},
        "toneless": {id: _by_word(_toneless, text) for id, text in queries.items()},
        "slip": {id: _slipped(text, random_) for id, text in queries.items()},
        "telex": {id: _by_word(_telex, text) for id, text in queries.items()},
    }


def evaluate(engine: search.Engine, judged: Judged, condition: str) -> Evaluation:
    """Run all queries under a condition and measure."""
    run = {id: _ranking(engine, text) for id, text in conditions(judged.queries)[condition].items()}
    relevance = {id: judged.relevance[id] for id in judged.queries}
    found = ir_measures.iter_calc(MEASURES, relevance, run)
    values: dict[str, dict[str, float]] = {str(measure): {} for measure in MEASURES}
    for metric in found:
        values[str(metric.measure)][metric.query_id] = metric.value
    means = {
        name: sum(own.get(id, 0.0) for id in judged.queries) / max(len(judged.queries), 1)
        for name, own in values.items()
    }
    return Evaluation(condition, means, values)


def _ranking(engine: search.Engine, text: str) -> dict[str, float]:
    page = engine.search(SearchRequest(text, limit=DEPTH))
    # the rank decides, not the score: documents that needed other diacritics come after all others
    return {hit.id: float(len(page.hits) - rank) for rank, hit in enumerate(page.hits)}


def compare(before: Mapping[str, float], after: Mapping[str, float]) -> tuple[float, float]:
    """The mean difference over the queries of both runs, and the p-value of a paired t-test."""
    both = sorted(before.keys() & after.keys())
    old, new = [before[id] for id in both], [after[id] for id in both]
    if not both or old == new:
        return 0.0, 1.0
    difference = sum(new) / len(both) - sum(old) / len(both)
    return difference, float(ttest_rel(new, old).pvalue)


def _documents(corpus: Path) -> Iterator[Document]:
    with corpus.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                record = json.loads(line)
                yield Document(
                    str(record["id"]),
                    str(record.get("title") or ""),
                    str(record["text"]),
                    str(record.get("lang") or ""),
                )
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                wanted = "one JSON object a line, with id and text"
                raise SearchError(f"{corpus}:{number}: {error!r}; {wanted}, is expected") from error


def _run(path: Path) -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    """The values of each query in an earlier --json output: condition → measure → query → value."""
    try:
        conditions_ = json.loads(path.read_text(encoding="utf-8"))
        return {
            condition: {str(measure): dict(own["queries"][str(measure)]) for measure in MEASURES}
            for condition, own in conditions_.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SearchError(f"{path} is no output of --json: {error!r}") from error


@contextmanager
def _opened(folder: Path, index: str | None) -> Any:
    """The index that was named, or one made of the folder's corpus for the time being, else the usual one."""
    corpus = folder / "corpus.jsonl"
    if index or not corpus.is_file():
        yield search.open(index) if index else _usual(folder)
        return
    with tempfile.TemporaryDirectory() as temporary:
        store = open_store(temporary)
        with store.writing(), store.build() as build:
            documents = list(_documents(corpus))
            with build.writer() as writer:
                for document in documents:
                    writer.add(analyze(document))
            build.promote(Manifest.now("", len(documents)))
        yield search.open(temporary)


def _usual(folder: Path) -> search.Engine:
    try:
        return search.open(default_index())
    except IndexMissing as error:
        raise SearchError(f"{folder} has no corpus.jsonl, and {error}") from error


def parser() -> argparse.ArgumentParser:
    """The folder and the options."""
    parser = argparse.ArgumentParser(prog="python -m search.evaluate", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="folder with queries.tsv, qrels.tsv and maybe corpus.jsonl")
    add_index_option(parser, first="the folder's corpus.jsonl")
    parser.add_argument(
        "--condition", choices=[*conditions({}), "all"], default="all", help="how queries are typed"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document with the value of each query")
    parser.add_argument(
        "--compare", type=Path, metavar="RUN", help="an earlier --json output to compare with"
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate; 0 when done, 2 on an error."""
    options = parser().parse_args(arguments)
    wanted = list(conditions({})) if options.condition == "all" else [options.condition]
    try:
        judged = load(options.folder)
        before = _run(options.compare) if options.compare else {}
        with _opened(options.folder, options.index) as engine:
            results = [evaluate(engine, judged, condition) for condition in wanted]
            engine.close()
    except (SearchError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps({r.condition: {"means": r.means, "queries": r.queries} for r in results}, indent=1))
    else:
        _print(results, len(judged.queries), before)
    return 0


def _print(results: Sequence[Evaluation], count: int, before: Mapping[str, Any]) -> None:
    names = [str(measure) for measure in MEASURES]
    print(f"{count} queries   " + "".join(f"{name:>10}" for name in names))
    for result in results:
        print(f"{result.condition:<14}" + "".join(f"{result.means[name]:>10.4f}" for name in names))
        if result.condition in before:
            old = before[result.condition]
            tests = [compare(old[name], result.queries[name]) for name in names]
            shown = "".join(f"{difference:>+10.4f}" for difference, _ in tests)
            print(f"  difference  {shown}   p = {' '.join(f'{p:.3f}' for _, p in tests)}")


if __name__ == "__main__":
    sys.exit(main())
