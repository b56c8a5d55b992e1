"""A document of what its format, its source line and its dateline say of it."""

from indexer import dateline
from indexer.readers.metadata.fields import Metadata
from indexer.readers.record import Unreadable
from search.analysis import registry
from search.analysis.language import detect
from search.analysis.token import tokenize
from search.document import Document

_SAMPLE = 5_000
"""Characters of a text that say which language it is in."""


def document(id: str, title: str, body: str, said: Metadata, said_below: Metadata) -> Document:
    """A document; what its format says of it goes before its source line, and that before its dateline."""
    if not title and not body:
        raise Unreadable("empty")
    found = dateline.find(body)
    return Document(
        id=id,
        title=title,
        text=body,
        language=_language(said.language, body),
        url=said.url or said_below.url,
        source=said.source or said_below.source or found.source,
        author=said.author,
        date=said.date or said_below.date or found.date,
        alternates=said.alternates,
    )


def _language(declared: str, body: str) -> str:
    """The declared language, unless the text is plainly in another: programs write their own, `en-US`."""
    if not declared:
        return ""
    sample = body[:_SAMPLE]
    found = detect(list(tokenize(sample)), sample)
    return declared if found in (declared, registry.OTHER) else ""
