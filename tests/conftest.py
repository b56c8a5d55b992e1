"""Fixtures that several test files share: an index of our own sentences, and engines over it."""

import json
import shutil
import signal
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from browser_site import browser, site, visit  # noqa: F401 - fixtures
from hypothesis import settings
from memory_engine import MemoryStore
from reference import Reference, ReferenceDocument, without_diacritics

import search
from search.analysis.analyzer import analyze
from search.analysis.document import AnalyzedDocument, TermStream
from search.config import Similarity
from search.document import Document
from search.engines.base import Reader, Searcher, Writer
from search.engines.registry import ENGINES, open_store
from search.execution import execute
from search.lexicon.base import Lexicon
from search.manifest import Manifest
from search.query.plan import Combine, Handle, Plan, Ranked
from search.schema import Name, Part

DOCUMENTS = Path(__file__).parent / "golden" / "documents.jsonl"
CREATED = "2024-12-12T08:00:00+00:00"

IndexWriter = Callable[..., str]


class EngineKind(NamedTuple):
    """An engine that the contract is tested on, and its limits that tests lower."""

    address: Callable[[Path], str]
    """The address of an index that keeps what it has here in a folder."""
    limits: dict[str, tuple[str, int]]
    """What to set to how much: `spills` and `blocks` while writing, `merges` at a commit."""

    def lower(self, monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
        """Lower those of the limits that the engine has."""
        for name in names:
            if name in self.limits:
                monkeypatch.setattr(*self.limits[name])


ENGINES["memory"] = MemoryStore
KINDS = {
    "whoosh": EngineKind(
        str,
        {
            "spills": ("search.engines.whoosh.writer.MAX_BUFFERED_TOKENS", 500),
            "blocks": ("search.engines.arrays.inversion.MAX_BLOCK_POSTINGS", 40),
            "merges": ("search.engines.whoosh.writer.MAX_SEGMENTS", 2),
        },
    ),
    "memory": EngineKind(lambda folder: f"memory://{folder}", {}),
}

# A background job of a shell is born deaf to Ctrl-C: tests that interrupt would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples in every run; `--hypothesis-profile=deep` looks for new ones.
settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=150)
settings.register_profile("deep", deadline=None, max_examples=5_000)
settings.load_profile("repeatable")


def analyzed(document: ReferenceDocument) -> AnalyzedDocument:
    """The same document as an engine's writer takes it."""
    streams = {}
    for name, tokens in document.fields.items():
        terms = list(dict.fromkeys(text for _, text in tokens))
        number = {text: index for index, text in enumerate(terms)}
        streams[name] = TermStream(
            tuple(terms),
            np.array([number[text] for _, text in tokens], np.uint32),
            np.array([at for at, _ in tokens], np.uint32),
        )
    body = " ".join(text for _, text in document.fields.get("body_surface", ()))
    title = " ".join(text for _, text in document.fields.get("title_surface", ()))
    stored = Document(document.id, title, body, document.language, source=document.source, date=document.date)
    lengths = {part: document.length(part) for part in Part}
    return AnalyzedDocument(stored, document.language, streams, lengths)


def plain(id: str, body: str, title: str = "", **columns: str) -> ReferenceDocument:
    """A document of words between spaces: its surfaces and what they fold to."""
    fields = {}
    for part, text in (("title", title), ("body", body)):
        tokens = list(enumerate(text.split()))
        fields[f"{part}_surface"] = tokens
        fields[f"{part}_folded"] = [(at, without_diacritics(word)) for at, word in tokens]
    return ReferenceDocument(id, fields=fields, **columns)


