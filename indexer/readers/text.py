"""`.txt`: the first line is the title, a `Nguồn:` or `Source :` line near the end is metadata."""

from collections.abc import Iterator
from dataclasses import replace

from indexer.clean import clean
from indexer.readers import front_matter, source_line
from indexer.readers.decode import read_text
from indexer.readers.metadata import Metadata, metadata
from indexer.readers.record import Found, Item, Record, Unreadable
from indexer.readers.title import split_title, without_title
from search.document import Document


def read(item: Item) -> Iterator[Found]:
    """The one document of a text file."""
    fields, page = front_matter.split(read_text(item.stream))
    said = metadata(fields)
    cleaned = clean(page)
    body = cleaned.text
    said_below, body = source_line.take(body)
    if said.title:
        title, body = said.title, without_title(body, said.title)
    else:
        title, body = split_title(body)
    article = document(item.id, title, body, said, said_below)
    yield Record(replace(article, boilerplate=cleaned.boilerplate), item.file)


def document(id: str, title: str, body: str, said: Metadata, said_below: Metadata) -> Document:
    """A document of a text file; what its front matter says goes before what its source line says."""
    if not title and not body:
        raise Unreadable("empty")
    return Document(
        id=id,
        title=title,
        text=body,
        language=said.language,
        url=said.url or said_below.url,
        source=said.source or said_below.source,
        author=said.author,
        date=said.date or said_below.date,
    )
