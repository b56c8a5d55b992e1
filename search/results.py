"""What a search returns: plain frozen data, ready for a template or for JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from search.document import Document

Mark = tuple[int, int]
"""A highlighted stretch: start and end (exclusive), in characters of the text it belongs to."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. Marks are ordered and disjoint, in characters of `title` and of `snippet`."""

    id: str
    score: float
    title: str
    language: str
    url: str
    source: str
    date: str
    snippet: str
    title_marks: tuple[Mark, ...] = ()
    snippet_marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet and how many of the matching documents have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Warning:
    """Something in the query that was ignored or capped; `start` and `end` are characters of the query.

    `code` is stable and meant for translation; `message` is plain English.
    """

    code: str
    message: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """One page of ranked hits. `total` is exact; facets count the matches of the query.

    `facets` maps `language`, `source` and `year` to their values, most frequent first. Each facet
    is counted without its own filter, so that the other choices stay visible.
    """

    query: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    took_ms: float = 0.0
    warnings: tuple[Warning, ...] = ()
    offset: int = 0
    limit: int = 10


@dataclass(frozen=True, slots=True)
class MarkedDocument:
    """A whole document with the stretches that match a query marked."""

    document: Document
    title_marks: tuple[Mark, ...] = ()
    text_marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """What an index holds: counts by language, source and year, and when it was made."""

    documents: int
    generation: str
    created: str
    languages: Mapping[str, int]
    sources: Mapping[str, int]
    years: Mapping[str, int]
    bytes: int
