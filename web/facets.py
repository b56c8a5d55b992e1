"""The filters of a page of results, as links that narrow the search or widen it again."""

from collections.abc import Iterable
from dataclasses import dataclass

from search import FacetValue, Page, language_codes
from web.requests import Search

MAX_SOURCES = 24
"""Sources that are offered, the most frequent ones; any other can be typed as `source:"…"`."""
YEAR = len("2024")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter; following `url` chooses it, or takes it off when it is chosen."""

    value: str
    count: int
    chosen: bool
    url: str


def language_choices(page: Page, asked: Search) -> list[Choice]:
    """The languages of the matches: one at a time."""
    values = _values(page.facets.get("language", ()), asked.languages)
    # those of the table first and in its order, so that they stay in place from one query to the next
    rank = {language: place for place, language in enumerate(language_codes())}
    values.sort(key=lambda facet: rank.get(facet.value, len(rank)))
    return [
        Choice(
            facet.value,
            facet.count,
            facet.value in asked.languages,
            asked.with_languages({facet.value} - set(asked.languages)).url(),
        )
        for facet in values
    ]


def source_choices(page: Page, asked: Search) -> list[Choice]:
    """The sources of the matches: several may be chosen, and these come first."""
    values = _values(page.facets.get("source", ()), asked.sources)
    values.sort(key=lambda facet: facet.value not in asked.sources)
    shown = values[: max(MAX_SOURCES, len(asked.sources))]
    return [
        Choice(
            facet.value,
            facet.count,
            facet.value in asked.sources,
            asked.with_sources(_toggled(asked.sources, facet.value)).url(),
        )
        for facet in shown
    ]


def year_choices(page: Page, asked: Search) -> list[Choice]:
    """The years of the matches, latest first: one at a time, in place of any range of dates."""
    chosen = asked.since if asked.since == asked.until and len(asked.since) == YEAR else ""
    values = _values(page.facets.get("year", ()), (chosen,) if chosen else ())
    values.sort(key=lambda facet: facet.value, reverse=True)
    return [
        Choice(
            facet.value,
            facet.count,
            facet.value == chosen,
            (
                asked.between("", "") if facet.value == chosen else asked.between(facet.value, facet.value)
            ).url(),
        )
        for facet in values
    ]


def _values(facets: Iterable[FacetValue], chosen: Iterable[str]) -> list[FacetValue]:
    """The values that can be asked for; a chosen one without any match too, or it could not be undone."""
    values = {facet.value: facet for facet in facets if facet.value}
    return list({**{value: FacetValue(value, 0) for value in chosen}, **values}.values())


def _toggled(chosen: tuple[str, ...], value: str) -> tuple[str, ...]:
    if value in chosen:
        return tuple(other for other in chosen if other != value)
    return (*chosen, value)
