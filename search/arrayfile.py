"""A file of named NumPy arrays: raw little-endian data, memory-mapped when read.

Layout: magic, the arrays one after the other at multiples of 64 bytes, a JSON directory (name,
dtype, offset, length, CRC-32), its length in 8 bytes, magic again. The closing magic tells a whole
file from a half-written one.
"""

import json
import os
import struct
import zlib
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from search.errors import IndexDamaged

Array = NDArray[Any]

_MAGIC = b"SNARRAY1"
_ALIGNMENT = 64


class ArrayFileWriter:
    """Writes arrays in order, each in one piece or by appending chunks of one dtype."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._file.write(_MAGIC)
        self._directory: dict[str, list[Any]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._file:  # closed even when the disk is full
            if kind is None:
                self.finish()

    def write(self, name: str, array: Array) -> None:
        """Write one whole array."""
        self.start(name, array.dtype)
        self.append(name, array)

    def start(self, name: str, dtype: np.dtype[Any] | type[Any]) -> None:
        """Begin an array that `append` fills; the array before it is closed."""
        offset = self._file.tell()
        self._file.write(b"\0" * (-offset % _ALIGNMENT))
        self._directory[name] = [np.dtype(dtype).newbyteorder("<").str, self._file.tell(), 0, 0]

    def append(self, name: str, array: Array) -> None:
        """Add values to the array begun last."""
        entry = self._directory[name]
        data = np.ascontiguousarray(array, dtype=entry[0]).view(np.uint8)
        self._file.write(data.data)
        entry[2] += len(array)
        entry[3] = zlib.crc32(data.data, entry[3])

    def abandon(self) -> None:
        """Let go of the file, which is not whole."""
        self._file.close()

    def finish(self) -> None:
        """Write the directory and fsync."""
        directory = json.dumps(self._directory).encode()
        self._file.write(directory + struct.pack("<Q", len(directory)) + _MAGIC)
        self._file.flush()
        os.fsync(self._file.fileno())


class ArrayFile:
    """The arrays of a file, mapped read-only; safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._bytes = np.memmap(path, dtype=np.uint8, mode="r")
            tail = self._bytes[-16:].tobytes()
            if self._bytes[:8].tobytes() != _MAGIC or tail[8:] != _MAGIC:
                raise IndexDamaged(f"{path} is not whole; rebuild with: python -m indexer build PATH")
            length = struct.unpack("<Q", tail[:8])[0]
            self._directory: dict[str, list[Any]] = json.loads(self._bytes[-16 - length : -16].tobytes())
        except FileNotFoundError:
            raise
        except (OSError, ValueError, struct.error) as error:
            raise IndexDamaged(
                f"{path} cannot be read ({error}); rebuild with: python -m indexer build PATH"
            ) from error

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    def __getitem__(self, name: str) -> Array:
        dtype, offset, length, _ = self._directory[name]
        size = np.dtype(dtype).itemsize * length
        # a plain ndarray view: slicing an np.memmap costs several times as much
        view: Array = np.asarray(self._bytes[offset : offset + size]).view(dtype)
        return view

    def names(self) -> tuple[str, ...]:
        """The names of the arrays, in the order they were written."""
        return tuple(self._directory)

    def check(self) -> None:
        """Compare every array with its checksum. Raises IndexDamaged."""
        for name, (_, _, _, checksum) in self._directory.items():
            if zlib.crc32(self[name].view(np.uint8).data) != checksum:
                raise IndexDamaged(
                    f"{self._path}: {name} fails its checksum; rebuild with: python -m indexer build PATH"
                )


def smallest_unsigned(largest: int) -> type[np.unsignedinteger[Any]]:
    """The narrowest of uint32 and uint64 that holds a value."""
    return np.uint32 if largest < 2**32 else np.uint64
