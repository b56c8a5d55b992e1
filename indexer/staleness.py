"""Whether an index still is what a build of the same paths would give."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from indexer.readers import READERS_VERSION
from indexer.sources import SourceFile
from search.errors import SearchError
from search.manifest import current_generation, read_manifest


def fingerprint(files: Iterable[SourceFile], keep_boilerplate: bool = False) -> str:
    """A digest over names, sizes, times of change, the version of the readers and the cleaning."""
    digest = hashlib.sha256(f"readers {READERS_VERSION} {keep_boilerplate}\n".encode())
    for file in files:
        digest.update(f"{file.id}\0{file.size}\0{file.modified}\n".encode())
    return digest.hexdigest()


def is_fresh(index: Path, wanted: str) -> bool:
    """Whether the live generation can be read, was made by this version, and from the same files."""
    try:
        return read_manifest(current_generation(index)).fingerprint == wanted
    except SearchError:
        return False
