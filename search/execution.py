"""Executes Plans, and does in place of an engine what it says that it lacks.

It asks the engine for the whole ranking of the matches, so an engine that lacks something is slow, not
wrong: exact for any index, meant for small ones and for a first version of a new engine.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log

from search.analysis.normalize import surface
from search.analysis.token import tokenize
from search.document import Document
from search.engines.base import Searcher
from search.query.plan import (
    Best,
    Combine,
    Feature,
    Group,
    Handle,
    Node,
    Order,
    Passage,
    Plan,
    Ranked,
    Rescore,
    Term,
    TitleShare,
)
from search.schema import Kind, whole_field

Scores = dict[Handle, float]


def execute(searcher: Searcher, plan: Plan) -> Ranked:
    """The documents that match a plan, ranked."""
    if not needed(plan) & searcher.lacks:
        return searcher.execute(plan)
    whole = replace(plan, rescore=Rescore(), collapse=False, limit=searcher.documents, offset=0)
    found = searcher.execute(whole)
    scores: Scores = dict(zip(found.handles, found.scores, strict=True))
    kept = list(found.handles)
    complete = dict(zip(found.handles, found.whole, strict=True)) if found.whole else {}
    first = complete if plan.complete_first else {}
    if plan.rescore.nodes and plan.order is Order.RELEVANCE:
        kept = _rescored(searcher, plan.rescore, kept, scores, first)
    if plan.collapse:
        kept = _collapsed(searcher, kept)
    page = tuple(kept[plan.offset : plan.offset + plan.limit])
    return replace(
        found,
        handles=page,
        scores=tuple(scores[handle] for handle in page),
        collapsed=len(found.handles) - len(kept),
        whole=tuple(complete[handle] for handle in page if complete),
    )


def needed(plan: Plan) -> frozenset[Feature]:
    """What a plan needs that an engine may lack."""
    wanted = {
        Feature.PASSAGE: any(isinstance(node, Passage | TitleShare) for node in plan.rescore.nodes),
        Feature.COLLAPSE: plan.collapse,
    }
    return frozenset(feature for feature, used in wanted.items() if used)


def _collapsed(searcher: Searcher, ranking: Sequence[Handle]) -> list[Handle]:
    """The first document of each group of near-duplicates."""
    kept: list[Handle] = []
    hidden: set[Handle] = set()
    for handle, similar in zip(ranking, searcher.similar(ranking), strict=True):
        if handle not in hidden:
            kept.append(handle)
            hidden.update(similar)
    return kept


def _rescored(
    searcher: Searcher,
    rescore: Rescore,
    ranking: list[Handle],
    scores: Scores,
    complete: Mapping[Handle, bool],
) -> list[Handle]:
    """The ranking with its first documents in the order of their evidence, which is added to `scores`."""
    window = ranking[: rescore.window]
    for node in rescore.nodes:
        for handle, more in _evidence(searcher, node, window).items():
            scores[handle] += more
    everything = searcher.execute(Plan(Combine(), facets=(), limit=searcher.documents)).handles
    places = {handle: place for place, handle in enumerate(everything)}
    first = sorted(window, key=lambda handle: (not complete.get(handle), -scores[handle], places[handle]))
    return first + ranking[rescore.window :]


def _evidence(searcher: Searcher, node: Node, window: Sequence[Handle]) -> Mapping[Handle, float]:
    """What a node adds to some documents."""
    if isinstance(node, Passage | TitleShare):
        documents = searcher.fetch(window)
        worth = [_worth(searcher, group) for group in node.groups]
        value = _passage if isinstance(node, Passage) else _title_share
        return {
            handle: node.weight * value(node, worth, document)  # type: ignore[arg-type]  # told apart above
            for handle, document in zip(window, documents, strict=True)
        }
    found = searcher.execute(Plan(node, facets=(), limit=searcher.documents))
    scores = dict(zip(found.handles, found.scores, strict=True))
    return {handle: scores.get(handle, 0.0) for handle in window}


def _passage(passage: Passage, worth: Sequence[float], document: Document) -> float:
    """What the best passage of a document is worth."""
    titles = _found(passage.groups, document.title)
    places = _found(passage.groups, document.text)
    blocks = [Counter(at // passage.block for at in own) for own in places]
    best = 0.0
    for block in set().union(*blocks):
        for first in (block - 1, block):
            value = 0.0
            for own, counts, in_title in zip(worth, blocks, titles, strict=True):
                use = counts[first] + counts[first + 1] + passage.title * len(in_title)
                value += own * use / (use + passage.k1)
            best = max(best, value)
    return best


def _title_share(share: TitleShare, worth: Sequence[float], document: Document) -> float:
    """What a title holds of a query."""
    places = _found(share.groups, document.title)
    length = sum(1 for token in tokenize(document.title) if surface(token.text))
    found = sum(own for own, here in zip(worth, places, strict=True) if here)
    return found * len(set().union(*places)) / max(length, 1)


def _found(groups: Sequence[Group], text: str) -> list[list[int]]:
    """The positions of each group in a text."""
    words = [(surface(token.text), token.position) for token in tokenize(text)]
    return [[at for word, at in words if word in group.terms] for group in groups]


def _worth(searcher: Searcher, group: Group) -> float:
    members = tuple(Term(whole_field(Kind.SURFACE), text) for text in group.terms)
    df = searcher.execute(Plan(Best(members), facets=(), limit=0)).total
    return group.weight * log(1 + (searcher.documents - df + 0.5) / (df + 0.5))
