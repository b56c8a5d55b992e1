"""The pipeline of a search: parse → resolve → execute → highlight."""

from collections.abc import Iterator
from dataclasses import replace
from os import PathLike, fspath

from search.alternates import tellings
from search.analysis.analyzer import warm
from search.config import Caps, Config
from search.document import Document, encodable
from search.engines.base import Reader, Searcher
from search.engines.registry import open_store
from search.errors import DocumentMissing
from search.execution import execute
from search.highlight import Highlighter, highlights
from search.hits import hits, read, whole_titles, worth_showing
from search.lexicon.base import Lexicon
from search.lexicon.memory import RememberedLexicon
from search.named import as_indexed
from search.query.alternatives import Diacritics
from search.query.ast import Query
from search.query.complete import phrases, title_plan
from search.query.correct import correction
from search.query.crossing import Crossing, reader_names, terms
from search.query.parser import parse
from search.query.plan import Handle, Order, Plan, Ranked
from search.query.resolve import Resolved, cross, resolve
from search.query.suggest import absent_diacritics, likely_accents
from search.request import SearchRequest
from search.results import (
    Completion,
    Crossed,
    FacetValue,
    HighlightedDocument,
    Page,
    Similar,
    Status,
)
from search.schema import Name
from search.stopwatch import Stopwatch
from search.widening import widened

_MAX_PREFIX = 200
_MAX_SIMILAR = 5


