"""The pipeline of a search: parse → resolve → execute → highlight."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import islice
from os import PathLike
from pathlib import Path

from search.analysis.analyzer import warm
from search.config import Config
from search.document import Document, date_number, encodable
from search.engines.base import Index, Snapshot
from search.engines.whoosh import open_index
from search.errors import DocumentMissing
from search.highlight import Highlighter, Match, merged
from search.query.ast import Query
from search.query.complete import phrases, title_plan
from search.query.parser import parse
from search.query.plan import Filter, Order, Plan, Ranked
from search.query.readings import Diacritics
from search.query.resolve import Resolved, resolve
from search.query.suggest import absent_diacritics, from_keyboard, likely_accents, respelled
from search.results import (
    Completion,
    FacetValue,
    Highlight,
    HighlightedDocument,
    Hit,
    How,
    Page,
    Similar,
    Status,
    Suggestion,
)
from search.snippet import LONG, snippet, telling_parts
from search.stopwatch import Stopwatch

_HOW = tuple(How)
_LONGEST_PREFIX = 200
_SIMILAR = 5
_ALTERNATES = 5
_LOOKED_AT = 50  # documents that name each other


class Engine:
    """Searches one index. Safe to share between threads; follows new generations and commits by itself."""

    def __init__(self, index: Index, config: Config) -> None:
        self._index = index
        self._config = config

    def search(
        self,
        text: str,
        *,
        limit: int = 10,
        offset: int = 0,
        languages: Collection[str] = (),
        sources: Collection[str] = (),
        since: str = "",
        until: str = "",
        collapse: bool = True,
        order: Order = Order.RELEVANCE,
    ) -> Page:
        """The hits of a query, ranked. Never raises on any text.

        `languages` and `sources` keep documents with one of the values; `since` and `until` are
        ISO dates, whole or partial, both included. With `collapse`, the first of several
        near-duplicates stands for them.
        """
        stages = Stopwatch()
        caps = self._config.caps
        limit = max(0, min(limit, caps.page))
        offset = max(0, min(offset, caps.results))
        filter = Filter(
            frozenset(languages), frozenset(sources), date_number(since), date_number(until, last=True)
        )
        text = encodable(text)  # a lone surrogate could be neither shown nor sent
        query = parse(text, caps)
        snapshot = self._index.snapshot()
        resolved = resolve(query, snapshot, self._config, filter, limit, offset)
        stages.lap("resolve")
        resolved = replace(resolved, plan=_asked(resolved.plan, collapse, order, caps.facet_values))
        ranked = snapshot.execute(resolved.plan)
        honoured = ranked.total - ranked.collapsed
        if resolved.marked and honoured < self._config.full_page:
            resolved, ranked = self._widened(query, snapshot, resolved.plan, filter)
        stages.lap("execute")
        highlighter = self._highlighter(resolved, snapshot)
        hits = tuple(
            _hit(snapshot, doc, score, highlighter, other_diacritics=place >= honoured)
            for place, (doc, score) in enumerate(zip(ranked.docs, ranked.scores, strict=True), offset)
        )
        stages.lap("highlight")
        suggestions = _suggestions(text, resolved, snapshot)
        stages.lap("suggest")
        return Page(
            query=text,
            hits=tuple(sorted(hits, key=lambda hit: hit.other_diacritics)),
            total=ranked.total,
            facets={
                name: tuple(FacetValue(value, count) for value, count in values)
                for name, values in ranked.facets.items()
            },
            took_ms=sum(stages.laps_ms.values()),
            stages_ms=stages.laps_ms,
            warnings=query.warnings + resolved.warnings + absent_diacritics(resolved.typed, snapshot),
            offset=offset,
            limit=limit,
            likely_accents=likely_accents(text, resolved.typed),
            suggestions=suggestions,
            collapsed=ranked.collapsed,
        )

    def _widened(
        self, query: Query, snapshot: Snapshot, plan: Plan, filter: Filter
    ) -> tuple[Resolved, Ranked]:
        """The few documents of a plan that honours the typed diacritics, then those with any others."""
        page = self._config.full_page
        first = snapshot.execute(replace(plan, limit=page, offset=0, facets=()))
        end = plan.offset + plan.limit
        wide = resolve(query, snapshot, self._config, filter, end + page, 0, Diacritics.ANY)
        others = snapshot.execute(_asked(wide.plan, plan.collapse, plan.order, plan.facet_values))
        ranked = dict(zip(first.docs, first.scores, strict=True))
        for doc, score in zip(others.docs, others.scores, strict=True):
            ranked.setdefault(doc, score)
        chosen = list(ranked.items())[plan.offset : end]
        return wide, replace(
            others, docs=tuple(doc for doc, _ in chosen), scores=tuple(score for _, score in chosen)
        )

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Completion, ...]:
        """Completions of what is being typed, phrases before titles; any text gets an answer."""
        prefix = encodable(prefix[-_LONGEST_PREFIX:]).rstrip()
        snapshot = self._index.snapshot()
        found = {text: Completion(text) for text in phrases(prefix, snapshot, limit)}
        plan = title_plan(prefix, limit)
        titles = snapshot.execute(plan).docs if plan else ()
        room = max(limit - len(found), limit // 3)
        by_title = [snapshot.stored(doc) for doc in titles[:room]]
        chosen = list(found.values())[: limit - min(room, len(by_title))]
        return (*chosen, *(Completion(document.title, document.id) for document in by_title))

    def document(self, document_id: str) -> Document:
        """A stored document. Raises DocumentMissing."""
        snapshot = self._index.snapshot()
        return snapshot.stored(_number(snapshot, document_id))

    def highlighted(self, document_id: str, text: str) -> HighlightedDocument:
        """A stored document with the matches of the query highlighted. Raises DocumentMissing."""
        snapshot = self._index.snapshot()
        doc = _number(snapshot, document_id)
        document, similar = snapshot.stored(doc), snapshot.similar(doc)
        query = parse(text, self._config.caps)
        in_title: list[Match] = []
        in_text: list[Match] = []
        for diacritics in Diacritics:  # others only where those typed show nothing
            resolved = resolve(query, snapshot, self._config, Filter(), 0, 0, diacritics)
            highlighter = self._highlighter(resolved, snapshot)
            in_title, in_text = highlighter.matches(document.title), highlighter.matches(document.text)
            if in_title or in_text:
                break
        return HighlightedDocument(
            document,
            title_highlights=_highlights(in_title, document.title),
            text_highlights=_highlights(in_text, document.text),
            similar=_similar(snapshot, similar),
            similar_total=len(similar),
            alternates=_alternates(snapshot, doc, document.language),
        )

    def status(self) -> Status:
        """What the index holds."""
        return self._index.status()

    def close(self) -> None:
        """Let go of the files."""
        self._index.close()

    def _highlighter(self, resolved: Resolved, snapshot: Snapshot) -> Highlighter:
        """Rare words matter more for the choice of a passage."""
        importance = [
            1.0
            / (1.0 + sum(count for _, count in snapshot.variants(word.folded)) / max(snapshot.documents, 1))
            for word in resolved.words
        ]
        return Highlighter(resolved.words, importance)


def _asked(plan: Plan, collapse: bool, order: Order, facet_values: int) -> Plan:
    return replace(plan, collapse=collapse, order=order, facet_values=facet_values)


def _suggestions(text: str, resolved: Resolved, snapshot: Snapshot) -> tuple[Suggestion, ...]:
    """What else could have been meant by words that the index does not have."""
    if all(snapshot.variants(word.folded) for word in resolved.typed):
        return ()
    found = from_keyboard(text, snapshot) or respelled(text, resolved.typed, snapshot)
    return (found,) if found else ()


def _highlights(matches: Sequence[Match], text: str) -> tuple[Highlight, ...]:
    return merged([(match.start, match.end) for match in matches], text)


def _number(snapshot: Snapshot, document_id: str) -> int:
    doc = snapshot.find(document_id)
    if doc is None:
        raise DocumentMissing(f"no document has the id {document_id!r}")
    return doc


def _similar(snapshot: Snapshot, docs: Sequence[int]) -> tuple[Similar, ...]:
    return tuple(_beside(snapshot.stored(doc)) for doc in docs[:_SIMILAR])


def _alternates(snapshot: Snapshot, doc: int, language: str) -> tuple[Similar, ...]:
    """A front page that a whole site names as its translation has thousands: the first ones are looked at."""
    named = map(snapshot.stored, snapshot.alternates(doc)[:_LOOKED_AT])
    return tuple(islice((_beside(each) for each in named if each.language != language), _ALTERNATES))


def _beside(document: Document) -> Similar:
    return Similar(document.id, document.title, document.language, document.source, document.date)


def _matches_worth_showing(highlighter: Highlighter, text: str) -> list[Match]:
    """The matches of a text; of a long one, those in the parts that a snippet could come from."""
    if len(text) > LONG:
        parts = telling_parts(text, highlighter.spellings, highlighter.importance)
        found = [match for start, end in parts for match in highlighter.matches(text, start, end)]
        if found:
            return found
    return highlighter.matches(text)


def _hit(snapshot: Snapshot, doc: int, score: float, highlighter: Highlighter, other_diacritics: bool) -> Hit:
    document, similar = snapshot.stored(doc), snapshot.similar(doc)
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
        title_highlights=_highlights(in_title, document.title),
        snippet_highlights=passage_highlights,
        explanation=tuple(found[word] for word in highlighter.typed if word in found),
        other_diacritics=other_diacritics or any(each.how is How.OTHER_DIACRITICS for each in found.values()),
        similar=_similar(snapshot, similar),
        similar_total=len(similar),
        copies=document.copies,
    )


def open(index: str | PathLike[str], config: Config | None = None) -> Engine:
    """Open an index folder made by `python -m indexer build`.

    Raises IndexMissing, IndexDamaged or IndexMismatch.
    """
    config = config or Config()
    engine = Engine(open_index(Path(index), config.similarity), config)
    warm()
    return engine
