"""The life of an index folder: lock, build beside the live generation, switch, keep the last two.

    INDEX/lock                       held by the one indexer at work
    INDEX/generations/NAME.partial/  being built; what a killed run leaves has this name too
    INDEX/generations/NAME/          complete and verified
    INDEX/current                    the name of the live one

Whatever happens before `current` is renamed leaves the live generation as it was.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from search.errors import IndexDamaged, IndexLocked, IndexMissing, IndexUnwritable, SearchError
from search.manifest import CURRENT, GENERATIONS, current_generation

LOCK = "lock"
PARTIAL = ".partial"
_NEXT = CURRENT + ".next"


@contextmanager
def writing(index: Path) -> Iterator[None]:
    """Hold an index for writing, made if need be. Raises IndexLocked at once, IndexUnwritable, IndexDamaged.

    The operating system lets go of the lock however the process ends. An error of the disk inside
    the block comes out as IndexUnwritable.
    """
    with _disk_errors(index):
        _prepare(index)
        with (index / LOCK).open("a+", encoding="ascii") as lock:
            _acquire(lock.fileno(), index)
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            _sweep(index)
            yield


@contextmanager
def building(index: Path) -> Iterator[Path]:
    """A new folder to build a generation in; what `promote` has not taken when the block ends is removed."""
    name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S-%f")
    partial = index / GENERATIONS / (name + PARTIAL)
    partial.mkdir()
    try:
        yield partial
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def promote(index: Path, partial: Path) -> Path:
    """Make a finished generation the live one, durably, and remove all but it and the one before."""
    before = _live_or_latest(index)
    _sync_tree(partial)
    generation = partial.with_name(partial.name.removesuffix(PARTIAL))
    partial.rename(generation)
    _sync(generation.parent)
    _point(index, generation.name)
    for other in generation.parent.iterdir():
        if other not in (generation, before):
            shutil.rmtree(other, ignore_errors=True)
    return generation


def generations(index: Path) -> list[Path]:
    """The complete generations of an index folder, youngest first."""
    return sorted((p for p in (index / GENERATIONS).iterdir() if p.suffix != PARTIAL), reverse=True)


def rollback(index: Path) -> Path:
    """Make the generation before the live one live again. Raises IndexMissing when there is none."""
    live = current_generation(index)
    older = [path for path in generations(index) if path.name < live.name]
    if not older:
        raise IndexMissing(f"{index} holds no previous version of the index; nothing was changed")
    _point(index, older[0].name)
    return older[0]


def _prepare(index: Path) -> None:
    if index.exists() and not index.is_dir():
        raise IndexUnwritable(f"{index} is a file, not a folder; choose another --index")
    if index.is_dir() and any(index.iterdir()) and not (index / GENERATIONS).is_dir():
        raise IndexDamaged(f"{index} is not empty and not a Song Ngữ index; choose another --index")
    (index / GENERATIONS).mkdir(parents=True, exist_ok=True)


def _acquire(lock: int, index: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(lock, 20, 0).decode("ascii", "replace")
        who = f" (process {holder})" if holder.isdigit() else ""
        raise IndexLocked(
            f"another indexer{who} is writing to {index}; wait for it, or choose another --index"
        ) from error


def _sweep(index: Path) -> None:
    """Remove what killed runs left; nobody is building, for we hold the lock."""
    (index / _NEXT).unlink(missing_ok=True)
    for leftover in (index / GENERATIONS).glob("*" + PARTIAL):
        shutil.rmtree(leftover, ignore_errors=True)


def _live_or_latest(index: Path) -> Path | None:
    """The live generation; when the pointer is damaged, the youngest there is, for it may be the one."""
    try:
        return current_generation(index)
    except SearchError:
        return next(iter(generations(index)), None)


def _point(index: Path, name: str) -> None:
    following = index / _NEXT
    with following.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    following.replace(index / CURRENT)
    _sync(index)


def _sync_tree(folder: Path) -> None:
    """Have every file and folder below reach the disk before anything points at them."""
    for path, _, names in os.walk(folder):
        for name in names:
            _sync(Path(path, name))
        _sync(Path(path))


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _disk_errors(index: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise IndexUnwritable(f"cannot write to {index}: {reason}; the index is unchanged") from error
