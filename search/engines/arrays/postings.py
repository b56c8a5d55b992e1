"""The postings of one field in one segment: how they are written, how a term's are read.

For a field F of a segment file:

    F.text, F.text_end, F.df, F.cf    the terms and their counts: see `search.lexicon.terms`
    F.post, F.post_end                varint pairs (gap to the document before, frequency × 4 + that in lead)
    F.at, F.near, F.far               positions, if kept: where a term's begin (`near` is uint16; a term
                                      with any position past 65,535 has its own in `far`, uint32)
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.arrayfile import Array, ArrayFile, ArrayFileWriter
from search.engines.arrays import varint
from search.lexicon.terms import U32, TermTable, write_chunks, write_ends, write_terms
from search.schema import FIELD_NAMES, MAX_LEAD_FREQUENCY, NAME_FIELDS

_FAR = np.uint64(1 << 63)
_LEAD_BITS = np.uint32(2)
_LEAD = np.uint32(MAX_LEAD_FREQUENCY)
_MAX_NEAR = 1 << 16


@dataclass(frozen=True, slots=True)
class TermBlock:
    """The postings of some consecutive terms, sorted by term, then document, then position.

    `df` has one entry a term; `docs`, `tfs` and `leads` one a posting; `positions`, if kept, one
    an occurrence.
    """

    terms: list[bytes]
    df: U32
    docs: U32
    tfs: U32
    leads: U32
    positions: U32 | None


class Postings(NamedTuple):
    """The documents of a term, its frequency in each, and how often it is in the lead (at most
    `MAX_LEAD_FREQUENCY`)."""

    docs: U32
    tfs: U32
    leads: U32


def write_field(out: ArrayFileWriter, name: str, blocks: Iterable[TermBlock], positional: bool) -> None:
    """Write a field from blocks in term order. Only one block and the term tables are in memory."""
    terms: list[bytes] = []
    tables: dict[str, list[Array]] = {"df": [], "cf": [], "post_width": [], "at": []}
    far_blocks: list[U32] = []
    near_length = far_length = 0
    near_blocks: list[NDArray[np.uint16]] = []
    out.start(f"{name}.post", np.uint8)
    for block in blocks:
        terms += block.terms
        ends = np.cumsum(block.df, dtype=np.int64)
        starts = ends - block.df
        gaps = np.diff(block.docs.astype(np.int64), prepend=0)
        gaps[starts] = block.docs[starts]
        pairs = np.empty(2 * len(gaps), np.uint32)
        pairs[0::2] = gaps
        pairs[1::2] = block.tfs << _LEAD_BITS | block.leads
        data, widths = varint.encode(pairs)
        out.append(f"{name}.post", data)
        tables["df"].append(block.df)
        tables["cf"].append(np.add.reduceat(block.tfs.astype(np.uint64), starts))
        tables["post_width"].append(np.add.reduceat(widths, 2 * starts))
        if block.positions is not None:
            counts = tables["cf"][-1].astype(np.int64)
            begins = np.cumsum(counts) - counts
            is_far = np.maximum.reduceat(block.positions, begins) >= _MAX_NEAR
            far = np.repeat(is_far, counts)
            near_at = near_length + np.cumsum(np.where(is_far, 0, counts)) - np.where(is_far, 0, counts)
            far_at = far_length + np.cumsum(np.where(is_far, counts, 0)) - np.where(is_far, counts, 0)
            tables["at"].append(np.where(is_far, far_at.astype(np.uint64) | _FAR, near_at.astype(np.uint64)))
            near_blocks.append(block.positions[~far].astype(np.uint16))
            far_blocks.append(block.positions[far])
            near_length += len(near_blocks[-1])
            far_length += len(far_blocks[-1])
    if positional:
        write_chunks(out, f"{name}.near", near_blocks, np.uint16)
        write_chunks(out, f"{name}.far", far_blocks, np.uint32)
        write_chunks(out, f"{name}.at", tables["at"], np.uint64)
    write_chunks(out, f"{name}.df", tables["df"], np.uint32)
    write_chunks(out, f"{name}.cf", tables["cf"], np.uint32)
    write_ends(out, f"{name}.post_end", np.concatenate([*tables["post_width"], np.empty(0, np.int64)]))
    write_terms(out, name, terms)


class FieldPostings(TermTable):
    """Reads one field of one segment: its terms, and the documents and positions of each."""

    def __init__(self, arrays: ArrayFile, name: str) -> None:
        super().__init__(arrays, name)
        self._post = arrays[f"{name}.post"]
        self._post_end = arrays[f"{name}.post_end"]
        self.positional = f"{name}.at" in arrays
        if self.positional:
            self._at = arrays[f"{name}.at"]
            self._near = arrays[f"{name}.near"]
            self._far = arrays[f"{name}.far"]

    def read(self, ord: int) -> Postings:
        """The postings of a term, by ascending document."""
        start = int(self._post_end[ord - 1]) if ord else 0
        pairs = varint.decode(self._post[start : int(self._post_end[ord])])
        return _postings(np.cumsum(pairs[0::2], dtype=np.uint32), pairs[1::2])

    def read_range(self, first: int, last: int) -> Postings:
        """The postings of the terms `first` up to `last`, excluded, one after the other."""
        start = int(self._post_end[first - 1]) if first else 0
        stop = int(self._post_end[last - 1]) if last else 0
        pairs = varint.decode(self._post[start:stop])
        gaps = pairs[0::2].astype(np.int64)
        df = self.df[first:last].astype(np.int64)
        starts = np.cumsum(df) - df
        summed = np.cumsum(gaps)
        before = summed[starts] - gaps[starts]
        return _postings((summed - np.repeat(before, df)).astype(np.uint32), pairs[1::2])

    def positions(self, ord: int) -> Array:
        """All positions of a term, document after document, each document's ascending."""
        at = int(self._at[ord])
        count = int(self.cf[ord])
        if at >> 63:
            at &= (1 << 63) - 1
            return self._far[at : at + count]
        return self._near[at : at + count]

    def positions_range(self, first: int, last: int) -> U32:
        """The positions of the terms `first` up to `last`, excluded, one after the other."""
        ats = self._at[first:last]
        counts = self.cf[first:last].astype(np.int64)
        is_far = (ats >> np.uint64(63)).astype(bool)
        near_terms = np.flatnonzero(~is_far)
        near = np.empty(0, np.uint32)
        if len(near_terms):
            start = int(ats[near_terms[0]])
            near = self._near[start : start + int(counts[near_terms].sum())].astype(np.uint32)
        if not is_far.any():
            return near
        out = np.empty(int(counts.sum()), np.uint32)
        out[~np.repeat(is_far, counts)] = near
        ends = np.cumsum(counts)
        for index in np.flatnonzero(is_far):
            out[ends[index] - counts[index] : ends[index]] = self.positions(first + int(index))
        return out


def _postings(docs: U32, packed: U32) -> Postings:
    return Postings(docs, packed >> _LEAD_BITS, packed & _LEAD)


def read_fields(arrays: ArrayFile) -> Mapping[str, FieldPostings]:
    """The fields of an open postings file by name."""
    return {
        name: FieldPostings(arrays, name) for name in (*FIELD_NAMES, *NAME_FIELDS) if f"{name}.df" in arrays
    }
