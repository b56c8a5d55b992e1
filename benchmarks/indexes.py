"""Indexes of the mixes, made once and kept in a cache folder for all benchmarks.

Analysis takes minutes and writing seconds, so both results are kept: analysed documents until the mix or
the code of the analysis changes, the index until the code that writes it does.
"""

import hashlib
import multiprocessing
import pickle
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.mixes import ROOT, Mix, documents, files
from indexer.generations import building, promote, writing
from search.analysis.analyzer import analyze, warm
from search.analysis.document import AnalyzedDocument
from search.document import Document
from search.engines.whoosh import create_writer, verify_generation
from search.errors import SearchError
from search.manifest import Manifest, current_generation, read_manifest, write_manifest

PROCESSES = 2


def index_for(mix: Mix, data: Path, cache: Path) -> Path:
    """The index folder of a mix, as the code of now makes it."""
    search = ROOT / "search"
    shapes = (search / "document.py", search / "fields.py")
    analysis = _digest(repr(mix), *files(mix, data), search / "analysis", *shapes)
    fingerprint = _digest(analysis, search / "engines" / "whoosh", search / "manifest.py")
    folder = cache / mix.name
    try:
        if read_manifest(current_generation(folder)).fingerprint == fingerprint:
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
    _write(folder, _load(analyzed), fingerprint)
    return folder


def size(index: Path) -> int:
    """The bytes of the live generation of an index."""
    return sum(file.stat().st_size for file in current_generation(index).iterdir())


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


def _write(folder: Path, analyzed: Iterable[AnalyzedDocument], fingerprint: str) -> None:
    with writing(folder), building(folder) as generation:
        count = 0
        with create_writer(generation) as writer:
            for document in analyzed:
                writer.add(document)
                count += 1
        verify_generation(generation, count)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        write_manifest(generation, Manifest.now(created, count, fingerprint=fingerprint))
        promote(folder, generation)


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
