"""Which engine answers at an address: adding one is a folder of its own and a line here."""

import re
from collections.abc import Callable

from search.engines.base import Store
from search.engines.whoosh import FolderStore
from search.errors import AddressUnknown

FOLDER = ""
"""The scheme of an address that has none: a path."""

ENGINES: dict[str, Callable[[str], Store]] = {FOLDER: FolderStore}
"""What opens an address, by the scheme before its `://`."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.ASCII | re.IGNORECASE)


def open_store(address: str) -> Store:
    """The store at an address: a folder, or `scheme://…` of another engine. Raises AddressUnknown."""
    found = _SCHEME.match(address)
    scheme = found[1].lower() if found else FOLDER
    if scheme not in ENGINES:
        known = ", ".join(f"{name}://…" if name else "a folder" for name in sorted(ENGINES))
        raise AddressUnknown(f"no engine opens {scheme}:// addresses ({address}); an index is: {known}")
    return ENGINES[scheme](address)
