"""Dictionaries in the formats of others: StarDict and DICT, head by head with the text of each article.

StarDict: `.ifo` says what there is, `.idx` where each head has its article in `.dict`; numbers are big-endian
(StarDict's own doc/StarDictFileFormat). DICT: `.index` has head, place and length in the digits of RFC 2229's
`dictd`, base 64, with tabs between. Both may be compressed by gzip (`.gz`, `.dz`).
"""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from search.errors import LexiconUnreadable

MAX_BYTES = 1 << 30
"""Bytes of one file once it is unpacked."""
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
_SHOWN = frozenset("mgxhl")
"""StarDict's types of text that hold meanings: plain, Pango, XDXF, HTML, in the language of the place."""
_TEXTS = _SHOWN | frozenset("tykwn")


class Article(NamedTuple):
    """What a dictionary says of a head."""

    head: str
    text: str


def read_stardict(path: Path, faults: list[str]) -> Iterator[Article]:
    """The articles of a dictionary by its `.ifo`. Raises LexiconUnreadable."""
    about = _about(path)
    wide = about.get("idxoffsetbits") == "64"
    index = _unpacked(path, ".idx", ".idx.gz")
    texts = _unpacked(path, ".dict", ".dict.dz")
    types = about.get("sametypesequence", "")
    numbers = 12 if wide else 8
    at = 0
    number = 0
    while at < len(index):
        number += 1
        end = index.find(b"\0", at)
        if end < 0 or end + 1 + numbers > len(index):
            faults.append(f"{path.with_suffix('.idx')}: entry {number}: the file ends within it")
            return
        head, places = index[at:end], index[end + 1 : end + 1 + numbers]
        at = end + 1 + numbers
        start = int.from_bytes(places[: numbers - 4], "big")
        size = int.from_bytes(places[numbers - 4 :], "big")
        try:
            yield Article(head.decode(), _shown(_slice(texts, start, size), types))
        except ValueError as error:
            faults.append(f"{path.with_suffix('.idx')}: entry {number}: {_reason(error)}")


def read_dict(path: Path, faults: list[str]) -> Iterator[Article]:
    """The articles of a dictionary by its `.index`. Raises LexiconUnreadable."""
    index = _unpacked(path, ".index", ".index.gz")
    texts = _unpacked(path, ".dict", ".dict.dz")
    for number, line in enumerate(index.splitlines(), 1):
        try:
            head, start, size = line.decode().split("\t")[:3]
            if not head.startswith("00"):  # 00-database-info and others are no words
                yield Article(head, _slice(texts, _number(start), _number(size)).decode())
        except ValueError as error:
            faults.append(f"{path}:{number}: {_reason(error)}")


def _about(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconUnreadable(f"cannot read {path}: {error}") from error
    if not lines or "StarDict's dict ifo file" not in lines[0]:
        raise LexiconUnreadable(f"{path} is no StarDict dictionary: its first line must say so")
    return dict(line.split("=", 1) for line in lines[1:] if "=" in line)


def _unpacked(path: Path, *endings: str) -> bytes:
    """The first file beside `path` with one of the endings, unpacked."""
    for ending in endings:
        beside = path.with_suffix(ending)
        if not beside.is_file():
            continue
        try:
            if ending.endswith(("z",)):
                with gzip.open(beside) as file:
                    found = file.read(MAX_BYTES + 1)
            else:
                with beside.open("rb") as plain:
                    found = plain.read(MAX_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise LexiconUnreadable(f"cannot read {beside}: {error}") from error
        if len(found) > MAX_BYTES:
            raise LexiconUnreadable(f"{beside} holds more than {MAX_BYTES >> 30} GiB")
        return found
    raise LexiconUnreadable(f"{path} needs {' or '.join(endings)} beside it")


def _slice(texts: bytes, start: int, size: int) -> bytes:
    if start + size > len(texts):
        raise ValueError("its article lies past the end of the dictionary")
    return texts[start : start + size]


def _number(digits: str) -> int:
    value = 0
    for digit in digits:
        if digit not in _VALUES:
            raise ValueError(f"{digits!r} is no number in base 64")
        value = value << 6 | _VALUES[digit]
    return value


def _shown(article: bytes, types: str) -> str:
    """The texts of an article that hold meanings; `types` are those of its fields if all share them."""
    found: list[str] = []
    at = 0
    fields = iter(types) if types else None
    left = len(types)
    while at < len(article):
        if fields is None:
            kind, at = chr(article[at]), at + 1
        else:
            kind = next(fields, "")
            left -= 1
            if not kind:
                break
        last = fields is not None and left == 0
        if kind.islower():
            end = len(article) if last else article.find(b"\0", at)
            end = end if end >= 0 else len(article)
            field, at = article[at:end], end + 1
        else:
            size = len(article) - at if last else int.from_bytes(article[at : at + 4], "big")
            at += 0 if last else 4
            field, at = article[at : at + size], at + size
        if kind in _SHOWN:
            found.append(field.decode())
        elif kind.islower() and kind not in _TEXTS and kind != "r":
            raise ValueError(f"its field has the unknown type {kind!r}")
    return "\n".join(found)


def _reason(error: ValueError) -> str:
    return "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
