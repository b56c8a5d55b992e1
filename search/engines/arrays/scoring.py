"""BM25F impacts of terms and phrases over all segments, computed once and kept while there is room."""

import threading
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from cachetools import LRUCache

from search.config import Similarity
from search.engines.arrays.columns import length_name
from search.engines.arrays.impacts import NO_DOCS, NO_SCORES, NOTHING, Docs, Floats, Impacts, impacts
from search.engines.arrays.positions import Places, documents_of
from search.engines.arrays.segment import Segment, live_documents
from search.lexicon.groups import variants
from search.query.plan import Phrase
from search.schema import FIELDS, Kind, Part, field_name

MAX_CACHE_BYTES = 192 * 2**20
"""Room for impacts; a posting takes 12 bytes, a dense term 4 for each document of the index."""
MAX_KEY = 2_000
"""Letters of all the terms under which impacts are kept: the cache counts only what it keeps."""


class Scorer:
    """Scores for one list of segments. Safe to share between threads.

    idf = ln(1 + (N − df + ½) / (df + ½)); impact = idf · x / (x + k1), where a part adds to x its
    weight · tf / (1 − b + b · length / mean), and the body its weight of the lead · the frequency there.
    N, df and the means count live documents only, so that a deletion is as good as never indexed.
    """

    def __init__(self, segments: Sequence[Segment], similarity: Similarity) -> None:
        self.segments = segments
        self._similarity = similarity
        self.size = sum(segment.size for segment in segments)
        self.live = live_documents(segments)
        self.documents = int(self.live.sum())
        # what one occurrence is worth in each document
        self._worth = {
            Part.TITLE: np.float32(similarity.title) / self._norm(Part.TITLE, similarity.title_b),
            Part.BODY: 1 / self._norm(Part.BODY, similarity.body_b),
        }
        self.tokens = int(self.lengths(Part.BODY)[self.live].sum())
        self._cache: LRUCache[tuple[str, ...], Impacts] = LRUCache(MAX_CACHE_BYTES, lambda each: each.bytes)
        self._lock = threading.Lock()

    def lengths(self, part: Part) -> Floats:
        """The number of tokens of a part in each document."""
        columns = [segment.columns.numbers(length_name(part)) for segment in self.segments]
        return np.concatenate([NO_SCORES, *columns]).astype(np.float32)

    def _norm(self, part: Part, b: float) -> Floats:
        lengths = self.lengths(part)
        mean = float(lengths[self.live].mean(dtype=np.float64)) if self.documents else 0.0
        norm: Floats = (1 - b + b * lengths / max(mean, 1e-9)).astype(np.float32)
        return norm

    def idf(self, df: int) -> float:
        """Inverse document frequency of a term in `df` documents, natural logarithm; always positive."""
        df = min(df, self.documents)
        return float(np.log(1 + (self.documents - df + 0.5) / (df + 0.5)))

    def term(self, field: str, text: str) -> Impacts:
        """The impacts of a term in a field."""
        return self._kept((field, text), lambda: self._term(field, text.encode("utf-8", "replace")))

    def _term(self, field: str, term: bytes) -> Impacts:
        parts, kind = FIELDS[field]
        docs, frequencies = self._joined(self._frequencies(part, kind, term) for part in parts)
        return self._saturated(docs, frequencies, self.idf(len(docs)), self._similarity.k1)

    def _frequencies(self, part: Part, kind: Kind, term: bytes) -> tuple[Docs, Floats]:
        """The documents with a term in a part, and what its occurrences there are worth together."""
        found = [segment.postings(field_name(part, kind), term) for segment in self.segments]
        docs = np.concatenate([NO_DOCS, *(docs for docs, _, _ in found)])
        tfs = np.concatenate([NO_SCORES, *(tfs for _, tfs, _ in found)]).astype(np.float32)
        worth: Floats = tfs * self._worth[part][docs]
        if part is Part.BODY:
            leads = np.concatenate([NO_SCORES, *(leads for _, _, leads in found)])
            worth += np.float32(self._similarity.lead) * leads.astype(np.float32)
        return docs, worth

    def _joined(self, parts: Iterable[tuple[Docs, Floats]]) -> tuple[Docs, Floats]:
        """The documents of any part, ascending, and the sum of what the parts have."""
        found = [(docs, worth) for docs, worth in parts if len(docs)]
        if len(found) == 1:
            return found[0]
        if sum(len(docs) for docs, _ in found) * 16 > self.size:
            total = np.zeros(self.size, np.float32)
            for docs, worth in found:
                total[docs] += worth
            docs = np.flatnonzero(total)
            return docs, total[docs]
        docs = np.unique(np.concatenate([NO_DOCS, *(docs for docs, _ in found)]))
        summed = np.zeros(len(docs), np.float32)
        for own, worth in found:
            summed[docs.searchsorted(own)] += worth
        return docs, summed

    def _saturated(self, docs: Docs, frequencies: Floats, idf: float, k1: float) -> Impacts:
        scores: Floats = np.float32(idf) * frequencies / (frequencies + np.float32(k1))
        return impacts(docs, scores, self.size)

    def named(self, name: str, text: str) -> Impacts:
        """The documents with a whole name of their own, each with score 1."""
        found = [segment.postings(name, text.encode("utf-8", "replace"))[0] for segment in self.segments]
        docs = np.concatenate([NO_DOCS, *found])
        return impacts(docs, np.ones(len(docs), np.float32), self.size)

    def _kept(self, key: tuple[str, ...], make: Callable[[], Impacts]) -> Impacts:
        """What is remembered under a key, made when it is not."""
        with self._lock:
            found = self._cache.get(key)
        if found is None:
            found = make()
            with self._lock:
                if found.bytes <= MAX_CACHE_BYTES and sum(map(len, key)) <= MAX_KEY:
                    self._cache[key] = found
        return found

    def phrase(self, phrase: Phrase, places: Places | None = None) -> Impacts:
        """The impacts of a phrase; `places` limits the search to some documents."""
        if places is not None:
            return self._phrase(phrase, places)
        # unlike words: in their own field, no word has U+FFFF in it
        stated = "" if phrase.df is None else str(phrase.df)
        parts = ("\uffff".join(part) for part in phrase.parts)
        how = f"\uffff{phrase.slop}\uffff{stated}{'w' * phrase.word}"
        key = (phrase.field, how, *parts)
        return self._kept(key, lambda: self._phrase(phrase, None))

    def _phrase(self, phrase: Phrase, places: Places | None) -> Impacts:
        parts, kind = FIELDS[phrase.field]
        docs, frequencies = self._joined(
            self._occurrences(part, self._surfaces(part, kind, phrase), phrase.slop, places) for part in parts
        )
        df = phrase.df
        if df is None:
            df = len(docs) if places is None else self.phrase(phrase).df
        k1 = self._similarity.k1 if phrase.word else self._similarity.phrase_k1
        return self._saturated(docs, frequencies, self.idf(df), k1)

    def _occurrences(
        self, part: Part, texts: Sequence[tuple[str, ...]], slop: int, places: Places | None
    ) -> tuple[Docs, Floats]:
        """The documents with a phrase of surfaces in a part, and what its places there are worth together."""
        field = field_name(part, Kind.SURFACE)
        if places is None:
            docs = self._with_all(field, texts)
            if not len(docs):
                return NO_DOCS, NO_SCORES
            places = Places(self.segments, docs)
        starts = reached = places.keys(field, texts[0])
        for index, own in enumerate(texts[1:], 1):
            if index > 1 and len(starts) < len(places.docs):
                # fewer with each word: a long phrase costs little more than a short one
                places = places.among(documents_of(starts))
            keys = places.keys(field, own) if len(starts) else starts
            if not len(keys):
                return NO_DOCS, NO_SCORES
            at = keys.searchsorted(reached + 1)
            inside = at < len(keys)
            following = keys[np.where(inside, at, 0)]
            # a key is document << 32 | position: one subtraction compares both
            kept = inside & (following - starts <= index + slop)
            starts, reached = starts[kept], following[kept]
        found, counts = np.unique(starts >> 32, return_counts=True)
        return found, counts.astype(np.float32) * self._worth[part][found]

    def _with_all(self, field: str, texts: Sequence[tuple[str, ...]]) -> Docs:
        """The documents with one of each group of terms in a field."""
        groups = sorted((self.any(field, own) for own in texts), key=lambda group: group.df)
        docs = groups[0].documents()
        for group in groups[1:]:
            docs = group.among(docs)
        return docs

    def any(self, field: str, texts: tuple[str, ...]) -> Impacts:
        """The documents with any of some terms; those of several have no scores."""
        if len(texts) == 1:
            return self.term(field, texts[0])
        return self._kept((field, *texts), lambda: self._union(field, texts))

    def _union(self, field: str, texts: tuple[str, ...]) -> Impacts:
        if not texts:
            return NOTHING
        seen = np.zeros(self.size, bool)
        for text in texts:
            seen[self.term(field, text).documents()] = True
        docs = np.flatnonzero(seen)
        return Impacts(docs, NO_SCORES, len(docs))

    def _surfaces(self, part: Part, kind: Kind, phrase: Phrase) -> Sequence[tuple[str, ...]]:
        """The parts of a phrase as surfaces, which have positions."""
        if kind is Kind.SURFACE:
            return phrase.parts
        if kind is Kind.FOLDED:
            return [
                tuple(sorted({word for text in texts for word in self._spellings(part, text)}))
                for texts in phrase.parts
            ]
        raise ValueError(f"{phrase.field} has no positions")

    def _spellings(self, part: Part, folded: str) -> set[str]:
        term = folded.encode("utf-8", "replace")
        found: set[str] = set()
        for segment in self.segments:
            fields = segment.fields
            surfaces = fields[field_name(part, Kind.SURFACE)]
            ords = variants(segment.arrays, part, fields[field_name(part, Kind.FOLDED)], term)
            found.update(surfaces.term(int(ord)).decode() for ord in ords)
        return found
