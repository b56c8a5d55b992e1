"""One update: what has changed is added to, replaced in and removed from a copy of the live generation.

The copy is made of hard links, for no file of a segment is ever written again: it costs neither time nor
space, and the live generation stays whole until the copy is verified and becomes the live one.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from indexer import generations, sources
from indexer.build import WHOOSH, Engine, new_manifest
from indexer.changes import Changes, find_changes
from indexer.copies import Regrouped, regroup
from indexer.ledger import LEDGER, ledger
from indexer.pipeline import Analyzed, analyzed
from indexer.progress import Progress, Silence, progress_for
from indexer.readers import Failure
from indexer.segmentations import remembering
from indexer.staleness import fingerprint
from indexer.workers import Analysis
from search.document import Document
from search.engines.base import Index
from search.errors import DocumentMissing, IndexDamaged, SearchError
from search.manifest import MANIFEST, Manifest, current_generation, read_manifest, write_manifest

_NOT_LINKED = (MANIFEST, LEDGER)
_LOCK_SUFFIX = "LOCK"


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did; after a dry run, what it would do."""

    changes: Changes
    documents: int
    seconds: float


def update(
    paths: tuple[Path, ...],
    index: Path,
    workers: int,
    stream: TextIO,
    *,
    quiet: bool = False,
    dry_run: bool = False,
    engine: Engine = WHOOSH,
    analysis: Analysis | None = None,
) -> Updated:
    """Make an index agree with files and folders. Raises SearchError, and leaves the live index as it was."""
    started = time.monotonic()
    with generations.writing(index), closing(_Live(index, engine.open)) as stored:
        live = current_generation(index)
        manifest = read_manifest(live)
        _check_ledger(index, live)
        roots = [Path(path) for path in manifest.paths]
        with ledger(live) as made_from:
            changes = find_changes(paths, roots, made_from, manifest.keep_boilerplate)
            known = made_from.documents()
        grouped = regroup(known, changes.entries, changes.removed, changes.records, stored.document)
        documents = manifest.documents + grouped.added - len(grouped.deletions)
        if not dry_run and not changes.is_empty:
            further = [path.absolute() for path in paths if not _is_inside(path, roots)]
            run = _Run(index, manifest, tuple(dict.fromkeys((*roots, *further))), paths, started)
            progress = progress_for(stream, sum(changes.sizes.values()), quiet)
            results = analyzed(grouped.writes, analysis or remembering(index), workers)
            with closing(progress), closing(results):
                documents = _apply(run, changes, grouped, results, progress, engine)
    return Updated(changes, documents, time.monotonic() - started)


def remove(names: tuple[str, ...], index: Path, *, dry_run: bool = False, engine: Engine = WHOOSH) -> Updated:
    """Remove documents by id, or all those of a file or folder. Raises DocumentMissing.

    A copy that is left becomes the original: what stood in two places is still in one.
    """
    started = time.monotonic()
    with generations.writing(index), closing(_Live(index, engine.open)) as stored:
        live = current_generation(index)
        manifest = read_manifest(live)
        _check_ledger(index, live)
        changes = Changes()
        with ledger(live) as made_from:
            known = made_from.documents()
        for name in names:
            place = str(Path(name).absolute())
            below = [id for id, at in known.items() if at.path == place or at.path.startswith(place + "/")]
            if name not in known and not below:
                raise DocumentMissing(f"no document has the id or the path {name!r}; nothing was removed")
            changes.removed += [name] if name in known else below
        changes.removed = sorted(set(changes.removed))
        changes.kept = len(known) - len(changes.removed)
        grouped = regroup(known, {}, changes.removed, (), stored.document)
        documents = manifest.documents + grouped.added - len(grouped.deletions)
        if not dry_run:
            run = _Run(index, manifest, tuple(map(Path, manifest.paths)), (), started)
            results = analyzed(grouped.writes, remembering(index), workers=1)
            with closing(results):
                documents = _apply(run, changes, grouped, results, Silence(), engine)
    return Updated(changes, documents, time.monotonic() - started)


@dataclass(frozen=True, slots=True)
class _Run:
    """What an update works on: `roots` are the folders of the index, `paths` those that it looked at."""

    index: Path
    manifest: Manifest
    roots: tuple[Path, ...]
    paths: tuple[Path, ...]
    started: float


class _Live:
    """Documents of the live index, which is opened when the first one is asked for."""

    def __init__(self, index: Path, open: Callable[[Path], Index]) -> None:
        self._index = index
        self._open = open
        self._opened: Index | None = None

    def document(self, document_id: str) -> Document:
        """A document by its id. Raises IndexDamaged when it is not there."""
        self._opened = self._opened or self._open(self._index)
        snapshot = self._opened.snapshot()
        doc = snapshot.find(document_id)
        if doc is None:
            raise IndexDamaged(
                f"{self._index} has lost {document_id!r}; rebuild with: python -m indexer build PATH"
            )
        return snapshot.stored(doc)

    def close(self) -> None:
        """Let go of the index."""
        if self._opened:
            self._opened.close()


def _apply(
    run: _Run,
    changes: Changes,
    grouped: Regrouped,
    results: Iterable[Analyzed | Failure],
    progress: Progress,
    engine: Engine,
) -> int:
    """Write the changes into a copy of the live generation, make it the live one, count its documents."""
    live = current_generation(run.index)
    with generations.building(run.index) as generation:
        _link(live, generation)
        shutil.copyfile(live / LEDGER, generation / LEDGER)
        with ledger(generation) as made_from, engine.create_writer(generation) as writer:
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
            for id, entry in grouped.entries.items():
                made_from.put(id, entry)
            made_from.forget(changes.removed)
            for path, digest in changes.files.items():
                made_from.put_file(path, digest)
            made_from.forget_files(changes.gone)
            for looked_at in run.paths:
                made_from.forget_failures(looked_at)
            made_from.put_failures(changes.failures)
            documents = made_from.count()
            failed = len(made_from.failures())
        progress.step("verifying")
        keep = run.manifest.keep_boilerplate
        mark = fingerprint(sources.find(run.roots).files, keep)
        manifest = new_manifest(run.roots, documents, mark, failed, keep)
        write_manifest(generation, replace(manifest, seconds=time.monotonic() - run.started))
        engine.verify(generation, documents)
        generations.promote(run.index, generation)
    return documents


def _check_ledger(index: Path, live: Path) -> None:
    if not (live / LEDGER).exists():
        raise SearchError(
            f"{index} does not say what it was made from; rebuild with: python -m indexer build PATH"
        )


def _link(live: Path, generation: Path) -> None:
    for file in live.iterdir():
        if file.name not in _NOT_LINKED and not file.name.endswith(_LOCK_SUFFIX):
            os.link(file, generation / file.name)


def _is_inside(path: Path, roots: list[Path]) -> bool:
    return any(root == path.absolute() or root in path.absolute().parents for root in roots)
