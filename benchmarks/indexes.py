"""Indexes of the mixes, made once and kept in a cache folder: `python -m benchmarks.indexes` makes them all.

Analysis takes minutes and writing seconds, so both results are kept: analysed documents until the mix or
the code of the analysis changes, the index until the code that writes it does.
"""

import argparse
import hashlib
import multiprocessing
import pickle
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import mixes
from benchmarks.measuring import table
from benchmarks.mixes import ROOT, Mix, documents, files
from search.analysis.analyzer import analyze, warm
from search.analysis.document import AnalyzedDocument
from search.config import Similarity
from search.document import Document
from search.engines.base import Store
from search.engines.registry import open_store
from search.errors import SearchError
from search.manifest import Manifest

PROCESSES = 2


def index_for(mix: Mix, data: Path, cache: Path) -> Path:
    """The index folder of a mix, as the code of now makes it."""
    search = ROOT / "search"
    shapes = (search / "document.py", search / "schema.py")
    analysis = _digest(repr(mix), *files(mix, data), search / "analysis", *shapes)
    written_by = (search / "engines", search / "lexicon", search / "arrayfile.py", search / "manifest.py")
    fingerprint = _digest(analysis, *written_by)
    folder = cache / mix.name
    store = open_store(str(folder))
    try:
        if store.live().manifest.fingerprint == fingerprint:
            return folder
    except SearchError:
        pass  # none yet, or one of another version
    cache.mkdir(parents=True, exist_ok=True)
    (cache / ".gitignore").write_text("*\n", encoding="ascii")  # inside a repository the cache hides itself
    analyzed = cache / f"{mix.name}-{analysis}.pickle"
    if not analyzed.exists():
        _tell(f"{mix.name}: analysing its documents, which takes minutes")
        for outdated in cache.glob(f"{mix.name}-*.pickle"):
            outdated.unlink()
        _analyze(documents(mix, data), analyzed)
    _tell(f"{mix.name}: writing its index")
    _write(store, _load(analyzed), fingerprint)
    return folder


def size(index: Path) -> int:
    """The bytes of the live generation of an index."""
    return open_store(str(index)).reader(Similarity()).status().bytes


def _analyze(found: Iterable[Document], path: Path) -> None:
    partial = path.with_suffix(".partial")
    spawn = multiprocessing.get_context("spawn")  # a fork would copy the locks of other threads, held or not
    with partial.open("wb") as file, spawn.Pool(PROCESSES, warm) as pool:
        for document in pool.imap(analyze, found, chunksize=16):
            pickle.dump(document, file, pickle.HIGHEST_PROTOCOL)
    partial.rename(path)


def _load(path: Path) -> Iterator[AnalyzedDocument]:
    with path.open("rb") as file:
        while file.peek(1):
            yield pickle.load(file)


def _write(store: Store, analyzed: Iterable[AnalyzedDocument], fingerprint: str) -> None:
    with store.writing(), store.build() as build:
        count = 0
        with build.writer() as writer:
            for document in analyzed:
                writer.add(document)
                count += 1
        build.verify(count)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        build.promote(Manifest.now(created, count, fingerprint=fingerprint))


def _digest(*parts: str | Path) -> str:
    """A digest of texts, of the code and word lists in folders, and of the sizes of data files."""
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            digest.update(part.encode())
        elif part.is_dir() or part.suffix == ".py":
            for path in sorted(part.rglob("*")) if part.is_dir() else [part]:
                if path.suffix in (".py", ".txt"):
                    digest.update(path.read_bytes())
        else:
            digest.update(str(part.stat().st_size).encode())
    return digest.hexdigest()[:16]


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.indexes", description=__doc__)
    parser.add_argument("--sets", default="", metavar="A,B", help=f"default: {','.join(mixes.MIXES)}")
    mixes.add_options(parser)
    options = parser.parse_args(arguments)
    if reason := mixes.missing(options.data):
        print(reason)
        return 2
    rows = []
    for mix in mixes.chosen(options.sets):
        began = time.perf_counter()
        index = index_for(mix, options.data, options.cache)
        took = time.perf_counter() - began
        count = sum(1 for _ in documents(mix, options.data))
        asked = len(mixes.queries(mix, options.data))
        rows.append([mix.name, f"{count:,}", f"{asked:,}", f"{size(index) / 1e6:.0f}", f"{took:.1f}"])
    print(table(["mix", "documents", "queries", "index MB", "seconds to build or find"], rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
