"""One build: find → read → analyse → write beside the live index → verify → switch."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from indexer import generations, sources
from indexer.ledger import Entry, document_digest, file_digest, ledger
from indexer.pipeline import analyzed
from indexer.progress import Progress, progress_for
from indexer.readers import Failure
from indexer.report import Report
from indexer.segmentations import remembering
from indexer.staleness import fingerprint, is_fresh
from indexer.workers import Analysis
from search.engines.base import Writer
from search.engines.whoosh import create_writer, verify_generation
from search.manifest import Manifest, write_manifest


@dataclass(frozen=True, slots=True)
class Engine:
    """The parts of an engine that a build needs."""

    create_writer: Callable[[Path], Writer]
    verify: Callable[[Path, int], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What to build, and where."""

    paths: tuple[Path, ...]
    index: Path
    workers: int
    if_stale: bool = False
    quiet: bool = False


WHOOSH = Engine(create_writer, verify_generation)


def build(
    request: Request, stream: TextIO, engine: Engine = WHOOSH, analysis: Analysis | None = None
) -> Report:
    """Build an index and make it live. With no document at all, the live one stays.

    Raises SearchError, and leaves the live index as it was.
    """
    started = time.monotonic()
    found = sources.find(request.paths)
    mark = fingerprint(found.files)
    if request.if_stale and is_fresh(request.index, mark):
        return Report(fresh=True)
    failures = list(found.failures)
    languages: Counter[str] = Counter()
    with generations.writing(request.index), generations.building(request.index) as generation:
        analysis = analysis or remembering(request.index)
        progress = progress_for(stream, found.size, request.quiet)
        with closing(progress):
            _write(generation, found.files, request.workers, engine, analysis, progress, languages, failures)
            documents = languages.total()
            if documents:
                progress.step("verifying")
                write_manifest(generation, new_manifest(request.paths, documents, mark, failures))
                engine.verify(generation, documents)
                generations.promote(request.index, generation)
    return Report(documents, languages, tuple(failures), found.ignored, time.monotonic() - started)


def _write(
    generation: Path,
    files: Sequence[sources.SourceFile],
    workers: int,
    engine: Engine,
    analysis: Analysis,
    progress: Progress,
    languages: Counter[str],
    failures: list[Failure],
) -> None:
    results = analyzed(sources.records(files), analysis, workers)
    # Closed here and now on an error: the workers stop with it, not when memory is next collected.
    with ledger(generation) as made_from, engine.create_writer(generation) as writer, closing(results):
        failed: set[str] = set()
        for result in results:
            if isinstance(result, Failure):
                failures.append(result)
                failed.add(result.file)
                continue
            writer.add(result.document)
            document = result.record.document
            path = str(Path(result.record.file).absolute())
            made_from.put(document.id, Entry(path, document_digest(document)))
            languages[result.document.language] += 1
            progress.document(result.record)
        for file in files:
            if str(file.path) not in failed:  # one that failed is looked at again by the next update
                made_from.put_file(str(file.path.absolute()), file_digest(file.path))
        progress.step("writing the index")


def new_manifest(paths: Sequence[Path], documents: int, mark: str, failures: Sequence[Failure]) -> Manifest:
    """A manifest of now, with this code's versions."""
    created = datetime.now(UTC).isoformat(timespec="seconds")
    names = tuple(str(path.absolute()) for path in paths)
    return Manifest.now(created, documents, names, mark, len(failures))
