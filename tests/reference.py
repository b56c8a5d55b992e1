"""What a Plan means, in plain Python: slow, without arrays, and with nothing of an engine in it.

Documents are lists of `(position, term)`; every formula is written out as the docstrings of
`search.query.plan` and of the engine's scorer state it. Engines are compared with this.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from reference_lexicon import PARTS, ReferenceDocument, ReferenceLexicon, without_diacritics

from search.config import Similarity
from search.query.plan import (
    Best,
    Combine,
    Filter,
    Handle,
    Node,
    Order,
    Passage,
    Phrase,
    Plan,
    Ranked,
    Term,
)

K1, B = Similarity().k1, Similarity().b
Scores = dict[Handle, float]
"""The documents that match, and the score of each."""


class Reference(ReferenceLexicon):
    """Executes Plans over documents in the order of an index, each under the handle that the engine gave it.

    `groups` are the near-duplicates, each document in at most one. It is its own Lexicon.
    """

    def __init__(
        self, documents: Mapping[Handle, ReferenceDocument], groups: Iterable[Collection[Handle]] = ()
    ) -> None:
        self.documents = dict(documents)
        self.places = {handle: place for place, handle in enumerate(self.documents)}
        self.groups = [set(group) for group in groups]
        self.mean = {
            part: sum(d.length(part) for d in documents.values()) / max(len(documents), 1) for part in PARTS
        }

    def execute(self, plan: Plan) -> Ranked:
        """The documents that match a plan, ranked."""
        scores = self.scores(plan.query)
        kept = {doc: score for doc, score in scores.items() if not self._refused(doc, plan.filter)}
        ranking = self.ranking(kept, plan)
        page = ranking[plan.offset : plan.offset + plan.limit]
        return Ranked(
            handles=tuple(doc for doc, _ in page),
            scores=tuple(score for _, score in page),
            total=len(kept),
            facets={
                name: self._facet(name, scores, plan.filter)[: plan.facet_values or None]
                for name in plan.facets
            },
            collapsed=len(kept) - len(ranking),
        )

    def ranking(self, kept: Scores, plan: Plan) -> list[tuple[Handle, float]]:
        """All the matches: best first, the first `window` after their re-score; or by date."""
        if plan.order is not Order.RELEVANCE:
            sign = -1 if plan.order is Order.NEWEST else 1
            day = {doc: self.documents[doc].day() for doc in kept}
            by_date = sorted(
                kept.items(),
                key=lambda found: (
                    not day[found[0]],
                    sign * day[found[0]],
                    -found[1],
                    self.places[found[0]],
                ),
            )
            return self._collapsed(by_date) if plan.collapse else by_date
        ranking = sorted(kept.items(), key=self._best_first)
        if plan.collapse:
            ranking = self._collapsed(ranking)
        if plan.rescore.nodes:
            window, rest = ranking[: plan.rescore.window], ranking[plan.rescore.window :]
            added = [self.scores(node) for node in plan.rescore.nodes]
            window = [(doc, score + sum(more.get(doc, 0.0) for more in added)) for doc, score in window]
            ranking = sorted(window, key=self._best_first) + rest
        return ranking

    def _best_first(self, entry: tuple[Handle, float]) -> tuple[float, int]:
        doc, score = entry
        return -score, self.places[doc]

    def _collapsed(self, ranking: Iterable[tuple[Handle, float]]) -> list[tuple[Handle, float]]:
        """Of each group of near-duplicates the one that is ranked first."""
        found = []
        met: list[set[Handle]] = []
        for doc, score in ranking:
            own = next((group for group in self.groups if doc in group), None)
            if own is None or own not in met:
                found.append((doc, score))
            if own is not None:
                met.append(own)
        return found

    # scores

    def scores(self, node: Node) -> Scores:
        """The documents that match a node, and their scores."""
        match node:
            case Term():
                tfs = {doc: self._frequency(doc, node.field, node.text) for doc in self.documents}
                tfs = {doc: tf for doc, tf in tfs.items() if tf}
                return self._bm25(node.field, tfs, self._idf(len(tfs)), node.weight)
            case Phrase():
                return self._phrase(node)
            case Passage():
                return self._passage(node)
            case Best():
                return _best([self.scores(member) for member in node.members], node.tie_breaker)
            case Combine():
                return self._combine(node)

    def _frequency(self, doc: Handle, field: str, term: str) -> int:
        return sum(text == term for _, text in self.documents[doc].fields.get(field, ()))

    def _idf(self, df: int) -> float:
        return math.log(1 + (len(self.documents) - df + 0.5) / (df + 0.5))

    def _bm25(self, field: str, tfs: Mapping[Handle, int], idf: float, weight: float) -> Scores:
        part = field.partition("_")[0]
        mean = self.mean[part]
        scores = {}
        for doc, tf in tfs.items():
            length = self.documents[doc].length(part)
            scores[doc] = weight * idf * tf / (tf + K1 * (1 - B + B * length / mean))
        return scores

    def _phrase(self, phrase: Phrase) -> Scores:
        part, _, kind = phrase.field.partition("_")
        seen_as = without_diacritics if kind == "folded" else str
        places: dict[int, int] = {}
        containing: list[set[int]] = [set() for _ in phrase.parts]
        for doc, document in self.documents.items():
            tokens = document.fields.get(f"{part}_surface", ())
            where = [{at for at, text in tokens if seen_as(text) in texts} for texts in phrase.parts]
            for number, positions in enumerate(where):
                if positions:
                    containing[number].add(doc)
            count = sum(_follows(where[1:], start, start, phrase.slop) for start in where[0])
            if count:
                places[doc] = count
        idf = sum(self._idf(len(docs)) for docs in containing)
        return self._bm25(phrase.field, places, idf, phrase.weight)

    def _passage(self, node: Passage) -> Scores:
        worth = []
        for texts in node.groups:
            containing = [
                doc for doc in self.documents if any(self._frequency(doc, node.field, t) for t in texts)
            ]
            worth.append(self._idf(len(containing)))
        scores = {}
        for doc, document in self.documents.items():
            tokens = document.fields.get(node.field, ())
            blocks = [{at // node.block for at, text in tokens if text in texts} for texts in node.groups]
            best = max(
                (
                    sum(value for value, own in zip(worth, blocks, strict=True) if own & {first, first + 1})
                    for first in set().union(*blocks, *({block - 1 for block in own} for own in blocks))
                ),
                default=0.0,
            )
            if best:
                scores[doc] = best * node.weight
        return scores

    def _combine(self, node: Combine) -> Scores:
        must = [self.scores(child) for child in node.must]
        should = [self.scores(child) for child in node.should]
        excluded = [self.scores(child) for child in node.exclude]
        minimum = node.minimum
        if should and not must:
            minimum = max(minimum, 1)
        optional = {doc: sum(scores.get(doc, 0.0) for scores in should) for doc in self.documents}
        floor = node.floor * max(optional.values(), default=0.0)
        out: Scores = {}
        for doc in self.documents:
            if any(doc not in scores for scores in must) or any(doc in scores for scores in excluded):
                continue
            found = sum(doc in scores for scores in should)
            if found < minimum or (found < len(should) and optional[doc] < floor):
                continue
            required = sum(scores[doc] for scores in must)
            out[doc] = required + optional[doc] if must or should else 1.0
        return out

    def _refused(self, doc: Handle, filter: Filter, but: str = "") -> bool:
        document = self.documents[doc]
        day = document.day()
        if but != "language" and not _kept(document.language, filter.languages, filter.excluded_languages):
            return True
        if but != "source" and not _kept(document.source, filter.sources, filter.excluded_sources):
            return True
        if but == "year":
            return False
        if filter.dates and not any(since <= day <= until for since, until in filter.dates):
            return True
        return any(since <= day <= until for since, until in filter.excluded_dates)

    def _facet(self, name: str, scores: Scores, filter: Filter) -> tuple[tuple[str, int], ...]:
        """Counts under the filters of the other facets; what is not known is not counted."""
        counts: Counter[str] = Counter()
        for doc in scores:
            document = self.documents[doc]
            values = {"language": document.language, "source": document.source, "year": document.date[:4]}
            if values[name] and not self._refused(doc, filter, but=name):
                counts[values[name]] += 1
        return tuple(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def _kept(value: str, named: Collection[str], excluded: Collection[str]) -> bool:
    return (not named or value in named) and value not in excluded


def _follows(rest: Sequence[set[int]], start: int, reached: int, slop: int) -> bool:
    """Whether the rest of a phrase can be found after `reached`, with at most `slop` others in between."""
    if not rest:
        return True
    return any(
        _follows(rest[1:], start, at, slop - (at - reached - 1))
        for at in rest[0]
        if 0 <= at - reached - 1 <= slop
    )


def _best(members: Iterable[Scores], tie_breaker: float) -> Scores:
    found: dict[Handle, list[float]] = {}
    for scores in members:
        for doc, score in scores.items():
            found.setdefault(doc, []).append(score)
    return {doc: max(scores) + tie_breaker * (sum(scores) - max(scores)) for doc, scores in found.items()}
