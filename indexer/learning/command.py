"""`python -m indexer learn PAIRS… --output FILE`: from files of sentences to a file of a lexicon."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from indexer.learning.learn import learned, written
from indexer.learning.sentences import Sentence, read_sentences
from search.bridge.own import own_lexicon
from search.errors import SearchError

MAX_SENTENCES = 500_000
"""Pairs that are learned from, the first ones: ten words on either side of each take about 8 GB in all."""


@dataclass(frozen=True, slots=True)
class Learned:
    """How many pairs of sentences were read, which lines were not, and how many entries were written."""

    sentences: int
    faults: tuple[str, ...]
    entries: int


def learn(paths: Sequence[Path], output: Path) -> Learned:
    """Learn from files and write what is new.

    Raises PairsUnreadable, and SearchError where the file cannot be written.
    """
    faults: list[str] = []
    sentences: list[Sentence] = []
    for path in paths:
        sentences += islice(read_sentences(path, faults), MAX_SENTENCES - len(sentences))
    entries = learned(sentences, own_lexicon()) if sentences else []
    try:
        output.write_text(written(entries, [path.name for path in paths]), encoding="utf-8", newline="\n")
    except OSError as error:
        raise SearchError(f"{output} cannot be written: {error.strerror}; name another --output") from error
    return Learned(len(sentences), tuple(faults), len(entries))
