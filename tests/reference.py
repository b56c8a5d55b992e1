"""What a Plan means, in plain Python: slow, without arrays, and with nothing of an engine in it.

Documents are lists of `(position, term)`; every formula is written out as the docstrings of
`search.query.plan` and of the engine's scorer state it. Engines are compared with this.
"""

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial

from reference_lexicon import PARTS, ReferenceDocument, ReferenceLexicon, without_diacritics

from search.config import Similarity
from search.query.plan import (
    Best,
    Combine,
    Filter,
    Group,
    Handle,
    Named,
    Node,
    Order,
    Passage,
    Phrase,
    Plan,
    Ranked,
    Term,
    TitleShare,
)
from search.schema import Name

SIMILARITY = Similarity()
WEIGHT = {"title": SIMILARITY.title, "body": 1.0}
B = {"title": SIMILARITY.title_b, "body": SIMILARITY.body_b}
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
        complete = self.scores(plan.complete) if plan.complete else {}
        counted = {doc: score for doc, score in scores.items() if doc in complete} or scores
        kept = {doc: score for doc, score in scores.items() if not self._refused(doc, plan.filter)}
        ranking = self.ranking(kept, plan, set(complete) if plan.complete_first else set())
        page = ranking[plan.offset : plan.offset + plan.limit]
        return Ranked(
            handles=tuple(doc for doc, _ in page),
            scores=tuple(score for _, score in page),
            total=len(kept),
            facets={
                name: self._facet(name, counted, plan.filter)[: plan.facet_values or None]
                for name in plan.facets
            },
            collapsed=len(kept) - len(ranking),
            complete=sum(doc in complete for doc in kept),
            whole=tuple(doc in complete for doc, _ in page) if plan.complete else (),
            facets_complete=len(counted) < len(scores),
        )

    def ranking(self, kept: Scores, plan: Plan, first: Collection[Handle]) -> list[tuple[Handle, float]]:
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
        ranking = sorted(kept.items(), key=partial(self._best_first, first))
        if plan.rescore.nodes:
            window, rest = ranking[: plan.rescore.window], ranking[plan.rescore.window :]
            added = [self.scores(node) for node in plan.rescore.nodes]
            window = [(doc, score + sum(more.get(doc, 0.0) for more in added)) for doc, score in window]
            ranking = sorted(window, key=partial(self._best_first, first)) + rest
        return self._collapsed(ranking) if plan.collapse else ranking

    def _best_first(self, first: Collection[Handle], entry: tuple[Handle, float]) -> tuple[bool, float, int]:
        doc, score = entry
        return doc not in first, -score, self.places[doc]

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
                found = self._frequencies(node.field, lambda text: text == node.text)
                return self._bm25(found, self._idf(len(found)), SIMILARITY.k1, node.weight)
            case Named():
                named = (doc for doc, own in self.documents.items() if _title(own, node.name) == node.text)
                return dict.fromkeys(named, node.weight)
            case Phrase():
                return self._phrase(node)
            case Passage():
                return self._passage(node)
            case TitleShare():
                return self._title_share(node)
            case Best():
                return _best([self.scores(member) for member in node.members], node.tie_breaker)
            case Combine():
                return self._combine(node)

    def _idf(self, df: int) -> float:
        df = min(df, len(self.documents))
        return math.log(1 + (len(self.documents) - df + 0.5) / (df + 0.5))

    def _tokens(self, doc: Handle, field: str) -> Sequence[tuple[int, str]]:
        return self.documents[doc].fields.get(field, ())

    def _worth(self, doc: Handle, part: str) -> float:
        """What one occurrence in a part is worth."""
        length = self.documents[doc].length(part)
        return WEIGHT[part] / (1 - B[part] + B[part] * length / self.mean[part])

    def _frequencies(self, field: str, wanted: Callable[[str], bool]) -> dict[Handle, float]:
        """The weighted frequency of some terms in the parts of a field."""
        found: dict[Handle, float] = {}
        for part, kind in _fields(field):
            for doc in self.documents:
                places = [at for at, text in self._tokens(doc, f"{part}_{kind}") if wanted(text)]
                if places:
                    lead = min(sum(at < 80 for at in places), 3) if part == "body" else 0
                    more = len(places) * self._worth(doc, part) + SIMILARITY.lead * lead
                    found[doc] = found.get(doc, 0.0) + more
        return found

    def _bm25(self, found: Mapping[Handle, float], idf: float, k1: float, weight: float) -> Scores:
        return {doc: weight * idf * x / (x + k1) for doc, x in found.items()}

    def _phrase(self, phrase: Phrase) -> Scores:
        found: dict[Handle, float] = {}
        for part, kind in _fields(phrase.field):
            seen_as = without_diacritics if kind == "folded" else str
            for doc in self.documents:
                tokens = self._tokens(doc, f"{part}_surface")
                where = [{at for at, text in tokens if seen_as(text) in texts} for texts in phrase.parts]
                count = sum(_follows(where[1:], start, start, phrase.slop) for start in where[0])
                if count:
                    found[doc] = found.get(doc, 0.0) + count * self._worth(doc, part)
        idf = self._idf(len(found) if phrase.df is None else phrase.df)
        k1 = SIMILARITY.k1 if phrase.word else SIMILARITY.phrase_k1
        return self._bm25(found, idf, k1, phrase.weight)

    def _group(self, group: Group) -> float:
        return group.weight * self._idf(len(self._frequencies("whole_surface", group.terms.__contains__)))

    def _passage(self, node: Passage) -> Scores:
        worth = [self._group(group) for group in node.groups]
        scores = {}
        for doc in self.documents:
            body, title = self._tokens(doc, "body_surface"), self._tokens(doc, "title_surface")
            blocks = [[at // node.block for at, text in body if text in own.terms] for own in node.groups]
            titles = [sum(text in own.terms for _, text in title) for own in node.groups]
            best = 0.0
            for first in set().union(*blocks, *({block - 1 for block in own} for own in blocks)):
                value = 0.0
                for own, places, in_title in zip(worth, blocks, titles, strict=True):
                    use = sum(block in (first, first + 1) for block in places) + node.title * in_title
                    value += own * use / (use + node.k1)
                best = max(best, value)
            if best:
                scores[doc] = best * node.weight
        return scores

    def _title_share(self, node: TitleShare) -> Scores:
        scores = {}
        for doc in self.documents:
            title = [text for _, text in self._tokens(doc, "title_surface")]
            found = [group for group in node.groups if set(group.terms) & set(title)]
            tokens = sum(any(text in group.terms for group in found) for text in title)
            if found:
                worth = sum(self._group(group) for group in found)
                scores[doc] = node.weight * worth * tokens / len(title)
        return scores

    def _combine(self, node: Combine) -> Scores:
        must = [self.scores(child) for child in node.must]
        should = [self.scores(child) for child in node.should]
        excluded = [self.scores(child) for child in node.exclude]
        minimum = node.minimum
        if should and not must:
            minimum = max(minimum, 1)
        optional = {doc: sum(scores.get(doc, 0.0) for scores in should) for doc in self.documents}
        out: Scores = {}
        for doc in self.documents:
            if any(doc not in scores for scores in must) or any(doc in scores for scores in excluded):
                continue
            found = sum(doc in scores for scores in should)
            if found < minimum:
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


def _fields(field: str) -> list[tuple[str, str]]:
    """The parts that a field of a Plan covers, and its kind."""
    part, _, kind = field.partition("_")
    return [(own, kind) for own in (PARTS if part == "whole" else (part,))]


def _title(document: ReferenceDocument, name: Name) -> str:
    kinds = {Name.TITLE: "surface", Name.FOLDED_TITLE: "folded"}
    return " ".join(text for _, text in document.fields.get(f"title_{kinds[name]}", ()))


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
