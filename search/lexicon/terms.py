"""The terms of one field in byte order, and how often each occurs.

For a field F of a file of arrays:

    F.text, F.text_end    the terms, UTF-8, and where each ends
    F.df, F.cf            documents and occurrences of each term (uint32)
"""

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from search.arrayfile import Array, ArrayFile, ArrayFileWriter, smallest_unsigned

U32 = NDArray[np.uint32]

_MAX_REMEMBERED = 50_000
"""Terms of a field whose numbers are remembered; a binary search takes 20 comparisons in Python."""
_MAX_TERM = 100
"""Bytes of a term that is remembered: what is typed may be longer, and is in no document."""


class TermTable:
    """Reads the terms of one field of one file. A term goes by its number in byte order (`ord`)."""

    def __init__(self, arrays: ArrayFile, name: str) -> None:
        self._text_end = arrays[f"{name}.text_end"]
        self.df = arrays[f"{name}.df"]
        self.cf = arrays[f"{name}.cf"]
        self._blob = arrays[f"{name}.text"].data
        self._found: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self._text_end)

    def term(self, ord: int) -> bytes:
        """The term of a number."""
        start = int(self._text_end[ord - 1]) if ord else 0
        return bytes(self._blob[start : int(self._text_end[ord])])

    def terms(self, first: int = 0, last: int | None = None) -> Iterator[bytes]:
        """The terms from number `first` up to `last`, excluded."""
        last = len(self) if last is None else last
        ends = self._text_end[first:last].tolist()
        start = int(self._text_end[first - 1]) if first else 0
        for end in ends:
            yield bytes(self._blob[start:end])
            start = end

    def lower_bound(self, term: bytes) -> int:
        """The number of the first term that is not below `term`."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.term(middle) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, term: bytes) -> int:
        """The number of a term, -1 when the field does not have it."""
        found = self._found.get(term)
        if found is None:
            ord = self.lower_bound(term)
            found = ord if ord < len(self) and self.term(ord) == term else -1
            if len(self._found) >= _MAX_REMEMBERED:
                self._found.clear()
            if len(term) <= _MAX_TERM:
                self._found[term] = found
        return found

    def prefix_range(self, prefix: bytes) -> tuple[int, int]:
        """First and last (excluded) number of the terms with a prefix."""
        first = self.lower_bound(prefix)
        if first == len(self) or not self.term(first).startswith(prefix):
            return first, first  # most stretches of a query abbreviate nothing
        return first, self.lower_bound(prefix + b"\xff")

    def fitting(self, pattern: bytes) -> Iterator[int]:
        """The numbers of the terms that a pattern with asterisks fits, in order.

        Its longest part is looked for in all terms at once: half a million take some milliseconds.
        """
        parts = pattern.split(b"*")
        longest = re.escape(max(parts, key=len))
        fitting = fits(pattern)
        places = np.array([found.start() for found in re.finditer(longest, self._blob)], np.int64)
        for ord in np.unique(np.searchsorted(self._text_end[:], places, side="right")).tolist():
            if fitting.fullmatch(self.term(ord)):
                yield ord


def fits(pattern: bytes) -> re.Pattern[bytes]:
    """What a pattern with asterisks fits: each part where it comes first, so that no other place is tried."""
    first, *inside, last = map(re.escape, pattern.split(b"*"))
    among = b"".join(b"(?>.*?%b)" % part for part in inside if part)
    return re.compile(first + among + b".*" + last, re.DOTALL)


def write_terms(out: ArrayFileWriter, name: str, terms: list[bytes]) -> None:
    """Write the terms of a field, in byte order."""
    out.write(f"{name}.text", np.frombuffer(b"".join(terms), np.uint8))
    write_ends(out, f"{name}.text_end", np.fromiter(map(len, terms), np.int64, len(terms)))


def write_ends(out: ArrayFileWriter, name: str, widths: NDArray[np.int64]) -> None:
    """Write where each of some consecutive stretches ends."""
    ends = np.cumsum(widths)
    out.write(name, ends.astype(smallest_unsigned(int(ends[-1]) if len(ends) else 0)))


def write_chunks(out: ArrayFileWriter, name: str, chunks: list[Array], dtype: type) -> None:
    """Write an array that comes in pieces."""
    out.start(name, dtype)
    for chunk in chunks:
        out.append(name, chunk)
