"""The hits of a page: each document with its snippet, what is highlighted in it, and why it is there."""

from collections.abc import Collection, Mapping

from search.document import Document
from search.engines.base import Searcher
from search.highlight import Highlighter, Match, highlights
from search.query.plan import Ranked
from search.results import Hit, How, Similar, WordFound
from search.snippet import LONG, snippet, telling_parts

_HOW = tuple(How)
_MAX_SIMILAR = 5
"""Near-duplicates that are shown beside a hit."""


def hits(searcher: Searcher, ranked: Ranked, highlighter: Highlighter, honoured: int) -> tuple[Hit, ...]:
    """The hits of a ranking, those found only with other diacritics than typed after all others.

    `honoured` is how many of the ranking, from its first, honour the diacritics that were typed.
    """
    similar = searcher.similar(ranked.handles)
    beside = [own[:_MAX_SIMILAR] for own in similar]
    fetched = iter(searcher.fetch([*ranked.handles, *(each for own in beside for each in own)]))
    documents = [next(fetched) for _ in ranked.handles]
    shown = [tuple(Similar.of(next(fetched)) for _ in own) for own in beside]
    found = [
        _hit(
            document,
            ranked.scores[place],
            highlighter,
            shown[place],
            len(similar[place]),
            other_diacritics=place >= honoured,
            complete=ranked.whole[place] if ranked.whole else True,
        )
        for place, document in enumerate(documents)
    ]
    return tuple(sorted(found, key=lambda hit: hit.other_diacritics))


def _hit(
    document: Document,
    score: float,
    highlighter: Highlighter,
    similar: tuple[Similar, ...],
    similar_total: int,
    *,
    other_diacritics: bool,
    complete: bool,
) -> Hit:
    in_title = highlighter.matches(document.title)
    in_text = _matches_worth_showing(highlighter, document.text)
    passage, passage_highlights = snippet(document.text, in_text, highlighter.importance)
    found = highlighter.explain(document.text, in_text)
    for word, better in highlighter.explain(document.title, in_title).items():
        if word not in found or _HOW.index(better.how) < _HOW.index(found[word].how):
            found[word] = better
    return Hit(
        id=document.id,
        score=score,
        title=document.title,
        language=document.language,
        url=document.url,
        source=document.source,
        date=document.date,
        snippet=passage,
        title_highlights=highlights(in_title, document.title),
        snippet_highlights=passage_highlights,
        explanation=tuple(found[word] for word in highlighter.typed if word in found),
        other_diacritics=other_diacritics or _is_other(found.values()),
        complete=complete,
        missing=() if complete else _missing(highlighter, found),
        similar=similar,
        similar_total=similar_total,
        copies=document.copies,
    )


def _is_other(found: Collection[WordFound]) -> bool:
    """Whether nothing is found with the diacritics typed: of *côte* only the stem it shares with *côté*."""
    return bool(found) and all(each.how is How.OTHER_DIACRITICS for each in found)


def _missing(highlighter: Highlighter, found: Mapping[str, WordFound]) -> tuple[str, ...]:
    """The words that are found neither alone nor within something that stands for several."""
    there = {part for typed in found for part in (typed, *typed.split())}
    return tuple(word for word in highlighter.wanted if word not in there)


def _matches_worth_showing(highlighter: Highlighter, text: str) -> list[Match]:
    """The matches of a text; of a long one, those in the parts that a snippet could come from."""
    if len(text) > LONG:
        parts = telling_parts(text, highlighter.needles, highlighter.importance)
        found = [match for start, end in parts for match in highlighter.matches(text, start, end)]
        if found:
            return found
    return highlighter.matches(text)
