"""Writing: documents a second beside stock Whoosh, peak memory: `python -m benchmarks.indexing_speed`.

Both writers get the same tokens, already split, so that nothing of analysis or segmentation counts. Ours
writes the surface with positions, the folded form of each token and the counts of pairs; stock Whoosh
one field with positions. Peak memory is that of a process of its own, which writes articles of both
languages with their stored texts.
"""

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from whoosh import index as stock_index
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import TEXT, Schema

from benchmarks.measuring import table
from benchmarks.synthetic import BODY, Corpus, analyzed
from search.engines.whoosh.writer import WhooshWriter
from search.schema import Kind, Part, field_name

ARTICLE = 450
"""Tokens of an article: about the mean of the press and law texts in ../shared/data."""
TARGET_RATIO = 4.0
TARGET_GB = 1.5
TARGET_ARTICLES = 100_000


def write_ours(folder: Path, texts: Sequence[Sequence[str]]) -> None:
    """Write with our writer; grouping the tokens by term is counted, as stock Whoosh does it too."""
    with WhooshWriter(folder) as writer:
        for number, words in enumerate(texts):
            writer.add(analyzed(number, words))


def write_stock(folder: Path, texts: Sequence[Sequence[str]]) -> None:
    """Write with Whoosh's own writer and codec."""
    schema = Schema(text=TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True))
    with stock_index.create_in(str(folder), schema).writer(limitmb=512) as writer:
        for words in texts:
            writer.add_document(text=words)  # a list is taken as tokens


def write_articles(folder: str, count: int) -> tuple[float, float, int]:
    """Write articles; returns seconds, peak resident bytes of this process and bytes on disk."""
    corpus = Corpus(count, ARTICLE, vocabulary=300_000, phrases=400_000)
    began = time.perf_counter()
    with WhooshWriter(Path(folder)) as writer:
        for number, words in enumerate(corpus.texts()):
            article = analyzed(number, words, stored=" ".join(words))
            # by turns French, a stem for each token, and Vietnamese, a compound for every third one
            kind, terms = (Kind.WORD, words[::3]) if number % 2 else (Kind.STEM, words)
            more = {field_name(Part.BODY, kind): analyzed(number, terms).streams[BODY]}
            writer.add(replace(article, streams={**article.streams, **more}))
    took = time.perf_counter() - began
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return took, float(peak), sum(file.stat().st_size for file in Path(folder).iterdir())


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    # memory first: on Linux a new process begins with the peak of the one that starts it
    if options.memory:
        _report_memory(options.memory)
    if options.documents:
        _report_speed(options.documents, options.repeat)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.indexing_speed", description=__doc__)
    parser.add_argument("--documents", type=int, default=5_000, metavar="N", help="0 leaves speed out")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="times that each writer writes")
    parser.add_argument("--memory", type=int, default=0, metavar="N", help="articles, such as 100000")
    return parser.parse_args(arguments)


def _report_memory(count: int) -> None:
    spawn = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory(prefix="indexing-memory-") as folder, spawn.Pool(1) as pool:
        took, peak, size = pool.apply(write_articles, (folder, count))
    row = [f"{count:,}", str(ARTICLE), f"{took:.0f}", f"{count / took:,.0f}", f"{peak / 1e9:.2f}"]
    head = ["articles", "tokens each", "seconds", "documents/s", "peak GB", "index MB"]
    print(table(head, [[*row, f"{size / 1e6:,.0f}"]]))
    verdict = "reached" if peak <= TARGET_GB * 1e9 else "MISSED"
    if count < TARGET_ARTICLES:
        verdict += " so far, with fewer articles"
    print(f"target: ≤ {TARGET_GB} GB for {TARGET_ARTICLES:,} articles: {peak / 1e9:.2f}, {verdict}\n")


def _report_speed(count: int, repeat: int) -> None:
    corpus = Corpus(count)
    texts = list(corpus.texts())
    writers: dict[str, Callable[[Path, Sequence[Sequence[str]]], None]] = {
        "ours": write_ours,
        "stock Whoosh": write_stock,
    }
    seconds: dict[str, list[float]] = {name: [] for name in writers}
    for _ in range(repeat):
        for name, write in writers.items():  # in turns, so that a busy machine meets both
            with tempfile.TemporaryDirectory(prefix="indexing-speed-") as folder:
                began = time.perf_counter()
                write(Path(folder), texts)
                seconds[name].append(time.perf_counter() - began)
    rates = {name: count / median(own) for name, own in seconds.items()}
    slowest = min(rates.values())
    rows = [
        [name, f"{median(seconds[name]):.2f}", f"{rate:,.0f}", f"× {rate / slowest:.2f}"]
        for name, rate in rates.items()
    ]
    print(f"{count:,} documents of {corpus.length} tokens, commit included; medians of {repeat}\n")
    print(table(["writer", "seconds", "documents/s", "ratio"], rows))
    ratio = rates["ours"] / rates["stock Whoosh"]
    verdict = "reached" if ratio >= TARGET_RATIO else "MISSED"
    print(f"target: at least {TARGET_RATIO:g} × stock Whoosh: {ratio:.2f}, {verdict}")


if __name__ == "__main__":
    sys.exit(main())
