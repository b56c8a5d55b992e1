"""The query as it was typed: a small tree, each leaf with its place in the text."""

from dataclasses import dataclass, field

from search.query.filter import Filter
from search.results import Warning


@dataclass(frozen=True, slots=True)
class Word:
    """Characters typed without space between them; may hold several tokens: `57-KL/TW`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks, side by side up to `slop` others: `"quyền con người"~3`.

    `inside` is where `text` begins, behind the opening mark.
    """

    text: str
    start: int
    end: int
    slop: int = 0
    inside: int = 0


@dataclass(frozen=True, slots=True)
class Truncated:
    """The beginning of a word: `quyề*`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A word with asterisks before or between letters, and as terms are written: `b*timent`."""

    text: str
    start: int
    end: int
    pattern: str


@dataclass(frozen=True, slots=True)
class Excluded:
    """What must not be in a document: `-bạn`."""

    child: "Clause"


@dataclass(frozen=True, slots=True)
class Required:
    """What must be in a document: `+bán`."""

    child: "Clause"


@dataclass(frozen=True, slots=True)
class InTitle:
    """What only the title is searched for: `title:đường`."""

    child: "Clause"


@dataclass(frozen=True, slots=True)
class Either:
    """One or the other: `bán OR mua`."""

    children: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    """Clauses side by side: words, or what stands between parentheses."""

    children: tuple["Clause", ...]


Clause = Word | Quoted | Truncated | Wildcard | Excluded | Required | InTitle | Either | Sequence


@dataclass(frozen=True, slots=True)
class Name:
    """A language or a source named in a filter: what the filter holds, and what was typed where."""

    value: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: clauses, the filters typed among them as one, and what was ignored."""

    root: Sequence
    text: str = ""
    """All of it, as it was typed."""
    filter: Filter = field(default_factory=Filter)
    names: tuple[Name, ...] = ()
    warnings: tuple[Warning, ...] = ()
