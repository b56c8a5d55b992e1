"""What has changed since a generation was made: which documents to add, to replace, to remove."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer import sources
from indexer.ledger import Entry, Ledger, document_digest, file_digest
from indexer.readers import Failure, Record
from indexer.report import number_of


@dataclass(slots=True)
class Changes:
    """The difference between a ledger and the files there are now."""

    files: dict[str, bytes] = field(default_factory=dict)
    """Files to note as read, by absolute path, with their digests."""
    sizes: dict[str, int] = field(default_factory=dict)
    """The bytes of each of them."""
    gone: list[str] = field(default_factory=list)
    """Files that were indexed and are not there any more."""
    records: list[Record] = field(default_factory=list)
    """Documents to add or to put in place of an older one with the same id."""
    entries: dict[str, Entry] = field(default_factory=dict)
    """What the ledger has to say of them, and of documents that only moved to another file."""
    removed: list[str] = field(default_factory=list)
    """Ids of documents that are in no file any more."""
    failures: list[Failure] = field(default_factory=list)
    new: set[str] = field(default_factory=set)
    """Those of the ids in `records` that were not indexed before."""
    kept: int = 0
    """Documents that were indexed before and are as they were."""

    @property
    def is_empty(self) -> bool:
        """Whether the index is what it should be."""
        return not (self.files or self.gone or self.entries or self.removed)


def find_changes(
    paths: Sequence[Path], roots: Sequence[Path], ledger: Ledger, keep_boilerplate: bool = False
) -> Changes:
    """Compare files and folders with a ledger. Nothing outside `paths` is looked at or removed.

    A file that cannot be read now keeps the documents it gave before: an archive must not lose one to a
    network that is down for a night. The same holds for a file in which anything fails.
    """
    absent = [path for path in paths if _is_gone(path, roots)]
    found = sources.find([path for path in paths if path not in absent], roots)
    changes = Changes(failures=list(found.failures))
    known_files, known = ledger.files(), ledger.documents()
    refused = [str(Path(failure.file).absolute()) for failure in found.failures]
    there = {str(file.path.absolute()): file for file in found.files}
    changed: dict[str, sources.SourceFile] = {}
    for path, file in there.items():
        try:
            digest = file_digest(file.path)
        except OSError as error:
            changes.failures.append(Failure(str(file.path), f"cannot be read: {error.strerror or error}"))
            continue
        if known_files.get(path) != digest:
            changed[path] = file
            changes.files[path] = digest
            changes.sizes[path] = file.size
    changes.gone = [
        path
        for path in known_files
        if path not in there and _inside(path, paths) and not _below(path, refused)
    ]
    _read(changes, changed, known, keep_boilerplate)
    changes.kept = len(known) - len(changes.removed) - (len(changes.records) - len(changes.new))
    return changes


def _read(
    changes: Changes,
    changed: Mapping[str, sources.SourceFile],
    known: Mapping[str, Entry],
    keep_boilerplate: bool,
) -> None:
    """Read the changed files, and sort their documents into new, changed and gone ones."""
    gone = set(changes.gone)
    missing = {id for id, entry in known.items() if entry.path in gone or entry.path in changed}
    partly_read: set[str] = set()
    for found in sources.records(changed.values(), keep_boilerplate):
        path = str(Path(found.file).absolute())
        if isinstance(found, Failure):
            changes.failures.append(found)
            partly_read.add(path)
            continue
        id = found.document.id
        before = known.get(id)
        if before and before.path != path and before.path not in gone and before.path not in changed:
            changes.failures.append(sources.repeated(found, before.path))
            continue
        missing.discard(id)
        entry = Entry(path, document_digest(found.document))
        if before is None or before.digest != entry.digest:
            changes.records.append(found)
            if before is None:
                changes.new.add(id)
        if before is None or (before.path, before.digest) != (path, entry.digest):
            changes.entries[id] = entry
    changes.removed = sorted(id for id in missing if known[id].path not in partly_read)
    for path in partly_read:  # looked at again next time: the failure may be mended elsewhere
        changes.files.pop(path, None)


def _is_gone(path: Path, roots: Sequence[Path]) -> bool:
    """Whether a path was removed from a folder that is there: a whole folder may be out of reach instead."""
    inside = any(root in path.absolute().parents for root in roots)
    return inside and not os.path.lexists(path) and path.absolute().parent.is_dir()


def _inside(path: str, paths: Sequence[Path]) -> bool:
    return _below(path, [str(given.absolute()) for given in paths])


def _below(path: str, folders: Sequence[str]) -> bool:
    return any(path == folder or path.startswith(folder.rstrip("/") + "/") for folder in folders)


def listed(changes: Changes) -> Iterator[str]:
    """One line a change, for `--dry-run`: `+` new, `~` changed, `-` removed."""
    for record in changes.records:
        yield f"{'+' if record.document.id in changes.new else '~'} {record.document.id}"
    for id in changes.removed:
        yield f"- {id}"


def told(changes: Changes, documents: int, seconds: float, only_planned: bool) -> str:
    """The line that a person reads after an update."""
    indexed = number_of(documents, "document")
    if changes.is_empty:
        return f"the index is up to date: {indexed}, checked in {seconds:.1f} s"
    changed = len(changes.records) - len(changes.new)
    counted = (len(changes.new), "added"), (changed, "changed"), (len(changes.removed), "removed")
    did = ", ".join(f"{number:,} {what}" for number, what in (*counted, (changes.kept, "kept")))
    return f"would be: {did}" if only_planned else f"{did}: {indexed}, in {seconds:.1f} s"
