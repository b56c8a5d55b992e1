"""The whole of scale-all through the command line: `python -m benchmarks.scale [--work DIR]`.

Builds an index of 136,183 documents, then updates it: with nothing changed, after ten records were
touched, after one file was added, and after all of that was taken back. Memory is the proportional share
(Pss) of the indexer and all its processes together, looked at ten times a second; a second build, with
every segmentation remembered, shows what a killed build costs when it goes on.
"""

import argparse
import json
import lzma
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measuring import table

FILES = ("vi-phapdien", "viwiki", "fr-conventions-kali", "fr-codes-legi", "fr-service-public")
TOUCHED = 10
MB, GB = 1e6, 1e9


def processes(first: int) -> Iterator[int]:
    """A process and its descendants."""
    waiting = [first]
    while waiting:
        process = waiting.pop()
        yield process
        try:
            for thread in Path(f"/proc/{process}/task").iterdir():
                waiting += map(int, (thread / "children").read_text().split())
        except OSError:
            continue


def resident(first: int) -> int:
    """Bytes of a process and its descendants, pages they share counted once."""
    total = 0
    for process in processes(first):
        try:
            for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
        except OSError:
            continue
    return total


def run(*arguments: str | Path) -> tuple[float, int]:
    """Run the indexer; the seconds it took and the most memory it had."""
    command = [sys.executable, "-m", "indexer", *map(str, arguments)]
    began = time.monotonic()
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            peak = max(peak, resident(process.pid))
            time.sleep(0.1)
        said = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    print(said.strip(), file=sys.stderr)
    return time.monotonic() - began, peak


def unpack(data: Path, folder: Path) -> tuple[int, int]:
    """The collections as plain .jsonl files; how many documents and bytes of text they have."""
    documents = size = 0
    for name in FILES:
        with (
            lzma.open(data / "scale" / f"{name}.jsonl.xz", "rt") as packed,
            (folder / f"{name}.jsonl").open("w") as out,
        ):
            for line in packed:
                record = json.loads(line)
                documents += 1
                size += len((record["title"] + record["text"]).encode())
                out.write(line)
    return documents, size


def touch(path: Path, word: str) -> None:
    """Change TOUCHED records of a file, spread over it."""
    lines = path.read_text().splitlines()
    for place in range(0, len(lines), len(lines) // TOUCHED)[:TOUCHED]:
        record = json.loads(lines[place])
        record["text"] += f"\n{word}."
        lines[place] = json.dumps(record, ensure_ascii=False)
    path.write_text("\n".join(lines) + "\n")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, help="keep the index here (default: a temporary folder)")
    options = parser.parse_args(arguments)
    if not (options.data / "scale").is_dir():
        print(f"needs {options.data / 'scale'}", file=sys.stderr)
        return 1
    work = options.work or Path(tempfile.mkdtemp(prefix="scale"))
    try:
        measure(options.data, work)
    finally:
        if not options.work:
            shutil.rmtree(work)
    return 0


def measure(data: Path, work: Path) -> None:
    folder, index = work / "corpus", work / "index"
    folder.mkdir(parents=True, exist_ok=True)
    documents, size = unpack(data, folder)
    rows: list[tuple[str, str, str, str]] = []

    def step(name: str, target: str, *command: str | Path) -> None:
        seconds, peak = run(*command, "--index", index)
        rows.append((name, f"{seconds:.1f} s", target, f"{peak / GB:.2f} GB"))
        print(*rows[-1], file=sys.stderr)

    step("build from nothing", "480 s, 2.5 GB", "build", folder)
    live = index / "generations" / (index / "current").read_text().strip()
    held = sum(file.stat().st_size for file in live.iterdir())
    step("build again, segmentations remembered", "", "build", folder)
    step("update, nothing changed", "10 s", "update", folder)
    first = folder / f"{FILES[0]}.jsonl"
    before = first.read_bytes()
    touch(first, "Đồng Kỵ")
    step(f"update, {TOUCHED} records touched", "15 s", "update", folder)
    (folder / "moi.txt").write_text("Bài mới\nMột bài vừa đến.")
    step("update, one file added", "", "update", folder)
    (folder / "moi.txt").unlink()
    first.write_bytes(before)
    os.utime(first)
    step("update, all taken back", "", "update", folder)
    print(f"{documents:,} documents, {size / MB:,.1f} MB of titles and texts")
    print(f"index {held / MB:,.1f} MB, {held / size:.2f} × the text (target 1.3)")
    for file in sorted(live.parent.parent.glob("generations/*/*"), key=lambda f: -f.stat().st_size)[:6]:
        print(f"  {file.stat().st_size / MB:8.1f} MB  {file.name}")
    print(table(("", "took", "target", "memory"), rows))


if __name__ == "__main__":
    sys.exit(main())
