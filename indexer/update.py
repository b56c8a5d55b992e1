"""One update: what has changed is added to, replaced in and removed from a copy of the live generation.

The live generation stays whole until the copy is verified and becomes the live one.
"""

import shutil
import time
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from indexer import sources
from indexer.build import new_manifest
from indexer.changes import Changes, find_changes
from indexer.copies import Regrouped, regroup
from indexer.ledger import Entry, Ledger, ledger, ledger_path, ledgers
from indexer.pipeline import Analyzed, analyzed
from indexer.progress import Progress, Silence, progress_for
from indexer.readers import Failure
from indexer.segmentations import remembering
from indexer.staleness import fingerprint
from indexer.workers import Analysis
from search.config import Similarity
from search.document import Document
from search.engines.base import Generation, Reader, Store
from search.errors import DocumentMissing, IndexDamaged, SearchError
from search.manifest import REBUILD
from search.schema import Name


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did; after a dry run, what it would do."""

    changes: Changes
    documents: int
    seconds: float


def update(
    paths: tuple[Path, ...],
    store: Store,
    workers: int,
    stream: TextIO,
    *,
    quiet: bool = False,
    dry_run: bool = False,
    analysis: Analysis | None = None,
) -> Updated:
    """Make an index agree with files and folders. Raises SearchError, and leaves the live index as it was."""
    started = time.monotonic()
    with store.writing(), ledgers(store), closing(_Live(store)) as stored:
        live = store.live()
        manifest = live.manifest
        roots = [Path(path) for path in manifest.paths]
        with ledger(_made_from(store, live)) as made_from:
            changes = find_changes(paths, roots, made_from, manifest.keep_boilerplate)
            known = made_from.documents()
        grouped = regroup(known, changes.entries, changes.removed, changes.records, stored.document)
        documents = manifest.documents + grouped.added - len(grouped.deletions)
        if not dry_run and not changes.is_empty:
            further = [path.absolute() for path in paths if not _is_inside(path, roots)]
            run = _Run(store, live, tuple(dict.fromkeys((*roots, *further))), paths, started)
            progress = progress_for(stream, sum(changes.sizes.values()), quiet)
            results = analyzed(grouped.writes, analysis or remembering(store.work), workers)
            with closing(progress), closing(results):
                documents = _apply(run, changes, grouped, results, progress)
    return Updated(changes, documents, time.monotonic() - started)


def remove(names: tuple[str, ...], store: Store, *, dry_run: bool = False) -> Updated:
    """Remove documents by id, or all those of a file or folder. Raises DocumentMissing.

    A copy that is left becomes the original: what stood in two places is still in one.
    """
    started = time.monotonic()
    with store.writing(), ledgers(store), closing(_Live(store)) as stored:
        live = store.live()
        with ledger(_made_from(store, live)) as made_from:
            known = made_from.documents()
        changes = Changes(removed=_named(names, known))
        changes.kept = len(known) - len(changes.removed)
        grouped = regroup(known, {}, changes.removed, (), stored.document)
        documents = live.manifest.documents + grouped.added - len(grouped.deletions)
        if not dry_run:
            run = _Run(store, live, tuple(map(Path, live.manifest.paths)), (), started)
            results = analyzed(grouped.writes, remembering(store.work), workers=1)
            with closing(results):
                documents = _apply(run, changes, grouped, results, Silence())
    return Updated(changes, documents, time.monotonic() - started)


def _named(names: Iterable[str], known: Mapping[str, Entry]) -> list[str]:
    """The ids that are meant by ids, files and folders. Raises DocumentMissing."""
    found: set[str] = set()
    for name in names:
        place = str(Path(name).absolute())
        below = [id for id, at in known.items() if at.path == place or at.path.startswith(place + "/")]
        if name not in known and not below:
            raise DocumentMissing(f"no document has the id or the path {name!r}; nothing was removed")
        found.update([name] if name in known else below)
    return sorted(found)


@dataclass(frozen=True, slots=True)
class _Run:
    """What an update works on: `roots` are the folders of the index, `paths` those that it looked at."""

    store: Store
    live: Generation
    roots: tuple[Path, ...]
    paths: tuple[Path, ...]
    started: float


class _Live:
    """Documents of the live index, which is opened when the first one is asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._reader: Reader | None = None

    def document(self, document_id: str) -> Document:
        """A document by its id. Raises IndexDamaged when it is not there."""
        self._reader = self._reader or self._store.reader(Similarity())
        searcher = self._reader.snapshot().searcher
        handles = searcher.named([(Name.ID, document_id)])[0]
        if not handles:
            raise IndexDamaged(f"{self._store.address} has lost {document_id!r}; {REBUILD}")
        return searcher.fetch(handles[:1])[0]

    def close(self) -> None:
        """Let go of the index."""
        if self._reader:
            self._reader.close()


def _apply(
    run: _Run,
    changes: Changes,
    grouped: Regrouped,
    results: Iterable[Analyzed | Failure],
    progress: Progress,
) -> int:
    """Write the changes into a copy of the live generation, make it the live one, count its documents."""
    store = run.store
    with store.build(from_live=True) as build:
        path = ledger_path(store, build.name)
        shutil.copyfile(ledger_path(store, run.live.name), path)
        with ledger(path) as made_from, build.writer() as writer:
            for record, result in zip(grouped.writes, results, strict=True):
                if isinstance(result, Failure):  # an older version of the document stays
                    changes.failures.append(result)
                    grouped.give_up(record.document.id)
                    changes.files.pop(str(Path(record.file).absolute()), None)
                    continue
                writer.add(result.document)
                progress.document(record)
            for id in grouped.deletions:
                writer.delete(id)
            progress.step("writing the index")
            _note(made_from, changes, grouped, run.paths)
            documents = made_from.count()
            failed = len(made_from.failures())
        progress.step("verifying")
        keep = run.live.manifest.keep_boilerplate
        digest = fingerprint(sources.find(run.roots).files, keep)
        manifest = new_manifest(run.roots, documents, digest, failed, keep)
        build.verify(documents)
        build.promote(replace(manifest, seconds=time.monotonic() - run.started))
    return documents


def _note(made_from: Ledger, changes: Changes, grouped: Regrouped, paths: Iterable[Path]) -> None:
    """Note in the ledger what the generation is made from now."""
    for id, entry in grouped.entries.items():
        made_from.put(id, entry)
    made_from.forget(changes.removed)
    for path, digest in changes.files.items():
        made_from.put_file(path, digest)
    made_from.forget_files(changes.gone)
    for looked_at in paths:
        made_from.forget_failures(looked_at)
    made_from.put_failures(changes.failures)


def _made_from(store: Store, live: Generation) -> Path:
    path = ledger_path(store, live.name)
    if not path.exists():
        raise SearchError(f"{store.address} does not say what it was made from; {REBUILD}")
    return path


def _is_inside(path: Path, roots: list[Path]) -> bool:
    return any(root == path.absolute() or root in path.absolute().parents for root in roots)
