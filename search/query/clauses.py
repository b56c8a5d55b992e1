"""What a query is resolved into before it is a Plan: clauses, and what is found out beside them."""

from dataclasses import dataclass, field, replace

from search.query.alternatives import Alternative, Asked
from search.query.match import WordMatch
from search.query.plan import Best, Combine, Node, Phrase, Term
from search.query.words import PARTS, TypedWord
from search.schema import Part


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a clause is looked for, and what its words may be found as."""

    asked: Asked
    parts: tuple[Part, ...] = PARTS


Said = tuple[TypedWord, tuple[Alternative, ...]]
"""A word of the query and its alternatives."""


@dataclass(slots=True)
class Found:
    """What came out beside the nodes: matches to highlight, evidence, whether diacritics may be widened."""

    matches: list[WordMatch] = field(default_factory=list)
    runs: list[list[Said]] = field(default_factory=lambda: [[]])
    """Words that were typed one after the other, with nothing but quotation marks and parentheses between."""
    evidence: list[Node] = field(default_factory=list)
    """What speaks for a document beside that."""
    has_diacritics: bool = False

    def broken(self) -> None:
        """What comes next does not follow what came before: *mua* in `bán OR mua`."""
        if self.runs[-1]:
            self.runs.append([])


@dataclass(slots=True)
class Clauses:
    """Clauses side by side: those that must match, that should, that only add, that must not; and what a
    document must have to have all words."""

    must: list[Node] = field(default_factory=list)
    should: list[Node] = field(default_factory=list)
    optional: list[Node] = field(default_factory=list)
    exclude: list[Node] = field(default_factory=list)
    complete: list[Node] = field(default_factory=list)

    def want(self, node: Node, complete: Node | None = None) -> None:
        """Add what should match; a document is complete with another node than the one that scores."""
        self.should.append(node)
        self.complete.append(complete or node)


def joined(clauses: Clauses) -> Node | None:
    """Clauses side by side as one node."""
    must, should, optional, exclude = clauses.must, clauses.should, clauses.optional, clauses.exclude
    if not (must or should or exclude):
        return None
    if must or not should:
        return Combine(tuple(must), (*should, *optional), tuple(exclude))
    some = Combine(should=tuple(should), minimum=1)
    if not optional and not exclude:
        return some
    return Combine((some,), tuple(optional), tuple(exclude))


def scaled(group: Best, scale: float) -> Best:
    """The same alternatives of a word, each worth so much of what it was."""
    members = (
        replace(each, weight=each.weight * scale) if isinstance(each, Term | Phrase) else each
        for each in group.members
    )
    return replace(group, members=tuple(members))
