"""The lines of a bilingual lexicon: French, Vietnamese, weight and domain, with tabs between them.

    # comments and empty lines are skipped
    droits de l’homme	nhân quyền	1	law

The weight, up to 1, says how usual the translation is beside the others of the same word; without one it
is 1. A line that cannot be read is named, and the others are used.
"""

from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import NamedTuple

MAX_WORDS = 8
"""Words of an expression: *chiến tranh thế giới thứ hai* has six."""


class Entry(NamedTuple):
    """A French expression and a Vietnamese one that means the same."""

    fr: str
    vi: str
    weight: float = 1.0
    domain: str = ""


def read_entries(lines: Iterable[str], name: str, faults: list[str]) -> Iterator[Entry]:
    """The entries of a file; what is wrong with a line is added to `faults`, with the file and its number."""
    for number, line in enumerate(lines, 1):
        line = line.rstrip("\r\n")
        if not line.strip() or line.startswith("#"):
            continue
        try:
            yield _entry(line.split("\t"))
        except ValueError as error:
            faults.append(f"{name}:{number}: {error}")


def _entry(columns: list[str]) -> Entry:
    fr, vi, weight, domain = (*(each.strip() for each in columns[:4]), *[""] * (4 - len(columns)))[:4]
    if len(columns) < 2 or not any(map(str.isalnum, fr)) or not any(map(str.isalnum, vi)):
        raise ValueError("French, a tab and Vietnamese are expected")
    try:
        worth = float(weight) if weight else 1.0
    except ValueError as error:
        raise ValueError(f"the weight {weight!r} is no number") from error
    if not 0 < worth <= 1:
        raise ValueError(f"the weight {weight} is not above 0 and up to 1")
    for expression in (fr, vi):
        if sum(any(map(str.isalnum, word)) for word in expression.split()) > MAX_WORDS:
            raise ValueError(f"“{expression}” has more than {MAX_WORDS} words")
    return Entry(fr, vi, worth, domain)


def own_entries() -> tuple[Entry, ...]:
    """The entries of the project's own files; their tests see to it that no line is wrong."""
    found: list[Entry] = []
    for file in sorted(files("search.bridge").joinpath("data").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".tsv"):
            lines = (line.split("\t") for line in file.read_text("utf-8").splitlines() if line[:1] != "#")
            found += [Entry(fr, vi, float(weight), domain) for fr, vi, weight, domain in lines]
    return tuple(found)
