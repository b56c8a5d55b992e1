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

    `id` is the path below the folder that was given, `file` the path of the file on the disk, `name`
    what chooses the reader, with the content: `archive.jsonl.xz`, then `archive.jsonl` once it is unpacked.
    `member` is the path inside an archive. The stream can seek.
    """

    id: str
    file: str
    name: str
    stream: BinaryIO
    member: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A document and where it stands. `line` is 0 when the whole file is the document.

    `consumed` counts the bytes read up to here, in all files of the run: the progress bar lives on it.
    `member` is the path inside an archive, `repairs` names what was wrong with the text and is mended,
    `losses` what of the file could not be read, and what to do about it.
    """

    document: Document
    file: str
    line: int = 0
    consumed: int = 0
    member: str = ""
    format: str = ""
    repairs: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where a person finds it: `archive.jsonl:12`, `archive.zip/folder/page.html`, or the file."""
        return _place(self.file, self.member, self.line)


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that is not indexed, where it stands, and why."""

    file: str
    reason: str
    line: int = 0
    member: str = ""

    @property
    def place(self) -> str:
        """Where a person finds it: `archive.jsonl:12`, `archive.zip/folder/page.html`, or the file."""
        return _place(self.file, self.member, self.line)


def _place(file: str, member: str, line: int) -> str:
    return file + (f"/{member}" if member else "") + (f":{line}" if line else "")


Found = Record | Failure
Reader = Callable[[Item], Iterator[Found]]
"""Reads one format. Raises Unreadable, or whatever its library raises: `readers.read` translates."""
