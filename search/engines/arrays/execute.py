"""Executes Plans: scores for all documents, filters, facets, the best k, then the re-score."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from search.duplicates import Groups
from search.engines.arrays.impacts import Docs, Floats
from search.engines.arrays.matching import Mask, Matching
from search.engines.arrays.scoring import Scorer
from search.query.plan import Filter, Order, Plan, Ranked

Choice = tuple[tuple[str, ...], NDArray[np.int64]]
"""The values of a column, and for each document the index of its value."""

_BLOCK = 64
_AFTER_ALL_DATES = 100_000_000
"""One more than the last yyyymmdd."""


class Executor:
    """Executes Plans over one Scorer and the columns of its documents."""

    def __init__(
        self,
        scorer: Scorer,
        choices: Mapping[str, Choice],
        dates: NDArray[np.uint32],
        groups: Groups,
    ) -> None:
        self._scorer = scorer
        self._choices = choices
        self._dates = dates
        self._groups = groups

    def run(self, plan: Plan) -> Ranked:
        """The documents that match a plan, ranked."""
        matching = Matching(self._scorer, plan.complete)
        scores = matching.scores(plan.query)
        masks = self._masks(plan.filter)
        matched = scores > 0
        complete = matching.complete(plan.complete) & matched if plan.complete else None
        counted = complete if complete is not None and complete.any() else matched
        found = np.flatnonzero(counted)
        facets_complete = len(found) < int(np.count_nonzero(matched))
        facets = {name: self._facet(name, found, masks, plan.facet_values) for name in plan.facets}
        for mask in masks.values():
            matched &= mask
        if masks:
            scores = np.where(matched, scores, np.float32(0))
        ranked = self._by_relevance if plan.order is Order.RELEVANCE else self._by_date
        first = complete & matched if complete is not None and plan.complete_first else None
        best, best_scores, collapsed = ranked(plan, scores, first, matching)
        return Ranked(
            tuple(best.tolist()),
            tuple(best_scores.tolist()),
            int(np.count_nonzero(matched)),
            facets,
            collapsed,
            0 if complete is None else int(np.count_nonzero(complete & matched)),
            () if complete is None else tuple(complete[best].tolist()),
            facets_complete,
        )

    def _by_relevance(
        self, plan: Plan, scores: Floats, first: Mask | None, matching: Matching
    ) -> tuple[Docs, Floats, int]:
        """The documents of the page, their scores, and how many near-duplicates are hidden."""
        keys = _raised(scores, first)
        if plan.rescore.nodes:
            scores, keys = self._rescored(plan, scores, keys, first, matching)
        collapsed = 0
        if plan.collapse and len(self._groups):
            hidden = self._groups.hidden(keys)
            collapsed = len(hidden)
            keys[hidden] = 0
        best = best_documents(keys, plan.offset + plan.limit)[plan.offset :]
        return best, scores[best], collapsed

    def _rescored(
        self, plan: Plan, scores: Floats, keys: Floats, first: Mask | None, matching: Matching
    ) -> tuple[Floats, Floats]:
        """The scores with what the re-score adds, and numbers by which all documents are ordered."""
        docs = np.sort(best_documents(keys, plan.rescore.window))
        rescored = scores.copy()
        rescored[docs] += matching.added(plan.rescore.nodes, docs)
        order = np.lexsort((docs, -_raised(rescored, first)[docs]))
        # the window comes first, whatever is added: numbers above all others, best first
        keys = keys.copy()
        keys[docs[order]] = keys.max(initial=0) + np.arange(len(docs), 0, -1, dtype=np.float32)
        return rescored, keys

    def _by_date(
        self, plan: Plan, scores: Floats, first: Mask | None, matching: Matching
    ) -> tuple[Docs, Floats, int]:
        found = np.flatnonzero(scores)
        dates = self._dates[found].astype(np.int64)
        if plan.order is Order.OLDEST:
            dates = np.where(dates > 0, _AFTER_ALL_DATES - dates, 0)
        in_order = found[np.lexsort((-scores[found], -dates))]
        collapsed = 0
        if plan.collapse and len(self._groups):
            places = np.zeros(self._scorer.size, np.int64)
            places[in_order] = np.arange(len(in_order), 0, -1)
            hidden = self._groups.hidden(places)
            collapsed = len(hidden)
            places[hidden] = 0
            in_order = in_order[places[in_order] > 0]
        best = in_order[plan.offset : plan.offset + plan.limit]
        return best, scores[best], collapsed

    # filters and facets

    def _masks(self, filter: Filter) -> dict[str, Mask]:
        masks: dict[str, Mask] = {}
        chosen = (
            ("language", filter.languages, filter.excluded_languages),
            ("source", filter.sources, filter.excluded_sources),
        )
        for name, named, excluded in chosen:
            if named or excluded:
                values, codes = self._choices[name]
                wanted = [(value in named or not named) and value not in excluded for value in values]
                masks[name] = np.array([*wanted, False])[codes]
        if filter.dates or filter.excluded_dates:
            masks["year"] = np.full(len(self._dates), not filter.dates)
            for since, until in filter.dates:
                masks["year"] |= (self._dates >= since) & (self._dates <= until)
            for since, until in filter.excluded_dates:
                masks["year"] &= (self._dates < since) | (self._dates > until)
        return masks

    def _facet(
        self, name: str, docs: Docs, masks: Mapping[str, Mask], most: int
    ) -> tuple[tuple[str, int], ...]:
        """Counts by value among the matches, under the filters of the other facets."""
        for other, mask in masks.items():
            if other != name:
                docs = docs[mask[docs]]
        values: Sequence[str | int]
        if name == "year":
            counts = np.bincount(self._dates[docs] // 10_000, minlength=1)
            values = range(len(counts))  # each is its own name, 0 none
        else:
            values, codes = self._choices[name]
            counts = np.bincount(codes[docs], minlength=len(values))
        if len(values) and not values[0]:  # what is not known comes first in any order, and is no choice
            counts[0] = 0
        found = np.flatnonzero(counts)
        # stable: values stand in the order of the alphabet
        first = found[np.argsort(-counts[found], kind="stable")][: most or None]
        return tuple((str(values[index]), int(counts[index])) for index in first.tolist())


def _raised(scores: Floats, first: Mask | None) -> Floats:
    """Scores by which some documents come before all others."""
    if first is None or not first.any():
        return scores.copy()
    raised: Floats = scores + first.astype(np.float32) * (scores.max(initial=0) + np.float32(1))
    return raised


def best_documents(scores: Floats, count: int) -> Docs:
    """The `count` documents with the highest scores above 0: best first, by number where equal."""
    if count <= 0:
        return np.empty(0, np.int64)
    threshold = np.float32(0)
    if count * _BLOCK < len(scores):
        # the count-th best block maximum is a floor: at least so many documents reach it
        whole = len(scores) // _BLOCK * _BLOCK
        maxima = scores[:whole].reshape(-1, _BLOCK).max(axis=1)
        if count <= len(maxima):
            threshold = np.partition(maxima, len(maxima) - count)[len(maxima) - count]
    candidates = np.flatnonzero(scores >= threshold if threshold > 0 else scores > 0)
    values = scores[candidates]
    if len(candidates) > count:
        floor = np.partition(values, len(values) - count)[len(values) - count]
        kept = values >= floor
        candidates, values = candidates[kept], values[kept]
    order = np.lexsort((candidates, -values))[:count]
    return candidates[order]
