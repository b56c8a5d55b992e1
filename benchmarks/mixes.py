"""The judged sets; `python -m benchmarks.indexes` lists them and builds their indexes.

Most come from ../shared/data. A mix is a set of judged documents among many others. The sets differ in kind
and length: paragraphs, sections, news, articles of law, guides, titles.
"""

import argparse
import json
import lzma
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from pathlib import Path

from benchmarks import derived
from benchmarks.conditions import conditions
from benchmarks.derived import JudgedQuery
from indexer import sources
from indexer.readers import Record
from search.document import Document

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
CACHE = ROOT / ".cache" / "benchmarks"
QUERIES = 500
"""Queries that are asked of a set, from the first, unless one asks for more."""
_MADE = 400


class Form(Enum):
    """What is made of the documents."""

    WHOLE = "whole"
    """Nothing: they are taken as they are."""
    MATCHED = "matched"
    """The unjudged ones are cut into pieces as long as the judged ones are."""
    GUIDES = "guides"
    """They lose their titles, which are the queries."""
    HEADINGS = "headings"
    """Articles of law lose their headings, which are the queries."""
    CORPUS = "corpus"
    """They are read from `corpus/`."""


@dataclass(frozen=True, slots=True)
class Mix:
    """Judged documents with their queries, and maybe unjudged ones among which they must be found.

    `judged` is a folder of `eval/`. `others` are files of `scale/` and how many documents, from the first,
    are taken; None is all. A `large` one is measured only when it is named.
    """

    name: str
    language: str
    judged: str = ""
    others: tuple[tuple[str, int | None], ...] = ()
    form: Form = Form.WHOLE
    large: bool = False


_XQUAD = (("viwiki", 2_000), ("vi-phapdien", 3_000))
_PIAF = (("fr-service-public", None),)
_ALL = ("vi-phapdien", "viwiki", "fr-conventions-kali", "fr-codes-legi", "fr-service-public")

MIXES: Mapping[str, Mix] = {
    mix.name: mix
    for mix in (
        Mix("xquad-vi", "vi", "xquad-vi"),
        Mix("piaf-fr", "fr", "piaf-fr"),
        Mix("xquad-matched", "vi", "xquad-vi", _XQUAD, Form.MATCHED),
        Mix("piaf-matched", "fr", "piaf-fr", _PIAF, Form.MATCHED),
        Mix("ntrex-vi2vi", "vi", "ntrex-vi2vi"),
        Mix("ntrex-fr2fr", "fr", "ntrex-fr2fr"),
        Mix("alqac-law-vi", "vi", "alqac-law-vi"),
        Mix("phapdien-ki", "vi", "phapdien-ki"),
        Mix("law-head", "vi", "", (("vi-phapdien", None),), Form.HEADINGS),
        Mix("fr-fiches-travail-qa", "fr", "fr-fiches-travail-qa"),
        Mix("guides", "fr", "", (("fr-service-public", None),), Form.GUIDES),
        Mix("corpus", "vi", form=Form.CORPUS),
        # checks against regressions: the distractors of two are ten times as long as the answers
        Mix("xquad-mix", "vi", "xquad-vi", _XQUAD),
        Mix("piaf-mix", "fr", "piaf-fr", _PIAF),
        Mix("ntrex-vi-mix", "vi", "ntrex-vi2vi", (("vi-phapdien", 2_500), ("viwiki", 2_500))),
        Mix("ntrex-fr-mix", "fr", "ntrex-fr2fr", (("fr-service-public", 4_111), ("fr-codes-legi", 889))),
        Mix("known-item", "vi", "known-item", tuple((name, None) for name in _ALL), large=True),
    )
}
REGRESSION = ("xquad-mix", "piaf-mix", "ntrex-vi-mix", "ntrex-fr-mix")
"""Sets that are measured and count in no mean: their queries have a set already, and two reward shortness."""


def missing(data: Path) -> str:
    """Why the mixes cannot be read; empty when they can."""
    if (data / "eval").is_dir() and (data / "scale").is_dir():
        return ""
    return f"no evaluation data at {data} (it needs the folders eval and scale); give its place with --data"


def documents(mix: Mix, data: Path) -> Iterator[Document]:
    """The judged documents, then the others. Of those with the same title and text only the first."""
    seen: set[int] = set()
    for document in _documents(mix, data):
        text = hash((document.title, document.text))
        if text not in seen:
            seen.add(text)
            yield document


