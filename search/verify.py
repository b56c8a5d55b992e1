"""Looks at a fresh generation with a reader's eyes before it may become the live one."""

from search.analysis.normalize import fold, surface
from search.analysis.token import tokenize
from search.document import Document
from search.engines.base import Searcher
from search.errors import IndexDamaged
from search.manifest import REBUILD
from search.query.plan import Combine, Handle, Plan, Term
from search.schema import Kind, Name, Part, field_name

SAMPLE = 20
"""How many documents are searched for by the words of their own titles."""


def verify(searcher: Searcher, place: str, documents: int) -> None:
    """Check the number of documents, and that a sample of them can be found again.

    Each document of the sample must be found by its id, and match its own title with and without
    diacritics. Raises IndexDamaged, which names the place.
    """
    if searcher.documents != documents:
        counted = f"{searcher.documents} instead of {documents}"
        raise IndexDamaged(f"{place} holds another number of documents, {counted}; {REBUILD}")
    everything = searcher.execute(Plan(Combine(), facets=(), limit=documents)).handles
    sample = everything[:: max(1, documents // SAMPLE)]
    found = searcher.fetch(sample)
    named = searcher.named([(Name.ID, document.id) for document in found])
    for handle, document, with_id in zip(sample, found, named, strict=True):
        if handle not in with_id[:1]:
            raise IndexDamaged(f"{place} does not find document {document.id} by its id; {REBUILD}")
        _find_by_title(searcher, place, handle, document, documents)


def _find_by_title(
    searcher: Searcher, place: str, handle: Handle, document: Document, documents: int
) -> None:
    words = [word for token in tokenize(document.title) if (word := surface(token.text))]
    for kind, terms in ((Kind.SURFACE, words), (Kind.FOLDED, [fold(word) for word in words])):
        field = field_name(Part.TITLE, kind)
        query = Combine(must=tuple(Term(field, term) for term in dict.fromkeys(terms)))
        if terms and handle not in searcher.execute(Plan(query, facets=(), limit=documents)).handles:
            raise IndexDamaged(f"{place} does not find document {document.id} by its title; {REBUILD}")
