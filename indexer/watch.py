"""`update --watch`: the index follows its folders as they change."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from watchfiles import Change, watch

from indexer import sources
from indexer.update import Updated
from search.errors import IndexLocked

_SETTLE_MS = 100
"""Without a further change for so long, what has changed is looked at."""
_MAX_WAIT_MS = 800
"""And after so long in any case: something may always be changing."""
_POLL_MS = 1000
"""How soon what another indexer kept waiting is tried again."""


def follow(
    paths: Sequence[Path],
    outside: Path,
    stop: threading.Event,
    refresh: Callable[[tuple[Path, ...]], Updated],
) -> Iterator[Updated]:
    """Refresh what changes in the paths until `stop` is set, and yield each outcome.

    Nothing below `outside`, where the index itself may be, is looked at. While another indexer holds the
    index, changes wait. Raises SearchError.
    """
    roots = [path.resolve() for path in paths]
    own = outside.resolve()

    def wanted(change: Change, name: str) -> bool:
        path = Path(name)
        if path == own or own in path.parents:  # an index inside the folder it is made from
            return False
        return any(sources.is_candidate(path, root) for root in roots if root in (path, *path.parents))

    waiting: set[Path] = set()
    changes = watch(
        *roots,
        watch_filter=wanted,
        debounce=_MAX_WAIT_MS,
        step=_SETTLE_MS,
        stop_event=stop,
        rust_timeout=_POLL_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    for changed in changes:
        waiting |= {_as_given(Path(name), paths, roots) for _, name in changed}
        if not waiting:
            continue
        try:
            yield refresh(tuple(sorted(waiting)))
        except IndexLocked:
            continue
        waiting.clear()


def _as_given(path: Path, paths: Sequence[Path], roots: Sequence[Path]) -> Path:
    """The path as it follows from those given: the ledger knows a file by the way that led to it."""
    for given, root in zip(paths, roots, strict=True):
        if root in (path, *path.parents):
            return given.absolute() / path.relative_to(root)
    return path
