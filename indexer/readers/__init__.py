"""Which reader reads what, and the border where their libraries' exceptions become failures."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from indexer.readers import compressed, jsonl, markdown, text
from indexer.readers.record import Failure, Found, Item, Reader, Record, Unreadable

READERS: Mapping[str, Reader] = {
    ".txt": text.read,
    ".md": markdown.read,
    ".jsonl": jsonl.read,
}

READERS_VERSION = 2
"""Rises when the same file gives another document, so that a build notices that it is stale."""

__all__ = ["READERS", "READERS_VERSION", "Failure", "Found", "Item", "Record", "read", "reader_for"]


def reader_for(name: str) -> Reader | None:
    """The reader for a file of that name, compressed or not; None when it is not a format of ours."""
    return READERS.get(PurePosixPath(compressed.inner_name(name)).suffix.lower())


def read(path: Path, id: str, before: int = 0) -> Iterator[Found]:
    """The documents of a file, and what in it could not be read. Never raises.

    `id` is that of the file: its path below the folder given. `before` counts the bytes of the
    files read before this one.
    """
    reader = reader_for(path.name)
    if reader is None:
        yield Failure(str(path), f"unknown format; known are {', '.join(READERS)}, also as .gz or .xz")
        return
    line = 0
    try:
        with path.open("rb") as raw:
            for found in reader(compressed.unpacked(Item(id, str(path), path.name, raw))):
                line = found.line
                if isinstance(found, Record):
                    found = replace(found, consumed=before + raw.tell())
                yield found
    except Unreadable as error:
        yield Failure(str(path), str(error))
    except compressed.DAMAGES as error:
        yield Failure(str(path), f"damaged or truncated compressed file{_from(line)}: {error}")
    except OSError as error:
        yield Failure(str(path), f"cannot be read{_from(line)}: {error.strerror or error}")
    except Exception as error:  # a night's run does not stop for one file that meets a bug of ours
        yield Failure(str(path), f"cannot be read{_from(line)}: {type(error).__name__}: {error}")


def _from(line: int) -> str:
    return f" after line {line}" if line else ""
