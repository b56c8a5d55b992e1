"""One indexer at a time: a lock of the operating system, let go however its process ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.errors import IndexLocked, IndexUnwritable

LOCK = "lock"


@contextmanager
def exclusive(work: Path, address: str) -> Iterator[None]:
    """Hold the work folder of an index, which is made if need be. Raises IndexLocked at once.

    An error of the disk inside the block comes out as IndexUnwritable.
    """
    try:
        work.mkdir(parents=True, exist_ok=True)
        with (work / LOCK).open("a+", encoding="ascii") as lock:
            _acquire(lock.fileno(), address)
            lock.truncate(0)
            lock.write(str(os.getpid()))
            lock.flush()
            yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise IndexUnwritable(f"cannot write to {address}: {reason}; the index is unchanged") from error


def _acquire(lock: int, address: str) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(lock, 20, 0).decode("ascii", "replace")
        who = f" (process {holder})" if holder.isdigit() else ""
        raise IndexLocked(
            f"another indexer{who} is writing to {address}; wait for it, or choose another --index"
        ) from error
