"""The site as README says to run it with several workers."""

import os
import re
import shlex
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import IndexWriter, read_documents

from search.engines.registry import open_store

ROOT = Path(__file__).parent.parent
WAIT = 30


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, make_index: IndexWriter) -> Path:
    folder = tmp_path_factory.mktemp("gunicorn")
    make_index(folder / "index", read_documents())
    (folder / "metrics").mkdir()
    return folder


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    """The address of a site that README's own command has started."""
    readme = (ROOT / "README.md").read_text("utf-8").replace("\\\n", " ")
    command = re.search(r"^SONGNGU_INDEX=\S+ gunicorn (.*) --bind \S+$", readme, re.MULTILINE)
    assert command
    log = folder / "log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *shlex.split(command[1]), "--bind", "127.0.0.1:0"],
            cwd=ROOT,
            env=os.environ
            | {"SONGNGU_INDEX": str(folder / "index"), "PROMETHEUS_MULTIPROC_DIR": str(folder / "metrics")},
            stderr=errors,
        )
    try:
        for _ in range(WAIT * 10):
            address = re.search(r"Listening at: (http://\S+)", log.read_text())
            if address and log.read_text().count("Booting worker") == 2:
                break
            time.sleep(0.1)
        assert address, log.read_text()
        yield address[1]
    finally:
        process.terminate()
        process.wait(WAIT)


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=WAIT) as answer:
        assert answer.status == 200
        text: str = answer.read().decode()
        return text


def test_a_query_as_long_as_may_be_is_answered(site: str) -> None:
    assert "<h1>" in get(f"{site}/?q={quote('quyền ề ' * 250)}")
    assert '"total"' in get(f"{site}/api/search?q={quote('ề ' * 1000)}")


def test_workers_add_up_their_metrics_and_tell_the_live_generation_only(
    site: str, folder: Path, make_index: IndexWriter
) -> None:
    for _ in range(20):
        get(f"{site}/help")
    make_index(folder / "index", read_documents()[:3])
    live = open_store(str(folder / "index")).live().name
    for _ in range(10):
        get(f"{site}/?q=ban")
    metrics = get(f"{site}/metrics")
    assert 'songngu_requests_total{endpoint="pages.help",status="200"} 20.0' in metrics
    assert re.findall(r"^songngu_documents.*", metrics, re.MULTILINE) == [
        f'songngu_documents{{generation="{live}"}} 3.0'
    ]
