"""What an engine keeps about each document besides its terms: lengths, language, source, date, copies."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple

import numpy as np
from numpy.typing import NDArray

from search.analysis.document import AnalyzedDocument
from search.analysis.resemblance import PERMUTATIONS
from search.arrayfile import Array, ArrayFile, ArrayFileWriter
from search.dates import date_number
from search.document import Copy
from search.engines.arrays.names import read_copy_names, write_copy_names
from search.schema import Part

CHOICES = ("language", "source")
"""Columns whose values are words: what filters and facets choose from."""
DATE = "date"
SIGNATURE = "signature"
COPIES = "copies"
_NO_SIGNATURE = bytes(PERMUTATIONS)


def length_name(part: Part) -> str:
    """The column with the number of tokens of a part."""
    return f"length_{part}"


NUMBERS = (DATE, *(length_name(part) for part in Part))


class ColumnsWriter:
    """Collects the columns of a new segment, document after document."""

    def __init__(self) -> None:
        self._numbers: dict[str, list[int]] = {name: [] for name in NUMBERS}
        self._choices: dict[str, list[str]] = {name: [] for name in CHOICES}
        self._signatures = bytearray()
        self._copies: dict[int, list[Copy]] = {}

    def add(self, document: AnalyzedDocument) -> None:
        """Add the next document."""
        for copy in document.document.copies:
            self.add_copy(len(self._choices["language"]), copy)
        self._signatures += document.signature or _NO_SIGNATURE
        self._choices["language"].append(document.language)
        self._choices["source"].append(document.document.source)
        self._numbers[DATE].append(date_number(document.document.date))
        for part in Part:
            self._numbers[length_name(part)].append(document.lengths[part])

    def add_copy(self, doc: int, copy: Copy) -> None:
        """Note another place of a document added before."""
        self._copies.setdefault(doc, []).append(copy)

    def copy(self, columns: "Columns", docs: NDArray[np.int64]) -> None:
        """Add documents of another segment."""
        before = len(self._choices["language"])
        places = {doc: before + index for index, doc in enumerate(docs.tolist())}
        for doc, copies in columns.copies().items():
            if doc in places:
                self._copies[places[doc]] = list(copies)
        self._signatures += columns.signatures()[docs].tobytes()
        for name in NUMBERS:
            self._numbers[name] += columns.numbers(name)[docs].tolist()
        for name in CHOICES:
            values, codes = columns.choices(name)
            self._choices[name] += [values[code] for code in codes[docs].tolist()]

    def write(self, out: ArrayFileWriter) -> None:
        """Write all columns, and the names of copies."""
        for name, numbers in self._numbers.items():
            out.write(name, np.array(numbers, np.uint32))
        out.write(SIGNATURE, np.frombuffer(bytes(self._signatures), np.uint8))
        copies = [[doc, *map(astuple, copies)] for doc, copies in self._copies.items()]
        out.write(COPIES, np.frombuffer(json.dumps(copies).encode(), np.uint8))
        write_copy_names(out, self._copies)
        for name, texts in self._choices.items():
            values = sorted(set(texts))
            code = {value: index for index, value in enumerate(values)}
            out.write(f"{name}.code", np.array([code[text] for text in texts], np.uint32))
            encoded = [value.encode("utf-8", "replace") for value in values]
            out.write(f"{name}.value", np.frombuffer(b"".join(encoded), np.uint8))
            out.write(f"{name}.value_end", np.cumsum([0, *map(len, encoded)])[1:].astype(np.uint32))


class Columns:
    """Reads the columns of a segment."""

    def __init__(self, arrays: ArrayFile) -> None:
        self._arrays = arrays
        self.copy_names = read_copy_names(arrays)

    def numbers(self, name: str) -> Array:
        """A number for each document: a date as yyyymmdd (0 unknown), or a length in tokens."""
        return self._arrays[name]

    def choices(self, name: str) -> tuple[Sequence[str], Array]:
        """The values of a column, and for each document the index of its value."""
        blob = self._arrays[f"{name}.value"].tobytes()
        ends = self._arrays[f"{name}.value_end"].tolist()
        values = [blob[start:end].decode() for start, end in zip([0, *ends], ends, strict=False)]
        return values, self._arrays[f"{name}.code"]

    def signatures(self) -> NDArray[np.uint8]:
        """A row of PERMUTATIONS values for each document; all zeros where it has no signature."""
        return self._arrays[SIGNATURE].reshape(-1, PERMUTATIONS)

    def copies(self) -> Mapping[int, Sequence[Copy]]:
        """The copies of each document that has some."""
        return {
            doc: tuple(_copy(*fields) for fields in copies)
            for doc, *copies in json.loads(self._arrays[COPIES].tobytes())
        }


def _copy(id: str, url: str, source: str, author: str, date: str, alternates: Sequence[str]) -> Copy:
    return Copy(id, url, source, author, date, tuple(alternates))
