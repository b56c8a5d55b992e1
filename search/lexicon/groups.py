"""Which surface terms belong together: those that fold to one term, those that have one stem.

For each part of a document `PART.variant` holds surface terms by number, grouped by folded term, and
`PART.variant_end` where the group of each folded term ends; `PART.form`, `PART.form_end` likewise by
stem. They give positions to folded terms and stems, and readings to restoration. `compound.order`
has the compounds of bodies by number, in the order of their folded forms, to complete what is typed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping

import numpy as np

from search.analysis.normalize import fold
from search.analysis.stems import stems
from search.arrayfile import ArrayFile, ArrayFileWriter
from search.lexicon.terms import U32, TermTable
from search.schema import Kind, Part, field_name

GROUPED = (Kind.SURFACE, Kind.FOLDED, Kind.STEM, Kind.WORD)
COMPOUNDS = field_name(Part.BODY, Kind.WORD)


def write_groups(out: ArrayFileWriter, terms: Mapping[str, list[bytes]]) -> None:
    """Write the groups of all parts; `terms` are the terms of the fields of GROUPED kinds."""
    for part in Part:
        surfaces = [term.decode() for term in terms[field_name(part, Kind.SURFACE)]]
        folded = _numbers(terms[field_name(part, Kind.FOLDED)])
        stem = _numbers(terms[field_name(part, Kind.STEM)])
        variants = ((folded[fold(text).encode()], ord) for ord, text in enumerate(surfaces))
        _write(out, f"{part}.variant", variants, len(folded))
        forms = (
            (stem[encoded], ord)
            for ord, text in enumerate(surfaces)
            for own in (stems(text) if stem else ())
            if (encoded := own.encode()) in stem
        )
        _write(out, f"{part}.form", forms, len(stem))
    compounds = [fold(term.decode()) for term in terms[COMPOUNDS]]
    order = sorted(range(len(compounds)), key=compounds.__getitem__)
    out.write("compound.order", np.array(order, np.uint32))


def _numbers(terms: list[bytes]) -> dict[bytes, int]:
    return {term: ord for ord, term in enumerate(terms)}


def _write(out: ArrayFileWriter, name: str, members: Iterable[tuple[int, int]], groups: int) -> None:
    pairs = np.fromiter((number for pair in members for number in pair), np.int64).reshape(-1, 2)
    order = np.argsort(pairs[:, 0], kind="stable")
    out.write(name, pairs[order, 1].astype(np.uint32))
    out.write(f"{name}_end", np.cumsum(np.bincount(pairs[:, 0], minlength=groups)).astype(np.uint32))


def variants(arrays: ArrayFile, part: Part, folded: TermTable, term: bytes) -> U32:
    """The numbers of the surface terms of a part that fold to a term."""
    return _group(arrays, f"{part}.variant", folded.find(term))


def forms(arrays: ArrayFile, part: Part, stem: TermTable, term: bytes) -> U32:
    """The numbers of the surface terms of a part that have a stem."""
    return _group(arrays, f"{part}.form", stem.find(term))


def compounds_with(arrays: ArrayFile, compounds: TermTable, prefix: str) -> U32:
    """The numbers of the compounds whose folded form begins so."""
    order = arrays["compound.order"]

    def folded(ord: int) -> str:
        return fold(compounds.term(int(ord)).decode())

    first = bisect_left(order, prefix, key=folded)
    last = bisect_right(order, prefix, lo=first, key=lambda number: folded(number)[: len(prefix)])
    found: U32 = order[first:last]
    return found


def variants_with(arrays: ArrayFile, part: Part, folded: TermTable, prefix: bytes) -> U32:
    """The numbers of the surface terms of a part whose folded form begins so."""
    first, last = folded.prefix_range(prefix)
    ends = arrays[f"{part}.variant_end"]
    start = int(ends[first - 1]) if first else 0
    stop = int(ends[last - 1]) if last else 0
    found: U32 = arrays[f"{part}.variant"][start:stop]
    return found


def _group(arrays: ArrayFile, name: str, ord: int) -> U32:
    if ord < 0:
        return np.empty(0, np.uint32)
    ends = arrays[f"{name}_end"]
    start = int(ends[ord - 1]) if ord else 0
    return arrays[name][start : int(ends[ord])]
