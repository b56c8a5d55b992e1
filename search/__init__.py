"""Song Ngữ: full-text search in Vietnamese and French, with or without diacritics."""

from search.document import Document
from search.engine import Engine, open
from search.errors import SearchError
from search.query.plan import Order
from search.results import Hit, Page

__all__ = ["Document", "Engine", "Hit", "Order", "Page", "SearchError", "open"]
