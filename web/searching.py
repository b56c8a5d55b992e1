"""From what a visitor asks for to what the engine answers."""

from collections.abc import Iterator

from search import Hit, Page
from search.config import Caps
from web.live import live_index
from web.operations import record_stages
from web.requests import PAGE_SIZE, Search

_BATCH = Caps().page


def page_of(asked: Search, limit: int = PAGE_SIZE) -> Page:
    """The page of results that an address asks for."""
    return _page(asked, limit, asked.offset)


def first_hits(asked: Search, limit: int) -> Page:
    """The first hits of a search, whatever page it is on."""
    return _page(asked, limit, 0)


def all_hits(asked: Search) -> Iterator[Hit]:
    """All the hits of a search, from the first one, as far as the engine ranks them."""
    offset = 0
    while True:
        hits = _page(asked, _BATCH, offset).hits
        yield from hits
        offset += _BATCH
        if len(hits) < _BATCH or offset >= Caps().results:
            return


def _page(asked: Search, limit: int, offset: int) -> Page:
    page = (
        live_index()
        .engine()
        .search(
            asked.text,
            limit=limit,
            offset=offset,
            languages=asked.languages,
            sources=asked.sources,
            since=asked.since,
            until=asked.until,
            collapse=not asked.ungrouped,
            order=asked.order,
        )
    )
    record_stages(page.stages_ms)
    return page
