"""What an engine offers: a Store by address, builds of new generations, Searchers over what is live."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from search.analysis.document import AnalyzedDocument
from search.config import Similarity
from search.document import Copy, Document
from search.lexicon.base import Lexicon
from search.manifest import Manifest
from search.query.plan import Feature, Handle, Plan, Ranked
from search.results import Status
from search.schema import Name


class Writer(Protocol):
    """Writes the documents of one build. Use it in `with`: leaving commits, an exception cancels.

    Raises IndexUnwritable when the disk or the network says no.
    """

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def add(self, document: AnalyzedDocument) -> None:
        """Add a document; an earlier one with the same id is replaced."""

    def add_copy(self, document_id: str, copy: Copy) -> None:
        """Note another place of a document that this writer has added; it is found by that id too."""

    def delete(self, document_id: str) -> bool:
        """Delete the document with that id; False when there is none."""


class Searcher(Protocol):
    """Executes Plans over an index at one moment: new generations do not change it.

    Safe to share between threads. Documents go by handles that mean something to this searcher only; the
    order of the index is the engine's own, and the same for all Plans.
    """

    @property
    def documents(self) -> int:
        """How many documents it holds."""

    @property
    def lacks(self) -> frozenset[Feature]:
        """What it cannot do of a Plan: `search.execution` does it in its place."""

    def execute(self, plan: Plan) -> Ranked:
        """The documents that match a plan, ranked."""

    def fetch(self, handles: Sequence[Handle]) -> Sequence[Document]:
        """The documents of some handles, whole, in their order."""

    def similar(self, handles: Sequence[Handle]) -> Sequence[Sequence[Handle]]:
        """The near-duplicates of each document, in the order of the index, without itself."""

    def counterparts(self, handles: Sequence[Handle]) -> Sequence[Sequence[tuple[Handle, float]]]:
        """What was found to tell the story of each in another language, and how alike they are, to 1."""

    def named(self, names: Sequence[tuple[Name, str]]) -> Sequence[Sequence[Handle]]:
        """The documents that have each name: as their own first, then as that of a copy."""


class Snapshot(Protocol):
    """An index at one moment: what executes Plans on it, and what knows its words."""

    @property
    def searcher(self) -> Searcher:
        """Executes Plans, hands out documents."""

    @property
    def lexicon(self) -> Lexicon:
        """Knows the words."""


class Reader(Protocol):
    """An index open for reading. It follows the live generation by itself."""

    def snapshot(self) -> Snapshot:
        """The index as it is now."""

    def status(self) -> Status:
        """What the index holds."""

    def close(self) -> None:
        """Let go of it once no snapshot is in use."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One complete version of an index: each build or update makes a new one."""

    name: str
    manifest: Manifest


class Build(Protocol):
    """A generation being made beside the live one. Nobody sees it before `promote`."""

    @property
    def name(self) -> str:
        """What the generation will be called; later ones come later in the order of names."""

    def writer(self) -> Writer:
        """The writer of its documents; one after the other, not two at once."""

    def verify(self, documents: int) -> None:
        """Check that it holds so many documents, is intact and can be searched. Raises IndexDamaged."""

    def promote(self, manifest: Manifest) -> Generation:
        """Make it the live generation, durably; keep it and the one that was live before, drop the others."""


class Store(Protocol):
    """An index by its address, whether there is anything in it yet or not."""

    @property
    def address(self) -> str:
        """Where it is, as it was given."""

    @property
    def local(self) -> Path:
        """The folder of this disk that holds all that it keeps here: never a part of an archive."""

    @property
    def work(self) -> Path:
        """A folder below `local` for what goes with it: ledgers, locks, remembered segmentations."""

    def live(self) -> Generation:
        """The live generation. Raises IndexMissing, IndexDamaged, IndexMismatch."""

    def reader(self, similarity: Similarity) -> Reader:
        """Open for reading. Raises what `live` raises."""

    def writing(self) -> AbstractContextManager[None]:
        """Hold it for writing, made if need be; what killed runs have left is removed.

        Raises IndexLocked at once where another process holds it, IndexUnwritable, IndexDamaged.
        """

    def build(self, *, from_live: bool = False) -> AbstractContextManager[Build]:
        """A new generation, inside `writing`: empty, or with the documents of the live one to begin with.

        What is not promoted when the block ends is removed.
        """

    def generations(self) -> Sequence[str]:
        """The names of the complete generations, the latest first."""

    def rollback(self) -> Generation:
        """Make the generation before the live one live again, inside `writing`. Raises IndexMissing."""

    def verify(self) -> Generation:
        """Check the live generation, every checksum included. Raises IndexDamaged."""
