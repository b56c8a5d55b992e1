"""The hits of a page: each document with its snippet, what is highlighted in it, and why it is there."""

from collections.abc import Collection, Iterator, Sequence

from search.alternates import Tellings, tellings
from search.analysis.titles import title_keys
from search.document import Document
from search.engines.base import Searcher
from search.highlight import Highlighter, Match, highlights, longest
from search.query.plan import Best, Combine, Named, Node, Ranked
from search.results import Highlight, Hit, How, Similar, WordFound
from search.schema import Name
from search.snippet import LONG, parts_around, snippet, telling_parts

_HOW = tuple(How)
_MAX_SIMILAR = 5
"""Near-duplicates that are shown beside a hit."""
_MAX_ELSEWHERE = 2
"""Declared tellings in other languages that are shown beside a hit."""

Titles = Collection[tuple[Name, str]]
"""Names of titles that are the query."""


def hits(
    searcher: Searcher, ranked: Ranked, highlighter: Highlighter, titles: Titles, honoured: int
) -> tuple[Hit, ...]:
    """The hits of a ranking, those found only with other diacritics than typed after all others.

    `honoured` is how many of the ranking, from its first, honour the diacritics that were typed.
    """
    similar = searcher.similar(ranked.handles)
    beside = [own[:_MAX_SIMILAR] for own in similar]
    fetched = iter(searcher.fetch([*ranked.handles, *(each for own in beside for each in own)]))
    documents = [next(fetched) for _ in ranked.handles]
    shown = [tuple(Similar.of(next(fetched)) for _ in own) for own in beside]
    elsewhere = tellings(searcher, ranked.handles, documents, _MAX_ELSEWHERE)
    found = [
        _hit(
            document,
            ranked.scores[place],
            highlighter,
            titles,
            shown[place],
            len(similar[place]),
            elsewhere[place],
            other_diacritics=place >= honoured,
            complete=ranked.whole[place] if ranked.whole else True,
        )
        for place, document in enumerate(documents)
    ]
    return tuple(sorted(found, key=lambda hit: hit.other_diacritics))


def whole_titles(node: Node) -> Iterator[tuple[Name, str]]:
    """The titles that a plan looks for whole."""
    match node:
        case Named((Name.TITLE | Name.FOLDED_TITLE) as name, text):
            yield name, text
        case Best(members):
            for each in members:
                yield from whole_titles(each)
        case Combine(must, should):
            for each in (*must, *should):
                yield from whole_titles(each)


def _hit(
    document: Document,
    score: float,
    highlighter: Highlighter,
    titles: Titles,
    similar: tuple[Similar, ...],
    similar_total: int,
    elsewhere: Tellings,
    *,
    other_diacritics: bool,
    complete: bool,
) -> Hit:
    title, text = looked_at(highlighter, document, complete)
    in_title, in_text = worth_showing(highlighter, title, text)
    passage, passage_highlights = snippet(document.text, in_text, highlighter.importance)
    found = _explained(highlighter, document, in_title, in_text)
    other_diacritics |= _is_other(found)
    phrases = (
        *highlighter.side_by_side(document.title, in_title),
        *highlighter.side_by_side(document.text, in_text),
    )
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
        explanation=found,
        whole_title=bool(title)
        and any((name, key) in titles for name, key in title_keys(document.title).items()),
        phrases=tuple(longest(phrases)),
        other_diacritics=other_diacritics,
        complete=complete,
        missing=() if complete else _missing(highlighter, (*title, *text), other_diacritics),
        similar=similar,
        similar_total=similar_total,
        copies=document.copies,
        alternates=elsewhere.alternates,
        counterparts=elsewhere.counterparts,
    )


def looked_at(
    highlighter: Highlighter, document: Document, complete: bool
) -> tuple[list[Match], list[Match]]:
    """All the matches of a title and of its text; of a long text, those in the parts that tell most.

    It is read as a whole where nothing tells, and where only that can tell which words are missing.
    """
    text = document.text
    if len(text) <= LONG:
        return read(highlighter, document)
    title = highlighter.found(document.title, language=document.language)
    parts = telling_parts(text, highlighter.needles, highlighter.importance)
    found = _found_in(highlighter, document, parts)
    missing = _missing(highlighter, (*title, *found), True)
    if len(missing) > (not complete):
        # a stem or other diacritics: they may stand elsewhere
        places = highlighter.places(text, missing)
        if places is None:
            return read(highlighter, document)
        if places:
            found = _found_in(highlighter, document, parts_around(text, places, parts))
    return (title, found) if highlighter.tells(title, found) else read(highlighter, document)


def _found_in(highlighter: Highlighter, document: Document, parts: Sequence[Highlight]) -> list[Match]:
    return [one for part in parts for one in highlighter.found(document.text, *part, document.language)]


def read(highlighter: Highlighter, document: Document) -> tuple[list[Match], list[Match]]:
    """All the matches of a title and of its text."""
    found = [highlighter.found(text, language=document.language) for text in (document.title, document.text)]
    return found[0], found[1]


def worth_showing(
    highlighter: Highlighter, title: list[Match], text: list[Match]
) -> tuple[list[Match], list[Match]]:
    """The matches that tell why a document is found; all of them where none is a word that tells much.

    A word that is everywhere in the index is highlighted beside others; where it is by itself only, there.
    """
    telling = highlighter.telling(title), highlighter.telling(text)
    if not any(telling):
        return title, text
    lost = highlighter.slight and highlighter.slight - highlighter.names([*telling[0], *telling[1]])
    return (highlighter.telling(title, lost), highlighter.telling(text, lost)) if lost else telling


def _explained(
    highlighter: Highlighter, document: Document, in_title: Sequence[Match], in_text: Sequence[Match]
) -> tuple[WordFound, ...]:
    """How each word is found at best, in the order of the query."""
    found = highlighter.explain(document.text, in_text)
    for word, titled in highlighter.explain(document.title, in_title).items():
        own = found.get(word, titled)
        best = min(own, titled, key=lambda each: _HOW.index(each.how))
        found[word] = WordFound(word, best.found, best.how, in_title=best.found == titled.found)
    return tuple(found[word] for word in highlighter.typed if word in found)


def _is_other(found: Collection[WordFound]) -> bool:
    """Whether nothing is found with the diacritics typed: of *côte* only the stem it shares with *côté*."""
    return bool(found) and all(each.how is How.OTHER_DIACRITICS for each in found)


def _missing(highlighter: Highlighter, found: Sequence[Match], other_diacritics: bool) -> tuple[str, ...]:
    """The words that are found neither alone nor within something that stands for several.

    *hạng* is *hàng* only for a document that is shown for its `other_diacritics`.
    """
    there = highlighter.names(
        [one for one in found if other_diacritics or one.how is not How.OTHER_DIACRITICS]
    )
    return tuple(word for word in highlighter.wanted if word not in there)
