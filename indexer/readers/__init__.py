"""Which documents are in a file? The border, where the exceptions of libraries become failures."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from indexer.readers.budget import DAMAGES, Budget, Metered
from indexer.readers.containers import archive, compressed
from indexer.readers.detect import FORMATS, format_by_name, format_of
from indexer.readers.formats import IGNORED_NAME, TABLE, Handling
from indexer.readers.record import Failure, Found, Item, Reader, Record, Unreadable

READERS: Mapping[str, str] = {format.name: format.reader for format in TABLE if format.reader}
"""The module of formats/ that reads each format; an archive has none."""

READERS_VERSION = 5
"""Rises when the same file gives another document, so that a build notices that it is stale."""

_SEEKING = frozenset(format.name for format in TABLE if format.handling is Handling.SEEKING)
_MAX_DEPTH = 3
_MAX_IN_MEMORY = 8_000_000

__all__ = [
    "IGNORED_NAME",
    "READERS",
    "READERS_VERSION",
    "Failure",
    "Found",
    "Item",
    "Record",
    "format_by_name",
    "is_document",
    "read",
]


def is_document(path: Path) -> bool:
    """Whether a file is of a format of ours, by its name or, when that says nothing, by its content."""
    if format_by_name(path.name):
        return True
    if not path.is_file():  # a pipe would wait for its other end for ever
        return False
    with path.open("rb") as stream:
        return bool(format_of(path.name, stream))


def read(path: Path, id: str, before: int = 0) -> Iterator[Found]:
    """The documents of a file, and what in it could not be read. Never raises.

    `id` is that of the file: its path below the folder given. `before` counts the bytes of the
    files read before this one.
    """
    try:
        raw = path.open("rb")
    except OSError as error:
        yield Failure(str(path), f"cannot be read: {error.strerror or error}")
        return
    with raw:
        size = path.stat().st_size
        furthest = 0
        nothing = True
        for found in _guarded(Item(id, str(path), path.name, raw), Budget(size), depth=0):
            nothing = False
            if isinstance(found, Record):
                furthest = max(furthest, min(raw.tell(), size))
                found = replace(found, consumed=before + furthest)
            yield found
        if nothing:
            yield Failure(str(path), "nothing to read in it")


def _guarded(item: Item, budget: Budget, depth: int) -> Iterator[Found]:
    """What is in a file, and a failure where its reading ends before its end."""
    line = 0
    try:
        for found in _contents(item, budget, depth):
            line = found.line if found.member == item.member else 0
            yield found
    except Unreadable as error:
        yield Failure(item.file, str(error), member=item.member)
    except DAMAGES as error:
        reason = f"damaged or truncated compressed file{_from(line)}: {error}"
        yield Failure(item.file, reason, member=item.member)
    except OSError as error:
        yield Failure(item.file, f"cannot be read{_from(line)}: {error.strerror or error}", 0, item.member)
    except Exception as error:  # a night's run does not stop for one file that meets a bug of ours
        reason = f"cannot be read{_from(line)}: {type(error).__name__}: {error}"
        yield Failure(item.file, reason, member=item.member)


def _contents(item: Item, budget: Budget, depth: int) -> Iterator[Found]:
    item = compressed.unpacked(item, budget)
    format = format_of(item.name, item.stream)
    if not format:
        if not item.member:
            raise Unreadable(f"unknown format; known are {', '.join(FORMATS)}, also as .gz or .xz")
        return  # pictures and style sheets lie in archives beside what is to be read
    if format in _SEEKING and isinstance(item.stream, Metered):
        with SpooledTemporaryFile(_MAX_IN_MEMORY) as copy:
            while block := item.stream.read(1 << 16):
                copy.write(block)
            copy.seek(0)
            yield from _read(replace(item, stream=cast(BinaryIO, copy)), format, budget, depth)
    else:
        yield from _read(item, format, budget, depth)


def _read(item: Item, format: str, budget: Budget, depth: int) -> Iterator[Found]:
    if format not in READERS:
        if depth == _MAX_DEPTH:
            raise Unreadable(f"an archive inside {_MAX_DEPTH} others; unpack it first")
        for member in archive.members(item, format, budget):
            yield from [member] if isinstance(member, Failure) else _guarded(member, budget, depth + 1)
        return
    for found in _reader(format)(item):
        if isinstance(found, Record):
            yield replace(found, format=format, member=item.member)
        else:
            yield replace(found, member=item.member)


def _reader(format: str) -> Reader:
    read: Callable[[Item], Iterator[Found]] = import_module(f"indexer.readers.formats.{READERS[format]}").read
    return read


def _from(line: int) -> str:
    return f" after line {line}" if line else ""
