"""What documents are called, whole: their ids and addresses, and what they call their alternates.

An address goes by the form that `search.document.address` gives it, an id as it is. The names of copies are
kept apart, in the file of the columns: in a build, copies come after their document has been written.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from search.analysis.document import TermStream
from search.analysis.titles import title_keys
from search.arrayfile import ArrayFile, ArrayFileWriter
from search.document import Copy, Document, addresses, alternate_key, encodable
from search.engines.arrays.inversion import blocks
from search.engines.arrays.postings import FieldPostings, write_field
from search.lexicon.counting import FieldBuffer
from search.schema import NAME_FIELDS, Name


def names(document: Document | Copy) -> Mapping[str, TermStream]:
    """The terms of the name fields of a document or a copy."""
    own: dict[str, TermStream] = {
        Name.ID: _stream([document.id]),
        Name.ADDRESS: _stream(addresses(document)),
        Name.ALTERNATE: _stream(map(alternate_key, document.alternates)),
    }
    if isinstance(document, Document):
        own |= {name: _stream([key]) for name, key in title_keys(document.title).items()}
    return own


def term(name: str) -> bytes:
    """A name as the index has it."""
    return encodable(name).encode()


def write_copy_names(out: ArrayFileWriter, copies: Mapping[int, Sequence[Copy]]) -> None:
    """Write the names of the copies of each document."""
    fields = {name: FieldBuffer() for name in NAME_FIELDS}
    for doc in sorted(copies):
        for copy in copies[doc]:
            for name, stream in names(copy).items():
                fields[name].add(doc, stream)
    for name in NAME_FIELDS:
        write_field(
            out, _of_copies(name), blocks(fields[name].inverted(), positional=False), positional=False
        )


def read_copy_names(arrays: ArrayFile) -> Mapping[str, FieldPostings]:
    """The names of copies, by field; their documents are those of the segment."""
    return {name: FieldPostings(arrays, _of_copies(name)) for name in NAME_FIELDS}


def _of_copies(field: str) -> str:
    return f"copy_{field}"


def _stream(names: Iterable[str]) -> TermStream:
    terms = tuple(dict.fromkeys(map(encodable, names)))
    return TermStream(terms, np.arange(len(terms), dtype=np.uint32), np.zeros(len(terms), np.uint32))
