"""Segments as one index: the searcher over them, and the lexicon in them."""

from collections.abc import Iterator, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from search.config import Similarity
from search.document import Document
from search.duplicates import Groups
from search.engines.arrays.columns import CHOICES, DATE
from search.engines.arrays.counterparts import Pair
from search.engines.arrays.execute import Choice, Executor
from search.engines.arrays.names import term
from search.engines.arrays.scoring import Scorer
from search.engines.arrays.segment import Segment
from search.lexicon.reader import FileLexicon
from search.query.plan import Feature, Handle, Plan, Ranked
from search.schema import Name


class ArraySearcher:
    """See the protocol `search.engines.base.Searcher`. A handle is the number of a document."""

    lacks: frozenset[Feature] = frozenset()

    def __init__(
        self, segments: Sequence[Segment], scorer: Scorer, groups: Groups, pairs: Sequence[Pair]
    ) -> None:
        self._segments = segments
        self._scorer = scorer
        self._groups = groups
        self._counterparts = {pair.french: (pair.vietnamese, pair.score) for pair in pairs} | {
            pair.vietnamese: (pair.french, pair.score) for pair in pairs
        }
        columns = {name: _choices(segments, name) for name in CHOICES}
        dates = np.concatenate([np.empty(0, np.uint32), *(s.columns.numbers(DATE) for s in segments)])
        self._executor = Executor(scorer, columns, dates, groups)

    @property
    def documents(self) -> int:
        """How many documents it holds."""
        return self._scorer.documents

    def execute(self, plan: Plan) -> Ranked:
        """The documents that match a plan, ranked."""
        return self._executor.run(plan)

    def fetch(self, handles: Sequence[Handle]) -> Sequence[Document]:
        """The documents of some handles, whole, in their order."""
        return [self._fetched(cast(int, handle)) for handle in handles]

    def _fetched(self, doc: int) -> Document:
        segment = next(s for s in reversed(self._segments) if doc >= s.base)
        return segment.stored(doc - segment.base)

    def similar(self, handles: Sequence[Handle]) -> Sequence[Sequence[Handle]]:
        """The near-duplicates of each document, in the order of the index, without itself."""
        return [
            [member for member in self._groups.members(cast(int, doc)).tolist() if member != doc]
            for doc in handles
        ]

    def counterparts(self, handles: Sequence[Handle]) -> Sequence[Sequence[tuple[Handle, float]]]:
        """The documents that tell the same story in another language, and how alike they are."""
        found = (self._counterparts.get(cast(int, doc)) for doc in handles)
        return [[own] if own and self._scorer.live[own[0]] else [] for own in found]

    def named(self, names: Sequence[tuple[Name, str]]) -> Sequence[Sequence[Handle]]:
        """The documents that have each name: as their own first, then as that of a copy."""
        return [list(self._with_name(field, term(name))) for field, name in names]

    def _with_name(self, field: Name, name: bytes) -> Iterator[int]:
        for segment in self._segments:
            yield from segment.postings(field, name)[0].tolist()
        for segment in self._segments:
            yield from segment.with_copy(field, name).tolist()

    def check(self) -> None:
        """Compare all files with their checksums. Raises IndexDamaged."""
        for segment in self._segments:
            segment.check()


class ArraySnapshot:
    """See the protocol `search.engines.base.Snapshot`."""

    def __init__(
        self,
        segments: Sequence[Segment],
        similarity: Similarity,
        groups: Groups,
        pairs: Sequence[Pair] = (),
    ) -> None:
        scorer = Scorer(segments, similarity)
        self.searcher = ArraySearcher(segments, scorer, groups, pairs)
        self.lexicon = FileLexicon(
            [segment.words for segment in segments],
            scorer.documents,
            scorer.tokens,
            None if scorer.live.all() else lambda field, text: scorer.term(field, text).df,
        )


def _choices(segments: Sequence[Segment], name: str) -> Choice:
    """The values of a column over all segments, and for each document the index of its value."""
    columns = [segment.columns.choices(name) for segment in segments]
    values = sorted({value for own, _ in columns for value in own})
    code = {value: index for index, value in enumerate(values)}
    codes: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
    for own, own_codes in columns:
        codes.append(np.array([code[value] for value in own], np.int64)[own_codes])
    return tuple(values), np.concatenate(codes)
