"""Whoosh's extension point: a codec whose postings are arrays (see `postings` for their shape)."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.codec.whoosh3 import W3Codec, W3TermInfo
from whoosh.fields import ID, FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Existence

from search.arrayfile import ArrayFile
from search.engines.arrays.postings import FieldPostings, read_fields
from search.schema import FIELD_NAMES, Name

POSTINGS_EXT = ".pst"
COLUMNS_EXT = ".doc"
STORED_EXT = ".sto"


class TermsField(FieldType):  # type: ignore[misc]  # whoosh is untyped
    """A field that takes our analysed terms; Whoosh itself never analyses it."""

    def __init__(self) -> None:
        super().__init__(format=Existence(), analyzer=None)


def schema() -> Schema:
    """The one schema: indexes are always opened with it, never with the one pickled inside."""
    terms = {name: TermsField() for name in (*FIELD_NAMES, *(name for name in Name if name is not Name.ID))}
    return Schema(**{Name.ID: ID(unique=True)}, **terms)


class ArrayCodec(W3Codec):  # type: ignore[misc]  # whoosh is untyped
    """W3 for segments and their lists, arrays for terms, postings and stored documents."""

    def field_writer(self, storage: FileStorage, segment: base.Segment) -> "NoFieldWriter":
        """Nothing for Whoosh to write: `writer` writes the arrays when it flushes the segment."""
        return NoFieldWriter()

    def terms_reader(self, storage: FileStorage, segment: base.Segment) -> "ArrayTermsReader":
        """The terms of a segment, for Whoosh's own tools."""
        return ArrayTermsReader(open_postings(storage, segment))


def segment_path(storage: FileStorage, segment: base.Segment, extension: str) -> Path:
    """The path of one of a segment's files."""
    return Path(storage.folder, str(segment.make_filename(extension)))


def open_postings(storage: FileStorage, segment: base.Segment) -> Mapping[str, FieldPostings]:
    """The fields of a segment by name."""
    return read_fields(ArrayFile(segment_path(storage, segment, POSTINGS_EXT)))


class NoFieldWriter:
    """Stands where Whoosh expects a writer of postings."""

    is_closed = False

    def close(self) -> None:
        """Nothing is open."""
        self.is_closed = True


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]  # whoosh is untyped
    """Whoosh's view of our terms: enough for its readers to list and count them."""

    def __init__(self, fields: Mapping[str, FieldPostings]) -> None:
        self._fields = fields

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, text = term
        return field in self._fields and self._fields[field].find(text) >= 0

    def indexed_field_names(self) -> list[str]:
        """The fields that have terms."""
        return list(self._fields)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """All terms, by field."""
        for name in sorted(self._fields):
            for term in self._fields[name].terms():
                yield name, term

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """The terms of a field from `prefix` on."""
        field = self._fields[fieldname]
        for term in field.terms(field.lower_bound(prefix)):
            yield fieldname, term

    def term_info(self, fieldname: str, text: bytes) -> W3TermInfo:
        """Document and occurrence counts of a term."""
        field = self._fields[fieldname]
        ord = field.find(text)
        if ord < 0:
            raise KeyError((fieldname, text))
        return W3TermInfo(weight=float(field.cf[ord]), df=int(field.df[ord]))

    def items(self) -> Iterator[tuple[tuple[str, bytes], W3TermInfo]]:
        """All terms with their counts."""
        for field, text in self.terms():
            yield (field, text), self.term_info(field, text)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        """The documents of a term as one of Whoosh's matchers."""
        from whoosh.matching import ListMatcher

        docs, tfs, _ = self._fields[fieldname].read(self._fields[fieldname].find(text))
        return ListMatcher(docs.tolist(), tfs.astype(np.float64).tolist(), scorer=scorer)

    def close(self) -> None:
        """Maps close with their last view."""
