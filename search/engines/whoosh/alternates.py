"""The same story in another language: documents that name each other, found by term look-ups."""

from collections.abc import Iterator, Sequence

from search.document import Copy, Document, address
from search.engines.whoosh.codec import ADDRESS_FIELD, ALTERNATE_FIELD, ID_FIELD
from search.engines.whoosh.names import addresses, key, term
from search.engines.whoosh.segment import Segment

_COPIES = 100
"""Copies whose names are looked up: a notice may stand word for word in ten thousand places."""


def with_name(segments: Sequence[Segment], field: str, name: str) -> Iterator[int]:
    """The live documents with a name of their own, then those with one of a copy."""
    for segment in segments:
        yield from segment.postings(field, term(name))[0].tolist()
    for segment in segments:
        yield from segment.with_copy(field, term(name)).tolist()


def alternates(segments: Sequence[Segment], document: Document) -> set[int]:
    """The documents that one names, and those that name it; itself if it does so."""
    wanted: set[tuple[str, str]] = set()
    places: tuple[Document | Copy, ...] = (document, *document.copies[:_COPIES])
    for each in places:
        wanted |= {(ID_FIELD, name) for name in each.alternates}
        wanted |= {(ADDRESS_FIELD, found) for name in each.alternates if (found := address(name))}
        wanted |= {(ALTERNATE_FIELD, name) for name in (key(each.id), *addresses(each))}
    return {doc for field, name in wanted for doc in with_name(segments, field, name)}
