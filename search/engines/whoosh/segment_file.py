"""The postings file of a segment: written from token streams, or merged from others of its kind.

Besides the fields it holds the groups of `spellings` and, for the body, `pair.key` and `pair.count`:
neighbouring surface terms, `left << 32 | right`, and how often they stand so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.analysis.document import TermStream
from search.document import Document
from search.engines.whoosh.arrays import ArrayFile, ArrayFileWriter
from search.engines.whoosh.codec import NAME_FIELDS, read_fields
from search.engines.whoosh.inversion import FieldBuffer, Source, merge_terms, merged_blocks
from search.engines.whoosh.names import names
from search.engines.whoosh.postings import U32, TermBlock, write_field
from search.engines.whoosh.spellings import GROUPED, write_spellings
from search.fields import FIELD_NAMES, POSITIONAL, Kind, Part, field_name

ALL_PAIRS = 1_000_000
"""Up to so many different pairs are all kept; beyond, those seen once are dropped."""

PAIR_FIELD = field_name(Part.BODY, Kind.SURFACE)
_POSITIONAL = frozenset(field_name(part, kind) for part in Part for kind in POSITIONAL)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Neighbouring terms of a field by their numbers, ascending, and how often each occurs."""

    keys: NDArray[np.uint64]
    counts: U32


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
                write_field(out, name, inverted.blocks(name in _POSITIONAL), name in _POSITIONAL)
                if name.endswith(GROUPED):
                    terms[name] = inverted.terms
                del inverted
            _write_pairs(out, _frequent(pairs) if final else pairs)
            if final:
                write_spellings(out, terms)
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
            blocks = merged_blocks(
                [Source(field, docmap) for field, docmap in present], union, maps, name in _POSITIONAL
            )
            write_field(out, name, _remember(blocks, written), name in _POSITIONAL)
            if name == PAIR_FIELD:
                final = _final_numbers(union, written)
                pairs = _merge_pairs(
                    [(arrays, final[ords]) for (arrays, _, _), ords in zip(opened, maps, strict=True)]
                )
            if name.endswith(GROUPED):
                terms[name] = written
        _write_pairs(out, _frequent(pairs))
        write_spellings(out, terms)


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


def _merge_pairs(sources: Sequence[tuple[ArrayFile, NDArray[np.int64]]]) -> Pairs:
    """The pairs of all sources by the new numbers of their terms, source after source to save memory."""
    merged = Pairs(np.empty(0, np.uint64), np.empty(0, np.uint32))
    for arrays, numbers in sources:
        old = arrays["pair.key"]
        left = numbers[(old >> np.uint64(32)).astype(np.int64)]
        right = numbers[(old & np.uint64(0xFFFFFFFF)).astype(np.int64)]
        kept = (left >= 0) & (right >= 0)
        keys = left[kept].astype(np.uint64) << np.uint64(32) | right[kept].astype(np.uint64)
        del old, left, right
        merged = _summed(
            np.concatenate([merged.keys, keys]),
            np.concatenate([merged.counts, arrays["pair.count"][kept]]),
        )
    return merged


def _summed(keys: NDArray[np.uint64], counts: U32) -> Pairs:
    """Each key once, ascending, with the sum of its counts."""
    if not len(keys):
        return Pairs(keys, counts)
    order = np.argsort(keys, kind="stable")
    keys, counts = keys[order], counts[order]
    begins = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    return Pairs(keys[begins], np.add.reduceat(counts, begins).astype(np.uint32))


def _frequent(pairs: Pairs) -> Pairs:
    if len(pairs.keys) <= ALL_PAIRS:
        return pairs
    kept = pairs.counts > 1
    return Pairs(pairs.keys[kept], pairs.counts[kept])


def _write_pairs(out: ArrayFileWriter, pairs: Pairs) -> None:
    out.write("pair.key", pairs.keys)
    out.write("pair.count", pairs.counts)
