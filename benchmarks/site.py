"""The site under load: `python -m benchmarks.site INDEX [--clients 200] [--rate 155] [--seconds 60]`.

Serves a copy of an index (see `benchmarks.scale`) with gunicorn, or with `--workers 0` with `python -m web`,
and asks it through oha (`cargo install oha`) for a mix: half searches, three tenths completions, two tenths
documents. The queries are words of 20,000 titles, half of them without diacritics: hardly any comes twice.

All clients together ask `--rate` times a second; an answer that is late because all of them wait counts from
when it was due. With `--rate 0` each asks again at once, which shows what the site can do at the most: an
answer then takes clients divided by rate, whatever the site. `--switch` puts another generation in place
every ten seconds.
"""

import argparse
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.scale import resident
from search.analysis.normalize import fold
from search.config import Similarity
from search.engines.registry import open_store
from search.query.plan import Combine, Plan

ROOT = Path(__file__).parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--rate", type=int, default=155)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--switch", action="store_true")
    options = parser.parse_args(arguments)
    if not shutil.which("oha"):
        print("oha is missing: cargo install oha", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base)
        index = copied(options.index, folder / "index")
        paths = addresses(index)
        address, server = serve(index, options.workers, options.threads)
        (folder / "addresses").write_text("\n".join(address + path for path in paths))
        try:
            load(folder, 20, 0, 20)  # warm
            stop = threading.Event()
            memory: list[float] = []
            watching = [threading.Thread(target=watch, args=(server.pid, options.seconds, memory))]
            if options.switch:
                watching.append(threading.Thread(target=switch, args=(index, stop)))
            for thread in watching:
                thread.start()
            found = load(folder, options.clients, options.rate, options.seconds)
            stop.set()
            for thread in watching:
                thread.join()
        finally:
            server.terminate()
            server.wait(30)
    late = {name: found["latencyPercentiles"][name] * 1000 for name in ("p50", "p95", "p99")}
    summary = found["summary"]
    answers = found["statusCodeDistribution"]
    errors = sum(count for status, count in answers.items() if status != "200")
    print(
        f"{options.clients} clients, {options.seconds} s: "
        f"{summary['requestsPerSec']:.0f} requests a second (target 150)"
    )
    print(
        f"p50 {late['p50']:.0f} ms, p95 {late['p95']:.0f} ms, p99 {late['p99']:.0f} ms (target 500), "
        f"at most {summary['slowest'] * 1000:.0f} ms"
    )
    print(
        f"{sum(answers.values())} answers, {errors} of them errors; "
        f"{sum(found['errorDistribution'].values())} without an answer"
    )
    print("resident (Pss), from beginning to end:", ", ".join(f"{each:.0f} MiB" for each in memory))
    return 0


def copied(index: Path, to: Path) -> Path:
    """A copy that may be switched: the current generation, twice."""
    current = (index / "current").read_text().strip()
    (to / "generations").mkdir(parents=True)
    for name in ("a", "b"):
        shutil.copytree(index / "generations" / current, to / "generations" / name)
    (to / "current").write_text("a\n")
    return to


def switch(index: Path, stop: threading.Event) -> None:
    """Put the other generation in place, as a build does at its end."""
    for name in "ba" * 100:
        if stop.wait(10):
            return
        (index / "new").write_text(f"{name}\n")
        (index / "new").replace(index / "current")


def addresses(index: Path) -> list[str]:
    """What the clients ask for, in an order that is the same for the same index."""
    rng = random.Random(7)
    searcher = open_store(str(index)).reader(Similarity()).snapshot().searcher
    everything = searcher.execute(Plan(Combine(), facets=(), limit=searcher.documents)).handles
    chosen = sorted(rng.sample(range(len(everything)), min(20_000, len(everything))))
    documents = list(searcher.fetch([everything[place] for place in chosen]))
    rng.shuffle(documents)
    found = []
    for number, document in enumerate(documents):
        words = [word for word in re.findall(r"\w+", document.title) if len(word) > 1] or ["nước"]
        start = rng.randrange(len(words))
        query = " ".join(words[start : start + rng.choice([2, 3, 4])])
        if number % 2:
            query = fold(query)
        found += [f"/?q={quote(query)}"] * (number % 10 < 5)
        found += [f"/api/suggest?q={quote(query[: rng.randint(2, 12)])}"] * (5 <= number % 10 < 8)
        found += [f"/document/{quote(document.id)}?q={quote(query)}"] * (number % 10 >= 8)
    return found


def serve(index: Path, workers: int, threads: int) -> tuple[str, "subprocess.Popen[bytes]"]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "web", "--index", str(index), "--port", str(port)]
    if workers:
        command = [sys.executable, "-m", "gunicorn", "web:create_app()", "--bind", f"127.0.0.1:{port}"]
        command += ["--workers", str(workers), "--threads", str(threads), "--keep-alive", "75"]
        command += ["--limit-request-line", "0", "--log-level", "error"]
    settings = {"SONGNGU_INDEX": str(index), "SONGNGU_RATE": "off"}
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings)
    address = f"http://127.0.0.1:{port}"
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{address}/healthz").close()
        except OSError:
            time.sleep(0.5)
        else:
            return address, server
    server.kill()
    raise SystemExit("the site did not start")


def load(folder: Path, clients: int, rate: int, seconds: int) -> dict[str, Any]:
    command = ["oha", "--no-tui", "--output-format", "json", "--urls-from-file", "-c", str(clients)]
    command += ["-z", f"{seconds}s", "--wait-ongoing-requests-after-deadline"]
    if rate:
        command += ["-q", str(rate), "--latency-correction"]
    command.append(str(folder / "addresses"))
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found: dict[str, Any] = json.loads(output)
    return found


def watch(pid: int, seconds: int, memory: list[float]) -> None:
    """Note the memory of the site four times over some seconds, and at the beginning."""
    for pause in (0, *[seconds / 4] * 4):
        time.sleep(pause)
        memory.append(resident(pid) / 2**20)


if __name__ == "__main__":
    raise SystemExit(main())
