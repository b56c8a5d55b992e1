"""The synonyms that whoever runs the search names in a file, one group a line:

    # comments and empty lines are skipped
    nhân quyền, quyền con người
    voiture, automobile, bagnole
    CPAM => caisse primaire d’assurance maladie

Words before `=>` find those behind it, not the other way round.
"""

import logging
import threading
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from search.errors import SynonymsUnreadable

MAX_WORDS = 8
"""Words of a synonym: as long a run of a query is looked at as a whole."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Synonyms:
    """What else to look for: each entry is what may be typed, and what it finds besides itself."""

    entries: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def current(self) -> "Synonyms":
        """These, as they do not change."""
        return self


NONE = Synonyms()


def parse(text: str) -> Synonyms:
    """The synonyms in a text. Raises SynonymsUnreadable with the number of the line."""
    entries: list[tuple[str, tuple[str, ...]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        line = line.partition("#")[0].strip()
        if not line:
            continue
        typed, arrow, found = line.partition("=>")
        before = _terms(typed, number)
        if arrow:
            behind = _terms(found, number)
            entries += ((term, behind) for term in before)
        elif len(before) < 2:
            raise SynonymsUnreadable(f"line {number}: a group needs two synonyms, with a comma between them")
        else:
            entries += ((term, tuple(other for other in before if other != term)) for term in before)
    return Synonyms(tuple(entries))


def _terms(side: str, number: int) -> tuple[str, ...]:
    terms = [term.strip() for term in side.split(",")]
    for term in terms:
        if "=>" in term:
            raise SynonymsUnreadable(f"line {number}: one => a line")
        if not any(map(str.isalnum, term)):
            raise SynonymsUnreadable(f"line {number}: a synonym is missing beside a comma or =>")
        if len(term.split()) > MAX_WORDS:
            raise SynonymsUnreadable(f"line {number}: “{term}” has more than {MAX_WORDS} words")
    return tuple(dict.fromkeys(terms))


class SynonymsFile:
    """The synonyms of a file, read again when it changes. Safe to share between threads."""

    def __init__(self, path: str | PathLike[str]) -> None:
        """Read the file. Raises SynonymsUnreadable."""
        self._path = Path(path)
        self._lock = threading.Lock()
        self._seen = self._stamp()
        self._synonyms = self._read()

    def current(self) -> Synonyms:
        """The synonyms of now; those of before, and a warning in the log, while the file is faulty."""
        with self._lock:
            stamp = self._stamp()
            if stamp != self._seen:
                self._seen = stamp
                try:
                    self._synonyms = self._read()
                except SynonymsUnreadable as error:
                    logger.warning("%s; the synonyms read before are kept", error)
            return self._synonyms

    def _stamp(self) -> tuple[int, int, int]:
        try:
            found = self._path.stat()
        except OSError:
            return 0, 0, 0
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _read(self) -> Synonyms:
        try:
            raw = self._path.read_bytes()
        except OSError as error:
            reason = error.strerror or error
            raise SynonymsUnreadable(f"cannot read the synonyms in {self._path}: {reason}") from error
        try:
            return parse(raw.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            raise SynonymsUnreadable(f"synonyms in {self._path}, line {line}: not UTF-8") from error
        except SynonymsUnreadable as error:
            raise SynonymsUnreadable(f"synonyms in {self._path}, {error}") from error
