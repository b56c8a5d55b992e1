"""From what a visitor asks for to what the engine answers."""

from collections.abc import Iterator

from search import Hit, Page, SearchRequest
from web.live import live_index
from web.operations import record_stages
from web.requests import PAGE_SIZE, Search, named_by


def page_of(asked: Search, limit: int = PAGE_SIZE) -> Page:
    """The page of results that an address asks for."""
    return _page(asked, limit, asked.offset)


def first_hits(asked: Search, limit: int) -> Page:
    """The first hits of a search, whatever page it is on."""
    return _page(asked, limit, 0)


def all_hits(asked: Search) -> Iterator[Hit]:
    """All the hits of a search, from the first one, as far as the engine ranks them."""
    caps = live_index().caps
    for offset in range(0, caps.results, caps.page):
        hits = _page(asked, caps.page, offset).hits
        yield from hits
        if len(hits) < caps.page:
            return


def _page(asked: Search, limit: int, offset: int) -> Page:
    request = SearchRequest(
        asked.text,
        limit=limit,
        offset=offset,
        languages=asked.languages,
        sources=asked.sources,
        since=asked.since,
        until=asked.until,
        collapse=not asked.ungrouped,
        order=asked.order,
        verbatim=asked.verbatim,
        cross=asked.cross and limit <= PAGE_SIZE,
        translations=tuple((text, named_by(names)) for text, names in asked.translations),
    )
    page = live_index().engine().search(request)
    record_stages(page.stages_ms)
    return page
