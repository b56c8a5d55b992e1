"""What to execute: BM25F terms, phrases, boolean and dis_max groups, filters, facets, a re-score.

Nothing here knows how an engine works, and every engine gives the same answer to the same Plan. `Term` over
several parts (Lucene's combined fields), `Named` (a constant score), `Best` (dis_max), `Combine` (bool),
filters, facets and the order by date are what search engines usually have. The rest is our own, and an
engine has to build it:

* `Phrase` is scored by its own document frequency, or by the one that the Plan states; Lucene sums the idf of
  single terms instead.
* `Passage` and `TitleShare` need positions by document, and collapsing a stored group: an engine may say
  that it lacks these (`Feature`), and `search.execution` does them from what the engine has.

There is no prefix: which terms begin so is asked of the Lexicon, and the Plan names them.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto

from search.query.filter import Filter as Filter
from search.schema import Name

FACETS = ("language", "source", "year")

Handle = Hashable
"""A document as the searcher that handed it out knows it."""


class Feature(Enum):
    """What an engine may lack of a Plan."""

    PASSAGE = auto()
    """`Passage` and `TitleShare` in a re-score."""
    COLLAPSE = auto()
    """`Plan.collapse`."""


@dataclass(frozen=True, slots=True)
class Term:
    """Documents with a term in a field, scored by BM25F × weight.

    idf × x / (x + k1), where x sums over the parts of the field the frequency there, each by its weight and
    its length: see `search.config.Similarity`. The document frequency is that of the parts together.
    """

    field: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Named:
    """Documents with a whole name, all with score `weight`: `Name.TITLE` for a title that is typed whole."""

    name: Name
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents where one of `parts[0]` is followed by one of `parts[1]`, and so on, in a part of a field.

    Up to `slop` other tokens may stand between the first and the last. Scored as a term whose frequency is
    the number of such places; the lead adds nothing, and saturation is faster. Its idf is that of `df`
    documents where the Plan states it; else they are counted, which in a re-score costs as much as a search.
    """

    field: str
    parts: tuple[tuple[str, ...], ...]
    slop: int = 0
    weight: float = 1.0
    df: int | None = None
    word: bool = False
    """Whether it is a word of several tokens, and saturates as words do."""


@dataclass(frozen=True, slots=True)
class Best:
    """Documents with any member, scored by the best one plus `tie_breaker` × the others."""

    members: tuple["Node", ...]
    tie_breaker: float = 0.0


@dataclass(frozen=True, slots=True)
class Combine:
    """Documents with all of `must`, none of `exclude` and at least `minimum` of `should`; scores add up.

    With neither `must` nor `should`, all documents match, each with score 1.
    """

    must: tuple["Node", ...] = ()
    should: tuple["Node", ...] = ()
    exclude: tuple["Node", ...] = ()
    minimum: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Surfaces that stand for one word of the query, and what the word counts beside others.

    A group is worth weight × the idf of the documents with any of its terms.
    """

    terms: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Passage:
    """How much of a query one passage of a body holds; for the re-score only.

    A passage is two neighbouring blocks of `block` positions. It is worth the sum over the groups of their
    worth × u / (u + k1), where u counts the occurrences in the passage, and those in the title at `title`
    each. A document scores its best passage × weight.
    """

    groups: tuple[Group, ...]
    block: int = 50
    title: float = 4.0
    k1: float = 1.2
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class TitleShare:
    """How much of a query a title holds, and how much of the title that is; for the re-score only.

    The sum of the worth of the groups in the title × the share of its tokens that are of any group × weight.
    """

    groups: tuple[Group, ...]
    weight: float = 1.0


Node = Term | Named | Phrase | Passage | TitleShare | Best | Combine


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
    complete: Node | None = None
    """What those of the matches have that have all words of the query: they are counted apart."""
    complete_first: bool = False
    """Whether they are ranked before the others."""
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

    `total` counts all matches, `complete` those that match `Plan.complete` too, `collapsed` those that are
    not ranked because a near-duplicate stands for them. `facets` map a facet to its values and counts, most
    frequent first: of the complete matches if there are any before filters, else of all.
    """

    handles: tuple[Handle, ...]
    scores: tuple[float, ...]
    total: int
    facets: dict[str, tuple[tuple[str, int], ...]]
    collapsed: int = 0
    complete: int = 0
    whole: tuple[bool, ...] = ()
    """For each handle whether it is a complete match; empty where the Plan has no `complete`."""
    facets_complete: bool = False
    """Whether the facets count complete matches only, and not simply all."""
