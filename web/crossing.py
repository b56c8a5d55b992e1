"""What a page says of the other language: which words were searched for there, and how to change that."""

from collections.abc import Iterator
from dataclasses import dataclass

from search import Crossed, Hit, Page, TranslatedTerm
from web.requests import Search


@dataclass(frozen=True, slots=True)
class Name:
    """What an expression is called in the other language, and the address of the page without it."""

    text: str
    without: str


@dataclass(frozen=True, slots=True)
class Term:
    """An expression of the query, as it was typed."""

    text: str
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """The line about the other language, and the addresses that change it."""

    language: str
    terms: tuple[Term, ...]
    total: int
    whole: bool
    """Whether the hits of the page are those in the other language."""
    only: str
    """The address where they are all of the page."""


def bridge_of(page: Page, asked: Search) -> Bridge | None:
    """What to say of the other language; None where the query has nothing to look for there."""
    crossed = page.crossed
    if crossed is None or not crossed.terms:
        return None
    return Bridge(
        crossed.language,
        tuple(_term(term, asked) for term in crossed.terms),
        crossed.total,
        not crossed.hits and crossed.total == page.total > 0,
        asked.with_languages((crossed.language,)).url(),
    )


def _term(term: TranslatedTerm, asked: Search) -> Term:
    def without(name: str) -> str:
        return asked.translating(term.text, (each for each in term.translations if each != name)).url()

    return Term(term.text, tuple(Name(name, without(name)) for name in term.translations))


def interleaved(hits: tuple[Hit, ...], crossed: Crossed | None) -> Iterator[Hit]:
    """The hits of a page and those in the other language by turns."""
    there = iter(crossed.hits if crossed else ())
    for hit in hits:
        yield hit
        if other := next(there, None):
            yield other
    yield from there
