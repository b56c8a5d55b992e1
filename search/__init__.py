"""Song Ngữ: full-text search in Vietnamese and French, with or without diacritics."""

from search.analysis.language import passage_language
from search.analysis.normalize import fold
from search.analysis.registry import OTHER
from search.analysis.registry import codes as language_codes
from search.analysis.registry import find as find_language
from search.bridge.files import lexicon_with
from search.config import Caps, Config
from search.dates import typed_date
from search.document import Document, encodable
from search.engine import Engine, open
from search.errors import DocumentMissing, IndexMissing, SearchError
from search.health import check
from search.query.plan import Order
from search.request import SearchRequest
from search.results import (
    Counterpart,
    Crossed,
    FacetValue,
    Highlight,
    Hit,
    LikelyAccents,
    Page,
    Section,
    Status,
    Suggestion,
    TranslatedTerm,
    Warning,
    Why,
)
from search.settings import (
    DEFAULT_INDEX,
    add_index_option,
    add_lexicon_option,
    add_synonyms_option,
    default_index,
    default_lexicons,
    default_synonyms,
)
from search.synonyms import SynonymsFile
from search.version import add_version_option

__all__ = [
    "DEFAULT_INDEX",
    "OTHER",
    "Caps",
    "Config",
    "Counterpart",
    "Crossed",
    "Document",
    "DocumentMissing",
    "Engine",
    "FacetValue",
    "Highlight",
    "Hit",
    "IndexMissing",
    "LikelyAccents",
    "Order",
    "Page",
    "SearchError",
    "SearchRequest",
    "Section",
    "Status",
    "Suggestion",
    "SynonymsFile",
    "TranslatedTerm",
    "Warning",
    "Why",
    "add_index_option",
    "add_lexicon_option",
    "add_synonyms_option",
    "add_version_option",
    "check",
    "default_index",
    "default_lexicons",
    "default_synonyms",
    "encodable",
    "find_language",
    "fold",
    "language_codes",
    "lexicon_with",
    "open",
    "passage_language",
    "typed_date",
]
