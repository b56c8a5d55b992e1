"""The standard mixes of ../shared/data, their queries as typed by different people, and indexes of them.

`python -m benchmarks.mixes [MIX…]` builds the indexes that the other benchmarks then find in the cache.
"""

import argparse
import hashlib
import json
import lzma
import multiprocessing
import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from unidecode import unidecode

from benchmarks.measuring import table
from indexer.generations import building, promote, writing
from search.analysis.analyzer import analyze, warm
from search.document import Document
from search.engines.whoosh import create_writer, verify_generation
from search.errors import SearchError
from search.manifest import Manifest, current_generation, read_manifest, write_manifest

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
CACHE = ROOT / ".cache" / "benchmarks"
PROCESSES = 2
CONDITIONS = ("accented", "unaccented", "mixed")
_MIXED_SEED = 5


@dataclass(frozen=True, slots=True)
class Mix:
    """Judged documents with their queries, and unjudged ones among which they must be found.

    `others` are files of `scale/` and how many documents, from the first, are taken; None is all.
    """

    name: str
    language: str
    judged: str
    others: tuple[tuple[str, int | None], ...]


MIXES: Mapping[str, Mix] = {
    mix.name: mix
    for mix in (
        Mix("xquad-mix", "vi", "xquad-vi", (("viwiki", 2_000), ("vi-phapdien", 3_000))),
        Mix("piaf-mix", "fr", "piaf-fr", (("fr-service-public", None),)),
        Mix("ntrex-vi2vi", "vi", "ntrex-vi2vi", (("vi-phapdien", 2_500), ("viwiki", 2_500))),
        Mix("ntrex-fr2fr", "fr", "ntrex-fr2fr", (("fr-service-public", 4_111), ("fr-codes-legi", 889))),
    )
}


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query and its relevant documents with their grades."""

    id: str
    text: str
    relevant: Mapping[str, int]


def missing(data: Path) -> str:
    """Why the mixes cannot be read; empty when they can."""
    if (data / "eval").is_dir() and (data / "scale").is_dir():
        return ""
    return f"no evaluation data at {data} (it needs the folders eval and scale); give its place with --data"


def documents(mix: Mix, data: Path) -> Iterator[Document]:
    """The judged documents, then the others."""
    yield from _read(data / "eval" / mix.judged / "corpus.jsonl")
    for name, count in mix.others:
        yield from islice(_read(data / "scale" / f"{name}.jsonl.xz"), count)


def _read(path: Path) -> Iterator[Document]:
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            own = json.loads(line)
            yield Document(
                own["id"], own.get("title", ""), own["text"], own.get("lang", ""), own.get("url", "")
            )


def queries(mix: Mix, data: Path) -> list[JudgedQuery]:
    """The judged queries of a mix as they were typed, with all accents."""
    folder = data / "eval" / mix.judged
    relevant: dict[str, dict[str, int]] = {}
    for query, document, grade in _columns(folder / "qrels.tsv"):
        relevant.setdefault(query, {})[document] = int(grade)
    return [
        JudgedQuery(query, text, relevant[query])
        for query, text in _columns(folder / "queries.tsv")
        if query in relevant
    ]


def _columns(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="\n") as lines:  # only \n ends a line, whatever a query holds
        for line in lines:
            yield line.rstrip("\n").split("\t")


def under(condition: str, asked: Sequence[JudgedQuery]) -> list[JudgedQuery]:
    """The queries as typed with accents, without any, or with each word stripped with probability ½.

    Give it whole query sets: which words of a query are stripped depends on the queries before it.
    """
    if condition == "accented":
        return list(asked)
    coin = random.Random(_MIXED_SEED)

    def word(typed: str) -> str:
        return unidecode(typed) if coin.random() < 0.5 else typed

    return [
        JudgedQuery(
            query.id,
            unidecode(query.text)
            if condition == "unaccented"
            else " ".join(word(typed) for typed in query.text.split()),
            query.relevant,
        )
        for query in asked
    ]


def index_for(mix: Mix, data: Path, cache: Path = CACHE, keep: bool = False) -> Path:
    """The index folder of a mix, built when the cache has none made by this code.

    `keep` takes what the cache has even if the code of the analysis has changed since.
    """
    folder = cache / mix.name
    fingerprint = _fingerprint(mix, data)
    try:
        made_by = read_manifest(current_generation(folder)).fingerprint
        if made_by == fingerprint:
            return folder
        if keep:
            print(f"{mix.name}: kept an index that other code of the analysis has made", file=sys.stderr)
            return folder
    except SearchError:
        pass
    print(f"{mix.name}: building its index in {cache} …", file=sys.stderr, flush=True)
    cache.mkdir(parents=True, exist_ok=True)
    (cache / ".gitignore").write_text("*\n", encoding="ascii")  # a cache inside the repository hides itself
    _build(folder, documents(mix, data), fingerprint)
    return folder


def _build(folder: Path, found: Iterator[Document], fingerprint: str) -> None:
    spawn = multiprocessing.get_context("spawn")  # a fork would copy the locks of other threads, held or not
    with spawn.Pool(PROCESSES, warm) as pool, writing(folder), building(folder) as generation:
        count = 0
        with create_writer(generation) as writer:
            for document in pool.imap(analyze, found, chunksize=16):
                writer.add(document)
                count += 1
        verify_generation(generation, count)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        write_manifest(generation, Manifest.now(created, count, fingerprint=fingerprint))
        promote(folder, generation)


def _fingerprint(mix: Mix, data: Path) -> str:
    """A digest of the mix, of its files' sizes and of the code that analyses and writes."""
    digest = hashlib.sha256(repr(mix).encode())
    for name in (f"eval/{mix.judged}/corpus.jsonl", *(f"scale/{name}.jsonl.xz" for name, _ in mix.others)):
        digest.update(str((data / name).stat().st_size).encode())
    code = sorted((ROOT / "search" / "analysis").rglob("*"))
    code += [ROOT / "search" / "fields.py", ROOT / "search" / "engines" / "whoosh" / "segment_file.py"]
    for path in code:
        if path.suffix in (".py", ".txt"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of every benchmark that reads the mixes."""
    parser.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="default: ../shared/data")
    parser.add_argument("--cache", type=Path, default=CACHE, metavar="DIR", help="indexes that are made once")
    parser.add_argument(
        "--keep", action="store_true", help="use cached indexes though the analysis has changed since"
    )


def chosen(names: Sequence[str]) -> list[Mix]:
    """The mixes of those names, all when there are none. Raises SystemExit for a name that is none."""
    for name in names:
        if name not in MIXES:
            raise SystemExit(f"{name} is not a mix; there are {', '.join(MIXES)}")
    return [MIXES[name] for name in names] or list(MIXES.values())


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mixes", description=__doc__)
    parser.add_argument("mixes", nargs="*", metavar="MIX", help=f"default: all of {', '.join(MIXES)}")
    add_options(parser)
    options = parser.parse_args(arguments)
    if reason := missing(options.data):
        print(reason)
        return 2
    rows = []
    for mix in chosen(options.mixes):
        began = time.perf_counter()
        folder = index_for(mix, options.data, options.cache, options.keep)
        took = time.perf_counter() - began
        generation = current_generation(folder)
        size = sum(file.stat().st_size for file in generation.iterdir()) / 1e6
        count = read_manifest(generation).documents
        asked = len(queries(mix, options.data))
        rows.append([mix.name, f"{count:,}", f"{asked:,}", f"{size:.0f}", f"{took:.1f}"])
    print(table(["mix", "documents", "queries", "index MB", "seconds to build or find"], rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
