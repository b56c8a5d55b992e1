"""Which files a build reads: walks the paths given, in an order that is the same on every run."""

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer import readers
from indexer.readers import Failure, Found, Record
from search.document import Document


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read. `id` is its path below the folder given, or its name when it was given itself."""

    path: Path
    id: str
    size: int
    modified: int


@dataclass(slots=True)
class Sources:
    """What the paths given hold: files to read, how many are passed over and why, folders that refuse."""

    files: list[SourceFile] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes to read, compressed as they are."""
        return sum(file.size for file in self.files)


def find(paths: Iterable[Path], roots: Sequence[Path] = ()) -> Sources:
    """The files in folders and among the paths themselves; each real file once, whatever leads to it.

    `roots` are folders that were indexed before: what is inside one has the id that it had from there.
    """
    sources = Sources()
    seen: set[tuple[int, int]] = set()
    for given in paths:
        from_root = _from_root(given, roots)
        waiting = [(given, "")]  # a stack, not recursion: folders may nest deeper than Python calls
        while waiting:
            path, folder = waiting.pop()
            id = folder + _printable(path.name) if path is not given else from_root or _printable(path.name)
            if path is not given and path.name.startswith("."):
                sources.ignored["hidden"] += 1
                continue
            try:
                found = path.stat()
                if stat.S_ISDIR(found.st_mode):
                    if _first_time(found, seen):
                        below = "" if path is given and not from_root else id + "/"
                        waiting += [(inside, below) for inside in sorted(path.iterdir(), reverse=True)]
                elif path is not given and (reason := _passed_over(path)):
                    sources.ignored[reason] += 1
                elif not stat.S_ISREG(found.st_mode):  # a pipe would wait for its other end for ever
                    sources.failures.append(Failure(str(path), "not a regular file"))
                elif _first_time(found, seen):
                    sources.files.append(SourceFile(path, id, found.st_size, found.st_mtime_ns))
                else:  # a link, or a path that is inside another one given
                    sources.ignored["already read"] += 1
            except OSError as error:
                sources.failures.append(Failure(str(path), f"cannot be read: {error.strerror or error}"))
    return sources


def is_candidate(path: Path, root: Path) -> bool:
    """Whether a folder's indexing would look at a path below it, or would have when it was there."""
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return not hidden and (not path.is_file() or not _passed_over(path))


def records(files: Iterable[SourceFile], keep_boilerplate: bool = False) -> Iterator[Found]:
    """The documents of files, in order. The second with the same id is a failure that names both places.

    With `keep_boilerplate`, what cleaning took out of a text stands below it again.
    """
    before = 0
    places: dict[str, tuple[str, str, int]] = {}
    for file in files:
        for found in readers.read(file.path, file.id, before):
            if isinstance(found, Record):
                place = (found.file, found.member, found.line)
                first = places.setdefault(found.document.id, place)
                if first != place:
                    found = repeated(found, Failure(first[0], "", first[2], first[1]).place)
                elif keep_boilerplate and found.document.boilerplate:
                    found = replace(found, document=_whole(found.document))
            yield found
        before += file.size


def _whole(document: Document) -> Document:
    return replace(document, text=f"{document.text}\n\n{document.boilerplate}".strip(), boilerplate="")


def _passed_over(path: Path) -> str:
    """Why a file is not read: what it is called, or the suffix that no reader knows; else nothing."""
    if path.name.lower() == readers.IGNORED_NAME:
        return "README.md"
    return "" if readers.is_document(path) else path.suffix.lower() or "no known format"


def _first_time(found: os.stat_result, seen: set[tuple[int, int]]) -> bool:
    key = (found.st_dev, found.st_ino)
    if key in seen:
        return False
    seen.add(key)
    return True


def _from_root(given: Path, roots: Sequence[Path]) -> str:
    """The path of a file or folder below the root it is in; empty when it is a root or in none."""
    absolute = given.absolute()
    for root in roots:
        if root.absolute() in absolute.parents:
            return "/".join(map(_printable, absolute.relative_to(root.absolute()).parts))
    return ""


def _printable(name: str) -> str:
    """A file name as text: bytes that are not UTF-8 are written out, `caf\\xe9.txt`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def repeated(found: Record, first: str) -> Failure:
    """The failure of a document whose id is already that of one at a place."""
    reason = f'the id "{found.document.id}" is already that of {first}; give each document its own'
    return Failure(found.file, reason, found.line, found.member)
