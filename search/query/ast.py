"""The query as it was typed: a small tree, each leaf with its place in the text."""

from dataclasses import dataclass

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


Clause = Word | Quoted | Truncated | Excluded | Required | InTitle | Either | Sequence


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: clauses, the filters typed among them, and what was ignored."""

    root: Sequence
    text: str = ""
    """All of it, as it was typed."""
    languages: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    since: str = ""
    until: str = ""
    warnings: tuple[Warning, ...] = ()
