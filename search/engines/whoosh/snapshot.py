"""An index at one moment: its segments, what they count, and the executor over them."""

import threading
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from search.analysis.resemblance import PERMUTATIONS
from search.config import Similarity
from search.document import Document
from search.engines.whoosh import completion
from search.engines.whoosh.alternates import alternates, with_name
from search.engines.whoosh.codec import ID_FIELD
from search.engines.whoosh.columns import CHOICES, DATE
from search.engines.whoosh.execute import Choice, Executor
from search.engines.whoosh.scoring import Scorer
from search.engines.whoosh.segment import Segment
from search.engines.whoosh.segment_file import PAIR_FIELD
from search.engines.whoosh.similar import Groups, representatives
from search.engines.whoosh.spellings import forms, variants
from search.fields import Kind, Part, field_name
from search.query.plan import Plan, Prefix, Ranked

_REMEMBERED = 20_000
"""Folded terms whose spellings are remembered."""

_NEAR = 30
"""Folded terms that are looked at for one misspelled word."""
_SPELLINGS = 12
"""Spellings of each of them."""
_CANDIDATES = 2_000
"""Terms with a prefix that are counted in each of several segments."""
_SMALL = 1_000
"""In an index with fewer documents a word of only one document is trusted."""


class WhooshSnapshot:
    """See the protocol `search.engines.base.Snapshot`."""

    def __init__(self, segments: Sequence[Segment], similarity: Similarity) -> None:
        self._segments = segments
        self._scorer = Scorer(segments, similarity)
        self._lock = threading.Lock()
        self._vocabulary: list[str] | None = None
        self._variants: dict[str, Sequence[tuple[str, int]]] = {}
        self._columns = {name: self._choices(name) for name in CHOICES}
        self._dates = np.concatenate([np.empty(0, np.uint32), *(s.columns.numbers(DATE) for s in segments)])
        self._groups: Groups | None = None

    @property
    def documents(self) -> int:
        """How many documents it holds."""
        return self._scorer.documents

    def execute(self, plan: Plan) -> Ranked:
        """The documents that match a plan, ranked."""
        # made each time: one that was kept would keep this snapshot and its caches after the last search
        executor = Executor(self._scorer, self._columns, self._dates, self._expand_prefix, self._grouped)
        return executor.run(plan)

    def stored(self, doc: int) -> Document:
        """A document by the number that `execute` gave it."""
        segment = next(s for s in reversed(self._segments) if doc >= s.base)
        return segment.stored(doc - segment.base)

    def find(self, document_id: str) -> int | None:
        """The number of the document with an id, its own or that of a copy."""
        return next(with_name(self._segments, ID_FIELD, document_id), None)

    def similar(self, doc: int) -> Sequence[int]:
        """The near-duplicates of a document, ascending, without itself."""
        return [member for member in self._grouped().members(doc).tolist() if member != doc]

    def alternates(self, doc: int) -> Sequence[int]:
        """The documents that one names as its alternates, and those that name it, ascending."""
        return sorted(alternates(self._segments, self.stored(doc)) - {doc})

    def warm(self) -> None:
        """Work out what the first search would otherwise wait for."""
        self._grouped()

    def _grouped(self) -> Groups:
        """The groups of near-duplicates, worked out once."""
        with self._lock:
            if self._groups is None:
                signatures = [segment.columns.signatures() for segment in self._segments]
                rows = np.concatenate([np.empty((0, PERMUTATIONS), np.uint8), *signatures])
                self._groups = Groups(representatives(rows, self._scorer.live))
            return self._groups

    def variants(self, folded: str) -> Sequence[tuple[str, int]]:
        """The spellings that fold to a term and how often each occurs, most frequent first."""
        found = self._variants.get(folded)
        if found is None:
            found = self._count_variants(folded)
            if len(self._variants) >= _REMEMBERED:
                self._variants.clear()
            self._variants[folded] = found
        return found

    def _count_variants(self, folded: str) -> Sequence[tuple[str, int]]:
        counts: Counter[str] = Counter()
        term = folded.encode("utf-8", "replace")
        for segment in self._segments:
            for part in Part:
                surfaces = segment.fields[field_name(part, Kind.SURFACE)]
                ords = variants(segment.arrays, part, segment.fields[field_name(part, Kind.FOLDED)], term)
                for ord, count in zip(ords, surfaces.cf[ords], strict=True):
                    counts[surfaces.term(int(ord)).decode()] += int(count)
        return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))

    def forms(self, stem: str) -> Sequence[str]:
        """The spellings in bodies that have a stem."""
        found: set[str] = set()
        term = stem.encode("utf-8", "replace")
        for segment in self._segments:
            surfaces = segment.fields[field_name(Part.BODY, Kind.SURFACE)]
            ords = forms(segment.arrays, Part.BODY, segment.fields[field_name(Part.BODY, Kind.STEM)], term)
            found.update(surfaces.term(int(ord)).decode() for ord in ords)
        return sorted(found)

    def words(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """The most frequent spellings of bodies whose folded form begins so."""
        return completion.words(self._segments, prefix, limit)

    def compounds(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """The compounds in the most documents whose folded form begins so, their syllables apart."""
        return completion.compounds(self._segments, prefix, limit)

    def following(self, left: str, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """What stands most often behind a spelling and begins so when folded."""
        return completion.following(self._segments, left, prefix, limit)

    def resembling(self, folded: str) -> Sequence[tuple[str, int]]:
        """Spellings of bodies whose folded forms are at most two edits away, and their counts."""
        with self._lock:
            if self._vocabulary is None:
                self._vocabulary = self._frequent_terms()
        limit = 1 if len(folded) <= 4 else 2
        near = process.extract(
            folded, self._vocabulary, scorer=DamerauLevenshtein.distance, score_cutoff=limit, limit=_NEAR
        )
        return [entry for term, _, _ in near for entry in self.variants(term)[:_SPELLINGS]]

    def _frequent_terms(self) -> list[str]:
        """Folded terms of letters that at least two documents have: one alone may be a slip itself."""
        terms: set[str] = set()
        for segment in self._segments:
            field = segment.fields[field_name(Part.BODY, Kind.FOLDED)]
            least = 2 if self.documents > _SMALL else 1
            for ord in np.flatnonzero(field.df[:] >= least).tolist():
                term = field.term(ord).decode()
                if len(term) > 1 and term.isalpha():
                    terms.add(term)
        return sorted(terms)

    def pair_counts(self, pairs: Sequence[tuple[str, str]]) -> Sequence[int]:
        """How often each pair of spellings stands side by side in bodies."""
        totals = np.zeros(len(pairs), np.int64)
        words = {word for pair in pairs for word in pair}
        for segment in self._segments:
            field = segment.fields[PAIR_FIELD]
            ords = {word: field.find(word.encode("utf-8", "replace")) for word in words}
            known = [i for i, (left, right) in enumerate(pairs) if ords[left] >= 0 and ords[right] >= 0]
            stored = segment.arrays["pair.key"]
            if not known or not len(stored):
                continue
            keys = np.array([ords[pairs[i][0]] << 32 | ords[pairs[i][1]] for i in known], np.uint64)
            at = np.searchsorted(stored, keys)
            at[at == len(stored)] = 0
            found = stored[at] == keys
            totals[np.array(known)[found]] += segment.arrays["pair.count"][at[found]].astype(np.int64)
        return [int(total) for total in totals]

    def occurrences(self) -> int:
        """How many tokens all bodies have."""
        return self._scorer.tokens

    def check(self) -> None:
        """Compare all files with their checksums. Raises IndexDamaged."""
        for segment in self._segments:
            segment.check()

    def _choices(self, name: str) -> Choice:
        columns = [segment.columns.choices(name) for segment in self._segments]
        values = sorted({value for own, _ in columns for value in own})
        code = {value: index for index, value in enumerate(values)}
        codes: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
        for own, own_codes in columns:
            codes.append(np.array([code[value] for value in own], np.int64)[own_codes])
        return tuple(values), np.concatenate(codes)

    def _expand_prefix(self, prefix: Prefix) -> list[str]:
        counts: Counter[bytes] = Counter()
        for segment in self._segments:
            field = segment.fields[prefix.field]
            first, last = field.prefix_range(prefix.text.encode("utf-8", "replace"))
            df = field.df[first:last]
            # a term may lead over all segments without leading in any
            wanted = prefix.limit if len(self._segments) == 1 and segment.live is None else _CANDIDATES
            kept = np.arange(len(df))
            if len(df) > wanted:
                kept = np.argsort(-df.astype(np.int64), kind="stable")[:wanted]
            for index in kept:
                counts[field.term(first + int(index))] += int(df[index])
        ranked = sorted(counts, key=lambda term: (-counts[term], term))
        texts = [term.decode() for term in ranked]
        if not self._scorer.live.all():  # df counts deleted documents too
            texts = [text for text in texts if self._scorer.term(prefix.field, text).df]
        return texts[: prefix.limit]
