"""The hits of a page in sections: those with all words, those with some, those with other accents."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from search import Hit, Page, Section


@dataclass(frozen=True, slots=True)
class Listed:
    """A section of a page: its hits and the number of the first one."""

    section: Section
    start: int
    hits: Sequence[Hit]


def sections(page: Page) -> list[Listed]:
    """The hits of a page as they are listed, section by section."""
    found: list[Listed] = []
    start = page.offset + 1
    for section, own in groupby(page.hits, page.section):
        hits = tuple(own)
        found.append(Listed(section, start, hits))
        start += len(hits)
    return found
