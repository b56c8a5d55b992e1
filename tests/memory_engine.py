"""A second engine, to prove the seam: generations in memory, Plans executed by the reference.

Nothing of it is of the Whoosh engine: its handles are names, its lexicon is a set of files, and it cannot
collapse, which is done in its place. An index is `memory://FOLDER`; the folder holds the lexicon and what
an indexer keeps beside an index.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from reference import Reference, ReferenceDocument

from search.analysis.document import AnalyzedDocument
from search.analysis.resemblance import PERMUTATIONS
from search.analysis.titles import title_keys
from search.config import Similarity
from search.document import Copy, Document, addresses, alternate_key, encodable
from search.duplicates import representatives
from search.engines.base import Generation
from search.engines.lock import exclusive
from search.errors import IndexMissing
from search.lexicon.base import Lexicon
from search.lexicon.files import LexiconWriter
from search.lexicon.reader import open_lexicon
from search.manifest import Manifest
from search.query.plan import Combine, Feature, Handle, Plan, Ranked
from search.results import Status
from search.schema import Name
from search.verify import verify

_BATCH = 7
"""Documents of one file of the lexicon: small, so that most lexicons have several."""
_numbers = count(1)


class _Reference(Reference):
    """The reference without what an engine may lack."""

    def execute(self, plan: Plan) -> Ranked:
        assert not plan.collapse
        return super().execute(plan)


@dataclass(frozen=True)
class _Version:
    """The documents of one generation by handle, and its groups of near-duplicates."""

    name: str
    documents: Mapping[str, AnalyzedDocument]
    groups: Sequence[frozenset[str]] = ()
    lexicon: Lexicon | None = None
    manifest: Manifest | None = None


class MemorySearcher:
    lacks = frozenset({Feature.COLLAPSE})

    def __init__(self, version: _Version) -> None:
        self._version = version
        self._reference = _Reference({handle: _plain(own) for handle, own in version.documents.items()})
        self.documents = len(version.documents)

    def execute(self, plan: Plan) -> Ranked:
        return self._reference.execute(plan)

    def fetch(self, handles: Sequence[Handle]) -> Sequence[Document]:
        return [_stored(self._version.documents[str(handle)]) for handle in handles]

    def similar(self, handles: Sequence[Handle]) -> Sequence[Sequence[Handle]]:
        groups = {handle: group for group in self._version.groups for handle in group}
        order = list(self._version.documents)
        return [
            [each for each in order if each in groups.get(str(handle), ()) and each != handle]
            for handle in handles
        ]

    def counterparts(self, handles: Sequence[Handle]) -> Sequence[Sequence[tuple[Handle, float]]]:
        return [[] for _ in handles]

    def named(self, names: Sequence[tuple[Name, str]]) -> Sequence[Sequence[Handle]]:
        return [self._named(field, encodable(name)) for field, name in names]

    def _named(self, field: Name, name: str) -> list[Handle]:
        found = self._version.documents.items()
        own = [handle for handle, each in found if name in _names(each.document, field)]
        of_copies = [
            handle
            for handle, each in found
            if any(name in _names(copy, field) for copy in each.document.copies)
        ]
        return [*own, *of_copies]


@dataclass(frozen=True)
class MemorySnapshot:
    searcher: MemorySearcher
    lexicon: Lexicon


class MemoryWriter:
    def __init__(self, build: "MemoryBuild") -> None:
        self._build = build
        self._documents = dict(build.version.documents)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            version = replace(self._build.version, documents=self._documents)
            self._build.version = replace(
                version, groups=_groups(version), lexicon=_lexicon(version, self._build.store.work)
            )

    def add(self, document: AnalyzedDocument) -> None:
        self.delete(document.document.id)
        self._documents[f"{document.document.id} #{next(_numbers)}"] = document

    def add_copy(self, document_id: str, copy: Copy) -> None:
        handle = next(h for h, each in self._documents.items() if each.document.id == document_id)
        own = self._documents[handle]
        copies = (*own.document.copies, copy)
        self._documents[handle] = replace(own, document=replace(own.document, copies=copies))

    def delete(self, document_id: str) -> bool:
        for handle, each in self._documents.items():
            if each.document.id == document_id:
                del self._documents[handle]
                return True
        return False


class MemoryBuild:
    def __init__(self, store: "MemoryStore", version: _Version) -> None:
        self.store = store
        self.version = version
        self.name = version.name

    def writer(self) -> MemoryWriter:
        return MemoryWriter(self)

    def verify(self, documents: int) -> None:
        verify(MemorySearcher(self.version), self.store.address, documents)

    def promote(self, manifest: Manifest) -> Generation:
        versions = self.store.versions
        versions.append(replace(self.version, manifest=manifest))
        del versions[:-2]
        self.store.live_name[:] = [self.name]
        return Generation(self.name, manifest)


_VERSIONS: dict[str, list[_Version]] = {}
_LIVE: dict[str, list[str]] = {}


class MemoryStore:
    def __init__(self, address: str) -> None:
        self.address = address
        self.local = Path(address.removeprefix("memory://"))
        self.work = self.local / "work"
        self.versions = _VERSIONS.setdefault(address, [])
        self.live_name = _LIVE.setdefault(address, [])

    def version(self) -> _Version:
        for version in self.versions:
            if [version.name] == self.live_name:
                return version
        raise IndexMissing(
            f"nothing is indexed at {self.address}; run: python -m indexer build PATH --index {self.address}"
        )

    def live(self) -> Generation:
        version = self.version()
        assert version.manifest
        return Generation(version.name, version.manifest)

    def reader(self, similarity: Similarity) -> "MemoryReader":
        assert similarity == Similarity()  # what the reference knows
        return MemoryReader(self)

    @contextmanager
    def writing(self) -> Iterator[None]:
        with exclusive(self.work, self.address):
            yield

    @contextmanager
    def build(self, *, from_live: bool = False) -> Iterator[MemoryBuild]:
        version = _Version(f"m{next(_numbers):06}", {})
        if from_live:
            version = replace(self.version(), name=version.name, manifest=None)
        yield MemoryBuild(self, version)

    def generations(self) -> Sequence[str]:
        return sorted((version.name for version in self.versions), reverse=True)

    def rollback(self) -> Generation:
        live = self.live().name
        older = [name for name in self.generations() if name < live]
        if not older:
            raise IndexMissing(f"{self.address} holds no previous version of the index; nothing was changed")
        self.live_name[:] = older[:1]
        return self.live()

    def verify(self) -> Generation:
        live = self.live()
        verify(MemorySearcher(self.version()), self.address, live.manifest.documents)
        return live


class MemoryReader:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self._known: tuple[str, MemorySnapshot] | None = None
        self.snapshot()

    def snapshot(self) -> MemorySnapshot:
        version = self._store.version()
        if self._known is None or self._known[0] != version.name:
            assert version.lexicon
            self._known = version.name, MemorySnapshot(MemorySearcher(version), version.lexicon)
        return self._known[1]

    def status(self) -> Status:
        live = self._store.live()
        facets = self.snapshot().searcher.execute(Plan(Combine(), limit=0)).facets
        return Status(
            documents=self.snapshot().searcher.documents,
            generation=live.name,
            created=live.manifest.created,
            languages=dict(facets["language"]),
            sources=dict(facets["source"]),
            years=dict(sorted(facets["year"])),
            bytes=sum(len(each.document.text) for each in self._store.version().documents.values()),
        )

    def close(self) -> None:
        self._known = None


def _plain(own: AnalyzedDocument) -> ReferenceDocument:
    fields = {
        name: [(int(at), stream.terms[id]) for at, id in zip(stream.positions, stream.ids, strict=True)]
        for name, stream in own.streams.items()
    }
    document = own.document
    return ReferenceDocument(document.id, own.language, document.source, document.date, fields)


def _stored(own: AnalyzedDocument) -> Document:
    return replace(own.document, language=own.language)


def _names(place: Document | Copy, field: Name) -> list[str]:
    match field:
        case Name.ID:
            return [encodable(place.id)]
        case Name.ADDRESS:
            return addresses(place)
        case Name.ALTERNATE:
            return [alternate_key(name) for name in place.alternates]
        case Name.TITLE | Name.FOLDED_TITLE:
            keys = title_keys(place.title) if isinstance(place, Document) else {}
            return [keys[field]] if keys else []


def _groups(version: _Version) -> Sequence[frozenset[str]]:
    none = bytes(PERMUTATIONS)
    rows = np.frombuffer(
        b"".join(each.signature or none for each in version.documents.values()), np.uint8
    ).reshape(-1, PERMUTATIONS)
    first = representatives(rows, np.ones(len(rows), bool)).tolist()
    handles = list(version.documents)
    sizes = Counter(first)
    return [
        frozenset(handle for handle, own in zip(handles, first, strict=True) if own == leader)
        for leader, size in sizes.items()
        if size > 1
    ]


def _lexicon(version: _Version, work: Path) -> Lexicon:
    writer = LexiconWriter()
    paths = []
    documents = list(version.documents.values())
    for start in range(0, max(len(documents), 1), _BATCH):
        for document in documents[start : start + _BATCH]:
            writer.add(document)
        paths.append(work / f"{version.name}-{start}.lexicon")
        writer.write(paths[-1])
    return open_lexicon(paths)
