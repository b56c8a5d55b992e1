"""One file of a lexicon: a whole one has a file for each batch of documents, whose counts add up."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from search.arrayfile import ArrayFile
from search.lexicon.terms import TermTable
from search.schema import FIELD_NAMES


@dataclass(frozen=True, slots=True)
class LexiconPart:
    """The arrays of a file, and its terms by field."""

    arrays: ArrayFile
    tables: Mapping[str, TermTable]


def open_part(path: Path) -> LexiconPart:
    """A file that `files.LexiconWriter` made. Raises IndexDamaged."""
    arrays = ArrayFile(path)
    return LexiconPart(arrays, {name: TermTable(arrays, name) for name in FIELD_NAMES})
