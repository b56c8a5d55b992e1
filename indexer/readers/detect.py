"""Which format a file has: what its content says goes before what its name says."""

import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import BinaryIO

from indexer.readers.budget import DAMAGES
from indexer.readers.containers.compressed import inner_name
from indexer.readers.formats import TABLE, Handling

FORMATS: Mapping[str, str] = {suffix: format.name for format in TABLE for suffix in format.suffixes}
"""Formats by the suffix of a name."""

_UNMISTAKABLE = frozenset(
    format.name
    for format in TABLE
    if format.reader and format.handling not in (Handling.TEXT, Handling.REFUSED)
)
"""Formats believed whatever the name: `article.php`, `download`. A zip may be a spreadsheet or a program."""
_TEXT = frozenset(format.name for format in TABLE if format.handling is Handling.TEXT)
_MARKUP = frozenset(format.name for format in TABLE if format.handling is Handling.MARKUP)
_HEAD = 4096
_BOM = b"\xef\xbb\xbf"
_PAGE = (b"<!doctype html", b"<html")
_MHTML = (b"from: <saved by", b"mime-version:", b"content-type: multipart/related")


def format_by_name(name: str) -> str:
    """The format of a file of that name, compressed or not; empty when it is not one of ours."""
    return FORMATS.get(PurePosixPath(inner_name(name)).suffix.lower(), "")


def format_of(name: str, stream: BinaryIO) -> str:
    """The format of an open, seekable file, which is left at its start; empty when it is not one of ours."""
    try:
        head = stream.read(_HEAD)
    except DAMAGES:  # its reader gets as far as it can, and says where it broke
        head = b""
    stream.seek(0)
    named = format_by_name(name)
    held = _by_content(head, stream)
    if named == "eml" and held == "mhtml":  # a message with pictures is packed as a saved page is
        return named
    if not named:
        return held if held in _UNMISTAKABLE else ""
    if held and (named not in _TEXT or held in _UNMISTAKABLE or held == "zip"):
        return held
    if named not in _TEXT and not held and _is_text(head):
        # a .pdf that is the text of an error message, an .html without a tag
        return named if named in _MARKUP and b"<" in head else "txt"
    return named


def _by_content(head: bytes, stream: BinaryIO) -> str:
    if head.startswith(b"PK\3\4"):
        return _zipped(head, stream)
    for format in TABLE:
        if format.magic and head.startswith(format.magic):
            return format.name
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[257:262] == b"ustar":
        return "tar"
    start = head.removeprefix(_BOM).lstrip().lower()
    if start.startswith(_PAGE) or (start.startswith(b"<?xml") and b"<html" in start):
        return "html"
    if start.startswith(_MHTML) and b"multipart/related" in start:
        return "mhtml"
    return ""


def _zipped(head: bytes, stream: BinaryIO) -> str:
    """Office documents are zip files: EPUB and ODF say so at a fixed place, Word does by its parts."""
    if head[30:38] == b"mimetype":
        for format in TABLE:
            if format.mimetype and head[38:].startswith(format.mimetype.encode()):
                return format.name
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, *DAMAGES, ValueError, OverflowError, NotImplementedError):
        names = set()
    finally:
        stream.seek(0)
    names |= {f"{name.partition('/')[0]}/" for name in names if "/" in name}
    return next((format.name for format in TABLE if format.parts and format.parts <= names), "zip")


def _is_text(head: bytes) -> bool:
    """Whether a file begins as text does: no control characters but white space."""
    return bool(head.strip()) and not any(byte < 32 and byte not in b"\t\n\r\f" for byte in head)
