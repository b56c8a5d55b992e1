"""What one generation of an index was made with, as JSON beside it, wherever its engine keeps that."""

import json
from dataclasses import asdict, dataclass
from importlib.metadata import version

from search.errors import IndexDamaged, IndexMismatch

SCHEMA_VERSION = 8
"""Rises when the files of an index change shape."""
ANALYSIS_VERSION = 4
"""Rises when the same text gives other terms."""

REBUILD = "rebuild with: python -m indexer build PATH"
"""What to do about an index that cannot be used."""


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


def encoded(manifest: Manifest) -> str:
    """A manifest as a JSON text."""
    return json.dumps(asdict(manifest), ensure_ascii=False, indent=2) + "\n"


def decoded(text: str, place: str) -> Manifest:
    """The manifest in a JSON text that was found at a place, checked against the versions of this code.

    Raises IndexDamaged or IndexMismatch.
    """
    try:
        values = json.loads(text)
        values["paths"] = tuple(values.get("paths", ()))
        manifest = Manifest(**values)
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise IndexDamaged(f"{place} cannot be read ({error}); {REBUILD}") from error
    wanted = Manifest.now("", 0)
    for name in ("schema", "analysis", "underthesea"):
        found, expected = getattr(manifest, name), getattr(wanted, name)
        if found != expected:
            raise IndexMismatch(
                f"the index at {place} was made with {name} {found}, this is {name} {expected}; {REBUILD}"
            )
    return manifest
