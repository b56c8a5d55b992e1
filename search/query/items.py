"""What the parser holds while it reads: words and filters apart, for filters are taken out of the tree."""

from dataclasses import dataclass, field, replace

from search.query.ast import Clause, Excluded, InTitle, Required, Sequence
from search.query.filter import Filter


@dataclass(frozen=True, slots=True)
class Item:
    """What one piece of a query asks for: words, a filter, or a parenthesis with both."""

    clause: Clause | None = None
    filter: Filter | None = None
    start: int = 0
    end: int = 0
    """Where the filter was typed."""


@dataclass(slots=True)
class Group:
    """A parenthesis being read: its items, and what the next one is preceded by."""

    items: list[Item] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    joined: frozenset[str] | None = None
    """OR or AND."""


def required(item: Item) -> Item:
    """An item whose words must be there."""
    if item.clause is None or isinstance(item.clause, Required | Excluded):
        return item
    return replace(item, clause=Required(item.clause))


def marked(sign: str, clause: Clause) -> Clause:
    """A clause behind a sign: `-`, `+` or `title`."""
    match sign:
        case "-":
            return Excluded(clause)
        case "+":
            return Required(clause)
        case _:
            return InTitle(clause)


def clauses(items: list[Item]) -> tuple[Clause, ...]:
    """The words of some items; parentheses around words alone group nothing: *bộ (sinh học)*."""
    found: list[Clause] = []
    for item in items:
        if isinstance(item.clause, Sequence):
            found += item.clause.children
        elif item.clause is not None:
            found.append(item.clause)
    return tuple(found)


def side_by_side(items: list[Item]) -> Item:
    """What stands between two parentheses, or in the whole query, as one."""
    own = clauses(items)
    clause = None if not own else own[0] if len(own) == 1 else Sequence(own)
    filters = [item for item in items if item.filter is not None]
    if not filters:
        return Item(clause)
    whole = Filter()
    for item in filters:
        whole = whole.beside(item.filter or Filter())
    return Item(clause, whole, filters[0].start, filters[-1].end)
