"""Generations in a folder of the local disk, for engines that keep theirs there.

    INDEX/current                    the name of the live generation, one line
    INDEX/generations/NAME.partial/  being built; what a killed run leaves has this name too
    INDEX/generations/NAME/          complete and verified: the engine's files and manifest.json
    INDEX/work/                      locks, ledgers, remembered segmentations

A generation becomes current by one atomic rename of `current`. Whatever happens before leaves the live
one as it was.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from search.errors import IndexDamaged, IndexMissing, IndexUnwritable, SearchError
from search.manifest import REBUILD, Manifest, decoded, encoded

CURRENT = "current"
GENERATIONS = "generations"
MANIFEST = "manifest.json"
WORK = "work"
PARTIAL = ".partial"
_NEXT = CURRENT + ".next"
_NAME = "%Y%m%dT%H%M%S-%f"


def prepare(index: Path) -> None:
    """Make an index folder, unless something else is there. Raises IndexUnwritable or IndexDamaged."""
    try:
        if index.exists() and not index.is_dir():
            raise IndexUnwritable(f"{index} is a file, not a folder; choose another --index")
        if _is_foreign(index):
            raise IndexDamaged(f"{index} is not empty and not a Song Ngữ index; choose another --index")
        (index / GENERATIONS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise IndexUnwritable(f"cannot write to {index}: {error.strerror or error}") from error


def sweep(index: Path) -> None:
    """Remove what killed runs left; nobody is building, for the caller holds the lock."""
    (index / _NEXT).unlink(missing_ok=True)
    for leftover in (index / GENERATIONS).glob("*" + PARTIAL):
        shutil.rmtree(leftover, ignore_errors=True)


@contextmanager
def building(index: Path) -> Iterator[Path]:
    """A new folder to build a generation in; what `promote` has not taken when the block ends is removed."""
    partial = index / GENERATIONS / (_later_name(index) + PARTIAL)
    partial.mkdir()
    try:
        yield partial
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def name_of(generation: Path) -> str:
    """What a generation is called, or will be when it is complete."""
    return generation.name.removesuffix(PARTIAL)


def promote(index: Path, partial: Path) -> Path:
    """Make a finished generation the live one, durably, and remove all but it and the one before."""
    before = _live_or_latest(index)
    _sync_tree(partial)
    generation = partial.with_name(name_of(partial))
    partial.rename(generation)
    _sync(generation.parent)
    point(index, generation.name)
    for other in generation.parent.iterdir():
        if other not in (generation, before):
            _remove(other)
    return generation


def _remove(generation: Path) -> None:
    """Remove a generation; whenever that is interrupted, what is left is no complete one."""
    partial = generation.with_name(name_of(generation) + PARTIAL)
    with suppress(OSError):
        generation.rename(partial)
    shutil.rmtree(partial, ignore_errors=True)


def _later_name(index: Path) -> str:
    """A name of now that comes after all others, whatever the clock says."""
    name = datetime.now(UTC).strftime(_NAME)
    latest = max(generations(index), default="")
    if name > latest:
        return name
    try:
        return (datetime.strptime(latest, _NAME) + timedelta(microseconds=1)).strftime(_NAME)
    except ValueError:  # not a name of ours
        return latest + "-1"


def generations(index: Path) -> list[str]:
    """The names of the complete generations of an index folder, latest first."""
    return sorted((n for n in _names(index / GENERATIONS) if not n.endswith(PARTIAL)), reverse=True)


def current_generation(index: Path) -> Path:
    """The folder of the live generation. Raises IndexMissing or IndexDamaged."""
    pointer = index / CURRENT
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        if _is_foreign(index):
            raise IndexDamaged(f"{index} is not a Song Ngữ index; choose another --index") from error
        raise IndexMissing(
            f"nothing is indexed at {index}; run: python -m indexer build PATH --index {index}"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"{pointer} cannot be read: {error}") from error
    # the name is looked for among the folders there, never followed as a path
    if name not in _names(index / GENERATIONS):
        raise IndexDamaged(f"{pointer} names no generation of {index}; {REBUILD}")
    return index / GENERATIONS / name


def previous_generation(index: Path) -> Path:
    """The folder of the generation before the live one. Raises IndexMissing when there is none."""
    live = current_generation(index)
    older = [name for name in generations(index) if name < live.name]
    if not older:
        raise IndexMissing(f"{index} holds no previous version of the index; nothing was changed")
    return live.with_name(older[0])


def write_manifest(generation: Path, manifest: Manifest) -> None:
    """Write and fsync the manifest into a generation's folder."""
    with (generation / MANIFEST).open("w", encoding="utf-8") as file:
        file.write(encoded(manifest))
        file.flush()
        os.fsync(file.fileno())


def read_manifest(generation: Path) -> Manifest:
    """The manifest of a generation. Raises IndexDamaged or IndexMismatch."""
    path = generation / MANIFEST
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise IndexDamaged(f"{generation} has no {MANIFEST}; {REBUILD}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"{path} cannot be read ({error}); {REBUILD}") from error
    return decoded(text, str(generation))


def point(index: Path, name: str) -> None:
    """Make a generation the live one, durably and all at once."""
    following = index / _NEXT
    with following.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    following.replace(index / CURRENT)
    _sync(index)


def _live_or_latest(index: Path) -> Path | None:
    """The live generation; when the pointer is damaged, the youngest there is, for it may be the one."""
    try:
        return current_generation(index)
    except SearchError:
        return next((index / GENERATIONS / name for name in generations(index)), None)


def _is_foreign(index: Path) -> bool:
    """Whether a folder holds something that is none of ours. Raises IndexDamaged."""
    try:
        return index.is_dir() and any(index.iterdir()) and not (index / GENERATIONS).is_dir()
    except OSError as error:
        raise IndexDamaged(f"{index} cannot be read: {error.strerror or error}") from error


def _names(folder: Path) -> set[str]:
    """The names of the folders in one. Raises IndexDamaged: a listing that fails is not an empty one."""
    try:
        return {entry.name for entry in folder.iterdir() if entry.is_dir()}
    except (FileNotFoundError, NotADirectoryError):
        return set()
    except OSError as error:
        raise IndexDamaged(f"{folder} cannot be read: {error.strerror or error}") from error


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
