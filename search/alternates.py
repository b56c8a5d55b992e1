"""The same story in another language: documents that name each other, whichever engine looks them up."""

from search.document import Copy, Document, address, addresses, alternate_key
from search.engines.base import Searcher
from search.query.plan import Handle
from search.schema import Name

_MAX_COPIES = 100
"""Copies whose names are looked up: a notice may stand word for word in ten thousand places."""


def alternates(searcher: Searcher, own: Handle, document: Document) -> list[Handle]:
    """The documents that one names as its alternates, then those that name it, without itself.

    A name is the id or the address of a document, or of a copy; what copies declare counts too.
    """
    wanted: dict[tuple[Name, str], None] = {}
    places: tuple[Document | Copy, ...] = (document, *document.copies[:_MAX_COPIES])
    for each in places:
        for name in each.alternates:
            wanted[Name.ID, name] = None
            if found := address(name):
                wanted[Name.ADDRESS, found] = None
        for name in (alternate_key(each.id), *addresses(each)):
            wanted[Name.ALTERNATE, name] = None
    handles = dict.fromkeys(handle for found in searcher.named(list(wanted)) for handle in found)
    handles.pop(own, None)
    return list(handles)
