"""The postings file of a segment: written from token streams, or merged from others of its kind.

Besides the fields it holds the groups and the pairs of a lexicon: see `search.lexicon.groups` and `.pairs`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.analysis.document import TermStream
from search.arrayfile import ArrayFile, ArrayFileWriter
from search.document import Document
from search.engines.arrays.inversion import Source, blocks, merge_terms, merged_blocks
from search.engines.arrays.names import names
from search.engines.arrays.postings import TermBlock, read_fields, write_field
from search.lexicon.counting import FieldBuffer
from search.lexicon.groups import GROUPED, write_groups
from search.lexicon.pairs import PAIR_FIELD, Pairs, frequent, merged
from search.lexicon.pairs import write as write_pairs
from search.schema import FIELD_NAMES, NAME_FIELDS, POSITIONAL, Part, field_name

_POSITIONAL = frozenset(field_name(part, kind) for part in Part for kind in POSITIONAL)


class StreamBuffer:
    """Token streams of documents, until they are written as one postings file."""

    def __init__(self) -> None:
        self._fields: dict[str, FieldBuffer] = {}
        self._clear()

    def _clear(self) -> None:
        self._fields = {name: FieldBuffer() for name in (*FIELD_NAMES, *NAME_FIELDS)}

    @property
    def tokens(self) -> int:
        """How many tokens wait."""
        return sum(field.tokens for field in self._fields.values())

    def add(self, doc: int, document: Document, streams: Mapping[str, TermStream]) -> None:
        """Add a document; `doc` rises from call to call."""
        for name, stream in (*names(document).items(), *streams.items()):
            self._fields[name].add(doc, stream)

    def write(self, path: Path, *, final: bool) -> None:
        """Write and forget. A file that is not final is only meant to be merged into one that is."""
        terms: dict[str, list[bytes]] = {}
        with ArrayFileWriter(path) as out:
            for name in (*FIELD_NAMES, *NAME_FIELDS):
                inverted = self._fields.pop(name).inverted()
                if name == PAIR_FIELD:
                    pairs = Pairs(*inverted.pairs())
                write_field(out, name, blocks(inverted, name in _POSITIONAL), name in _POSITIONAL)
                if name.endswith(GROUPED):
                    terms[name] = inverted.terms
                del inverted
            write_pairs(out, frequent(pairs) if final else pairs)
            if final:
                write_groups(out, terms)
        self._clear()


def merge(path: Path, sources: Sequence[tuple[ArrayFile, NDArray[np.int64]]]) -> None:
    """Merge postings files into one. Each comes with the new number of its documents, -1 for deleted."""
    opened = [(arrays, read_fields(arrays), docmap) for arrays, docmap in sources]
    terms: dict[str, list[bytes]] = {}
    with ArrayFileWriter(path) as out:
        for name in (*FIELD_NAMES, *NAME_FIELDS):
            present = [(fields[name], docmap) for _, fields, docmap in opened]
            union, maps = merge_terms([field for field, _ in present])
            written: list[bytes] = []
            postings = merged_blocks(
                [Source(field, docmap) for field, docmap in present], union, maps, name in _POSITIONAL
            )
            write_field(out, name, _remember(postings, written), name in _POSITIONAL)
            if name == PAIR_FIELD:
                final = _final_numbers(union, written)
                pairs = merged(
                    [(arrays, final[ords]) for (arrays, _, _), ords in zip(opened, maps, strict=True)]
                )
            if name.endswith(GROUPED):
                terms[name] = written
        write_pairs(out, frequent(pairs))
        write_groups(out, terms)


def _remember(blocks: Iterable[TermBlock], written: list[bytes]) -> Iterator[TermBlock]:
    """Pass blocks on, adding their terms to `written`."""
    for block in blocks:
        written.extend(block.terms)
        yield block


def _final_numbers(union: list[bytes], written: list[bytes]) -> NDArray[np.int64]:
    """For each merged term its number among those written, -1 when it lost all its documents."""
    if len(union) == len(written):
        return np.arange(len(union))
    number = {term: ord for ord, term in enumerate(written)}
    return np.fromiter((number.get(term, -1) for term in union), np.int64, len(union))
