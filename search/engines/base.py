"""What an engine offers: a writer that takes analysed documents, an index that executes Plans."""

from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

from search.analysis.document import AnalyzedDocument
from search.document import Copy, Document
from search.query.plan import Plan, Ranked
from search.results import Status


class Writer(Protocol):
    """Writes one generation. Use it in `with`: leaving commits, an exception cancels.

    Raises IndexLocked when another writer holds the generation, IndexUnwritable when the disk says no.
    """

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def add(self, document: AnalyzedDocument) -> None:
        """Add a document; one with the same id, committed or not, is replaced."""

    def add_copy(self, document_id: str, copy: Copy) -> None:
        """Note another place of a document that this writer has added; it is found by that id too."""

    def delete(self, document_id: str) -> bool:
        """Delete the document with that id; False when there is none."""


class Snapshot(Protocol):
    """An index at one moment: commits and new generations do not change it. Safe to share between threads."""

    @property
    def documents(self) -> int:
        """How many documents it holds."""

    def execute(self, plan: Plan) -> Ranked:
        """The documents that match a plan, ranked."""

    def stored(self, doc: int) -> Document:
        """A document by the number that `execute` gave it."""

    def find(self, document_id: str) -> int | None:
        """The number of the document with an id, its own or that of a copy."""

    def similar(self, doc: int) -> Sequence[int]:
        """The near-duplicates of a document, ascending, without itself."""

    def alternates(self, doc: int) -> Sequence[int]:
        """The documents that one names as its alternates, and those that name it, ascending, without itself.

        A name is the id or the address of a document, or of a copy; what copies declare counts too.
        """

    def variants(self, folded: str) -> Sequence[tuple[str, int]]:
        """The spellings that fold to a term and how often each occurs, most frequent first."""

    def forms(self, stem: str) -> Sequence[str]:
        """The spellings in bodies that have a stem."""

    def words(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """The most frequent spellings of bodies whose folded form begins so."""

    def compounds(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """The compounds in the most documents whose folded form begins so, their syllables apart."""

    def following(self, left: str, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """What stands most often behind a spelling and begins so when folded."""

    def resembling(self, folded: str) -> Sequence[tuple[str, int]]:
        """Spellings of bodies whose folded forms are at most two edits away, and their counts."""

    def pair_counts(self, pairs: Sequence[tuple[str, str]]) -> Sequence[int]:
        """How often each pair of spellings stands side by side in bodies."""

    def occurrences(self) -> int:
        """How many tokens all bodies have."""


class Index(Protocol):
    """One index folder, open for reading."""

    def snapshot(self) -> Snapshot:
        """The index as it is now; follows commits and new generations."""

    def status(self) -> Status:
        """What the index holds."""

    def close(self) -> None:
        """Let go of the files once no snapshot uses them."""
