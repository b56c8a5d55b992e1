"""What a generation was made from: its files and documents with their digests, in one SQLite file.

An update compares it with what is there now, so that only what has changed is analysed again. It lives
in the generation's folder: whichever generation is live, its ledger is the right one.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

from indexer.readers import READERS_VERSION
from search.document import Document
from search.errors import IndexDamaged

LEDGER = "ledger.sqlite"
_BLOCK = 1 << 20
_TABLES = """
    create table if not exists file (path text primary key, digest blob not null) without rowid;
    create table if not exists document (id text primary key, path text not null, digest blob not null)
        without rowid;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as it was indexed: the absolute path of its file, and a digest of all its fields."""

    path: str
    digest: bytes


class Ledger:
    """The files and documents of one generation. Open it with `ledger`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def files(self) -> dict[str, bytes]:
        """The digest of each file by its absolute path."""
        return dict(self._connection.execute("select path, digest from file"))

    def documents(self) -> dict[str, Entry]:
        """All documents by id."""
        rows = self._connection.execute("select id, path, digest from document")
        return {id: Entry(path, digest) for id, path, digest in rows}

    def count(self) -> int:
        """How many documents there are."""
        (count,) = self._connection.execute("select count(*) from document").fetchone()
        return int(count)

    def put_file(self, path: str, digest: bytes) -> None:
        """Note a file as read."""
        self._connection.execute("insert or replace into file values (?, ?)", (path, digest))

    def put(self, document_id: str, entry: Entry) -> None:
        """Note a document as indexed."""
        row = (document_id, entry.path, entry.digest)
        self._connection.execute("insert or replace into document values (?, ?, ?)", row)

    def forget_files(self, paths: Iterable[str]) -> None:
        """Forget files that are gone; their documents are forgotten by id."""
        self._connection.executemany("delete from file where path = ?", ((path,) for path in paths))

    def forget(self, document_ids: Iterable[str]) -> None:
        """Forget documents that were removed."""
        self._connection.executemany("delete from document where id = ?", ((id,) for id in document_ids))


@contextmanager
def ledger(generation: Path) -> Iterator[Ledger]:
    """The ledger of a generation; what was put into it is kept when the block ends without an error.

    Raises IndexDamaged.
    """
    path = generation / LEDGER
    try:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.executescript(_TABLES)
            yield Ledger(connection)
    except sqlite3.DatabaseError as error:
        raise IndexDamaged(
            f"{path} cannot be read ({error}); rebuild with: python -m indexer build PATH"
        ) from error


def file_digest(path: Path) -> bytes:
    """SHA-256 of a file's content; other readers would make other documents of it, so they count too."""
    digest = hashlib.sha256(f"readers {READERS_VERSION}\n".encode())
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.digest()


def document_digest(document: Document) -> bytes:
    """The first 16 bytes of SHA-256 over all fields of a document."""
    written = "\0".join(astuple(document)).encode("utf-8", "surrogatepass")
    return hashlib.sha256(written).digest()[:16]
