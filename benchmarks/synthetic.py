"""Made-up documents whose words are as unevenly frequent as those of real text (Zipf's law)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.analysis.document import AnalyzedDocument, TermStream
from search.document import Document
from search.schema import Kind, Part, field_name

BODY = field_name(Part.BODY, Kind.SURFACE)
_CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents of `length` tokens each; word r (from 0) has a frequency proportional to 1 / (r + 1).

    With `phrases`, documents are made of so many different phrases of 1 to 11 words, of which the same
    law holds: then neighbouring words repeat as in real text, where about a fifth of all
    pairs is new after a million tokens and a tenth after ten million. Without, each word is drawn by itself.
    """

    documents: int
    length: int = 250
    vocabulary: int = 50_000
    phrases: int = 0
    seed: int = 1

    def word(self, rank: int) -> str:
        """The word of a rank; ranks 120 to 129 share the prefix `w0012`."""
        return f"w{rank:05d}"

    def ranks(self) -> Iterator[NDArray[np.uint32]]:
        """The ranks of the words of each document; the same ones on each call."""
        random = np.random.default_rng(self.seed)
        inventory = _phrases(random, self.phrases, self.vocabulary) if self.phrases else None
        for first in range(0, self.documents, _CHUNK):
            # a whole chunk is drawn even for the last one: more documents begin with the same ones
            wanted = _CHUNK * self.length
            if inventory is None:
                drawn = _zipf(random, wanted, self.vocabulary)
            else:
                starts, lengths, words = inventory
                chosen = _zipf(random, wanted, self.phrases)
                # as many phrases as fill the chunk, one after the other
                chosen = chosen[: int(np.searchsorted(np.cumsum(lengths[chosen]), wanted)) + 1]
                ends = np.cumsum(lengths[chosen])
                shift = np.repeat(starts[chosen] - (ends - lengths[chosen]), lengths[chosen])
                drawn = words[shift + np.arange(len(shift))][:wanted]
            yield from drawn.reshape(_CHUNK, self.length)[: self.documents - first]

    def texts(self) -> Iterator[list[str]]:
        """The words of each document."""
        words = [self.word(rank) for rank in range(self.vocabulary)]
        for ranks in self.ranks():
            yield [words[rank] for rank in ranks.tolist()]


def _zipf(random: np.random.Generator, count: int, size: int) -> NDArray[np.uint32]:
    """So many numbers below `size`, the number r with a probability proportional to 1 / (r + 1)."""
    summed = np.cumsum(1 / np.arange(1, size + 1))
    drawn = np.searchsorted(summed, random.random(count) * summed[-1])
    ranks: NDArray[np.uint32] = np.minimum(drawn, size - 1).astype(np.uint32)
    return ranks


def _phrases(
    random: np.random.Generator, count: int, vocabulary: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint32]]:
    """Where each phrase begins, how long it is, and the words of all."""
    lengths = random.integers(1, 12, count)
    ends = np.cumsum(lengths)
    return ends - lengths, lengths, _zipf(random, int(ends[-1]), vocabulary)


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
