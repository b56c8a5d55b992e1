"""Files that are zip files of XML, as word processors and e-books are: opened and parsed within bounds."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from lxml import etree

from indexer.readers.budget import DAMAGES
from indexer.readers.record import Unreadable
from indexer.readers.text.decode import MAX_TEXT

_MAX_PARTS = 500_000_000
"""Bytes of all parts together, pictures too: more is a bomb."""
_MAX_PART = MAX_TEXT * 10  # markup around the text
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@contextmanager
def opened(stream: BinaryIO, what: str) -> Iterator[zipfile.ZipFile]:
    """The parts of a document; `what` names its format in reasons. Raises Unreadable."""
    magic = stream.read(len(_OLE))
    stream.seek(0)
    if magic == _OLE:
        raise Unreadable(
            f"encrypted, or of an older format than {what}; save it as {what} without a password"
        )
    try:
        with zipfile.ZipFile(stream) as parts:
            if sum(info.file_size for info in parts.infolist()) > _MAX_PARTS:
                raise Unreadable(f"unpacks to more than {_MAX_PARTS // 1_000_000} MB; a decompression bomb?")
            yield parts
    except (zipfile.BadZipFile, NotImplementedError, *DAMAGES) as error:
        raise Unreadable(f"damaged or truncated {what} file ({error}); copy it again") from error


def part(parts: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a part. Raises Unreadable when it is missing, encrypted or too large."""
    try:
        if parts.getinfo(name).flag_bits & 0x1:
            raise Unreadable("encrypted; save it without its password")
        with parts.open(name) as file:
            data = file.read(_MAX_PART + 1)
    except KeyError as error:
        raise Unreadable(f"damaged: it has no {name}; save it again") from error
    if len(data) > _MAX_PART:
        raise Unreadable(f"more than {_MAX_PART // 1_000_000} MB in one part; split the document")
    return data


def xml(data: bytes) -> etree._Element:
    """Parsed XML: entities stay as they are written, nothing is fetched. Raises Unreadable."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    tree = etree.fromstring(data, parser)
    if tree is None:
        raise Unreadable("damaged: its XML cannot be read; save it again")
    return tree
