"""One build: find → read → analyse → write beside the live index → verify → switch."""

import time
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from indexer import sources
from indexer.copies import copy_of
from indexer.journal import Journal, journal
from indexer.ledger import Entry, document_digest, file_digest, ledger, ledger_path, ledgers
from indexer.pipeline import Analyzed, analyzed
from indexer.progress import Progress, progress_for
from indexer.readers import Failure
from indexer.report import Report
from indexer.segmentations import remembering
from indexer.staleness import fingerprint, is_fresh
from indexer.workers import Analysis
from search.engines.base import Store, Writer
from search.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Request:
    """What to build, and where. With `keep_boilerplate`, what cleaning takes out is indexed all the same."""

    paths: tuple[Path, ...]
    store: Store
    workers: int
    if_stale: bool = False
    quiet: bool = False
    keep_boilerplate: bool = False
    report: Path | None = None


def build(request: Request, stream: TextIO, analysis: Analysis | None = None) -> Report:
    """Build an index and make it live. With no document at all, the live one stays.

    Raises SearchError, and leaves the live index as it was.
    """
    started = time.monotonic()
    store = request.store
    found = sources.find(request.paths)
    digest = fingerprint(found.files, request.keep_boilerplate)
    if request.if_stale and is_fresh(store, digest):
        return Report(fresh=True)
    report = Report(failures=list(found.failures), ignored=found.ignored)
    with store.writing(), ledgers(store), store.build() as built, journal(request.report) as told:
        analysis = analysis or remembering(store.work)
        results = analyzed(sources.records(found.files, request.keep_boilerplate), analysis, request.workers)
        progress = progress_for(stream, found.size, request.quiet)
        # Closed here and now on an error: the workers stop with it, not when memory is next collected.
        with closing(progress), closing(results):
            writing = _Writing(ledger_path(store, built.name), built.writer(), progress, report, told)
            writing.write(results, found.files)
            if report.documents:
                progress.step("verifying")
                manifest = new_manifest(
                    request.paths, report.documents, digest, len(report.failures), request.keep_boilerplate
                )
                built.verify(report.documents)
                built.promote(replace(manifest, seconds=time.monotonic() - started))
    report.seconds = time.monotonic() - started
    return report


@dataclass(frozen=True, slots=True)
class _Writing:
    """Where the documents of one build go, and who is told of them."""

    ledger: Path
    writer: Writer
    progress: Progress
    report: Report
    journal: Journal

    def write(self, results: Iterable[Analyzed | Failure], files: Sequence[sources.SourceFile]) -> None:
        """Write documents as they come; the second of the same text is a copy of the first."""
        failed: set[str] = set()
        originals: dict[bytes, str] = {}
        for failure in self.report.failures:
            self.journal.failure(failure)
        digests = _digests(files)  # before they are read: a change meanwhile is found by the next update
        with ledger(self.ledger) as made_from, self.writer as writer:
            for result in results:
                if isinstance(result, Failure):
                    self.report.failures.append(result)
                    self.journal.failure(result)
                    failed.add(result.file)
                    continue
                document = result.record.document
                entry = Entry(str(Path(result.record.file).absolute()), document_digest(document))
                original = originals.setdefault(entry.content, document.id)
                if original == document.id:
                    writer.add(result.document)
                    self._indexed(result)
                else:
                    writer.add_copy(original, copy_of(document))
                    self.report.copies += 1
                    self.journal.copy(result.record, original)
                    entry = replace(entry, original=original)
                made_from.put(document.id, entry)
                self.progress.document(result.record)
            for path, digest in digests.items():
                if str(path) not in failed:  # one that failed is looked at again by the next update
                    made_from.put_file(str(path.absolute()), digest)
            made_from.put_failures(self.report.failures)
            self.progress.step("writing the index")

    def _indexed(self, result: Analyzed) -> None:
        self.report.indexed[result.record.format, result.document.language] += 1
        self.journal.record(result.record)
        if result.record.repairs:
            self.report.repaired.append((result.record.place, result.record.repairs))
        if result.record.losses:
            self.report.incomplete.append((result.record.place, result.record.losses))


def _digests(files: Iterable[sources.SourceFile]) -> dict[Path, bytes]:
    """The digest of each file that can be read; of the others a reader says why not."""
    found: dict[Path, bytes] = {}
    for file in files:
        with suppress(OSError):
            found[file.path] = file_digest(file.path)
    return found


def new_manifest(
    paths: Sequence[Path], documents: int, digest: str, failures: int, keep_boilerplate: bool
) -> Manifest:
    """A manifest of now, with this code's versions."""
    created = datetime.now(UTC).isoformat(timespec="seconds")
    names = tuple(str(path.absolute()) for path in paths)
    return replace(
        Manifest.now(created, documents, names, digest, failures), keep_boilerplate=keep_boilerplate
    )
