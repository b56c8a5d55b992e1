"""The site under load: `python -m benchmarks.site INDEX [--clients 200] [--think 1000] [--seconds 60]`.

Serves a copy of an index (see `benchmarks.scale`) with gunicorn, or with `--workers 0` with `python -m web`,
and asks it through wrk (Debian's package) for a mix: half searches, three tenths completions, two tenths
documents. The queries are words of 20,000 titles, half of them without marks: hardly any comes twice.
A client reads an answer for `--think` milliseconds on average (from none to twice that, evenly) before it
asks again. With `--think 0` it asks at once, which shows what the site can do at the most: an answer then
takes clients divided by rate, whatever the site. `--switch` puts another generation in place every ten
seconds.
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
from urllib.parse import quote

import search
from search.analysis.normalize import fold

ROOT = Path(__file__).parent.parent
LUA = """
local paths, n = {}, 0
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
init = function() n = math.random(#paths) end
request = function() n = n % #paths + 1; return wrk.format("GET", paths[n]) end
local think = tonumber(os.getenv("THINK"))
if think > 0 then delay = function() return math.random(0, 2 * think) end end
done = function(summary, latency, requests)
  local e = summary.errors
  print(string.format(
    '{"requests":%d,"seconds":%.2f,"p50":%.1f,"p95":%.1f,"p99":%.1f,"max":%.1f,"bad":%d,"broken":%d,"timeouts":%d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    latency:percentile(99) / 1e3, latency.max / 1e3, e.status, e.connect + e.read + e.write, e.timeout))
end
"""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--think", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--switch", action="store_true")
    options = parser.parse_args(arguments)
    if not shutil.which("wrk"):
        print("wrk is missing: apt-get install wrk", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base)
        index = copied(options.index, folder / "index")
        (folder / "paths").write_text("\n".join(addresses(index)))
        (folder / "mix.lua").write_text(LUA)
        address, server = serve(index, options.workers, options.threads)
        try:
            run_wrk(folder, address, 20, 0, 20)  # warm
            stop = threading.Event()
            memory: list[float] = []
            watching = [threading.Thread(target=watch, args=(server.pid, options.seconds, memory))]
            if options.switch:
                watching.append(threading.Thread(target=switch, args=(index, stop)))
            for thread in watching:
                thread.start()
            found = run_wrk(folder, address, options.clients, options.think, options.seconds)
            stop.set()
            for thread in watching:
                thread.join()
        finally:
            server.terminate()
            server.wait(30)
    rate = found["requests"] / found["seconds"]
    print(f"{options.clients} clients, {found['seconds']:.0f} s: {rate:.0f} requests a second (target 150)")
    print(
        f"p50 {found['p50']:.0f} ms, p95 {found['p95']:.0f} ms, p99 {found['p99']:.0f} ms (target 500), "
        f"at most {found['max']:.0f} ms"
    )
    print(f"{found['bad']} answers that are errors, {found['broken']} broken, {found['timeouts']} timeouts")
    print("resident (Pss), from beginning to end:", ", ".join(f"{each:.0f} MB" for each in memory))
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
    engine = search.open(index)
    total = engine.status().documents
    snapshot = engine._index.snapshot()
    documents = [snapshot.stored(doc) for doc in sorted(rng.sample(range(total), min(20_000, total)))]
    engine.close()
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
        command += ["--log-level", "error"]
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


def run_wrk(folder: Path, address: str, clients: int, think: int, seconds: int) -> dict[str, float]:
    command = [
        "wrk",
        "-t1",
        f"-c{clients}",
        f"-d{seconds}",
        "--timeout",
        "10s",
        "-s",
        str(folder / "mix.lua"),
        address,
    ]
    environment = os.environ | {"PATHS": str(folder / "paths"), "THINK": str(think)}
    output = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    result: dict[str, float] = json.loads(output.strip().splitlines()[-1])
    return result


def watch(pid: int, seconds: int, memory: list[float]) -> None:
    """Note the memory of the site four times over some seconds, and at the beginning."""
    for pause in (0, *[seconds / 4] * 4):
        time.sleep(pause)
        memory.append(resident(pid))


def resident(pid: int) -> float:
    """The memory of a process and its children in MB, shared pages counted once (Pss)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    total = 0
    for process in (str(pid), *children):
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
        total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])  # type: ignore[index]
    return total / 1024


if __name__ == "__main__":
    raise SystemExit(main())
