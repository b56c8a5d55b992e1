"""Bytes → clean text: encodings, control characters, lone surrogates, and a limit on size."""

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO

from indexer.readers.record import Unreadable

TEXT_LIMIT = 10_000_000
"""Bytes of text in one document: a dozen novels. Its analysis takes about 120 times as much memory; what is
longer is a decompression bomb or the dump of a database."""

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_BINARY_SHARE = 0.01  # a stray NUL in a page of text is a scar; one in a hundred is a picture or a program
_LINE_ENDS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The clean text of a file, and in words what was wrong with its encoding and is mended."""

    text: str
    repairs: tuple[str, ...] = ()


def read_text(stream: BinaryIO) -> str:
    """The clean text of a whole file. Raises Unreadable when it is none, empty, or too long."""
    return read_decoded(stream).text


def read_decoded(stream: BinaryIO) -> Decoded:
    """The clean text of a whole file, and its repairs. Raises Unreadable: no text, empty, or too long."""
    data = stream.read(TEXT_LIMIT + 1)
    if len(data) > TEXT_LIMIT:
        raise Unreadable(too_long())
    return decoded(data)


def decoded(data: bytes, declared: str = "") -> Decoded:
    """The clean text of bytes; `declared` is the encoding that their format names (`<meta charset>`)."""
    text = _decode(data)
    if len(_CONTROLS.findall(text)) > len(text) * _BINARY_SHARE:
        raise Unreadable("binary file, not text; if it is UTF-16 or UTF-32, save it as UTF-8")
    text = clean(text).strip()
    if not text:
        raise Unreadable("empty")
    return Decoded(text)


def clean(text: str) -> str:
    """Line ends as `\\n`, control characters as spaces, lone surrogates as U+FFFD; all else as it was."""
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", _LINE_ENDS.sub("\n", text)))


def too_long() -> str:
    """The reason that goes with TEXT_LIMIT."""
    return f"more than {TEXT_LIMIT // 1_000_000} MB of text in one document; split it"


def _decode(data: bytes) -> str:
    if data.startswith(UTF_16):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise Unreadable("damaged UTF-16 text; save it as UTF-8") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise Unreadable("binary file, not text") from error
        # The offset is that of the error's own object, which has lost its byte-order mark.
        byte, offset = error.object[error.start], error.start
        raise Unreadable(
            f"not UTF-8 text (byte 0x{byte:02X} at offset {offset}); save it as UTF-8"
        ) from error
