"""Documents → analysed documents, in several processes, in the order they came.

Analysis is the dear part, so it is what is spread. Chunks go out as long as few are on their way, which
bounds memory, and leave in order, which makes an index the same for any number of workers.
"""

import os
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait

from indexer.readers import Failure, Found, Record
from indexer.workers import Analysis, Outcomes, Worker, crew
from search.analysis.document import AnalyzedDocument
from search.document import Document

MAX_CHUNK_DOCUMENTS = 16
MAX_CHUNK_CHARACTERS = 200_000
_MAX_CHUNKS_A_WORKER = 4  # for each worker: others go on while one has a very long document

_Chunk = list[Found]


@dataclass(frozen=True, slots=True)
class Analyzed:
    """A record and the terms of its document."""

    record: Record
    document: AnalyzedDocument


def analyzed(found: Iterable[Found], analysis: Analysis, workers: int) -> Generator[Analyzed | Failure]:
    """Analyse documents in order. One that cannot be analysed is a failure; earlier failures pass through.

    Raises WorkersLost. Close it when its end is not awaited.
    """
    chunks = _chunks(found)
    for chunk, outcomes in _alone(chunks, analysis) if workers == 1 else _spread(chunks, analysis, workers):
        remaining = iter(outcomes)
        for item in chunk:
            if isinstance(item, Failure):
                yield item
                continue
            outcome = next(remaining)
            if isinstance(outcome, str):
                yield Failure(item.file, f"{item.document.id} cannot be analysed: {outcome}", item.line)
            else:
                yield Analyzed(item, outcome)


def available_cores() -> int:
    """Cores that this process may use, fewer than the machine's in a container."""
    affinity = getattr(os, "sched_getaffinity", None)  # absent on macOS
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def _chunks(found: Iterable[Found]) -> Iterator[_Chunk]:
    chunk: _Chunk = []
    characters = 0
    for item in found:
        chunk.append(item)
        characters += len(item.document.text) if isinstance(item, Record) else 0
        if len(chunk) == MAX_CHUNK_DOCUMENTS or characters >= MAX_CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def _alone(chunks: Iterable[_Chunk], analysis: Analysis) -> Iterator[tuple[_Chunk, Outcomes]]:
    analysis.prepare()
    for chunk in chunks:
        yield chunk, analysis.outcomes(_documents(chunk))


def _spread(chunks: Iterator[_Chunk], analysis: Analysis, size: int) -> Iterator[tuple[_Chunk, Outcomes]]:
    given: dict[int, _Chunk] = {}  # by number, from the moment a worker has it until it leaves in its turn
    done: dict[int, Outcomes] = {}
    coming = enumerate(chunks)
    turn = 0
    with crew(analysis, size) as idle:
        busy: dict[object, tuple[Worker, int]] = {}
        while True:
            while idle and len(given) < size * _MAX_CHUNKS_A_WORKER and (following := next(coming, None)):
                number, given[number] = following
                worker = idle.pop()
                worker.give(_documents(given[number]), given[number][0].file)
                busy[worker.pipe] = worker, number
            if turn in done:
                yield given.pop(turn), done.pop(turn)
                turn += 1
            elif busy:
                for pipe in wait([worker.pipe for worker, _ in busy.values()]):
                    worker, number = busy.pop(pipe)
                    done[number] = worker.take(given[number][0].file)
                    idle.append(worker)
            else:
                return


def _documents(chunk: _Chunk) -> list[Document]:
    return [item.document for item in chunk if isinstance(item, Record)]
