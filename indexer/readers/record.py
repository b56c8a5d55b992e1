"""What flows out of a reader: documents with the place they come from, and what could not be read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from search.document import Document
from search.errors import SearchError


class Unreadable(SearchError):
    """A whole file cannot be read; the message is the reason, and says what to do about it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file to read, or one unpacked from another.

    `id` is the path below the folder that was given, `file` the path to show to people, `name`
    what chooses the reader: `archive.jsonl.xz`, then `archive.jsonl` once it is unpacked.
    """

    id: str
    file: str
    name: str
    stream: BinaryIO


@dataclass(frozen=True, slots=True)
class Record:
    """A document and where it stands. `line` is 0 when the whole file is the document.

    `consumed` counts the bytes read up to here, in all files of the run: the progress bar lives on it.
    """

    document: Document
    file: str
    line: int = 0
    consumed: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that is not indexed, where it stands, and why."""

    file: str
    reason: str
    line: int = 0

    @property
    def place(self) -> str:
        """`archive.jsonl:12`, or the file alone."""
        return f"{self.file}:{self.line}" if self.line else self.file


Found = Record | Failure
Reader = Callable[[Item], Iterator[Found]]
"""Reads one format. Raises Unreadable, or whatever its library raises: `readers.read` translates."""
