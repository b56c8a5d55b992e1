"""How does one machine hold the index? Whoosh keeps segments, commits and documents; we keep postings.

Stock Whoosh makes about 50 Python calls for each posting. Its codec is an official extension point,
so ours writes postings as arrays and executes Plans over them with NumPy.
"""

from search.engines.whoosh.index import WhooshIndex, open_index
from search.engines.whoosh.verify import verify_generation
from search.engines.whoosh.writer import create_writer

__all__ = ["WhooshIndex", "create_writer", "open_index", "verify_generation"]
