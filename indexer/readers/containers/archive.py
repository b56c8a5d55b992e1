"""The files inside zip and tar files, one after the other; nothing is ever unpacked to a path of its own."""

import stat
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast

from indexer.readers.budget import DAMAGES, Budget
from indexer.readers.formats import IGNORED_NAME
from indexer.readers.record import Failure, Item, Unreadable

_MAX_IN_MEMORY = 8_000_000  # bytes of a member; a longer one waits in a temporary file
_BLOCK = 1 << 16
_ENCRYPTED = 0x1
_UTF_8_NAME = 0x800
_FOREIGN = ("__MACOSX",)  # what macOS adds beside each file


def members(item: Item, format: str, budget: Budget) -> Iterator[Item | Failure]:
    """The files in an archive; each stream is open until the next one is asked for. Raises Unreadable."""
    yield from _zip(item, budget) if format == "zip" else _tar(item, budget)


def _zip(item: Item, budget: Budget) -> Iterator[Item | Failure]:
    try:
        archive = zipfile.ZipFile(item.stream)
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
        raise Unreadable(f"damaged or truncated zip file ({error}); copy it again") from error
    with archive:
        for info in archive.infolist():
            name = _name(info)
            if info.is_dir() or stat.S_ISLNK(info.external_attr >> 16) or not _wanted(name):
                continue
            inside = _inside(item, name)
            if info.flag_bits & _ENCRYPTED:
                yield _failure(inside, "encrypted; unpack it with its password first")
                continue
            try:
                packed = archive.open(info)
            except (zipfile.BadZipFile, NotImplementedError, *DAMAGES) as error:
                yield _failure(inside, f"damaged in the zip file: {error}")
                continue
            yield from _copied(inside, packed, budget)


def _tar(item: Item, budget: Budget) -> Iterator[Item | Failure]:
    try:
        with tarfile.open(fileobj=item.stream, mode="r|") as archive:
            for info in archive:
                if info.isreg() and _wanted(info.name):
                    packed = archive.extractfile(info)
                    if packed is not None:
                        yield from _copied(_inside(item, info.name), packed, budget)
    except tarfile.TarError as error:
        raise Unreadable(f"damaged or truncated tar file ({error}); copy it again") from error


def _copied(inside: Item, packed: IO[bytes], budget: Budget) -> Iterator[Item | Failure]:
    """The member in a place of its own, for its reader may need to look at its end first."""
    with packed, SpooledTemporaryFile(_MAX_IN_MEMORY) as copy:
        try:
            while block := packed.read(_BLOCK):
                budget.take(len(block))
                copy.write(block)
        except (zipfile.BadZipFile, tarfile.ReadError, *DAMAGES) as error:
            yield _failure(inside, f"damaged in its archive: {error}")
            return
        copy.seek(0)
        yield replace(inside, stream=cast(BinaryIO, copy))


def _inside(item: Item, name: str) -> Item:
    name = "/".join(part for part in PurePosixPath(name).parts if part not in ("/", ".."))
    member = f"{item.member}/{name}" if item.member else name
    return replace(item, id=f"{item.id}/{name}", member=member, name=PurePosixPath(name).name)


def _failure(inside: Item, reason: str) -> Failure:
    return Failure(inside.file, reason, member=inside.member)


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; many programs write UTF-8 without saying so, which reads as `tiß║┐ng`."""
    if not info.flag_bits & _UTF_8_NAME:
        try:
            return info.filename.encode("cp437").decode()
        except UnicodeError:
            pass
    return info.filename


def _wanted(name: str) -> bool:
    parts = PurePosixPath(name).parts
    if not parts or parts[-1].lower() == IGNORED_NAME:
        return False
    return not any(part in _FOREIGN or part.startswith(".") for part in parts if part != "..")
