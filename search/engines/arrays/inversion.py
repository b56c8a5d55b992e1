"""From tokens in document order to postings sorted by term, and from several postings to one."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.engines.arrays.postings import FieldPostings, TermBlock
from search.lexicon.counting import InvertedField
from search.lexicon.terms import U32
from search.schema import LEAD, MAX_LEAD_FREQUENCY

MAX_BLOCK_POSTINGS = 2_000_000
"""Postings handled at once while inverting or merging; bounds memory, not results."""


def blocks(inverted: InvertedField, positional: bool) -> Iterator[TermBlock]:
    """Tokens in document order as postings, sorted by term."""
    order = np.argsort(inverted.ords, kind="stable")  # stable: documents and positions stay ascending
    ords, docs, positions = inverted.ords[order], inverted.docs[order], inverted.positions[order]
    del order
    if not len(ords):
        return
    fresh = np.empty(len(ords), bool)
    fresh[0] = True
    fresh[1:] = (ords[1:] != ords[:-1]) | (docs[1:] != docs[:-1])
    begins = np.flatnonzero(fresh)
    tfs = np.diff(begins, append=len(ords)).astype(np.uint32)
    leads = np.add.reduceat((positions < LEAD).astype(np.uint32), begins)
    yield TermBlock(
        terms=inverted.terms,
        df=np.bincount(ords[begins], minlength=len(inverted.terms)).astype(np.uint32),
        docs=docs[begins],
        tfs=tfs,
        leads=np.minimum(leads, MAX_LEAD_FREQUENCY).astype(np.uint32),
        positions=positions if positional else None,
    )


@dataclass(frozen=True, slots=True)
class Source:
    """A field to merge, and the new number of each of its documents; -1 for a deleted one.

    Kept documents keep their order, and all of one source come before those of the next.
    """

    field: FieldPostings
    docmap: NDArray[np.int64]


def merge_terms(fields: Sequence[FieldPostings]) -> tuple[list[bytes], list[NDArray[np.int64]]]:
    """All terms in order, and for each field the new number of each of its terms."""
    union = sorted({term for field in fields for term in field.terms()})
    if len(fields) == 1:
        return union, [np.arange(len(union))]
    number = {term: ord for ord, term in enumerate(union)}
    maps = [np.fromiter((number[term] for term in field.terms()), np.int64, len(field)) for field in fields]
    return union, maps


def merged_blocks(
    sources: Sequence[Source], terms: list[bytes], maps: Sequence[NDArray[np.int64]], positional: bool
) -> Iterator[TermBlock]:
    """The postings of several fields as one, block by block; terms left without documents are dropped."""
    total = np.zeros(len(terms), np.int64)
    for source, ords in zip(sources, maps, strict=True):
        total[ords] += source.field.df
    bounds = _block_bounds(total)
    for first, last in itertools.pairwise(bounds):
        parts = [
            _part(source, ords, first, last, positional) for source, ords in zip(sources, maps, strict=True)
        ]
        ords = np.concatenate([part[0] for part in parts])
        docs = np.concatenate([part[1] for part in parts])
        tfs = np.concatenate([part[2] for part in parts])
        leads = np.concatenate([part[3] for part in parts])
        order = np.argsort(ords, kind="stable")
        positions = None
        if positional:
            positions = np.concatenate([part[4] for part in parts])
            ends = np.cumsum(tfs, dtype=np.int64)
            positions = positions[expand(ends[order] - tfs[order], tfs[order])]
        df = np.bincount(ords - first, minlength=last - first).astype(np.uint32)
        kept = np.flatnonzero(df)
        if len(kept):
            own = [terms[first + ord] for ord in kept]
            yield TermBlock(own, df[kept], docs[order], tfs[order], leads[order], positions)


def _block_bounds(total: NDArray[np.int64]) -> list[int]:
    """Where to cut the terms so that a block has about MAX_BLOCK_POSTINGS postings, at least one term."""
    summed = np.cumsum(total)
    bounds = [0]
    while bounds[-1] < len(total):
        before = int(summed[bounds[-1] - 1]) if bounds[-1] else 0
        cut = int(np.searchsorted(summed, before + MAX_BLOCK_POSTINGS, side="right"))
        bounds.append(max(cut, bounds[-1] + 1))
    return bounds


def _part(
    source: Source, ords: NDArray[np.int64], first: int, last: int, positional: bool
) -> tuple[NDArray[np.int64], U32, U32, U32, U32]:
    """One source's postings for the merged terms `first` to `last`: term, document, tf, lead, positions."""
    low, high = (int(bound) for bound in np.searchsorted(ords, (first, last)))
    docs, tfs, leads = source.field.read_range(low, high)
    term = np.repeat(ords[low:high], source.field.df[low:high])
    positions = source.field.positions_range(low, high) if positional else np.empty(0, np.uint32)
    new = source.docmap[docs]
    kept = new >= 0
    if not kept.all():
        if positional:
            positions = positions[np.repeat(kept, tfs)]
        term, new, tfs, leads = term[kept], new[kept], tfs[kept], leads[kept]
    return term, new.astype(np.uint32), tfs, leads, positions


def expand(starts: NDArray[np.int64], lengths: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The indices of consecutive ranges: starts (0, 7), lengths (2, 1) → 0 1 7."""
    ends = np.cumsum(lengths, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    shift = np.repeat(starts - (ends - lengths), lengths)
    return shift + np.arange(total)
