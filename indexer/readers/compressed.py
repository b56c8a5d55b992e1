"""`.gz` and `.xz` around any other format."""

import gzip
import lzma
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from indexer.readers.record import Item

_OPENERS: Mapping[str, Callable[[BinaryIO], object]] = {
    ".gz": lambda stream: gzip.GzipFile(fileobj=stream),
    ".xz": lzma.LZMAFile,
}
DAMAGES = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile)
"""What reading a truncated or damaged compressed file raises."""


def inner_name(name: str) -> str:
    """`a.jsonl` for `a.jsonl.xz`; the name itself when it is not that of a compressed file."""
    path = PurePosixPath(name)
    return path.stem if path.suffix.lower() in _OPENERS else name


def unpacked(item: Item) -> Item:
    """The file inside a compressed one, read as it is needed."""
    opener = _OPENERS.get(PurePosixPath(item.name).suffix.lower())
    if opener is None:
        return item
    return replace(item, name=inner_name(item.name), stream=cast(BinaryIO, opener(item.stream)))
