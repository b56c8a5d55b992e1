"""A page that few documents honour the typed diacritics for: those first, then what has any others."""

from collections.abc import Sequence
from dataclasses import replace

from search.engines.base import Searcher
from search.execution import execute
from search.query.plan import Best, Combine, Handle, Named, Plan, Ranked
from search.schema import Name


def widened(searcher: Searcher, honoured: Ranked, wide: Plan, plan: Plan) -> Ranked:
    """The page that `plan` asks for: `honoured`, all that it matched, then what else `wide` does.

    Totals and completeness are those of `wide`, also of what is honoured, so that a list has as many
    complete matches as are counted: *bạn hàng* is a complete match of `bán hàng` here.
    """
    others = execute(searcher, wide)
    scores = dict(zip(others.handles, others.scores, strict=True))
    scores |= dict(zip(honoured.handles, honoured.scores, strict=True))
    whole = dict(zip(others.handles, others.whole, strict=False))
    if others.whole:
        whole |= _completeness(searcher, wide, [each for each in honoured.handles if each not in whole])
    first = list(honoured.handles)
    if wide.complete_first:
        first.sort(key=lambda handle: not whole.get(handle))
    kept = set(first)
    every = first + [handle for handle in others.handles if handle not in kept]
    page = tuple(every[plan.offset : plan.offset + plan.limit])
    return replace(
        others,
        handles=page,
        scores=tuple(scores[handle] for handle in page),
        whole=tuple(whole[handle] for handle in page) if others.whole else (),
    )


def _completeness(searcher: Searcher, wide: Plan, handles: Sequence[Handle]) -> dict[Handle, bool]:
    """Whether some of the matches of a plan, which its page does not have, are complete ones."""
    if not handles:
        return {}
    named = Best(tuple(Named(Name.ID, each.id) for each in searcher.fetch(handles)))
    asked = Plan(
        Combine((wide.query, named)), wide.complete, filter=wide.filter, facets=(), limit=len(handles)
    )
    found = execute(searcher, asked)
    return dict.fromkeys(handles, False) | dict(zip(found.handles, found.whole, strict=True))