class Archive:
    """An index that a test commits to, and the documents that should be in it."""

    def __init__(self, kind: EngineKind, folder: Path) -> None:
        self.kind = kind
        self.store = open_store(kind.address(folder))
        self.live: dict[str, ReferenceDocument] = {}
        self._reader: Reader | None = None

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """The writer of a generation that goes on from the one before, and is live when the block ends."""
        with self.store.writing(), self.store.build(from_live=bool(self.store.generations())) as build:
            with build.writer() as writer:
                yield writer
            build.promote(Manifest.now(CREATED, 0))

    def commit(self, documents: Iterable[ReferenceDocument] = (), deleted: Iterable[str] = ()) -> None:
        """One generation more: deletions first, then additions."""
        with self.writing() as writer:
            for id in deleted:
                assert writer.delete(id) == (id in self.live)
                self.live.pop(id, None)
            for document in documents:
                writer.add(analyzed(document))
                self.live[document.id] = document

    def reader(self, fresh: bool = False) -> Reader:
        """The index, open; `fresh` opens it anew."""
        if fresh or self._reader is None:
            self._reader = self.store.reader(Similarity())
        return self._reader

    @property
    def searcher(self) -> Searcher:
        """The searcher of now."""
        return self.reader().snapshot().searcher

    @property
    def lexicon(self) -> Lexicon:
        """The lexicon of now."""
        return self.reader().snapshot().lexicon

    def execute(self, plan: Plan) -> Ranked:
        """What a plan finds now."""
        return execute(self.searcher, plan)

    def handle(self, id: str) -> Handle | None:
        """The handle of a document."""
        return next(iter(self.searcher.named([(Name.ID, id)])[0]), None)

    def ids(self, found: Ranked) -> list[str]:
        """The ids of what was found, in order."""
        return [document.id for document in self.searcher.fetch(found.handles)]

    def reference(self, groups: Iterable[Iterable[str]] = ()) -> Reference:
        """The reference over what should be there, in the order and with the handles of the engine."""
        everything = self.searcher.execute(Plan(Combine(), limit=len(self.live) + 1)).handles
        found = [document.id for document in self.searcher.fetch(everything)]
        assert sorted(found) == sorted(self.live)
        handles = dict(zip(found, everything, strict=True))
        documents = {handles[id]: self.live[id] for id in found}
        return Reference(documents, [[handles[id] for id in group] for group in groups])


def write_index(address: str | Path, *commits: Iterable[Document]) -> str:
    """An index with the documents of some commits, one after the other, in place of what was there."""
    store = open_store(str(address))
    with store.writing(), store.build() as build:
        ids = set()
        for documents in commits or ((),):
            with build.writer() as writer:
                for document in documents:
                    writer.add(analyze(document))
                    ids.add(document.id)
        build.promote(Manifest.now(CREATED, len(ids)))
    return str(address)


def read_documents() -> list[Document]:
    """The documents of the sample; those whose id ends in `-nfd` are decomposed, as macOS writes text."""
    documents = [Document(**json.loads(line)) for line in DOCUMENTS.read_text(encoding="utf-8").splitlines()]
    return [
        replace(
            document,
            title=unicodedata.normalize("NFD", document.title),
            text=unicodedata.normalize("NFD", document.text),
        )
        if document.id.endswith("-nfd")
        else document
        for document in documents
    ]


@pytest.fixture(params=KINDS.values(), ids=KINDS.keys())
def kind(request: pytest.FixtureRequest) -> EngineKind:
    """Each engine in turn."""
    engine: EngineKind = request.param
    return engine


@pytest.fixture
def archive(kind: EngineKind, tmp_path: Path) -> Archive:
    """An empty index of each engine in turn."""
    return Archive(kind, tmp_path / "index")


@pytest.fixture(scope="session")
def make_index() -> IndexWriter:
    """Writes documents into an index: `make_index(folder, documents, …)`, a commit for each list."""
    return write_index


@pytest.fixture(scope="session", params=KINDS.values(), ids=KINDS.keys())
def index_anywhere(request: pytest.FixtureRequest) -> IndexWriter:
    """The same with each engine in turn: the index is where the engine keeps it, below the folder."""
    return lambda folder, *commits: write_index(request.param.address(folder), *commits)


@pytest.fixture(scope="session")
def sample() -> dict[str, Document]:
    """The documents of the sample by their ids."""
    return {document.id: document for document in read_documents()}


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory, sample: dict[str, Document]) -> Path:
    """An index of the sample in two segments. Not to be changed: see `own_index`."""
    documents = list(sample.values())
    half = len(documents) // 2
    return Path(write_index(tmp_path_factory.mktemp("sample"), documents[:half], documents[half:]))


@pytest.fixture
def own_index(tmp_path: Path, sample_index: Path) -> Path:
    """A copy of the sample's index that a test may damage."""
    return Path(shutil.copytree(sample_index, tmp_path / "index"))


@pytest.fixture(scope="session")
def sample_engine(
    tmp_path_factory: pytest.TempPathFactory, index_anywhere: IndexWriter, sample: dict[str, Document]
) -> search.Engine:
    """An engine over the sample, of each kind in turn."""
    documents = list(sample.values())
    half = len(documents) // 2
    return search.open(
        index_anywhere(tmp_path_factory.mktemp("anywhere"), documents[:half], documents[half:])
    )
