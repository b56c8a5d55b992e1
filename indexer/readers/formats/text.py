"""`.txt`: the first line is the title, a `Nguồn:` or `Source :` line near the end is metadata."""

from collections.abc import Iterator
from dataclasses import replace

from indexer.clean import clean
from indexer.readers.formats.article import document
from indexer.readers.metadata import front_matter, source_line
from indexer.readers.metadata.fields import metadata
from indexer.readers.metadata.title import split_title, without_title
from indexer.readers.record import Found, Item, Record
from indexer.readers.text.decode import read_decoded


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
