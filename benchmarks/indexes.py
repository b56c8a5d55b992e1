"""Indexes of the judged sets, kept in a cache folder: `python -m benchmarks.indexes` makes them all.

They are made as `python -m indexer build` makes them, of a `.jsonl` file a set. Segmentations are remembered
for all sets together; an index is made anew when its documents or the code that makes it have changed.
"""

import argparse
import hashlib
import io
import json
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks import mixes
from benchmarks.measuring import table
from benchmarks.mixes import ROOT, Mix, documents, files
from indexer.build import Request, build
from indexer.pipeline import available_cores
from indexer.segmentations import remembering
from search.config import Similarity
from search.document import Document
from search.engines.registry import open_store
from search.errors import SearchError

_CODE = (
    *(ROOT / "search" / name for name in ("analysis", "engines", "lexicon")),
    *(ROOT / "search" / name for name in ("arrayfile.py", "document.py", "manifest.py", "schema.py")),
    *(ROOT / "indexer" / name for name in ("readers", "build.py", "copies.py", "sources.py")),
)


def index_for(mix: Mix, data: Path, cache: Path, as_is: bool = False) -> Path:
    """The index folder of a mix, as the code of now makes it; `as_is`, as any code made it."""
    folder = cache / mix.name
    index, mark = folder / "index", folder / "made-by"
    made_by = digest(repr(mix), *files(mix, data), *_CODE)
    if _lives(index) and (as_is or (mark.is_file() and mark.read_text(encoding="ascii") == made_by)):
        return index
    folder.mkdir(parents=True, exist_ok=True)
    (cache / ".gitignore").write_text("*\n", encoding="ascii")  # inside a repository the cache hides itself
    _tell(f"{mix.name}: making its index")
    mark.unlink(missing_ok=True)
    corpus = folder / "corpus.jsonl"
    _write(documents(mix, data), corpus)
    request = Request((corpus,), open_store(str(index)), available_cores(), quiet=True)
    report = build(request, io.StringIO(), remembering(cache))
    corpus.unlink()
    if report.failures:
        raise SearchError(f"{mix.name}: {report.failures[0].file}: {report.failures[0].reason}")
    mark.write_text(made_by, encoding="ascii")
    return index


def _lives(index: Path) -> bool:
    try:
        open_store(str(index)).live()
    except SearchError:
        return False  # none yet, or one of another version
    return True


def _write(found: Iterable[Document], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for each in found:
            record = {"id": each.id, "title": each.title, "text": each.text, "lang": each.language}
            more = {"url": each.url, "source": each.source, "date": each.date}
            file.write(json.dumps(record | {name: value for name, value in more.items() if value}) + "\n")


def digest(*parts: str | Path) -> str:
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
    parser.add_argument("--sets", default="", metavar="A,B", help=f"default: {mixes.usual()}")
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
        status = open_store(str(index)).reader(Similarity()).status()
        asked = len(mixes.queries(mix, options.data))
        rows.append(
            [mix.name, f"{status.documents:,}", f"{asked:,}", f"{status.bytes / 1e6:.0f}", f"{took:.1f}"]
        )
    print(table(["set", "documents", "queries", "index MB", "seconds to build or find"], rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
