"""Executes Plans: scores for all documents, filters, facets, the best k, then the re-score."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from search.duplicates import Groups
from search.engines.arrays.scoring import Docs, Floats, Scorer
from search.query.plan import Best, Combine, Filter, Node, Order, Passage, Phrase, Plan, Ranked, Term

Mask = NDArray[np.bool_]
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
        scores = self._scores(plan.query)
        masks = self._masks(plan.filter)
        matched = scores > 0
        found = np.flatnonzero(matched)
        facets = {name: self._facet(name, found, masks, plan.facet_values) for name in plan.facets}
        for mask in masks.values():
            matched &= mask
        if masks:
            scores = np.where(matched, scores, np.float32(0))
        total = int(np.count_nonzero(matched)) if masks else len(found)
        if plan.order is not Order.RELEVANCE:
            return self._by_date(plan, scores, np.flatnonzero(matched), total, facets)
        collapsed = 0
        if plan.collapse and len(self._groups):
            hidden = self._groups.hidden(scores)
            collapsed = len(hidden)
            scores[hidden] = 0
        ranked = total - collapsed
        wanted = min(plan.offset + plan.limit, ranked)
        looked_at = max(wanted, plan.rescore.window) if plan.rescore.nodes else wanted
        best = best_documents(scores, min(looked_at, ranked))
        best_scores = scores[best]
        if plan.rescore.nodes and len(best):
            best, best_scores = self._rescored(plan, best, best_scores)
        page = slice(plan.offset, wanted)
        return Ranked(tuple(best[page].tolist()), tuple(best_scores[page].tolist()), total, facets, collapsed)

    def _rescored(self, plan: Plan, best: Docs, scores: Floats) -> tuple[Docs, Floats]:
        window = plan.rescore.window
        docs = np.sort(best[:window])
        added = np.zeros(len(docs), np.float32)
        for node in plan.rescore.nodes:
            added += self._scores_of(node, docs)
        first = scores[:window] + added[np.searchsorted(docs, best[:window])]
        order = np.lexsort((best[:window], -first))
        return (
            np.concatenate([best[:window][order], best[window:]]),
            np.concatenate([first[order], scores[window:]]),
        )

    def _by_date(
        self,
        plan: Plan,
        scores: Floats,
        found: Docs,
        total: int,
        facets: dict[str, tuple[tuple[str, int], ...]],
    ) -> Ranked:
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
        return Ranked(tuple(best.tolist()), tuple(scores[best].tolist()), total, facets, collapsed)

    # scores of all documents

    def _scores(self, node: Node) -> Floats:
        """The score of every document, 0 where the node does not match."""
        total = np.zeros(self._scorer.size, np.float32)
        self._add(node, total)
        return total

    def _add(self, node: Node, total: Floats) -> None:
        match node:
            case Term():
                self._scorer.term(node.field, node.text).add_to(total, node.weight)
            case Phrase():
                self._scorer.phrase(node).add_to(total, node.weight)
            case Passage():
                everything = np.flatnonzero(self._scorer.live)
                total[everything] += self._scorer.passage(node, everything)
            case Best():
                total += self._best(node)
            case Combine():
                total += self._combined(node)

    def _best(self, node: Best) -> Floats:
        best = np.zeros(self._scorer.size, np.float32)
        summed = np.zeros(self._scorer.size, np.float32) if node.tie_breaker else None
        for member in node.members:
            match member:
                case Term():
                    impacts = self._scorer.term(member.field, member.text)
                    impacts.raise_to(best, member.weight)
                    if summed is not None:
                        impacts.add_to(summed, member.weight)
                case _:
                    scores = self._scores(member)
                    np.maximum(best, scores, out=best)
                    if summed is not None:
                        summed += scores
        if summed is not None:
            summed -= best
            summed *= np.float32(node.tie_breaker)
            best += summed
        return best

    def _combined(self, node: Combine) -> Floats:
        if not node.must and not node.should:
            total = self._scorer.live.astype(np.float32)
        else:
            total = np.zeros(self._scorer.size, np.float32)
        allowed: Mask | None = None
        for child in node.must:
            scores = self._scores(child)
            matched = scores > 0
            allowed = matched if allowed is None else allowed & matched
            total += scores
        if node.minimum <= (0 if node.must else 1) and (
            not node.floor or (node.minimum and len(node.should) == 1)
        ):
            for child in node.should:
                self._add(child, total)
        else:
            count = np.zeros(self._scorer.size, np.uint16)
            optional = np.zeros(self._scorer.size, np.float32)
            for child in node.should:
                scores = self._scores(child)
                count += scores > 0
                optional += scores
            enough = count >= node.minimum
            if node.floor:
                enough &= (count == len(node.should)) | (optional >= node.floor * optional.max(initial=0))
            allowed = enough if allowed is None else allowed & enough
            total += optional
        for child in node.exclude:
            kept = self._scores(child) == 0
            allowed = kept if allowed is None else allowed & kept
        if allowed is not None:
            total *= allowed
        return total

    # scores of a few documents

    def _scores_of(self, node: Node, docs: Docs) -> Floats:
        """The scores of some documents, ascending: what a re-score adds to each."""
        match node:
            case Term():
                return self._scorer.term(node.field, node.text).of(docs) * np.float32(node.weight)
            case Phrase():
                return self._scorer.phrase(node, docs).of(docs) * np.float32(node.weight)
            case Passage():
                return self._scorer.passage(node, docs)
            case Best(members=()):
                return np.zeros(len(docs), np.float32)
            case Best():
                scores = np.stack([self._scores_of(member, docs) for member in node.members])
                best: Floats = scores.max(axis=0)
                rest: Floats = scores.sum(axis=0) - best
                return best + np.float32(node.tie_breaker) * rest
            case Combine():
                return self._combined(node)[docs]

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
