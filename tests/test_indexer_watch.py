"""`update --watch`: what is dropped into the folder is found, while others search."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import search
from indexer.cli import main
from search import SearchRequest

ROOT = Path(__file__).parent.parent
_PATIENCE = 30.0  # seconds; only a failure waits so long


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "cu.txt").write_text("Bài cũ\nViết từ hôm trước.")
    return folder


@pytest.fixture
def index(tmp_path: Path, folder: Path) -> Path:
    index = folder / "chỉ mục"  # inside what is watched: its own files are no changes
    main(["build", str(folder), "--index", str(index), "--quiet"])
    return index


@pytest.fixture
def watching(folder: Path, index: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "indexer", "update", str(folder), "--index", str(index), "--watch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert process.stdout
    for line in process.stdout:
        if line.startswith("watching for changes"):
            break
    time.sleep(0.5)  # the watch itself begins after the line
    yield process
    process.send_signal(signal.SIGTERM)
    assert process.wait(_PATIENCE) == 0
    process.stdout.close()


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_new_changed_and_removed_files_are_found_as_they_are(
    folder: Path, index: Path, watching: subprocess.Popen[str]
) -> None:
    engine = search.open(index)

    def found(query: str) -> list[str]:
        return [hit.id for hit in engine.search(SearchRequest(query)).hits]

    (folder / "moi.txt").write_text("Bài mới\nVừa gửi đến sáng nay.")
    until(lambda: found("vua gui den") == ["moi.txt"])
    (folder / "moi.txt").write_text("Bài mới\nĐã đính chính.")
    until(lambda: found("dinh chinh") == ["moi.txt"])
    assert found("vua gui den") == []
    (folder / "con").mkdir()
    (folder / "con" / "sau.txt").write_text("Bài sau\nNằm trong thư mục con.")
    until(lambda: found("thu muc con") == ["con/sau.txt"])
    (folder / "moi.txt").unlink()
    until(lambda: found("dinh chinh") == [])
    assert found("hom truoc") == ["cu.txt"]
    engine.close()


def test_what_is_no_document_disturbs_nothing(
    folder: Path, index: Path, watching: subprocess.Popen[str]
) -> None:
    before = (index / "current").read_text()
    (folder / "anh.jpg").write_bytes(b"\xff\xd8")
    (folder / ".an.txt").write_text("ẩn")
    time.sleep(2)
    assert (index / "current").read_text() == before
    assert watching.poll() is None
