"""Which surface terms belong together: those that fold to one term, those that have one stem.

For each part of a document `PART.variant` holds surface terms by number, grouped by folded term, and
`PART.variant_end` where the group of each folded term ends; `PART.form`, `PART.form_end` likewise by
stem. They give positions to folded terms and stems, and readings to restoration.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from search.analysis.french import stems
from search.analysis.normalize import fold
from search.engines.whoosh.arrays import ArrayFile, ArrayFileWriter
from search.engines.whoosh.postings import U32, FieldPostings
from search.fields import Kind, Part, field_name

GROUPED = (Kind.SURFACE, Kind.FOLDED, Kind.STEM)


def write_spellings(out: ArrayFileWriter, terms: Mapping[str, list[bytes]]) -> None:
    """Write the groups of all parts; `terms` are the terms of the fields of GROUPED kinds."""
    for part in Part:
        surfaces = [term.decode() for term in terms[field_name(part, Kind.SURFACE)]]
        folded = _numbers(terms[field_name(part, Kind.FOLDED)])
        stem = _numbers(terms[field_name(part, Kind.STEM)])
        variants = ((folded[fold(text).encode()], ord) for ord, text in enumerate(surfaces))
        _write_groups(out, f"{part}.variant", variants, len(folded))
        forms = (
            (stem[encoded], ord)
            for ord, text in enumerate(surfaces)
            for own in (stems(text) if stem else ())
            if (encoded := own.encode()) in stem
        )
        _write_groups(out, f"{part}.form", forms, len(stem))


def _numbers(terms: list[bytes]) -> dict[bytes, int]:
    return {term: ord for ord, term in enumerate(terms)}


def _write_groups(out: ArrayFileWriter, name: str, members: Iterable[tuple[int, int]], groups: int) -> None:
    pairs = np.fromiter((number for pair in members for number in pair), np.int64).reshape(-1, 2)
    order = np.argsort(pairs[:, 0], kind="stable")
    out.write(name, pairs[order, 1].astype(np.uint32))
    out.write(f"{name}_end", np.cumsum(np.bincount(pairs[:, 0], minlength=groups)).astype(np.uint32))


def variants(arrays: ArrayFile, part: Part, folded: FieldPostings, term: bytes) -> U32:
    """The numbers of the surface terms of a part that fold to a term."""
    return _group(arrays, f"{part}.variant", folded.find(term))


def forms(arrays: ArrayFile, part: Part, stem: FieldPostings, term: bytes) -> U32:
    """The numbers of the surface terms of a part that have a stem."""
    return _group(arrays, f"{part}.form", stem.find(term))


def _group(arrays: ArrayFile, name: str, ord: int) -> U32:
    if ord < 0:
        return np.empty(0, np.uint32)
    ends = arrays[f"{name}_end"]
    start = int(ends[ord - 1]) if ord else 0
    return arrays[name][start : int(ends[ord])]
