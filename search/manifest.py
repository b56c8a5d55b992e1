"""The manifest of one generation of an index, and the pointer that says which one is current.

An index folder looks like this::

    INDEX/current            the name of the live generation, one line
    INDEX/generations/NAME/  one generation: the engine's files and manifest.json

A generation becomes current by one atomic rename of `current`; see `indexer/generations.py`.
"""

import json
import os
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from search.errors import IndexDamaged, IndexMismatch, IndexMissing

SCHEMA_VERSION = 5
"""Rises when the files of an index change shape."""
ANALYSIS_VERSION = 3
"""Rises when the same text gives other terms."""

CURRENT = "current"
GENERATIONS = "generations"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one generation was made with. `created` is ISO 8601 in UTC.

    `seconds` is how long the run took that made it, `failures` how many documents it could not read.
    """

    schema: int
    analysis: int
    underthesea: str
    created: str
    documents: int
    paths: tuple[str, ...] = ()
    fingerprint: str = ""
    failures: int = 0
    keep_boilerplate: bool = False
    seconds: float = 0.0

    @classmethod
    def now(
        cls,
        created: str,
        documents: int,
        paths: tuple[str, ...] = (),
        fingerprint: str = "",
        failures: int = 0,
    ) -> "Manifest":
        """A manifest with the versions of this code."""
        return cls(
            schema=SCHEMA_VERSION,
            analysis=ANALYSIS_VERSION,
            underthesea=version("underthesea"),
            created=created,
            documents=documents,
            paths=paths,
            fingerprint=fingerprint,
            failures=failures,
        )


def write_manifest(generation: Path, manifest: Manifest) -> None:
    """Write and fsync `manifest.json` into a generation's folder."""
    with (generation / MANIFEST).open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, ensure_ascii=False, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())


def read_manifest(generation: Path) -> Manifest:
    """The manifest of a generation, checked against the versions of this code."""
    path = generation / MANIFEST
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        values["paths"] = tuple(values.get("paths", ()))
        manifest = Manifest(**values)
    except FileNotFoundError as error:
        raise IndexDamaged(
            f"{generation} has no {MANIFEST}; rebuild with: python -m indexer build PATH"
        ) from error
    except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise IndexDamaged(
            f"{path} cannot be read ({error}); rebuild with: python -m indexer build PATH"
        ) from error
    wanted = Manifest.now("", 0)
    for name in ("schema", "analysis", "underthesea"):
        found, expected = getattr(manifest, name), getattr(wanted, name)
        if found != expected:
            raise IndexMismatch(
                f"the index at {generation} was made with {name} {found}, this is {name} "
                f"{expected}; rebuild with: python -m indexer build PATH"
            )
    return manifest


def _names(folder: Path) -> set[str]:
    try:
        return {entry.name for entry in folder.iterdir() if entry.is_dir()}
    except OSError:
        return set()


def current_generation(index: Path) -> Path:
    """The folder of the live generation of an index folder."""
    pointer = index / CURRENT
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        if index.is_dir() and any(index.iterdir()) and not (index / GENERATIONS).is_dir():
            raise IndexDamaged(f"{index} is not a Song Ngữ index; choose another --index") from error
        raise IndexMissing(
            f"nothing is indexed at {index}; run: python -m indexer build PATH --index {index}"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"{pointer} cannot be read: {error}") from error
    generation = index / GENERATIONS / name
    # the name is looked for among the folders there, never followed as a path
    if name not in _names(index / GENERATIONS):
        raise IndexDamaged(
            f"{pointer} names no generation of {index}; rebuild with: python -m indexer build PATH"
        )
    return generation
