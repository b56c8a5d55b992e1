"""Languages and sources as they were typed, and as an index has them: `source:"báo làng"` is *Báo Làng*."""

from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache

from search.analysis.normalize import fold, surface
from search.analysis.token import tokenize
from search.engines.base import Searcher
from search.query.ast import Query
from search.query.plan import Combine, Plan
from search.results import Warning


def as_indexed(query: Query, searcher: Searcher) -> Query:
    """The query with the sources that its filter means; a warning for each name that no document has."""
    if not query.names:
        return query
    facets = searcher.execute(Plan(Combine(), facets=("language", "source"), limit=0)).facets
    languages, sources = ([value for value, _ in facets[name]] for name in ("language", "source"))
    filter = query.filter
    known = {name: meant(name, sources) for name in filter.sources | filter.excluded_sources}
    warnings = tuple(
        Warning(
            "unknown_name", f"no document has the language or the source {name.text}", name.start, name.end
        )
        for name in query.names
        if name.value not in languages and not known.get(name.value)
    )
    return replace(
        query,
        filter=replace(
            filter,
            sources=_replaced(filter.sources, known),
            excluded_sources=_replaced(filter.excluded_sources, known),
        ),
        warnings=query.warnings + warnings,
    )


def meant(typed: str, sources: Collection[str]) -> frozenset[str]:
    """The sources with a name: in any case, with any diacritics where none was typed."""
    name, unaccented = _key(typed), fold(_key(typed))
    if name != unaccented:
        return frozenset(source for source in sources if _key(source) == name)
    return frozenset(source for source in sources if fold(_key(source)) == unaccented)


def _replaced(names: frozenset[str], known: dict[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(known[name] or {name} for name in names))


@lru_cache(50_000)
def _key(name: str) -> str:
    """The words of a name as the index compares words; a name without any as it is."""
    return " ".join(surface(token.text) for token in tokenize(name)) or name.strip()