def _documents(mix: Mix, data: Path) -> Iterator[Document]:
    judged = data / "eval" / mix.judged / "corpus.jsonl"
    if mix.form is Form.CORPUS:
        yield from _corpus()
    elif mix.form is Form.GUIDES:
        yield from derived.untitled(_others(mix, data))
    elif mix.form is Form.HEADINGS:
        yield from derived.without_headings(islice(_others(mix, data), 0, None, derived.LAWS))
    else:
        if judged.is_file():
            yield from read(judged)
        others = _others(mix, data)
        if mix.form is Form.MATCHED:
            others = islice(derived.pieces(others, read(judged)), 0, None, derived.PIECES)
        yield from others


def _others(mix: Mix, data: Path) -> Iterator[Document]:
    for name, count in mix.others:
        yield from islice(read(data / "scale" / f"{name}.jsonl.xz"), count)


def _corpus() -> Iterator[Document]:
    for found in sources.records(sources.find([ROOT / "corpus"]).files):
        if isinstance(found, Record) and found.file.endswith((".md", ".txt")):
            yield found.document


def read(path: Path) -> Iterator[Document]:
    """The documents of one file, compressed or not."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            own = json.loads(line)
            yield Document(
                own["id"],
                own.get("title", ""),
                own["text"],
                own.get("lang", ""),
                own.get("url", ""),
                own.get("source", ""),
            )


def queries(mix: Mix, data: Path, most: int | None = None) -> list[JudgedQuery]:
    """The judged queries of a mix as they were typed, with all accents; at most so many, from the first.

    What is judged of a document is judged of the first with the same title and text.
    """
    if mix.form in (Form.GUIDES, Form.HEADINGS):
        kept = {document.id for document in documents(mix, data)}
        entitled = (document for document in _others(mix, data) if document.id in kept)
        make = derived.titles if mix.form is Form.GUIDES else derived.headings
        return make(entitled, min(most or _MADE, _MADE))
    folder = ROOT / "corpus" / "relevance" if mix.form is Form.CORPUS else data / "eval" / mix.judged
    first = _originals(mix, data)
    relevant: dict[str, dict[str, int]] = {}
    for query, document, grade in _columns(folder / "qrels.tsv"):
        relevant.setdefault(query, {})[first.get(document, document)] = int(grade)
    asked = (
        JudgedQuery(query, text, relevant[query])
        for query, text in _columns(folder / "queries.tsv")
        if query in relevant
    )
    return list(islice(asked, most))


def _originals(mix: Mix, data: Path) -> Mapping[str, str]:
    """The first document with the same title and text, for those that are not it."""
    judged = data / "eval" / mix.judged / "corpus.jsonl"
    if not mix.judged or not judged.is_file():
        return {}
    first: dict[tuple[str, str], str] = {}
    named = ((first.setdefault((each.title, each.text), each.id), each.id) for each in read(judged))
    return {id: original for original, id in named if id != original}


def _columns(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="\n") as lines:  # only \n ends a line, whatever a query holds
        for line in lines:
            yield line.rstrip("\n").split("\t")


def under(asked: Iterable[JudgedQuery]) -> Mapping[str, list[JudgedQuery]]:
    """The queries as they are typed under each condition."""
    judged = {query.id: query for query in asked}
    typed = conditions({id: query.text for id, query in judged.items()})
    return {
        condition: [JudgedQuery(id, text, judged[id].relevant) for id, text in texts.items()]
        for condition, texts in typed.items()
    }


def files(mix: Mix, data: Path) -> list[Path]:
    """The files that a mix takes its documents from, and what makes them into its own."""
    if mix.form is Form.CORPUS:
        return sorted((ROOT / "corpus").rglob("*.*"))
    judged = data / "eval" / mix.judged / "corpus.jsonl"
    others = [data / "scale" / f"{name}.jsonl.xz" for name, _ in mix.others]
    return [Path(derived.__file__), *([judged] if mix.judged and judged.is_file() else []), *others]


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of every benchmark that reads the mixes."""
    parser.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="default: ../shared/data")
    parser.add_argument("--cache", type=Path, default=CACHE, metavar="DIR", help="what is made only once")


def chosen(names: str) -> list[Mix]:
    """The mixes of those names, with commas between; all but large ones without any. Raises SystemExit."""
    wanted = [name for name in names.split(",") if name]
    for name in wanted:
        if name not in MIXES:
            raise SystemExit(f"{name} is not a mix; there are {', '.join(MIXES)}")
    return [MIXES[name] for name in wanted] or [mix for mix in MIXES.values() if not mix.large]


def usual() -> str:
    """What is chosen when no set is named, for the help of an option."""
    return ",".join(mix.name for mix in chosen(""))