class Engine:
    """Searches one index. Safe to share between threads; follows new generations by itself."""

    def __init__(self, reader: Reader, config: Config) -> None:
        self._reader = reader
        self._config = config

    @property
    def caps(self) -> Caps:
        """The bounds on what one query may cost."""
        return self._config.caps

    def search(self, request: SearchRequest) -> Page:
        """The hits of a query, ranked. Never raises on any text."""
        stages = Stopwatch()
        snapshot = self._reader.snapshot()
        searcher, lexicon = snapshot.searcher, RememberedLexicon(snapshot.lexicon)
        query = as_indexed(parse(request.query, self.caps), searcher)
        meant = correction(query, lexicon, self._config)
        if meant:
            better = as_indexed(parse(meant.query, self.caps), searcher)
            page = self._page(better, request, searcher, lexicon, stages)
            if page.total and not request.verbatim:
                return replace(page, query=query.text, corrected=meant.query, suggestions=(meant,))
            meant = meant if page.total else None  # what finds nothing was not meant
        page = self._page(query, request, searcher, lexicon, stages)
        return replace(page, suggestions=(meant,) if meant else ())

    def _page(
        self, query: Query, request: SearchRequest, searcher: Searcher, lexicon: Lexicon, stages: Stopwatch
    ) -> Page:
        """The hits of a query as it stands, and those in the other language."""
        asked = request.plan(self.caps)
        across = (
            cross(query, lexicon, self._config, asked, reader_names(request.translations))
            if request.cross
            else None
        )
        stages.lap("cross")
        if across and asked.filter.joined(query.filter).languages == {across[0].language}:
            # all that is wanted is in the other language
            page = self._native(query, across[1], searcher, lexicon, stages)
            if page.total:
                found = Crossed(across[0].language, terms(across[0]))
                return replace(page, crossed=replace(found, total=page.total, complete=page.complete))
        page = self._native(query, resolve(query, lexicon, self._config, asked), searcher, lexicon, stages)
        if across is None:
            return page
        abroad = self._abroad(query, *across, searcher, lexicon)
        # what the page has among its own hits is not shown twice
        own = {hit.id for hit in page.hits}
        abroad = replace(abroad, hits=tuple(hit for hit in abroad.hits if hit.id not in own))
        stages.lap("cross")
        return replace(page, crossed=abroad, took_ms=sum(stages.laps_ms.values()))

    def _abroad(
        self, query: Query, crossing: Crossing, resolved: Resolved, searcher: Searcher, lexicon: Lexicon
    ) -> Crossed:
        """The first hits in the other language; each page of the query has some more of them."""
        plan = resolved.plan
        few = min(plan.limit, self._config.crossed_hits)
        first = plan.offset // max(plan.limit, 1) * few
        ranked = execute(searcher, replace(plan, limit=few, offset=first, facets=()))
        highlighter = _highlighter(resolved, searcher, lexicon)
        titles = frozenset(whole_titles(plan.query))
        found = hits(searcher, ranked, highlighter, titles, len(ranked.handles))
        shown = terms(crossing)
        return Crossed(crossing.language, shown, found, ranked.total, ranked.complete)

    def _native(
        self, query: Query, resolved: Resolved, searcher: Searcher, lexicon: Lexicon, stages: Stopwatch
    ) -> Page:
        """The hits of a query as it was resolved."""
        asked = resolved.plan
        stages.lap("resolve")
        ranked = execute(searcher, resolved.plan)
        honoured = ranked.total - ranked.collapsed
        if resolved.has_diacritics and not resolved.crossed and honoured < self._config.full_page:
            resolved, ranked = self._widened(query, searcher, lexicon, resolved.plan, ranked)
        stages.lap("execute")
        titles = frozenset(whole_titles(resolved.plan.query))
        highlighter = _highlighter(resolved, searcher, lexicon)
        found = hits(searcher, ranked, highlighter, titles, honoured - asked.offset)
        stages.lap("highlight")
        accents = likely_accents(query.text, resolved.typed)
        absent = absent_diacritics(resolved.typed, lexicon)
        stages.lap("suggest")
        return Page(
            query=query.text,
            hits=found,
            total=ranked.total,
            facets={
                name: tuple(FacetValue(value, count) for value, count in values)
                for name, values in ranked.facets.items()
            },
            took_ms=sum(stages.laps_ms.values()),
            stages_ms=stages.laps_ms,
            warnings=query.warnings + resolved.warnings + absent,
            offset=asked.offset,
            limit=asked.limit,
            likely_accents=accents,
            collapsed=ranked.collapsed,
            complete=ranked.complete if resolved.plan.complete else ranked.total,
            complete_first=resolved.plan.complete_first and asked.order is Order.RELEVANCE,
            facets_complete=ranked.facets_complete,
        )

    def _widened(
        self, query: Query, searcher: Searcher, lexicon: Lexicon, plan: Plan, first: Ranked
    ) -> tuple[Resolved, Ranked]:
        """The few documents of a plan that honours the typed diacritics, then those with any others."""
        page = self._config.full_page
        if len(first.handles) < first.total - first.collapsed:
            first = execute(searcher, replace(plan, limit=page, offset=0, facets=()))
        end = plan.offset + plan.limit
        wide = resolve(
            query, lexicon, self._config, replace(plan, limit=end + page, offset=0), Diacritics.ANY
        )
        return wide, widened(searcher, first, wide.plan, plan)

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Completion, ...]:
        """Completions of what is being typed, phrases before titles; any text gets an answer."""
        prefix = encodable(prefix[-_MAX_PREFIX:]).rstrip()
        snapshot = self._reader.snapshot()
        searcher, lexicon = snapshot.searcher, RememberedLexicon(snapshot.lexicon)
        found = {text: Completion(text) for text in phrases(prefix, lexicon, limit)}
        plan = title_plan(prefix, lexicon, limit)
        titles = searcher.execute(plan).handles if plan else ()
        room = max(limit - len(found), limit // 3)
        by_title = searcher.fetch(titles[:room])
        chosen = list(found.values())[: limit - min(room, len(by_title))]
        return (*chosen, *(Completion(document.title, document.id) for document in by_title))

    def document(self, document_id: str) -> Document:
        """A stored document. Raises DocumentMissing."""
        return _found(self._reader.snapshot().searcher, document_id)[1]

    def highlighted(self, document_id: str, text: str, verbatim: bool = False) -> HighlightedDocument:
        """A stored document with what a search for `text` finds highlighted. Raises DocumentMissing."""
        snapshot = self._reader.snapshot()
        searcher, lexicon = snapshot.searcher, RememberedLexicon(snapshot.lexicon)
        handle, document = _found(searcher, document_id)
        similar = searcher.similar([handle])[0]
        query = parse(text, self.caps)
        meant = None if verbatim else correction(query, lexicon, self._config)
        if meant:
            query = parse(meant.query, self.caps)
        for resolved in self._ways(query, lexicon, document.language):
            highlighter = _highlighter(resolved, searcher, lexicon)
            in_title, in_text = worth_showing(highlighter, *read(highlighter, document))
            if in_title or in_text:
                break
        elsewhere = tellings(searcher, [handle], [document])[0]
        return HighlightedDocument(
            document,
            title_highlights=highlights(in_title, document.title),
            text_highlights=highlights(in_text, document.text),
            similar=tuple(map(Similar.of, searcher.fetch(similar[:_MAX_SIMILAR]))),
            similar_total=len(similar),
            alternates=elsewhere.alternates,
            counterparts=elsewhere.counterparts,
        )

    def _ways(self, query: Query, lexicon: Lexicon, language: str) -> Iterator[Resolved]:
        """What a query may be highlighted as in a document; each where those before show nothing."""
        across = cross(query, lexicon, self._config, Plan(limit=0), {})
        if across and across[0].language == language:
            yield across[1]
        for diacritics in Diacritics:
            yield resolve(query, lexicon, self._config, Plan(limit=0), diacritics)

    def status(self) -> Status:
        """What the index holds."""
        return self._reader.status()

    def close(self) -> None:
        """Let go of the index."""
        self._reader.close()


def _highlighter(resolved: Resolved, searcher: Searcher, lexicon: Lexicon) -> Highlighter:
    """Rare words matter more for the choice of a passage."""
    spellings = lexicon.spellings([word.folded for word in resolved.words])
    documents = max(searcher.documents, 1)
    importance = [1.0 / (1.0 + sum(count for _, count in own) / documents) for own in spellings]
    telling = {word.surface for word in resolved.typed if not word.weak}
    # of `là gì` each word counts
    weak = {word.surface for word in resolved.typed} - telling if telling else set()
    return Highlighter(resolved.words, importance, weak)


def _found(searcher: Searcher, document_id: str) -> tuple[Handle, Document]:
    handles = searcher.named([(Name.ID, document_id)])[0]
    if not handles:
        raise DocumentMissing(f"no document has the id {document_id!r}")
    return handles[0], searcher.fetch(handles[:1])[0]


def open(address: str | PathLike[str], config: Config | None = None) -> Engine:
    """Open an index by its address: a folder made by `python -m indexer build`, or another engine's.

    Raises AddressUnknown, IndexMissing, IndexDamaged or IndexMismatch.
    """
    config = config or Config()
    engine = Engine(open_store(fspath(address)).reader(config.similarity), config)
    warm()
    return engine
