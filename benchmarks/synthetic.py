"""Made-up documents whose words are as unevenly frequent as those of real text (Zipf's law)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.analysis.document import AnalyzedDocument, TermStream
from search.document import Document
from search.fields import Kind, Part, field_name

BODY = field_name(Part.BODY, Kind.SURFACE)
_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents of `length` tokens each; word r (from 0) has a frequency proportional to 1 / (r + 1)."""

    documents: int
    length: int = 250
    vocabulary: int = 50_000
    seed: int = 1

    def word(self, rank: int) -> str:
        """The word of a rank; ranks 120 to 129 share the prefix `w0012`."""
        return f"w{rank:05d}"

    def ranks(self) -> Iterator[NDArray[np.uint32]]:
        """The ranks of the words of each document; the same ones on each call."""
        random = np.random.default_rng(self.seed)
        summed = np.cumsum(1 / np.arange(1, self.vocabulary + 1))
        summed /= summed[-1]
        for first in range(0, self.documents, _CHUNK):
            count = min(_CHUNK, self.documents - first)
            # a whole chunk is drawn even for the last one: more documents begin with the same ones
            drawn = np.searchsorted(summed, random.random((_CHUNK, self.length)))
            yield from np.minimum(drawn, self.vocabulary - 1).astype(np.uint32)[:count]

    def texts(self) -> Iterator[list[str]]:
        """The words of each document."""
        words = [self.word(rank) for rank in range(self.vocabulary)]
        for ranks in self.ranks():
            yield [words[rank] for rank in ranks.tolist()]


def analyzed(number: int, words: Sequence[str], stored: str = "") -> AnalyzedDocument:
    """A document of those words, as analysis would hand it over.

    The surface comes with its folded form because the writer relates the two; here they are the same.
    """
    numbers: dict[str, int] = {}
    ids = np.fromiter((numbers.setdefault(word, len(numbers)) for word in words), np.uint32, len(words))
    stream = TermStream(tuple(numbers), ids, np.arange(len(words), dtype=np.uint32))
    return AnalyzedDocument(
        Document(str(number), "", stored),
        "other",
        {BODY: stream, field_name(Part.BODY, Kind.FOLDED): stream},
        {Part.TITLE: 0, Part.BODY: len(words)},
    )
