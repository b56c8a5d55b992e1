"""Segmentation beside underthesea's public call: `python -m benchmarks.segmentation_speed`.

Both get the same lines of real text, line by line in turns, on one core. *Cold* is text that nothing was
remembered of: each document is met once, in the order of the files. Tags are compared one by one.
"""

import argparse
import itertools
import sys
import time
from pathlib import Path

import underthesea

from benchmarks.measuring import table, times
from benchmarks.mixes import read
from search.analysis import vietnamese

FILES = ("vi-phapdien", "viwiki")
TARGET = 2.5


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--documents", type=int, default=1_000, help="of each file (default: 1000)")
    options = parser.parse_args()
    paths = [options.data / "scale" / f"{name}.jsonl.xz" for name in FILES]
    if not all(path.exists() for path in paths):
        print(f"needs {', '.join(map(str, paths))}", file=sys.stderr)
        return 1
    segmenter = vietnamese.load()
    if segmenter.slow:
        print(segmenter.slow, file=sys.stderr)
    rows = []
    for path in paths:
        rows.append([path.name, *measured(path, options.documents, segmenter.words)])
    print(table(["text", "documents", "tokens", "ours", "public", "faster", "tags that differ"], rows))
    print(f"ours and public in µs a token; target: faster × {TARGET}, no tag that differs")
    return 0


def measured(path: Path, documents: int, words: vietnamese.Segmentation) -> list[str]:
    """One row: how fast both are on the first documents of a file, and how many tags differ."""
    ours = public = 0.0
    tokens = differing = 0
    for document in itertools.islice(read(path), documents):
        for line in filter(str.strip, document.text.split("\n")):
            piece = line[: vietnamese.MAX_CHUNK]
            began = time.perf_counter()
            own = words(piece)
            between = time.perf_counter()
            theirs = underthesea.word_tokenize(piece, use_token_normalize=False)
            ours += between - began
            public += time.perf_counter() - between
            tokens += sum(word.count(" ") + 1 for word in theirs)
            differing += _differing(own, theirs)
    micro = 1e6 / max(tokens, 1)
    figures = [f"{ours * micro:.1f}", f"{public * micro:.1f}", times(public, ours), f"{differing:,}"]
    return [f"{documents:,}", f"{tokens:,}", *figures]


def _differing(own: list[str], theirs: list[str]) -> int:
    """How many tokens begin a word in one segmentation and not in the other."""

    def begins(words: list[str]) -> set[int]:
        return set(itertools.accumulate(word.count(" ") + 1 for word in words))

    return len(begins(own) ^ begins(theirs))


if __name__ == "__main__":
    sys.exit(main())
