"""The same story in another language: documents that name each other, and those found to tell it."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from search.document import Copy, Document, address, addresses, alternate_key
from search.engines.base import Searcher
from search.query.plan import Handle
from search.results import Counterpart, Similar
from search.schema import Name

MAX_ALTERNATES = 5
_MAX_COPIES = 100
"""Copies whose names are looked up: a notice may stand word for word in ten thousand places."""
_MAX_LOOKED_AT = 50
"""Documents that name each other and are looked at: a whole site may name its front page."""


class Tellings(NamedTuple):
    """What tells the story of a document in another language: as files declare it, and as it was found."""

    alternates: tuple[Similar, ...]
    counterparts: tuple[Counterpart, ...]


def tellings(
    searcher: Searcher, handles: Sequence[Handle], documents: Sequence[Document], most: int = MAX_ALTERNATES
) -> list[Tellings]:
    """The same stories as some documents, looked up for all of them at once."""
    named = [own[:_MAX_LOOKED_AT] for own in alternates(searcher, handles, documents)]
    found = searcher.counterparts(handles)
    wanted = [*(each for own in named for each in own), *(other for own in found for other, _ in own)]
    fetched = dict(zip(dict.fromkeys(wanted), searcher.fetch(list(dict.fromkeys(wanted))), strict=True))
    shown: list[Tellings] = []
    for document, own, scored in zip(documents, named, found, strict=True):
        others = (fetched[each] for each in own if fetched[each].language != document.language)
        declared = tuple(islice(map(Similar.of, others), most))
        counterparts = (Counterpart(Similar.of(fetched[other]), score) for other, score in scored)
        shown.append(
            Tellings(declared, tuple(each for each in counterparts if each.document not in declared))
        )
    return shown


def alternates(
    searcher: Searcher, handles: Sequence[Handle], documents: Sequence[Document]
) -> Iterator[list[Handle]]:
    """The documents that each one names as its alternates, then those that name it, without itself."""
    wanted = [_names(document) for document in documents]
    every = list(dict.fromkeys(name for own in wanted for name in own))
    known = dict(zip(every, searcher.named(every), strict=True))
    for handle, own in zip(handles, wanted, strict=True):
        found = dict.fromkeys(other for name in own for other in known[name])
        found.pop(handle, None)
        yield list(found)


def _names(document: Document) -> dict[tuple[Name, str], None]:
    """A name is the id or the address of a document, or of a copy; what copies declare counts too."""
    wanted: dict[tuple[Name, str], None] = {}
    places: tuple[Document | Copy, ...] = (document, *document.copies[:_MAX_COPIES])
    for each in places:
        for name in each.alternates:
            wanted[Name.ID, name] = None
            if found := address(name):
                wanted[Name.ADDRESS, found] = None
        for name in (alternate_key(each.id), *addresses(each)):
            wanted[Name.ALTERNATE, name] = None
    return wanted
