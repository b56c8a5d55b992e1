"""What a search returns: plain frozen data, ready for a template or for JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from search.document import Copy, Document

Highlight = tuple[int, int]
"""A highlighted stretch: start and end (exclusive), in characters of the text it belongs to."""


class How(StrEnum):
    """How a word of the query is found in a document, best first."""

    EXACT = "exact"
    """As it was typed."""
    RESTORED = "restored"
    """With diacritics that were not typed."""
    FORM = "form"
    """Another form of the same word: *lois* for *loi*, *kĩ* for *kỹ*."""
    UNACCENTED = "unaccented"
    """Without the diacritics that were typed."""
    WRITTEN = "written"
    """Written otherwise: joined, in pieces, abbreviated, a date in other words."""
    PREFIX = "prefix"
    """A word that begins so."""
    STEM = "stem"
    """A French word of the same stem."""
    SYNONYM = "synonym"
    """As a synonym that whoever runs the search has named."""
    TRANSLATED = "translated"
    """As what it is called in the other language."""
    OTHER_DIACRITICS = "other_diacritics"
    """With other diacritics than those typed."""


@dataclass(frozen=True, slots=True)
class WordFound:
    """One typed word and the best that a document has for it: `duong` found as *đường*, restored."""

    word: str
    found: str
    how: How
    in_title: bool = False
    """Whether the word stands in the title, in whatever form."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. Marks are ordered and disjoint, in characters of `title` and of `snippet`."""

    id: str
    score: float
    title: str
    language: str
    url: str
    source: str
    date: str
    snippet: str
    title_highlights: tuple[Highlight, ...] = ()
    snippet_highlights: tuple[Highlight, ...] = ()
    explanation: tuple[WordFound, ...] = ()
    whole_title: bool = False
    """Whether the query is the title."""
    phrases: tuple[str, ...] = ()
    """Words of the query that stand side by side, as they stand in the document; the longest first."""
    other_diacritics: bool = False
    """Found only because other diacritics than those typed were allowed."""
    complete: bool = True
    """Whether the document has all words of the query, function words aside."""
    missing: tuple[str, ...] = ()
    """The words that it lacks if it is not complete."""
    similar: tuple["Similar", ...] = ()
    """The first few of its near-duplicates; in a list of results it stands for those that match."""
    similar_total: int = 0
    copies: tuple[Copy, ...] = ()
    """The other places where it stands word for word."""
    alternates: tuple["Similar", ...] = ()
    """The same story in another language, as files declare it."""
    counterparts: tuple["Counterpart", ...] = ()
    """What was found to tell the same story in another language, and is not declared."""


@dataclass(frozen=True, slots=True)
class Similar:
    """Another document that is shown beside one: a near-duplicate, or its story in another language."""

    id: str
    title: str
    language: str
    source: str
    date: str

    @classmethod
    def of(cls, document: Document) -> "Similar":
        """A document as it is shown beside another one."""
        return cls(document.id, document.title, document.language, document.source, document.date)


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A document that was found to tell the same story in another language; `score` is how alike they are."""

    document: Similar
    score: float


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet and how many of the matching documents have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Warning:
    """Something in the query that was ignored or capped; `start` and `end` are characters of the query.

    `code` is stable and meant for translation; `message` is plain English.
    """

    code: str
    message: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to read a word: how often the index has it, how probable it is here (0 to 1), and the
    whole query with it in place of the word."""

    text: str
    count: int
    probability: float
    query: str


@dataclass(frozen=True, slots=True)
class LikelyAccents:
    """The readings of a word that was typed without diacritics, likeliest first; places are in the query."""

    word: str
    start: int
    end: int
    spellings: tuple[Spelling, ...]


class Why(StrEnum):
    """What a suggestion corrects."""

    KEYBOARD = "keyboard"
    """Vietnamese typed in Telex or VNI without an input method."""
    TYPO = "typo"
    """A word that the index does not have, and that resembles one it has."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another query that was perhaps meant."""

    query: str
    why: Why


class Section(StrEnum):
    """What is said above hits that follow each other in a list."""

    FIRST = "first"
    """Nothing: the complete matches, or all where they are not apart."""
    SOME = "some"
    """They have only some of the words."""
    OTHERS = "others"
    """They have other diacritics than those typed."""


@dataclass(frozen=True, slots=True)
class TranslatedTerm:
    """An expression of a query, its place there, and what it is called in the other language, best first."""

    text: str
    start: int
    end: int
    translations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crossed:
    """What a query finds in the other language, by what its words are called there: counted apart.

    `language` is the other one. `hits` are the first ones, none where they are those of the page itself.
    """

    language: str
    terms: tuple[TranslatedTerm, ...]
    hits: tuple[Hit, ...] = ()
    total: int = 0
    complete: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """One page of ranked hits. `total` counts the documents with some word of the query, `complete` those
    with all of them, function words aside; both are exact.

    `collapsed` of the matches are no hits of their own: a near-duplicate stands for each. All pages
    together hold `total - collapsed` hits.

    `facets` maps `language`, `source` and `year` to their values, most frequent first. Each facet
    is counted without its own filter, so that the other choices stay visible. With `facets_complete` they
    count complete matches only: there are some, though maybe none that the filters leave.
    """

    query: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    took_ms: float = 0.0
    stages_ms: Mapping[str, float] = field(default_factory=dict)
    """What `took_ms` is made of: `resolve`, `execute`, `highlight`, `suggest`."""
    warnings: tuple[Warning, ...] = ()
    offset: int = 0
    limit: int = 10
    likely_accents: tuple[LikelyAccents, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    collapsed: int = 0
    complete: int = 0
    complete_first: bool = False
    """Whether the complete matches are ranked before the others."""
    facets_complete: bool = False
    corrected: str = ""
    """What was searched for instead of `query`, words of which no document has; empty when nothing was."""

    crossed: Crossed | None = None
    """What the query finds in the other language; None where it does not cross."""

    @property
    def searched(self) -> str:
        """The query that was searched for; places in warnings and likely accents are in this text."""
        return self.corrected or self.query

    @property
    def incomplete(self) -> int:
        """How many documents have some words of the query and lack others."""
        return self.total - self.complete

    def section(self, hit: Hit) -> Section:
        """Which section a hit of the page is in. One goes on from a page to the next."""
        if hit.other_diacritics:
            return Section.OTHERS
        apart = self.complete_first and self.complete > 0 and not hit.complete
        return Section.SOME if apart else Section.FIRST


@dataclass(frozen=True, slots=True)
class Completion:
    """How what is being typed may go on: a phrase to search for, or a document by its title."""

    text: str
    document_id: str = ""


@dataclass(frozen=True, slots=True)
class HighlightedDocument:
    """A whole document with the matches of a query highlighted."""

    document: Document
    title_highlights: tuple[Highlight, ...] = ()
    text_highlights: tuple[Highlight, ...] = ()
    similar: tuple[Similar, ...] = ()
    """The first few of its near-duplicates."""
    similar_total: int = 0
    alternates: tuple[Similar, ...] = ()
    """A few documents that tell the same story in another language, as one of the two declares."""
    counterparts: tuple[Counterpart, ...] = ()
    """What was found to do so, though neither says it."""


@dataclass(frozen=True, slots=True)
class Status:
    """What an index holds: counts by language, source and year, and when it was made."""

    documents: int
    generation: str
    created: str
    languages: Mapping[str, int]
    sources: Mapping[str, int]
    years: Mapping[str, int]
    bytes: int
