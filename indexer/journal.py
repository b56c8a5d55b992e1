"""`--report FILE`: what happened to each file, line by line, as a table that a spreadsheet opens."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from indexer.readers import Failure, Record
from indexer.report import visible
from search.errors import SearchError

HEADER = ("event", "place", "detail")


class Journal:
    """Writes a row for each line cut, repair, loss, copy and failure; or nothing, without a file."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._rows = csv.writer(stream) if stream else None
        self._row(*HEADER)

    def record(self, record: Record) -> None:
        """What was cut from a document, what was mended in it, and what of it is missing."""
        if not self._rows:
            return
        for line in record.document.boilerplate.splitlines():
            if line.strip():
                self._row("cut", record.place, line)
        for repair in record.repairs:
            self._row("repaired", record.place, repair)
        for loss in record.losses:
            self._row("incomplete", record.place, loss)

    def copy(self, record: Record, original: str) -> None:
        """A document that is another one word for word."""
        self._row("copy", record.place, original)

    def failure(self, failure: Failure) -> None:
        """What is not indexed, and why."""
        self._row("failed", failure.place, failure.reason)

    def _row(self, *cells: str) -> None:
        if self._rows:
            self._rows.writerow(map(visible, cells))


@contextmanager
def journal(path: Path | None) -> Iterator[Journal]:
    """The journal of a run, written to a file if one is wanted. Raises SearchError when it cannot be."""
    if path is None:
        yield Journal()
        return
    try:
        # A byte-order mark, without which Excel takes UTF-8 for Windows-1252.
        stream = path.open("w", encoding="utf-8-sig", newline="")
    except OSError as error:
        raise SearchError(f"the report cannot be written to {path}: {error.strerror or error}") from error
    with stream:
        yield Journal(stream)
