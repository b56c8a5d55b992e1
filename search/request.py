"""What is asked of an engine: a query, the filters and the order beside it, the page wanted."""

from dataclasses import dataclass

from search.config import Caps
from search.document import encodable
from search.query.plan import Filter, Order, Plan


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search. Any text and any numbers will do; what is too much is cut to the caps of the engine.

    `languages` and `sources` keep documents with one of the values, none keeps all; `since` and `until` are
    ISO dates, whole or partial, both included. With `collapse`, the first of several near-duplicates
    stands for them. With `verbatim`, words that no document has are searched for as they were typed,
    instead of what was probably meant. With `cross`, documents in the other language are searched by what
    the words are called there; `translations` say so instead of the lexicon, of expressions of the query.
    """

    text: str
    limit: int = 10
    offset: int = 0
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    collapse: bool = True
    order: Order = Order.RELEVANCE
    verbatim: bool = False
    cross: bool = True
    translations: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def query(self) -> str:
        """The text without lone surrogates, which could be neither shown nor sent."""
        return encodable(self.text)

    def plan(self, caps: Caps) -> Plan:
        """What is asked for beside the text."""
        return Plan(
            filter=Filter.of(self.languages, self.sources, self.since, self.until),
            facet_values=caps.facet_values,
            limit=max(0, min(self.limit, caps.page)),
            offset=max(0, min(self.offset, caps.results)),
            collapse=self.collapse,
            order=self.order,
        )
