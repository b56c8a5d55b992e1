"""Builds the background model of restoration: `python -m benchmarks.background`.

Counts spellings and neighbouring spellings in the scale corpora (Vietnamese Wikipedia, CC BY-SA; Vietnamese
law, French service-public.fr and French codes, official texts; see their README), keeps what helps to
choose between spellings that fold to the same letters, and writes `search/query/data/background.npz`:
counts only, no text longer than two words.
"""

import argparse
import itertools
from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks import mixes
from search.analysis.document import TermStream
from search.analysis.normalize import fold, surface
from search.analysis.token import tokenize
from search.lexicon.counting import FieldBuffer, InvertedField
from search.query import background

SOURCES = {
    "viwiki": 5_000,
    "vi-phapdien": 6_000,
    "fr-service-public": 4_000,
    "fr-codes-legi": 6_000,
}
"""How many documents of each corpus are read."""
WORDS = 40_000
PAIRS = 280_000
LEAST = 3
"""A spelling or a pair that occurs less often is left out."""


def count(data: Path) -> InvertedField:
    """All tokens of the sources, by term."""
    buffer = FieldBuffer()
    number = 0
    for name, documents in SOURCES.items():
        for document in itertools.islice(mixes.read(data / "scale" / f"{name}.jsonl.xz"), documents):
            tokens = [(surface(token.text), token.position) for token in tokenize(document.text)]
            numbers: dict[str, int] = {}
            ids = [numbers.setdefault(word, len(numbers)) for word, _ in tokens]
            positions = np.array([position for _, position in tokens], np.uint32)
            buffer.add(number, TermStream(tuple(numbers), np.array(ids, np.uint32), positions))
            number += 1
    return buffer.inverted()


def model(counted: InvertedField) -> background.Background:
    """The most frequent spellings that are not the only one of their letters, and their pairs."""
    words = [term.decode() for term in counted.terms]
    counts = np.bincount(counted.ords, minlength=len(words))
    groups: defaultdict[str, int] = defaultdict(int)
    for word, total in zip(words, counts, strict=True):
        groups[fold(word)] += int(total >= LEAST)
    useful = [
        ord
        for ord, word in enumerate(words)
        if counts[ord] >= LEAST and groups[fold(word)] > 1 and word.isalpha()
    ]
    useful.sort(key=lambda number: -counts[number])
    kept = sorted(useful[:WORDS])
    number = np.full(len(words), -1, np.int64)
    number[kept] = np.arange(len(kept))
    keys, pair_counts = counted.pairs()
    left, right = (
        number[(keys >> np.uint64(32)).astype(np.int64)],
        number[(keys & np.uint64(0xFFFFFFFF)).astype(np.int64)],
    )
    known = np.flatnonzero((left >= 0) & (right >= 0) & (pair_counts >= LEAST))
    best = np.sort(known[np.argsort(-pair_counts[known].astype(np.int64), kind="stable")[:PAIRS]])
    return background.Background(
        words=tuple(words[ord] for ord in kept),
        counts=counts[kept].astype(np.uint32),
        pairs=(left[best] << 32 | right[best]).astype(np.uint64),
        pair_counts=pair_counts[best],
        total=len(counted.ords),
    )


def main() -> None:
    """Count, choose, write, and say how large it is."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.background", description=__doc__)
    parser.add_argument("--data", type=Path, default=mixes.DATA, help="folder with the corpora")
    options = parser.parse_args()
    made = model(count(options.data))
    background.write(made, background.PATH)
    print(
        f"{len(made.words)} spellings, {len(made.pairs)} pairs, {background.PATH.stat().st_size / 1e6:.2f} MB"
    )


if __name__ == "__main__":
    main()
