"""What else a query could mean, as links: other accents of its words, another keyboard, another spelling."""

from collections.abc import Iterator
from dataclasses import dataclass

from search import LikelyAccents, Page, Suggestion, Why
from web.requests import Search

MAX_WORDS = 3
"""Words whose accents are offered: more lines than that would push the results away."""


@dataclass(frozen=True, slots=True)
class AccentedSpelling:
    """One way to accent a word; `url` searches for it, and is empty for what was typed already."""

    text: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A word typed without accents and its readings, likeliest first."""

    word: str
    readings: tuple[AccentedSpelling, ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """Another query, why it is offered, and the address of its results."""

    query: str
    why: Why
    url: str


def ambiguous_words(page: Page, asked: Search) -> list[Ambiguous]:
    """The first words of the query that can be read in several ways, each once."""
    words: dict[str, LikelyAccents] = {}
    for accents in page.likely_accents:
        if len(accents.spellings) > 1:
            words.setdefault(accents.word, accents)
    return [
        Ambiguous(accents.word, tuple(_readings(accents, asked)))
        for accents in list(words.values())[:MAX_WORDS]
    ]


def meant_queries(page: Page, asked: Search) -> list[Meant]:
    """The corrections of the whole query, each once and none that was searched for."""
    offered: dict[str, Suggestion] = {}
    for suggestion in page.suggestions:
        if suggestion.query not in (asked.text, page.corrected):
            offered.setdefault(suggestion.query, suggestion)
    return [Meant(query, found.why, asked.with_text(query).url()) for query, found in offered.items()]


def _readings(accents: LikelyAccents, asked: Search) -> Iterator[AccentedSpelling]:
    for spelling in accents.spellings:
        typed = spelling.text == accents.word
        yield AccentedSpelling(
            spelling.text, spelling.count, "" if typed else asked.with_text(spelling.query).url()
        )
