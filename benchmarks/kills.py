"""kill -9 at random moments of builds and updates: `python -m benchmarks.kills [--kills 200]`.

After every kill the live index must answer 20 queries exactly as before the run or as after it; the next
run must complete; and at the end the index must hold the same documents, ranked the same, as one whose
runs were never disturbed. Any difference is printed, and the exit code is 1.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import search
from search import SearchRequest

CORPUS = Path(__file__).parent.parent / "corpus"
QUERIES = (
    *("quyen con nguoi", "quyền con người", "bán", "ban", "bạn", "đường", "duong", "nguoi dan", "hop tac xa"),
    *("droits de l’homme", "ecole", "école", "marche", "rivière", "pont", "ville", "năm 2024", "thành phố"),
    *("*", '"con người"'),
)
Answers = tuple[tuple[tuple[str, float], ...], ...]


@dataclass
class Archive:
    """A folder that changes from run to run, and its index."""

    folder: Path
    index: Path
    step: int = 0
    numbers: random.Random = field(default_factory=lambda: random.Random(7))

    def change(self) -> None:
        """Add, change and remove a few files, the same ones in the same order for equal seeds."""
        self.step += 1
        files = sorted(path for path in self.folder.rglob("*.txt") if path.is_file())
        chosen = self.numbers.sample(files, min(4, len(files)))
        for path in chosen[:2]:
            path.write_text(path.read_text() + f"\nBổ sung lần {self.step}.\n")
        if self.step % 3 == 0:
            chosen[2].unlink()
        new = self.folder / f"moi{self.step}.txt"
        new.write_text(f"Bài mới số {self.step}\nNgười dân thành phố họp lần thứ {self.step} về con đường.\n")

    def command(self) -> list[str]:
        """The command of this step: builds and updates in turn."""
        kind = "build" if self.step % 4 == 0 else "update"
        workers = str(1 + self.step % 2)
        return [
            *(sys.executable, "-m", "indexer", kind, str(self.folder)),
            *("--index", str(self.index), "--quiet", "--workers", workers),
        ]

    def run(self) -> float:
        """Run this step to its end; the seconds it took."""
        began = time.monotonic()
        subprocess.run(self.command(), check=True, capture_output=True, timeout=300)
        return time.monotonic() - began

    def answers(self) -> Answers:
        """What the live index answers."""
        engine = search.open(self.index)
        try:
            pages = [engine.search(SearchRequest(query, limit=100)) for query in QUERIES]
            return tuple(tuple((hit.id, round(hit.score, 3)) for hit in page.hits) for page in pages)
        finally:
            engine.close()


def start(base: Path) -> Archive:
    shutil.copytree(CORPUS, base / "kho")
    archive = Archive(base / "kho", base / "index")
    archive.run()
    return archive


def kill_during(archive: Archive, moment: float) -> bool:
    """Start the step, kill it at a moment; whether it was still at work."""
    process = subprocess.Popen(archive.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(moment)
    running = process.poll() is None
    process.kill()
    process.wait()
    return running


def measure(kills: int, seed: int, base: Path) -> int:
    """Run it all; how many times something was wrong."""
    disturbed, calm = start(base / "disturbed"), start(base / "calm")
    numbers = random.Random(seed)
    wrong = killed = 0
    took = 3.0
    while killed < kills:
        for archive in (disturbed, calm):
            archive.change()
        before = disturbed.answers()
        took = calm.run()
        after = calm.answers()
        for _ in range(min(numbers.randint(1, 6), kills - killed)):
            killed += kill_during(disturbed, numbers.uniform(0.0, took))
            if disturbed.answers() not in (before, after):
                wrong += 1
                print(f"step {disturbed.step}: the live index answers neither as before nor as after")
        disturbed.run()
        if disturbed.answers() != after:
            wrong += 1
            print(f"step {disturbed.step}: the finished index differs from an undisturbed one")
        print(f"{killed} kills in {disturbed.step} runs, {wrong} wrong", flush=True)
    return wrong


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as base:
        return 1 if measure(options.kills, options.seed, Path(base)) else 0


if __name__ == "__main__":
    sys.exit(main())
