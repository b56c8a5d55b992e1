"""Looks at a fresh generation with a reader's eyes before it may become current."""

from pathlib import Path

from search.analysis.normalize import fold, surface
from search.analysis.token import tokenize
from search.config import Similarity
from search.engines.whoosh.index import open_segments
from search.engines.whoosh.snapshot import WhooshSnapshot
from search.errors import IndexDamaged
from search.fields import Kind, Part, field_name
from search.query.plan import Combine, Plan, Term

SAMPLE = 20
"""How many documents are searched for by the words of their own titles."""


def verify_generation(generation: Path, expected: int) -> None:
    """Check the number of documents, all checksums, and that a sample of documents can be found again.

    Each document of the sample must match its own title with and without diacritics. Raises IndexDamaged.
    """
    snapshot = WhooshSnapshot(open_segments(generation), Similarity())
    if snapshot.documents != expected:
        raise IndexDamaged(
            f"{generation} holds another number of documents, {snapshot.documents} instead of {expected}"
        )
    snapshot.check()
    everything = snapshot.execute(Plan(Combine(), facets=(), limit=expected)).docs
    for doc in everything[:: max(1, expected // SAMPLE)]:
        document = snapshot.stored(doc)
        if snapshot.find(document.id) != doc:
            raise IndexDamaged(f"{generation} does not find document {document.id} by its id")
        words = [word for token in tokenize(document.title) if (word := surface(token.text))]
        for kind, terms in ((Kind.SURFACE, words), (Kind.FOLDED, [fold(word) for word in words])):
            field = field_name(Part.TITLE, kind)
            query = Combine(must=tuple(Term(field, term) for term in dict.fromkeys(terms)))
            if terms and doc not in snapshot.execute(Plan(query, facets=(), limit=expected)).docs:
                raise IndexDamaged(f"{generation} does not find document {document.id} by its title")
