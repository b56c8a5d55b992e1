"""The pipeline of a search: parse → resolve → execute → highlight."""

import time
from collections.abc import Collection
from os import PathLike
from pathlib import Path

from search.analysis.analyzer import warm
from search.config import Config
from search.document import Document, date_number
from search.engines.base import Index, Snapshot
from search.engines.whoosh import open_index
from search.errors import DocumentMissing
from search.highlight import Highlighter, merged
from search.query.parser import parse
from search.query.plan import Filter
from search.query.resolve import Resolved, resolve
from search.results import FacetValue, Hit, MarkedDocument, Page, Status


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
    ) -> Page:
        """The hits of a query, ranked. Never raises on any text.

        `languages` and `sources` keep documents with one of the values; `since` and `until` are
        ISO dates, whole or partial, both included.
        """
        began = time.perf_counter()
        caps = self._config.caps
        limit = max(0, min(limit, caps.page))
        offset = max(0, min(offset, caps.results))
        filter = Filter(
            frozenset(languages), frozenset(sources), date_number(since), date_number(until, last=True)
        )
        text = text.encode("utf-8", "replace").decode()  # a lone surrogate could be neither shown nor sent
        query = parse(text, caps)
        snapshot = self._index.snapshot()
        resolved = resolve(query, snapshot, self._config, filter, limit, offset)
        ranked = snapshot.execute(resolved.plan)
        highlighter = self._highlighter(resolved, snapshot)
        hits = tuple(
            _hit(snapshot.stored(doc), score, highlighter)
            for doc, score in zip(ranked.docs, ranked.scores, strict=True)
        )
        return Page(
            query=text,
            hits=hits,
            total=ranked.total,
            facets={
                name: tuple(FacetValue(value, count) for value, count in values)
                for name, values in ranked.facets.items()
            },
            took_ms=(time.perf_counter() - began) * 1000,
            warnings=query.warnings,
            offset=offset,
            limit=limit,
        )

    def document(self, document_id: str) -> Document:
        """A stored document. Raises DocumentMissing."""
        snapshot = self._index.snapshot()
        doc = snapshot.find(document_id)
        if doc is None:
            raise DocumentMissing(f"no document has the id {document_id!r}")
        return snapshot.stored(doc)

    def marked(self, document_id: str, text: str) -> MarkedDocument:
        """A stored document with what matches the query marked. Raises DocumentMissing."""
        document = self.document(document_id)
        snapshot = self._index.snapshot()
        resolved = resolve(parse(text, self._config.caps), snapshot, self._config, Filter(), 0, 0)
        highlighter = self._highlighter(resolved, snapshot)
        return MarkedDocument(
            document,
            title_marks=_marks(highlighter, document.title),
            text_marks=_marks(highlighter, document.text),
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


def _marks(highlighter: Highlighter, text: str) -> tuple[tuple[int, int], ...]:
    return merged([(match.start, match.end) for match in highlighter.matches(text)], text)


def _hit(document: Document, score: float, highlighter: Highlighter) -> Hit:
    snippet, snippet_marks = highlighter.snippet(document.text)
    return Hit(
        id=document.id,
        score=score,
        title=document.title,
        language=document.language,
        url=document.url,
        source=document.source,
        date=document.date,
        snippet=snippet,
        title_marks=_marks(highlighter, document.title),
        snippet_marks=snippet_marks,
    )


def open(index: str | PathLike[str], config: Config | None = None) -> Engine:
    """Open an index folder made by `python -m indexer build`.

    Raises IndexMissing, IndexDamaged or IndexMismatch.
    """
    config = config or Config()
    engine = Engine(open_index(Path(index), config.similarity), config)
    warm()
    return engine
