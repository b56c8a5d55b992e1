"""How much one file may unpack to, for an archive of 40 kB can hold 4 GB of nothing, and how that breaks."""

import gzip
import io
import lzma
import zlib
from typing import BinaryIO

from indexer.readers.record import Unreadable

RATIO = 100
"""Text is packed to a fifth or a tenth; what shrinks to a hundredth holds nothing to read."""
MIN_BYTES = 200_000_000
"""Bytes that any file may unpack to."""
DAMAGES = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile)
"""What reading a truncated or damaged compressed file raises."""


class Budget:
    """The bytes that may still come out of one file, however deep its archives are nested."""

    def __init__(self, packed: int) -> None:
        self._limit = max(MIN_BYTES, packed * RATIO)
        self._left = self._limit

    def take(self, size: int) -> None:
        """Count bytes unpacked. Raises Unreadable when they are too many."""
        self._left -= size
        if self._left < 0:
            raise Unreadable(
                f"unpacks to more than {self._limit // 1_000_000} MB, {RATIO} times its size; "
                "if it is no decompression bomb, unpack it and index what is inside"
            )


class Metered(io.BufferedIOBase):
    """A decompressing stream whose bytes count on a budget."""

    def __init__(self, stream: BinaryIO, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, size: int | None = -1, /) -> bytes:
        """At most `size` bytes; all of them when it is negative, still bounded by the budget."""
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(io.DEFAULT_BUFFER_SIZE), b""))
        data = self._stream.read(size)
        self._budget.take(len(data))
        return data

    def read1(self, size: int = -1, /) -> bytes:
        """At most `size` bytes, in one go."""
        return self.read(size if size >= 0 else io.DEFAULT_BUFFER_SIZE)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move as the stream does."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Where the stream is."""
        return self._stream.tell()

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always: decompressors start again from the beginning."""
        return True
