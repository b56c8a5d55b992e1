"""Executes Plans, and does in place of an engine what it says that it lacks.

It asks the engine for the whole ranking of the matches, so an engine that lacks something is slow, not
wrong: exact for any index, meant for small ones and for a first version of a new engine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log

from search.analysis.normalize import surface
from search.analysis.token import tokenize
from search.engines.base import Searcher
from search.query.plan import (
    Best,
    Combine,
    Feature,
    Handle,
    Node,
    Order,
    Passage,
    Plan,
    Ranked,
    Rescore,
    Term,
)
from search.schema import FIELDS, Part

Scores = dict[Handle, float]


def execute(searcher: Searcher, plan: Plan) -> Ranked:
    """The documents that match a plan, ranked."""
    if not needed(plan) & searcher.lacks:
        return searcher.execute(plan)
    whole = replace(plan, rescore=Rescore(), collapse=False, limit=searcher.documents, offset=0)
    found = searcher.execute(whole)
    scores: Scores = dict(zip(found.handles, found.scores, strict=True))
    kept = _collapsed(searcher, found.handles) if plan.collapse else list(found.handles)
    if plan.rescore.nodes and plan.order is Order.RELEVANCE:
        kept = _rescored(searcher, plan.rescore, kept, scores)
    page = tuple(kept[plan.offset : plan.offset + plan.limit])
    return replace(
        found,
        handles=page,
        scores=tuple(scores[handle] for handle in page),
        collapsed=len(found.handles) - len(kept),
    )


def needed(plan: Plan) -> frozenset[Feature]:
    """What a plan needs that an engine may lack."""
    wanted = {
        Feature.PASSAGE: any(isinstance(node, Passage) for node in plan.rescore.nodes),
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


def _rescored(searcher: Searcher, rescore: Rescore, ranking: list[Handle], scores: Scores) -> list[Handle]:
    """The ranking with its first documents in the order of their evidence, which is added to `scores`."""
    window = ranking[: rescore.window]
    for node in rescore.nodes:
        for handle, more in _evidence(searcher, node, window).items():
            scores[handle] += more
    everything = searcher.execute(Plan(Combine(), facets=(), limit=searcher.documents)).handles
    places = {handle: place for place, handle in enumerate(everything)}
    first = sorted(window, key=lambda handle: (-scores[handle], places[handle]))
    return first + ranking[rescore.window :]


def _evidence(searcher: Searcher, node: Node, window: Sequence[Handle]) -> Mapping[Handle, float]:
    """What a node adds to some documents."""
    if isinstance(node, Passage):
        return _passages(searcher, node, window)
    found = searcher.execute(Plan(node, facets=(), limit=searcher.documents))
    scores = dict(zip(found.handles, found.scores, strict=True))
    return {handle: scores.get(handle, 0.0) for handle in window}


def _passages(searcher: Searcher, passage: Passage, window: Sequence[Handle]) -> Mapping[Handle, float]:
    """What the best passage of each document is worth, read from its text."""
    worth = [_idf(searcher, passage.field, group) for group in passage.groups]
    part, _ = FIELDS[passage.field]
    best: dict[Handle, float] = {}
    for handle, document in zip(window, searcher.fetch(window), strict=True):
        text = document.title if part is Part.TITLE else document.text
        blocks: list[set[int]] = [set() for _ in passage.groups]
        for token in tokenize(text):
            word = surface(token.text)
            for places, group in zip(blocks, passage.groups, strict=True):
                if word in group:
                    places.add(token.position // passage.block)
        best[handle] = passage.weight * max(
            (
                sum(value for value, places in zip(worth, blocks, strict=True) if {block, block + 1} & places)
                for block in set().union(*blocks)
            ),
            default=0.0,
        )
    return best


def _idf(searcher: Searcher, field: str, group: Sequence[str]) -> float:
    df = searcher.execute(Plan(Best(tuple(Term(field, text) for text in group)), facets=(), limit=0)).total
    return log(1 + (searcher.documents - df + 0.5) / (df + 0.5))
