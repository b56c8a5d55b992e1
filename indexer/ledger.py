"""What a generation was made from: its files and documents with their digests, in one SQLite file.

An update compares it with what is there now, so that only what has changed is analysed again. It lies in
the work folder of the store under the name of its generation: whichever is live, its ledger is found.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from indexer.readers import READERS_VERSION, Failure
from search.document import Document
from search.engines.base import Store
from search.errors import IndexDamaged, IndexUnwritable

_FOLDER, _SUFFIX = "ledgers", ".sqlite"
_BLOCK = 1 << 20
_CONTENT = 16  # bytes of a document's digest that stand for its title and text
_TABLES = """
    create table if not exists file (number integer primary key, path text unique not null, digest blob);
    create table if not exists document (
        id text primary key, file integer not null, digest blob not null, original text not null
    ) without rowid;
    create table if not exists failure (file text, place text, reason text);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as it was indexed: the absolute path of its file, and its digest.

    `original` is the id of the document that is indexed in its place, for it is a copy of that one.
    """

    path: str
    digest: bytes
    original: str = ""

    @property
    def content(self) -> bytes:
        """The digest of its title and text: equal for copies."""
        return self.digest[:_CONTENT]


class Ledger:
    """The files and documents of one generation. Open it with `ledger`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._numbers: dict[str, int] = {}

    def files(self) -> dict[str, bytes]:
        """The digest of each file that was read whole, by its absolute path."""
        return dict(self._connection.execute("select path, digest from file where digest is not null"))

    def documents(self) -> dict[str, Entry]:
        """All documents by id, copies too."""
        rows = self._connection.execute(
            "select id, path, document.digest, original from document join file on file = number order by id"
        )
        return {id: Entry(path, digest, original) for id, path, digest, original in rows}

    def count(self) -> int:
        """How many documents are indexed: copies do not count."""
        (count,) = self._connection.execute("select count(*) from document where original = ''").fetchone()
        return int(count)

    def copies(self) -> int:
        """How many documents are copies of another."""
        (count,) = self._connection.execute("select count(*) from document where original <> ''").fetchone()
        return int(count)

    def put_file(self, path: str, digest: bytes) -> None:
        """Note a file as read."""
        self._connection.execute("update file set digest = ? where number = ?", (digest, self._number(path)))

    def put(self, document_id: str, entry: Entry) -> None:
        """Note a document as indexed."""
        row = (document_id, self._number(entry.path), entry.digest, entry.original)
        self._connection.execute("insert or replace into document values (?, ?, ?, ?)", row)

    def forget_files(self, paths: Iterable[str]) -> None:
        """Forget files that are gone; their documents are forgotten by id."""
        self._connection.executemany(
            "update file set digest = null where path = ?", ((path,) for path in paths)
        )

    def forget(self, document_ids: Iterable[str]) -> None:
        """Forget documents that were removed."""
        self._connection.executemany("delete from document where id = ?", ((id,) for id in document_ids))

    def failures(self) -> list[tuple[str, str]]:
        """Place and reason of what could not be indexed, as the last runs found it."""
        return list(self._connection.execute("select place, reason from failure order by rowid"))

    def put_failures(self, failures: Iterable[Failure]) -> None:
        """Note what could not be indexed."""
        rows = ((str(Path(each.file).absolute()), each.place, each.reason) for each in failures)
        self._connection.executemany("insert into failure values (?, ?, ?)", rows)

    def forget_failures(self, folder: Path) -> None:
        """Forget the failures of a file, or of all files in a folder."""
        path = str(folder.absolute())
        self._connection.execute(
            "delete from failure where file = ? or substr(file, 1, ?) = ?",
            (path, len(path.rstrip("/")) + 1, path.rstrip("/") + "/"),
        )

    def _number(self, path: str) -> int:
        if path not in self._numbers:
            self._connection.execute("insert or ignore into file (path) values (?)", (path,))
            (self._numbers[path],) = self._connection.execute(
                "select number from file where path = ?", (path,)
            ).fetchone()
        return self._numbers[path]


def ledger_path(store: Store, generation: str) -> Path:
    """Where the ledger of a generation is, or will be."""
    return store.work / _FOLDER / f"{generation}{_SUFFIX}"


@contextmanager
def ledgers(store: Store) -> Iterator[None]:
    """Keep the ledgers of complete generations only, before and after a run: it may have been killed."""
    _drop(store)
    try:
        yield
    finally:
        _drop(store)


def _drop(store: Store) -> None:
    if not store.generations():  # nothing to go by
        return
    kept = {ledger_path(store, name) for name in store.generations()}
    for path in (store.work / _FOLDER).glob(f"*{_SUFFIX}*"):
        if not any(path.name.startswith(each.name) for each in kept):
            path.unlink(missing_ok=True)


@contextmanager
def ledger(path: Path) -> Iterator[Ledger]:
    """A ledger by its path; what was put into it is kept when the block ends without an error.

    Raises IndexDamaged, or IndexUnwritable when the disk is full.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.executescript(_TABLES)
            yield Ledger(connection)
    except sqlite3.OperationalError as error:
        raise IndexUnwritable(f"{path} cannot be written: {error}; the index is unchanged") from error
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
    """24 bytes of SHA-256: 16 over the title and the text, 8 over all other fields but the id."""
    rest = (document.language, document.url, document.source, document.author, document.date)
    return (
        _digest(document.title, document.text)[:_CONTENT]
        + _digest(*rest, document.boilerplate, *document.alternates)[: _CONTENT // 2]
    )


def _digest(*fields: str) -> bytes:
    return hashlib.sha256("\0".join(fields).encode("utf-8", "surrogatepass")).digest()
