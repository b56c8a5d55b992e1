"""How does one machine keep an index? Whoosh keeps segments, commits and locks; postings are arrays.

Stock Whoosh makes about 50 Python calls for each posting. Its codec is an official extension point, so
ours writes postings as arrays, and `search.engines.arrays` executes Plans over them with NumPy.
"""

from search.engines.whoosh.store import FolderStore

__all__ = ["FolderStore"]
