"""`.txt`: the first line is the title, a `Nguồn:` or `Source :` line near the end is metadata."""

from collections.abc import Iterator
from dataclasses import replace

from indexer import dateline
from indexer.clean import clean
from indexer.readers import front_matter, source_line
from indexer.readers.decode import read_decoded
from indexer.readers.metadata import Metadata, metadata
from indexer.readers.record import Found, Item, Record, Unreadable
from indexer.readers.title import split_title, without_title
from search.document import Document


def read(item: Item) -> Iterator[Found]:
    """The one document of a text file."""
    decoded = read_decoded(item.stream)
    fields, page = front_matter.split(decoded.text)
    said = metadata(fields, item.id)
    cleaned = clean(page)
    body = cleaned.text
    said_below, body = source_line.take(body)
    if said.title:
        title, body = said.title, without_title(body, said.title)
    else:
        title, body = split_title(body)
    article = document(item.id, title, body, said, said_below)
    made = replace(article, boilerplate=cleaned.boilerplate)
    yield Record(made, item.file, repairs=decoded.repairs)


def document(id: str, title: str, body: str, said: Metadata, said_below: Metadata) -> Document:
    """A document; what its format says of it goes before its source line, and that before its dateline."""
    if not title and not body:
        raise Unreadable("empty")
    found = dateline.find(body)
    return Document(
        id=id,
        title=title,
        text=body,
        language=said.language,
        url=said.url or said_below.url,
        source=said.source or said_below.source or found.source,
        author=said.author,
        date=said.date or said_below.date or found.date,
        alternates=said.alternates,
    )
