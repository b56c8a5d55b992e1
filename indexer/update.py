"""One update: what has changed is added to, replaced in and removed from a copy of the live generation.

The copy is made of hard links, for no file of a segment is ever written again: it costs neither time nor
space, and the live generation stays whole until the copy is verified and becomes the live one.
"""

import os
import shutil
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from indexer import generations, sources
from indexer.build import WHOOSH, Engine, new_manifest
from indexer.changes import Changes, find_changes
from indexer.ledger import LEDGER, ledger
from indexer.pipeline import Analyzed, analyzed
from indexer.progress import Progress, Silence, progress_for
from indexer.readers import Failure
from indexer.segmentations import remembering
from indexer.staleness import fingerprint
from indexer.workers import Analysis
from search.errors import DocumentMissing, SearchError
from search.manifest import MANIFEST, current_generation, read_manifest, write_manifest

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
    with generations.writing(index):
        live = current_generation(index)
        manifest = read_manifest(live)
        if not (live / LEDGER).exists():
            raise SearchError(
                f"{index} does not say what it was made from; rebuild with: python -m indexer build PATH"
            )
        roots = [Path(path) for path in manifest.paths]
        with ledger(live) as made_from:
            changes = find_changes(paths, roots, made_from)
        documents = manifest.documents + len(changes.new) - len(changes.removed)
        if not dry_run and not changes.is_empty:
            named = dict.fromkeys(
                (*roots, *(path.absolute() for path in paths if not _is_inside(path, roots)))
            )
            progress = progress_for(stream, sum(len(r.document.text) for r in changes.records), quiet)
            analysis = analysis or remembering(index)
            with closing(progress), closing(analyzed(changes.records, analysis, workers)) as results:
                documents = _apply(changes, results, progress, index, tuple(named), engine)
    return Updated(changes, documents, time.monotonic() - started)


def remove(names: tuple[str, ...], index: Path, *, dry_run: bool = False, engine: Engine = WHOOSH) -> Updated:
    """Remove documents by id, or all those of a file or folder. Raises DocumentMissing."""
    started = time.monotonic()
    with generations.writing(index):
        live = current_generation(index)
        manifest = read_manifest(live)
        changes = Changes()
        with ledger(live) as made_from:
            known = made_from.documents()
        for name in names:
            place = str(Path(name).absolute())
            ids = (
                [name]
                if name in known
                else [
                    id
                    for id, entry in known.items()
                    if entry.path == place or entry.path.startswith(place + "/")
                ]
            )
            if not ids:
                raise DocumentMissing(f"no document has the id or the path {name!r}; nothing was removed")
            changes.removed += ids
        changes.removed = sorted(set(changes.removed))
        changes.kept = documents = manifest.documents - len(changes.removed)
        if not dry_run:
            roots = tuple(map(Path, manifest.paths))
            _apply(changes, (), Silence(), index, roots, engine)
    return Updated(changes, documents, time.monotonic() - started)


def _apply(
    changes: Changes,
    results: Iterable[Analyzed | Failure],
    progress: Progress,
    index: Path,
    roots: tuple[Path, ...],
    engine: Engine,
) -> int:
    """Write the changes into a copy of the live generation, make it the live one, count its documents."""
    live = current_generation(index)
    with generations.building(index) as generation:
        _link(live, generation)
        shutil.copyfile(live / LEDGER, generation / LEDGER)
        with ledger(generation) as made_from, engine.create_writer(generation) as writer:
            for record, result in zip(changes.records, results, strict=True):
                if isinstance(result, Failure):  # an older version of the document stays
                    changes.failures.append(result)
                    changes.entries.pop(record.document.id, None)
                    changes.files.pop(str(Path(record.file).absolute()), None)
                    continue
                writer.add(result.document)
                progress.document(record)
            for id in changes.removed:
                writer.delete(id)
            progress.step("writing the index")
            for id, entry in changes.entries.items():
                made_from.put(id, entry)
            made_from.forget(changes.removed)
            for path, digest in changes.files.items():
                made_from.put_file(path, digest)
            made_from.forget_files(changes.gone)
            documents = made_from.count()
        progress.step("verifying")
        mark = fingerprint(sources.find(roots).files)
        write_manifest(generation, new_manifest(roots, documents, mark, changes.failures))
        engine.verify(generation, documents)
        generations.promote(index, generation)
    return documents


def _link(live: Path, generation: Path) -> None:
    for file in live.iterdir():
        if file.name not in _NOT_LINKED and not file.name.endswith(_LOCK_SUFFIX):
            os.link(file, generation / file.name)


def _is_inside(path: Path, roots: list[Path]) -> bool:
    return any(root == path.absolute() or root in path.absolute().parents for root in roots)
