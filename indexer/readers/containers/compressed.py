"""`.gz` and `.xz` around any other format."""

import gzip
import lzma
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from indexer.readers.budget import Budget, Metered
from indexer.readers.record import Item

_OPENERS: Mapping[str, Callable[[BinaryIO], object]] = {
    "gz": lambda stream: gzip.GzipFile(fileobj=stream),
    "xz": lzma.LZMAFile,
}
_MAGIC = {b"\x1f\x8b\x08": "gz", b"\xfd7zXZ\0": "xz"}
_SHORT = {".tgz": "gz", ".txz": "xz"}  # of a tar file
_MAX_MAGIC = 6


def inner_name(name: str) -> str:
    """`a.jsonl` for `a.jsonl.xz`, `a.tar` for `a.tgz`; the name itself when the file is not compressed."""
    path = PurePosixPath(name)
    suffix = path.suffix.lower()
    if suffix in _SHORT:
        return path.stem + ".tar"
    return path.stem if suffix[1:] in _OPENERS else name


def unpacked(item: Item, budget: Budget) -> Item:
    """The file inside a compressed one, read as it is needed; the item itself when it is not compressed."""
    packing = _packing(item)
    if not packing:
        return item
    stream = Metered(cast(BinaryIO, _OPENERS[packing](item.stream)), budget)
    return replace(item, name=inner_name(item.name), stream=cast(BinaryIO, stream))


def _packing(item: Item) -> str:
    """`gz` or `xz`, by the name, else by the first bytes: `a.jsonl` may have been packed in its place."""
    suffix = PurePosixPath(item.name).suffix.lower()
    named = _SHORT.get(suffix, suffix[1:])
    if named in _OPENERS:
        return named
    head = item.stream.read(_MAX_MAGIC)
    item.stream.seek(0)
    return next((packing for magic, packing in _MAGIC.items() if head.startswith(magic)), "")
