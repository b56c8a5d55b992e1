"""The standard mixes of ../shared/data; `python -m benchmarks.indexes` lists them and builds their indexes.

A mix is a set of judged documents among many others, with the queries of the judged ones as different
people would type them.
"""

import argparse
import json
import lzma
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from unidecode import unidecode

from search.document import Document

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
CACHE = ROOT / ".cache" / "benchmarks"
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
    counts = (None, *(count for _, count in mix.others))
    for path, count in zip(files(mix, data), counts, strict=True):
        yield from islice(read(path), count)


def read(path: Path) -> Iterator[Document]:
    """The documents of one file, compressed or not."""
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


def files(mix: Mix, data: Path) -> list[Path]:
    """The files that a mix takes its documents from."""
    others = [data / "scale" / f"{name}.jsonl.xz" for name, _ in mix.others]
    return [data / "eval" / mix.judged / "corpus.jsonl", *others]


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of every benchmark that reads the mixes."""
    parser.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="default: ../shared/data")
    parser.add_argument("--cache", type=Path, default=CACHE, metavar="DIR", help="what is made only once")


def chosen(names: str) -> list[Mix]:
    """The mixes of those names, with commas between; all when there are none. Raises SystemExit."""
    wanted = [name for name in names.split(",") if name]
    for name in wanted:
        if name not in MIXES:
            raise SystemExit(f"{name} is not a mix; there are {', '.join(MIXES)}")
    return [MIXES[name] for name in wanted] or list(MIXES.values())
