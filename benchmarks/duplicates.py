"""Near-duplicates of a collection at several thresholds, their true resemblance, and pairs to judge by hand.

    python -m benchmarks.duplicates [FILE] [--documents 54158] [--show 50] [--threshold 0.85]

For each threshold: documents that another stands for, groups, and the true resemblance (Jaccard, runs of
four words) of each such document to the one that stands for it. `--show` prints random pairs, what differs
in brackets, for a person to judge: would a reader who has seen one want to see the other in the same list?
"""

import argparse
import difflib
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.mixes import read
from search import duplicates
from search.analysis.document import TermStream
from search.analysis.normalize import surface
from search.analysis.resemblance import PERMUTATIONS, SHINGLE, signature
from search.analysis.token import tokenize
from search.document import Document

DEFAULT = Path("../shared/data/scale/fr-conventions-kali.jsonl.xz")
THRESHOLDS = (0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--threshold", type=float, default=duplicates.MIN_RESEMBLANCE)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    documents = list(read(options.file))[: options.documents]
    words = [[surface(token.text) for token in tokenize(document.text)] for document in documents]
    rows = np.stack([row(each) for each in words])
    print(f"{len(documents):,} documents, {rows.any(axis=1).sum():,} long enough for a signature")
    print("threshold  hidden  groups  largest   true resemblance: least   1 %  10 %  median")
    for threshold in THRESHOLDS:
        first = grouped(rows, threshold)
        hidden = np.flatnonzero(first != np.arange(len(first)))
        sizes = np.bincount(first)
        picks = random.Random(options.seed).sample(hidden.tolist(), min(3000, len(hidden)))
        true = [jaccard(words[doc], words[first[doc]]) for doc in picks] or [0.0]
        spread = "  ".join(f"{np.quantile(true, share):.2f}" for share in (0, 0.01, 0.1, 0.5))
        print(f"{threshold:9.2f}  {len(hidden):6,}  {(sizes > 1).sum():6,}  {sizes.max():7,}   {spread:>46}")
    if options.show:
        first = grouped(rows, options.threshold)
        hidden = np.flatnonzero(first != np.arange(len(first))).tolist()
        for doc in random.Random(options.seed).sample(hidden, min(options.show, len(hidden))):
            show(documents[first[doc]], documents[doc], jaccard(words[doc], words[first[doc]]))


def row(words: Sequence[str]) -> np.ndarray:
    """The signature of a text as an engine keeps it."""
    numbers = {word: number for number, word in enumerate(dict.fromkeys(words))}
    ids = np.array([numbers[word] for word in words], np.uint32)
    signed = signature(TermStream(tuple(numbers), ids, np.arange(len(ids), dtype=np.uint32)))
    return np.frombuffer(signed or bytes(PERMUTATIONS), np.uint8)


def grouped(rows: np.ndarray, threshold: float) -> np.ndarray:
    duplicates.MIN_RESEMBLANCE = threshold
    return duplicates.representatives(rows, np.ones(len(rows), bool))


def jaccard(left: Sequence[str], right: Sequence[str]) -> float:
    ours, theirs = (
        {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)} for words in (left, right)
    )
    return len(ours & theirs) / max(1, len(ours | theirs))


def show(left: Document, right: Document, resemblance: float) -> None:
    print(f"\n{resemblance:.3f}  {left.id}: {left.title}\n       {right.id}: {right.title}")
    ours, theirs = left.text.split(), right.text.split()
    for kind, a, b, c, d in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind != "equal":
            before, was, now = (" ".join(part) for part in (ours[max(0, a - 3) : a], ours[a:b], theirs[c:d]))
            print(f"       … {before} [{was[:120]} → {now[:120]}]")


if __name__ == "__main__":
    main()
