"""How soon a file dropped into a watched folder is found: `python -m benchmarks.watching [--files 20]`.

Starts `update --watch` on a copy of corpus/, drops files one by one, and asks for each until it is found.
Meanwhile another thread searches without pause; a search that fails is counted.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import search
from search import SearchRequest

ROOT = Path(__file__).parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=20)
    parser.add_argument("--corpus", type=Path, default=ROOT / "corpus")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as base:
        folder, index = Path(base) / "kho", Path(base) / "index"
        shutil.copytree(options.corpus, folder)
        indexer = [sys.executable, "-m", "indexer"]
        build = [*indexer, "build", str(folder), "--index", str(index), "--quiet"]
        subprocess.run(build, check=True, cwd=ROOT)
        watching = subprocess.Popen(
            [*indexer, "update", str(folder), "--index", str(index), "--watch"],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
        assert watching.stdout
        while not watching.stdout.readline().startswith("following"):
            pass
        threading.Thread(target=watching.stdout.read, daemon=True).start()
        time.sleep(1)
        took, searches, failed = measure(folder, index, options.files)
        watching.send_signal(signal.SIGTERM)
        watching.wait(30)
    print(
        f"{len(took)} files, found after {median(took):.2f} s (median), at most {max(took):.2f} s (target 2)"
    )
    print(f"{searches:,} searches meanwhile, {failed} failed")
    return 0


def measure(folder: Path, index: Path, files: int) -> tuple[list[float], int, int]:
    """Seconds until each file was found, searches made meanwhile, and how many of them failed."""
    engine = search.open(index)
    done = threading.Event()
    counts = [0, 0]

    def others() -> None:
        while not done.is_set():
            try:
                engine.search(SearchRequest("quyen con nguoi"))
            except Exception:
                counts[1] += 1
            counts[0] += 1
            time.sleep(0.01)

    thread = threading.Thread(target=others)
    thread.start()
    took = []
    for number in range(files):
        began = time.monotonic()
        word = f"mới{number}tinh"
        (folder / f"moi{number}.txt").write_text(f"Bài mới số {number}\nMột từ {word} vừa đến.")
        while not engine.search(SearchRequest(word)).total:
            time.sleep(0.02)
        took.append(time.monotonic() - began)
        time.sleep(0.3)
    done.set()
    thread.join()
    engine.close()
    return took, counts[0], counts[1]


if __name__ == "__main__":
    sys.exit(main())
