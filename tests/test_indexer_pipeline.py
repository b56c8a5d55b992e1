"""Documents through analysis: in order for any number of workers, failures one by one, workers that die."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from indexer.pipeline import Analyzed, analyzed
from indexer.readers import Failure, Found, Record
from indexer.workers import Analysis, WorkersLost
from search.analysis.document import AnalyzedDocument, TermStream
from search.document import Document


def prepare() -> None:
    """Nothing to load. Module level, as are all that workers call: they find it by its name."""


def analyze(document: Document) -> AnalyzedDocument:
    match document.text:
        case "lỗi":
            raise ValueError("không đọc được")
        case "chết":
            os.kill(os.getpid(), signal.SIGKILL)
        case "chậm":
            time.sleep(0.01)
        case "lâu":
            time.sleep(60)
    words = tuple(dict.fromkeys(document.text.split()))
    ids = np.arange(len(words), dtype=np.uint32)
    return AnalyzedDocument(document, str(os.getpid()), {"body_surface": TermStream(words, ids, ids)}, {})


ANALYSIS = Analysis(analyze, prepare)


def records(*texts: str) -> list[Found]:
    return [Record(Document(f"d{n}", f"Tựa {n}", text), "kho.jsonl", n) for n, text in enumerate(texts, 1)]


@pytest.mark.parametrize("workers", [1, 3])
def test_order_is_that_of_the_files_for_any_number_of_workers(workers: int) -> None:
    found = records(*(f"từ số {n} " * (n % 7) for n in range(200)))
    found[50:50] = [Failure("hỏng.txt", "empty")]
    results = list(analyzed(found, ANALYSIS, workers))
    assert [result.record if isinstance(result, Analyzed) else result for result in results] == found
    for result in results:
        if isinstance(result, Analyzed):
            assert result.document.document == result.record.document
            assert set(result.document.streams["body_surface"].terms) == set(
                result.record.document.text.split()
            )


def test_the_work_is_done_elsewhere_with_workers_and_here_without() -> None:
    def where(workers: int) -> set[str]:
        results = analyzed(records(*["a"] * 64), ANALYSIS, workers)
        return {result.document.language for result in results if isinstance(result, Analyzed)}

    assert where(1) == {str(os.getpid())}
    assert str(os.getpid()) not in where(2)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_document_that_cannot_be_analysed_is_one_failure(workers: int) -> None:
    before, failure, after = analyzed(records("trước", "lỗi", "sau"), ANALYSIS, workers)
    assert isinstance(before, Analyzed)
    assert isinstance(after, Analyzed)
    assert failure == Failure("kho.jsonl", "d2 cannot be analysed: ValueError: không đọc được", 2)


def test_a_killed_worker_is_a_clear_error() -> None:
    with pytest.raises(WorkersLost, match=r"killed .* near kho.jsonl.*fewer --workers"):
        list(analyzed(records(*["một"] * 100, "chết"), ANALYSIS, 2))


def test_a_worker_killed_while_documents_are_still_read_is_the_same_error() -> None:
    def reading() -> Iterator[Found]:
        yield from records("chết")
        for record in records(*["một"] * 64):
            time.sleep(0.05)
            yield record

    with pytest.raises(WorkersLost, match="was killed"):
        list(analyzed(reading(), ANALYSIS, 2))


def test_few_documents_are_in_flight() -> None:
    read = 0

    def reading() -> Iterator[Found]:
        nonlocal read
        for record in records(*["nội dung"] * 2000):
            read += 1
            yield record

    results = analyzed(reading(), ANALYSIS, 2)
    next(results)
    results.close()
    assert read <= 2 * 4 * 16 + 16


def test_a_long_text_travels_alone() -> None:
    read = 0

    def reading() -> Iterator[Found]:
        nonlocal read
        for record in records(*["x" * 300_000] * 5):
            read += 1
            yield record

    next(analyzed(reading(), ANALYSIS, 1))
    assert read == 1


def test_giving_up_does_not_wait_for_what_is_under_way() -> None:
    started = time.monotonic()
    results = analyzed(records(*["một"] * 16, *["lâu"] * 64), ANALYSIS, 2)

    def interrupt() -> None:
        os.kill(os.getpid(), signal.SIGINT)

    next(results)
    timer = threading.Timer(0.5, interrupt)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        list(results)
    timer.join()
    assert time.monotonic() - started < 20


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    code = f"""
import os, pathlib, test_indexer_pipeline as here
for result in here.analyzed(here.records(*["chậm"] * 400), here.ANALYSIS, 2):
    pathlib.Path({str(tmp_path)!r}, result.document.language).touch()
    if len(os.listdir({str(tmp_path)!r})) == 2:
        os.kill(os.getpid(), 9)
"""
    places = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(places)}
    killed = subprocess.run([sys.executable, "-c", code], env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    deadline = time.monotonic() + 10
    while any(is_running(path.name) for path in tmp_path.iterdir()):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_running(process: str) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", process], capture_output=True, text=True, check=False)
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")
