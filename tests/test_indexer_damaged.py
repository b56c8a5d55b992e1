"""A folder of all that goes wrong: no crash, no hang, bounded memory, each file told by name and reason."""

import csv
import os
import resource
import subprocess
import sys
from pathlib import Path

import damaged
import pytest

import search
from indexer.report import visible
from search import SearchRequest

ROOT = Path(__file__).parent.parent
_PATIENCE = 300  # seconds; it takes about twenty
_MOST_MEMORY = 1.5e9


@pytest.fixture(scope="module")
def done(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, dict[str, str], subprocess.CompletedProcess[str]]:
    base = tmp_path_factory.mktemp("damaged")
    folder = base / "kho"
    fates = damaged.write(folder)
    command = ["build", str(folder), "--index", str(base / "index"), "--report", str(base / "report.csv")]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    process = subprocess.run(
        [sys.executable, "-m", "indexer", *command],
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert before * 1024 > _MOST_MEMORY or peak < _MOST_MEMORY
    return base, fates, process


def rows(base: Path, event: str) -> set[str]:
    """The files that the report tells of, below the folder."""
    with (base / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        places = [row["place"] for row in csv.DictReader(file) if row["event"] == event]
    return {place.removeprefix(visible(str(base / "kho")) + "/") for place in places}


Done = tuple[Path, dict[str, str], subprocess.CompletedProcess[str]]


def test_there_are_enough_of_them() -> None:
    assert len(list(damaged.contents())) >= 60


def test_the_run_ends_and_says_that_some_failed(done: Done) -> None:
    _, _, process = done
    assert process.returncode == 3, process.stderr[-2000:]
    assert "Traceback" not in process.stderr
    assert "Warning" not in process.stderr


def test_each_file_that_is_refused_is_told_by_its_name(done: Done) -> None:
    base, fates, process = done
    failed = rows(base, "failed")
    for name, fate in fates.items():
        if fate == damaged.REFUSED:
            assert any(place.startswith(visible(name)) for place in failed), name
            assert visible(name) in process.stderr


def test_nothing_that_can_be_read_is_refused(done: Done) -> None:
    base, fates, _ = done
    failed = rows(base, "failed")
    for name, fate in fates.items():
        if fate == damaged.READ:
            assert not any(place.startswith(visible(name)) for place in failed), name


def test_what_was_read_is_found(done: Done) -> None:
    base, fates, _ = done
    engine = search.open(base / "index")
    known = {
        hit.id
        for offset in (0, 100)
        for hit in engine.search(SearchRequest("*", limit=100, offset=offset)).hits
    }
    for name in (
        "names/имя.txt",
        "names/名前.txt",
        "encodings/mixed.txt",
        "office/really-text.docx",
        "pdf/whole.pdf",
    ):
        assert name in known or engine.document(name)
        assert fates[name] == damaged.READ
    assert engine.document("zip/three-deep.zip/lop2.zip/lop1.zip/thu.txt").title == "Ba lớp"
    engine.close()


def test_no_reason_is_a_bug_of_ours(done: Done) -> None:
    _, _, process = done
    for bug in ("KeyError", "IndexError", "TypeError", "AttributeError", "AssertionError", "RecursionError"):
        assert bug not in process.stderr
