"""A lexicon read from its files: those of its own, or those that an engine keeps it in."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.lexicon import completion, pairs, resembling
from search.lexicon.base import Counted
from search.lexicon.groups import forms, variants
from search.lexicon.part import LexiconPart, open_part
from search.lexicon.terms import TermTable
from search.schema import Kind, Part, field_name

Frequency = Callable[[str, str], int]
"""In how many documents a term of a field is, without deleted ones."""

_MAX_REMEMBERED = 20_000
"""Folded terms whose spellings are remembered."""
_MAX_SPELLINGS = 12
"""Spellings of one resembling term."""
_MAX_CANDIDATES = 2_000
"""Terms with a prefix that are counted in each of several files."""


class FileLexicon:
    """See the protocol `search.lexicon.base.Lexicon`.

    `frequency`, which an engine knows, leaves terms out whose documents have all been deleted.
    """

    def __init__(
        self, parts: Sequence[LexiconPart], documents: int, tokens: int, frequency: Frequency | None = None
    ) -> None:
        self._parts = parts
        self._documents = documents
        self._frequency = frequency
        self._lock = threading.Lock()
        self._vocabulary: resembling.Vocabulary | None = None
        self._spellings: dict[str, Sequence[Counted]] = {}
        self.tokens = tokens

    def spellings(self, folded: Sequence[str]) -> Sequence[Sequence[Counted]]:
        """The surfaces that fold to each term, and how often each occurs; most frequent first."""
        return [self._remembered(term) for term in folded]

    def _remembered(self, folded: str) -> Sequence[Counted]:
        found = self._spellings.get(folded)
        if found is None:
            found = self._counted(folded)
            if len(self._spellings) >= _MAX_REMEMBERED:
                self._spellings.clear()
            self._spellings[folded] = found
        return found

    def _counted(self, folded: str) -> Sequence[Counted]:
        counts: Counter[str] = Counter()
        term = folded.encode("utf-8", "replace")
        for part in self._parts:
            for own in Part:
                surfaces = part.tables[field_name(own, Kind.SURFACE)]
                ords = variants(part.arrays, own, part.tables[field_name(own, Kind.FOLDED)], term)
                for ord, count in zip(ords, surfaces.cf[ords], strict=True):
                    counts[surfaces.term(int(ord)).decode()] += int(count)
        return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))

    def inflections(self, stems: Sequence[str]) -> Sequence[Sequence[str]]:
        """The surfaces of bodies that have each stem, in order."""
        return [self._inflections(stem.encode("utf-8", "replace")) for stem in stems]

    def _inflections(self, stem: bytes) -> Sequence[str]:
        found: set[str] = set()
        for part in self._parts:
            surfaces = part.tables[field_name(Part.BODY, Kind.SURFACE)]
            ords = forms(part.arrays, Part.BODY, part.tables[field_name(Part.BODY, Kind.STEM)], stem)
            found.update(surfaces.term(int(ord)).decode() for ord in ords)
        return sorted(found)

    def pair_counts(self, asked: Sequence[tuple[str, str]]) -> Sequence[int]:
        """How often the two surfaces of each pair stand side by side in bodies."""
        totals = np.zeros(len(asked), np.int64)
        for part in self._parts:
            totals += pairs.counted(part.arrays, part.tables[pairs.PAIR_FIELD], asked)
        return [int(total) for total in totals]

    def terms(self, asked: Sequence[tuple[str, str]], limit: int) -> Sequence[Sequence[Counted]]:
        """For each field and prefix the terms that begin so, those in the most documents first."""
        return [self._terms(field, prefix.encode("utf-8", "replace"), limit) for field, prefix in asked]

    def _terms(self, field: str, prefix: bytes, limit: int) -> Sequence[Counted]:
        return self._most_frequent(field, lambda table: np.arange(*table.prefix_range(prefix)), limit)

    def matching(self, asked: Sequence[tuple[str, str]], limit: int) -> Sequence[Sequence[Counted]]:
        """For each field and pattern the terms it fits, those in the most documents first."""
        return [self._matching(field, pattern.encode("utf-8", "replace"), limit) for field, pattern in asked]

    def _matching(self, field: str, pattern: bytes, limit: int) -> Sequence[Counted]:
        return self._most_frequent(field, lambda table: np.fromiter(table.fitting(pattern), np.int64), limit)

    def _most_frequent(
        self, field: str, choose: Callable[[TermTable], NDArray[np.int64]], limit: int
    ) -> Sequence[Counted]:
        """The chosen terms of a field, those in the most documents first."""
        counts: Counter[bytes] = Counter()
        # a term may lead over all files without leading in any, or lead by deleted documents
        wanted = limit if len(self._parts) == 1 and not self._frequency else _MAX_CANDIDATES
        for part in self._parts:
            table = part.tables[field]
            ords = choose(table)
            df = table.df[ords]
            if len(ords) > wanted:
                kept = np.argsort(-df.astype(np.int64), kind="stable")[:wanted]
                ords, df = ords[kept], df[kept]
            for ord, count in zip(ords.tolist(), df.tolist(), strict=True):
                counts[table.term(ord)] += count
        ranked = sorted(counts, key=lambda term: (-counts[term], term))
        found: Iterable[Counted] = ((term.decode(), counts[term]) for term in ranked)
        if self._frequency:
            alive = ((term, self._frequency(field, term)) for term, _ in found)
            found = ((term, df) for term, df in alive if df)
        return [entry for entry, _ in zip(found, range(limit), strict=False)]

    def words(self, prefixes: Sequence[str], limit: int) -> Sequence[Sequence[Counted]]:
        """The most frequent surfaces of bodies whose folded form begins with each prefix."""
        return [completion.words(self._parts, prefix, limit) for prefix in prefixes]

    def compounds(self, prefixes: Sequence[str], limit: int) -> Sequence[Sequence[Counted]]:
        """The compounds in the most documents whose folded form begins so, their syllables apart."""
        return [completion.compounds(self._parts, prefix, limit) for prefix in prefixes]

    def following(self, left: str, prefix: str, limit: int) -> Sequence[Counted]:
        """What stands most often behind a surface, among what begins with a prefix when folded."""
        return completion.following(self._parts, left, prefix, limit)

    def resembling(self, folded: Sequence[str]) -> Sequence[Sequence[Counted]]:
        """Surfaces whose folded form is at most two edits away from each term, and their counts."""
        with self._lock:
            if self._vocabulary is None:
                self._vocabulary = resembling.vocabulary(self._parts, self._documents)
        return [
            [
                entry
                for near in self._vocabulary.nearest(term)
                for entry in self._remembered(near)[:_MAX_SPELLINGS]
            ]
            for term in folded
        ]


def open_lexicon(paths: Sequence[Path]) -> FileLexicon:
    """The lexicon in some files that `files.LexiconWriter` made. Raises IndexDamaged."""
    parts = [open_part(path) for path in paths]
    documents = sum(int(part.arrays["documents"][0]) for part in parts)
    tokens = sum(int(part.tables[pairs.PAIR_FIELD].cf.sum()) for part in parts)
    return FileLexicon(parts, documents, tokens)
