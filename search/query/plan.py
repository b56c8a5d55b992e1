"""What to execute: BM25 terms, phrases, boolean and dis_max groups, filters, facets, a re-score.

Nothing here knows how an engine works, and every engine gives the same answer to the same Plan. `Term`,
`Best` (dis_max), `Combine` (bool), filters, facets and the order by date are what search engines usually
have. The rest is our own, and an engine has to build it:

* `Phrase` is scored by the idf of its parts, each the number of documents with any of its terms; Lucene
  sums the idf of single terms instead.
* `Combine.floor` needs the best score first: two requests to an engine that cannot look back.
* `Passage` needs positions by document, and collapsing a stored group: an engine may say that it lacks
  these (`Feature`), and `search.execution` does them from what the engine has.

There is no prefix: which terms begin so is asked of the Lexicon, and the Plan names them.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto

from search.dates import date_number

FACETS = ("language", "source", "year")

Handle = Hashable
"""A document as the searcher that handed it out knows it."""


class Feature(Enum):
    """What an engine may lack of a Plan."""

    PASSAGE = auto()
    """`Passage` in a re-score."""
    COLLAPSE = auto()
    """`Plan.collapse`."""


@dataclass(frozen=True, slots=True)
class Term:
    """Documents with a term in a field, scored by BM25 × weight."""

    field: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents where one of `parts[0]` is followed by one of `parts[1]`, and so on, in a field.

    Up to `slop` other tokens may stand between the first and the last. Scored by BM25 with the
    number of such places as term frequency and the sum of the parts' idf, × weight.
    """

    field: str
    parts: tuple[tuple[str, ...], ...]
    slop: int = 0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Best:
    """Documents with any member, scored by the best one plus `tie_breaker` × the others."""

    members: tuple["Node", ...]
    tie_breaker: float = 0.0


@dataclass(frozen=True, slots=True)
class Combine:
    """Documents with all of `must`, none of `exclude` and at least `minimum` of `should`; scores add up.

    With a `floor`, a document that lacks some of `should` matches only if its score from them is at
    least that share of the best one: half of the words may be enough, one frequent word is not.
    With neither `must` nor `should`, all documents match, each with score 1.
    """

    must: tuple["Node", ...] = ()
    should: tuple["Node", ...] = ()
    exclude: tuple["Node", ...] = ()
    minimum: int = 0
    floor: float = 0.0


@dataclass(frozen=True, slots=True)
class Passage:
    """How much of a query one passage holds; for the re-score only, on a field of surfaces.

    A group is a set of terms that stand for one word of the query; it is worth the idf of the
    documents with any of them. A passage is two neighbouring blocks of `block` positions. A document
    scores the most that the groups found in one of its passages are worth together, × weight.
    """

    field: str
    groups: tuple[tuple[str, ...], ...]
    block: int = 50
    weight: float = 1.0


Node = Term | Phrase | Passage | Best | Combine


@dataclass(frozen=True, slots=True)
class Filter:
    """Documents kept, whatever their score: empty means any. Dates are yyyymmdd, both included, 0 open."""

    languages: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    since: int = 0
    until: int = 0

    @classmethod
    def of(cls, languages: Iterable[str], sources: Iterable[str], since: str, until: str) -> "Filter":
        """The filter of some values and of ISO dates, whole or partial, both included."""
        return cls(
            frozenset(languages), frozenset(sources), date_number(since), date_number(until, last=True)
        )

    def joined(self, typed: "Filter") -> "Filter":
        """What was chosen together with what was typed; what was chosen where they contradict."""
        ends = [end for end in (self.until, typed.until) if end]
        return Filter(
            languages=_both(self.languages, typed.languages),
            sources=_both(self.sources, typed.sources),
            since=max(self.since, typed.since),
            until=min(ends, default=0),
        )


def _both(chosen: frozenset[str], typed: frozenset[str]) -> frozenset[str]:
    """What both allow; where they contradict what was chosen: the typed ones stand there all along."""
    if not chosen or not typed:
        return chosen | typed
    return chosen & typed or chosen


@dataclass(frozen=True, slots=True)
class Rescore:
    """Evidence that is looked at for the best `window` documents only; its scores are added."""

    nodes: tuple[Node, ...] = ()
    window: int = 200


class Order(StrEnum):
    """How the matches follow each other."""

    RELEVANCE = "relevance"
    """By score, re-scored."""
    NEWEST = "newest"
    """By date from the latest one, by score where dates are equal; documents without a date last."""
    OLDEST = "oldest"
    """By date from the earliest one, by score where dates are equal; documents without a date last."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole search, ready for an engine."""

    query: Node = field(default_factory=Combine)
    filter: Filter = field(default_factory=Filter)
    rescore: Rescore = field(default_factory=Rescore)
    facets: tuple[str, ...] = FACETS
    facet_values: int = 0
    """How many values of each facet are wanted, the most frequent ones; 0 for all."""
    limit: int = 10
    offset: int = 0
    collapse: bool = False
    """Of near-duplicates that match, only the first one is ranked."""
    order: Order = Order.RELEVANCE


@dataclass(frozen=True, slots=True)
class Ranked:
    """What an engine answers: documents in the order of the plan; equal ones in the order of the index.

    `total` counts all matches, `collapsed` those that are not ranked because a near-duplicate stands for
    them. `facets` map a facet to its values and counts of matches, most frequent first.
    """

    handles: tuple[Handle, ...]
    scores: tuple[float, ...]
    total: int
    facets: dict[str, tuple[tuple[str, int], ...]]
    collapsed: int = 0
