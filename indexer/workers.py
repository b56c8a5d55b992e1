"""Processes that analyse documents: each has a pipe of its own and one chunk of documents at a time.

A pool of concurrent.futures shares one queue among its processes, fed by a thread: when a process is killed
while that thread writes, the pool can wait for ever, and Ctrl-C kills them all. Nothing is shared here.
"""

import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from search.analysis.document import AnalyzedDocument
from search.document import Document
from search.errors import SearchError

Analyze = Callable[[Document], AnalyzedDocument]
Outcomes = Sequence[AnalyzedDocument | str]
"""The terms of each document, or the reason why it has none."""


class WorkersLost(SearchError):
    """A process that analyses documents has died."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """How documents are analysed. `prepare` loads models, once in each process; `settle` follows each chunk.

    All are sent to other processes by name: functions of a module, not closures.
    """

    analyze: Analyze
    prepare: Callable[[], None]
    settle: Callable[[], None] | None = None

    def outcomes(self, documents: Sequence[Document]) -> Outcomes:
        """Analyse documents here and now; one that raises does not stop the others."""
        outcomes = [self._outcome(document) for document in documents]
        if self.settle:
            self.settle()
        return outcomes

    def _outcome(self, document: Document) -> AnalyzedDocument | str:
        try:
            return self.analyze(document)
        except Exception as error:
            return f"{type(error).__name__}: {error}"


@dataclass(frozen=True, slots=True)
class Worker:
    """One process. Give it a chunk, wait until its pipe is ready, take the outcomes."""

    process: BaseProcess
    pipe: Connection

    def give(self, documents: Sequence[Document], near: str) -> None:
        """Send a chunk, found near some file, to a worker that has none and is listening."""
        try:
            self.pipe.send(documents)
        except OSError as error:
            raise self._lost(near) from error

    def take(self, near: str) -> Outcomes:
        """The outcomes of the chunk given last."""
        try:
            outcomes: Outcomes = self.pipe.recv()
        except (EOFError, OSError) as error:
            raise self._lost(near) from error
        return outcomes

    def _lost(self, near: str) -> WorkersLost:
        self.process.join(1)
        code = self.process.exitcode
        how = "was killed (out of memory?)" if code == -signal.SIGKILL else f"has died (exit code {code})"
        return WorkersLost(
            f"a process that analyses documents {how} near {near}; the index is unchanged; "
            "try again with fewer --workers"
        )


@contextmanager
def crew(analysis: Analysis, size: int) -> Iterator[list[Worker]]:
    """Workers that live as long as the block. Leaving it does not wait for what they are about."""
    workers: list[Worker] = []
    try:
        with _interrupts_held():
            workers += (_start(analysis) for _ in range(size))
        yield workers
    finally:
        for worker in workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in workers:
            worker.process.join()


def _start(analysis: Analysis) -> Worker:
    # Spawned, not forked: a fork copies the locks of other threads (NumPy's, the bar's), held or not.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, analysis), daemon=True)
    process.start()
    theirs.close()  # the worker has the only other copy: when it dies, our end says so
    return Worker(process, ours)


def _serve(pipe: Connection, analysis: Analysis) -> None:
    analysis.prepare()
    while True:
        try:
            pipe.send(analysis.outcomes(pipe.recv()))
        except (EOFError, OSError):  # the indexer has ended, or was killed
            return


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold back Ctrl-C while processes start: they inherit its blocking, and leave Ctrl-C to this one."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    resource_tracker.ensure_running()  # started with the first process, it would unblock what we block
    came: list[int] = []
    # Blocking alone would not do for ourselves: a thread of NumPy's may take the signal instead of this one.
    handler = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGINT, handler)
        if came:
            signal.raise_signal(signal.SIGINT)
