"""What an index holds and how its last run went, in lines for people and in JSON for programs."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from indexer.ledger import ledger, ledger_path
from indexer.report import counts, number_of, visible
from search.config import Similarity
from search.engines.base import Store
from search.manifest import Manifest
from search.results import Status

_MAX_SHOWN = 20


@dataclass(frozen=True, slots=True)
class State:
    """An index as it is now. `failures` are pairs of place and reason."""

    address: str
    status: Status
    manifest: Manifest
    copies: int
    failures: tuple[tuple[str, str], ...]
    generations: tuple[str, ...]


def state(store: Store) -> State:
    """The state of an index. Raises IndexMissing, IndexDamaged or IndexMismatch."""
    live = store.live()
    reader = store.reader(Similarity())
    try:
        status = reader.status()
    finally:
        reader.close()
    copies, failures = 0, []
    if (path := ledger_path(store, live.name)).exists():
        with ledger(path) as made_from:
            copies, failures = made_from.copies(), made_from.failures()
    generations = tuple(store.generations())
    return State(store.address, status, live.manifest, copies, tuple(failures), generations)


def as_json(state: State) -> dict[str, object]:
    """The state as a JSON object."""
    values = asdict(state.manifest) | asdict(state.status)
    failures = [{"place": place, "reason": reason} for place, reason in state.failures]
    return values | {
        "index": state.address,
        "copies": state.copies,
        "failures": failures,
        "generations": list(state.generations),
    }


def as_lines(state: State) -> Iterator[str]:
    """The state as lines on a terminal."""
    status, manifest = state.status, state.manifest
    older = [name for name in state.generations if name < status.generation]
    lines = {
        "index": f"{state.address} (version {status.generation})",
        "documents": f"{status.documents:,}"
        + (f", and {number_of(state.copies, 'exact copy', 'exact copies')}" if state.copies else ""),
        "languages": counts(status.languages),
        "sources": counts(status.sources),
        "years": " · ".join(f"{year} {number:,}" for year, number in sorted(status.years.items())),
        "size": f"{status.bytes / 1e6:,.1f} MB",
        "last run": f"{status.created}, {manifest.seconds:,.1f} s",
        "versions": f"schema {manifest.schema} · analysis {manifest.analysis} "
        f"· underthesea {manifest.underthesea}",
        "from": ", ".join(manifest.paths) + (", boilerplate kept" if manifest.keep_boilerplate else ""),
        "rollback": f"to the previous version of the index, {older[0]}" if older else "no previous version",
        "failures": f"{len(state.failures):,}",
    }
    for name, value in lines.items():
        yield f"{name:<10} {value}"
    for place, reason in state.failures[:_MAX_SHOWN]:
        yield f"  {visible(place)}: {visible(reason)}"
    if len(state.failures) > _MAX_SHOWN:
        yield f"  and {len(state.failures) - _MAX_SHOWN:,} more: status --json lists them all"
