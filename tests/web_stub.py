"""An engine for tests of the site: finds words by plain containment, with or without diacritics."""

import unicodedata
from collections import Counter
from collections.abc import Iterable

from search.config import Caps
from search.document import Document
from search.engine import Engine
from search.errors import DocumentMissing
from search.request import SearchRequest
from search.results import FacetValue, Highlight, HighlightedDocument, Hit, Page, Status, Warning

RIGHTS = Document(
    id="vi/nhan-quyen.txt",
    title="Hội nghị về quyền con người",
    text="Quyền con người được bảo vệ.\nTỉnh Hòa Bình tổ chức.\n\nQuyền của mọi người.",
    language="vi",
    url="https://example.org/nhan-quyen",
    source="Báo Hà Nam",
    author="Dư Toán",
    date="2024-12-01",
)
DROITS = Document(
    id="fr/droits.txt",
    title="Conférence sur les droits de l’homme",
    text="Les droits de l’homme à Ha Nam. Quyen con nguoi.",
    language="fr",
    source="Courrier",
    date="2024-12",
)
NOTE = Document(id="en/note.txt", title="", text="A note on quyen.", language="other")


class StubEngine(Engine):
    """Has the engine's methods over a few documents in memory, and remembers what it was asked."""

    def __init__(self, documents: Iterable[Document] = (), warnings: tuple[Warning, ...] = ()) -> None:
        self.documents = {document.id: document for document in documents}
        self.warnings = warnings
        self.queries: list[str] = []
        self.closed = False

    @property
    def caps(self) -> Caps:
        return Caps()

    def search(self, request: SearchRequest) -> Page:
        text, languages, sources = request.text, request.languages, request.sources
        self.queries.append(text)
        matching = [found for found in self.documents.values() if _highlights(found.title + found.text, text)]
        hits = [
            found
            for found in matching
            if (not languages or found.language in languages) and (not sources or found.source in sources)
        ]
        by_language = [d.language for d in matching if not sources or d.source in sources]
        by_source = [d.source for d in matching if not languages or d.language in languages]
        return Page(
            query=text,
            hits=tuple(_hit(found, text) for found in hits[request.offset : request.offset + request.limit]),
            total=len(hits),
            complete=len(hits),
            facets={"language": _facet(by_language), "source": _facet(by_source)},
            took_ms=3.42,
            warnings=self.warnings,
            offset=request.offset,
            limit=request.limit,
        )

    def document(self, document_id: str) -> Document:
        if document_id not in self.documents:
            raise DocumentMissing(f"no document {document_id!r}")
        return self.documents[document_id]

    def highlighted(self, document_id: str, text: str, verbatim: bool = False) -> HighlightedDocument:
        found = self.document(document_id)
        return HighlightedDocument(found, _highlights(found.title, text), _highlights(found.text, text))

    def status(self) -> Status:
        languages = Counter(found.language for found in self.documents.values())
        return Status(len(self.documents), "g1", "2024-12-12T08:00:00Z", languages, {}, {}, 4096)

    def close(self) -> None:
        self.closed = True


def _hit(found: Document, query: str) -> Hit:
    highlights = _highlights(found.text, query)
    start = max(highlights[0][0] - 60, 0) if highlights else 0
    snippet = found.text[start : start + 260]
    return Hit(
        id=found.id,
        score=1.0,
        title=found.title,
        language=found.language,
        url=found.url,
        source=found.source,
        date=found.date,
        snippet=snippet,
        title_highlights=_highlights(found.title, query),
        snippet_highlights=_highlights(snippet, query),
    )


def _fold(text: str) -> str:
    """Lower case without diacritics, one character for each, so that offsets stay."""
    return "".join(unicodedata.normalize("NFD", char)[0] for char in text).lower().replace("đ", "d")


def _highlights(text: str, query: str) -> tuple[Highlight, ...]:
    folded, words = _fold(text), _fold(query).split()
    highlights: list[Highlight] = []
    for word in words:
        start = folded.find(word)
        while start >= 0:
            highlights.append((start, start + len(word)))
            start = folded.find(word, start + len(word))
    return tuple(sorted(highlights))


def _facet(values: Iterable[str]) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(value, count) for value, count in Counter(values).most_common())
