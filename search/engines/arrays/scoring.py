"""BM25 impacts of terms and phrases over all segments, computed once and kept while there is room."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from search.config import Similarity
from search.engines.arrays.columns import length_name
from search.engines.arrays.segment import Segment, live_documents
from search.lexicon.groups import variants
from search.query.plan import Passage, Phrase
from search.schema import FIELDS, Kind, Part, field_name

Floats = NDArray[np.float32]
Docs = NDArray[np.int64]

MAX_CACHE_BYTES = 192 * 2**20
"""Room for impacts; a posting takes 12 bytes, a dense term 4 for each document of the index."""
MAX_KEY = 2_000
"""Letters of all the terms under which impacts are kept: the cache counts only what it keeps."""
DENSE_SHARE = 8
"""A term in more than one document out of so many is kept as one score for each document."""

_POSITIONAL = frozenset(field_name(part, Kind.SURFACE) for part in Part)


@dataclass(frozen=True, slots=True)
class Impacts:
    """What a term adds to each document's score.

    Either `docs`, ascending, with their `scores`; or, for a frequent term, one score for every
    document (`dense`), 0 where the term is not. `df` documents have it.
    """

    docs: Docs
    scores: Floats
    df: int
    dense: Floats | None = None

    def add_to(self, total: Floats, weight: float) -> None:
        """Add the scores."""
        if self.dense is not None:
            total += self.dense if weight == 1.0 else self.dense * np.float32(weight)
        else:
            total[self.docs] += self.scores * np.float32(weight)

    def raise_to(self, best: Floats, weight: float) -> None:
        """Keep the larger of each score and what `best` has."""
        if self.dense is not None:
            np.maximum(best, self.dense if weight == 1.0 else self.dense * np.float32(weight), out=best)
        else:
            best[self.docs] = np.maximum(best[self.docs], self.scores * np.float32(weight))

    def documents(self) -> Docs:
        """The documents with the term, ascending."""
        return self.docs if self.dense is None else np.flatnonzero(self.dense)

    def among(self, docs: Docs) -> Docs:
        """Those of some documents, ascending, that have the term."""
        return _intersect(docs, self.docs) if self.dense is None else docs[self.dense[docs] > 0]

    def of(self, docs: Docs) -> Floats:
        """The scores of some documents, 0 for those without the term."""
        if self.dense is not None:
            return self.dense[docs]
        out = np.zeros(len(docs), np.float32)
        if len(self.docs):
            at = self.docs.searchsorted(docs)
            at[at == len(self.docs)] = 0
            found = self.docs[at] == docs
            out[found] = self.scores[at[found]]
        return out


class Scorer:
    """Scores for one list of segments. Safe to share between threads.

    idf = ln(1 + (N − df + ½) / (df + ½)); impact = idf · tf / (tf + k1 · (1 − b + b · length / mean)).
    N, df and the mean count live documents only, so that a deletion is as good as never indexed.
    """

    def __init__(self, segments: Sequence[Segment], similarity: Similarity) -> None:
        self._segments = segments
        self.size = sum(segment.size for segment in segments)
        self.live = live_documents(segments)
        self.documents = int(self.live.sum())
        self._norms = {part: self._norm(part, similarity) for part in Part}
        self.tokens = int(self._lengths(Part.BODY)[self.live].sum())
        self._cache: LRUCache[tuple[str, ...], Impacts] = LRUCache(MAX_CACHE_BYTES, _bytes)
        self._lock = threading.Lock()

    def _lengths(self, part: Part) -> Floats:
        columns = [segment.columns.numbers(length_name(part)) for segment in self._segments]
        return np.concatenate([np.empty(0, np.float32), *columns]).astype(np.float32)

    def _norm(self, part: Part, similarity: Similarity) -> Floats:
        lengths = self._lengths(part)
        mean = float(lengths[self.live].mean(dtype=np.float64)) if self.documents else 0.0
        k1, b = similarity.k1, similarity.b
        norm: Floats = (k1 * (1 - b + b * lengths / max(mean, 1e-9))).astype(np.float32)
        return norm

    def idf(self, df: int) -> float:
        """Inverse document frequency of a term in `df` documents, natural logarithm; always positive."""
        return float(np.log(1 + (self.documents - df + 0.5) / (df + 0.5)))

    def term(self, field: str, text: str) -> Impacts:
        """The impacts of a term in a field."""
        return self._kept((field, text), lambda: self._term(field, text.encode("utf-8", "replace")))

    def _term(self, field: str, term: bytes) -> Impacts:
        parts = [segment.postings(field, term) for segment in self._segments]
        docs = np.concatenate([np.empty(0, np.int64), *(part[0] for part in parts)])
        tfs = np.concatenate([np.empty(0, np.uint32), *(part[1] for part in parts)])
        return self._impacts(field, docs, tfs.astype(np.float32), self.idf(len(docs)))

    def _kept(self, key: tuple[str, ...], make: Callable[[], Impacts]) -> Impacts:
        """What is remembered under a key, made when it is not."""
        with self._lock:
            found = self._cache.get(key)
        if found is None:
            found = make()
            with self._lock:
                if _bytes(found) <= MAX_CACHE_BYTES and sum(map(len, key)) <= MAX_KEY:
                    self._cache[key] = found
        return found

    def _impacts(self, field: str, docs: Docs, tfs: Floats, idf: float) -> Impacts:
        scores: Floats = np.float32(idf) * tfs / (tfs + self._norms[FIELDS[field][0]][docs])
        if len(docs) * DENSE_SHARE <= self.size:
            return Impacts(docs, scores, len(docs))
        dense = np.zeros(self.size, np.float32)
        dense[docs] = scores
        return Impacts(_NO_DOCS, _NO_SCORES, len(docs), dense)

    def phrase(self, phrase: Phrase, within: Docs | None = None) -> Impacts:
        """The impacts of a phrase; `within` limits the search to some documents, ascending."""
        if within is not None:
            return self._phrase(phrase, within)
        # unlike words: in their own field, no word has U+FFFF in it
        key = (phrase.field, f"\uffff{phrase.slop}", *("\uffff".join(part) for part in phrase.parts))
        return self._kept(key, lambda: self._phrase(phrase, None))

    def _phrase(self, phrase: Phrase, within: Docs | None) -> Impacts:
        field, parts = self._positional(phrase)
        groups = [self._any(field, part) for part in parts]
        idf = sum(self.idf(group.df) for group in groups)
        docs = within
        for group in sorted(groups, key=lambda group: group.df):
            docs = group.documents() if docs is None else group.among(docs)
        if docs is None or not len(docs):
            return _NOTHING
        starts = self._keys(field, parts[0], docs)
        reached = starts
        for index, part in enumerate(parts[1:], 1):
            if index > 1:  # fewer with each word: a long phrase costs little more than a short one
                docs = _documents(starts)
            keys = self._keys(field, part, docs)
            if not len(keys):
                starts = starts[:0]
                break
            at = keys.searchsorted(reached + 1)
            inside = at < len(keys)
            following = keys[np.where(inside, at, 0)]
            # a key is document << 32 | position: one subtraction compares both
            kept = inside & (following - starts <= index + phrase.slop)
            starts, reached = starts[kept], following[kept]
        found, counts = np.unique(starts >> 32, return_counts=True)
        return self._impacts(phrase.field, found, counts.astype(np.float32), idf)

    def passage(self, passage: Passage, docs: Docs) -> Floats:
        """What the best passage of each of some documents (ascending) is worth."""
        if passage.field not in _POSITIONAL:
            raise ValueError(f"{passage.field} has no positions")
        found: list[NDArray[np.int64]] = []
        worth: list[float] = []
        for texts in passage.groups:
            keys = self._keys(passage.field, texts, docs)
            if len(keys):
                found.append(keys)
                worth.append(self.idf(self._any(passage.field, texts).df))
        best = np.zeros(len(docs), np.float32)
        if not found:
            return best
        # blocks of all documents one after the other, one empty block between two documents
        rows = [docs.searchsorted(keys >> 32) for keys in found]
        blocks = [(keys & 0xFFFFFFFF) // passage.block for keys in found]
        sizes = np.zeros(len(docs), np.int64)
        for row, block in zip(rows, blocks, strict=True):
            np.maximum.at(sizes, row, block + 1)
        starts = np.cumsum(sizes + 1) - (sizes + 1)
        total = int(starts[-1] + sizes[-1] + 1)
        value = np.zeros(total, np.float32)
        for row, block, group_worth in zip(rows, blocks, worth, strict=True):
            present = np.zeros(total + 1, bool)
            present[starts[row] + block] = True
            value += np.float32(group_worth) * (present[:-1] | present[1:])
        value[starts + sizes] = 0  # the empty block would see into the next document
        best = np.maximum.reduceat(value, starts).astype(np.float32)
        best[sizes == 0] = 0
        return best * np.float32(passage.weight)

    def _any(self, field: str, texts: tuple[str, ...]) -> Impacts:
        """The documents with any of some terms; those of several have no scores."""
        if len(texts) == 1:
            return self.term(field, texts[0])
        return self._kept((field, *texts), lambda: self._union(field, texts))

    def _union(self, field: str, texts: tuple[str, ...]) -> Impacts:
        seen = np.zeros(self.size, bool)
        for text in texts:
            seen[self.term(field, text).documents()] = True
        docs = np.flatnonzero(seen)
        return Impacts(docs, _NO_SCORES, len(docs))

    def _positional(self, phrase: Phrase) -> tuple[str, tuple[tuple[str, ...], ...]]:
        """The field that has the positions, and the parts in its terms."""
        for part in Part:
            if phrase.field == field_name(part, Kind.SURFACE):
                return phrase.field, phrase.parts
            if phrase.field == field_name(part, Kind.FOLDED):
                spellings = tuple(
                    tuple(sorted({word for text in texts for word in self._spellings(part, text)}))
                    for texts in phrase.parts
                )
                return field_name(part, Kind.SURFACE), spellings
        raise ValueError(f"{phrase.field} has no positions")

    def _spellings(self, part: Part, folded: str) -> set[str]:
        term = folded.encode("utf-8", "replace")
        found: set[str] = set()
        for segment in self._segments:
            fields = segment.fields
            surfaces = fields[field_name(part, Kind.SURFACE)]
            ords = variants(segment.arrays, part, fields[field_name(part, Kind.FOLDED)], term)
            found.update(surfaces.term(int(ord)).decode() for ord in ords)
        return found

    def _keys(self, field: str, texts: Sequence[str], docs: Docs) -> NDArray[np.int64]:
        """Where any of some terms stands in some documents: document << 32 | position, ascending."""
        keys = [np.empty(0, np.int64)]
        for text in texts:
            for segment in self._segments:
                found, positions = segment.positions(field, text.encode("utf-8", "replace"), docs)
                if len(found):
                    keys.append(found << 32 | positions)
        joined = np.concatenate(keys)
        if len(keys) > 2:
            joined.sort()
        return joined


_NO_DOCS: Docs = np.empty(0, np.int64)
_NO_SCORES: Floats = np.empty(0, np.float32)
_NOTHING = Impacts(_NO_DOCS, _NO_SCORES, 0)


def _bytes(impacts: Impacts) -> int:
    dense = 0 if impacts.dense is None else impacts.dense.nbytes
    return impacts.docs.nbytes + impacts.scores.nbytes + dense + 200


def _documents(keys: NDArray[np.int64]) -> Docs:
    """The documents of keys in order, each once."""
    docs = keys >> 32
    return docs[np.diff(docs, prepend=-1) > 0]


def _intersect(left: Docs, right: Docs) -> Docs:
    """The documents in both; each ascending."""
    if len(left) > len(right):
        left, right = right, left
    if not len(left):
        return left
    at = right.searchsorted(left)
    at[at == len(right)] = 0
    both: Docs = left[right[at] == left]
    return both
