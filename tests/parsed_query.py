"""A parsed query as one line of text, for tests to compare."""

from search.query.ast import (
    Clause,
    Either,
    Excluded,
    InTitle,
    Query,
    Quoted,
    Required,
    Sequence,
    Truncated,
    Wildcard,
    Word,
)
from search.query.parser import parse


def shown(clause: Clause) -> str:
    """A clause as one line: `-` excluded, `+` required, `{a | b}` either, `(a b)` a sequence."""
    match clause:
        case Word(text):
            return text
        case Quoted(text, _, _, slop):
            return f'"{text}"' + (f"~{slop}" if slop else "")
        case Truncated(text):
            return f"{text}*"
        case Wildcard(text):
            return f"<{text}>"
        case Excluded(child):
            return f"-{shown(child)}"
        case Required(child):
            return f"+{shown(child)}"
        case InTitle(child):
            return f"title:{shown(child)}"
        case Either(children):
            return "{" + " | ".join(map(shown, children)) + "}"
        case Sequence(children):
            return "(" + " ".join(map(shown, children)) + ")"


def read(text: str) -> str:
    return shown(parse(text).root)[1:-1]


def codes(query: Query) -> list[str]:
    return [warning.code for warning in query.warnings]
