"""Whether an index still is what a build of the same paths would give."""

import hashlib
from collections.abc import Iterable

from indexer.readers import READERS_VERSION
from indexer.sources import SourceFile
from search.engines.base import Store
from search.errors import SearchError


def fingerprint(files: Iterable[SourceFile], keep_boilerplate: bool = False) -> str:
    """A digest over names, sizes, times of change, the version of the readers and the cleaning."""
    digest = hashlib.sha256(f"readers {READERS_VERSION} {keep_boilerplate}\n".encode())
    for file in files:
        digest.update(f"{file.id}\0{file.size}\0{file.modified}\n".encode())
    return digest.hexdigest()


def is_fresh(store: Store, wanted: str) -> bool:
    """Whether the live generation can be read, was made by this version, and from the same files."""
    try:
        return store.live().manifest.fingerprint == wanted
    except SearchError:
        return False
