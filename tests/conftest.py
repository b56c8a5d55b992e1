"""Fixtures that several test files share: an index of our own sentences, and engines over it."""

import json
import shutil
import signal
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from browser_site import browser, site, visit  # noqa: F401 - fixtures
from hypothesis import settings
from reference import Reference, ReferenceDocument, without_diacritics

import search
from search.analysis.analyzer import analyze
from search.analysis.document import AnalyzedDocument, TermStream
from search.config import Similarity
from search.document import Document
from search.engines.base import Index, Snapshot, Writer
from search.engines.whoosh import create_writer, open_index
from search.fields import Part
from search.manifest import CURRENT, GENERATIONS, Manifest, write_manifest

DOCUMENTS = Path(__file__).parent / "golden" / "documents.jsonl"
CREATED = "2024-12-12T08:00:00+00:00"

IndexWriter = Callable[..., Path]


class EngineKind(NamedTuple):
    """An engine that the contract is tested on, and its limits that tests lower."""

    create_writer: Callable[[Path], Writer]
    open_index: Callable[[Path], Index]
    limits: dict[str, tuple[str, int]]
    """What to set to how much: `spills` and `blocks` while writing, `merges` at a commit."""


ENGINES = {
    "whoosh": EngineKind(
        create_writer,
        lambda folder: open_index(folder, Similarity()),
        {
            "spills": ("search.engines.whoosh.writer.SPILL_TOKENS", 500),
            "blocks": ("search.engines.whoosh.inversion.BLOCK_POSTINGS", 40),
            "merges": ("search.engines.whoosh.writer.MAX_SEGMENTS", 2),
        },
    )
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


class Store:
    """An index folder that a test commits to, and the documents that should be in it."""

    def __init__(self, kind: EngineKind, folder: Path) -> None:
        self.kind = kind
        self.folder = folder
        self.generation = folder / GENERATIONS / "g1"
        self.live: dict[str, ReferenceDocument] = {}
        self._index: Index | None = None
        self.generation.mkdir(parents=True)
        write_manifest(self.generation, Manifest.now(CREATED, 0))
        (folder / CURRENT).write_text("g1\n")

    def commit(self, documents: Iterable[ReferenceDocument] = (), deleted: Iterable[str] = ()) -> None:
        """One commit: deletions first, then additions."""
        with self.kind.create_writer(self.generation) as writer:
            for id in deleted:
                assert writer.delete(id) == (id in self.live)
                self.live.pop(id, None)
            for document in documents:
                writer.add(analyzed(document))
                self.live[document.id] = document

    def index(self, fresh: bool = False) -> Index:
        """The index, open; `fresh` opens it anew."""
        if fresh or self._index is None:
            self._index = self.kind.open_index(self.folder)
        return self._index

    def reference(self, snapshot: Snapshot) -> Reference:
        """The reference over what should be there, with the numbers that the engine gave."""
        numbers = {id: snapshot.find(id) for id in self.live}
        assert None not in numbers.values()
        return Reference({numbers[id]: document for id, document in self.live.items()})


def write_index(index: Path, *commits: Iterable[Document], generation: str = "g1") -> Path:
    """An index folder with one generation, current, of one segment for each commit."""
    folder = index / GENERATIONS / generation
    ids = set()
    for documents in commits or ((),):
        with create_writer(folder) as writer:
            for document in documents:
                writer.add(analyze(document))
                ids.add(document.id)
    write_manifest(folder, Manifest.now(CREATED, len(ids)))
    (index / CURRENT).write_text(f"{generation}\n")
    return index


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


@pytest.fixture(params=ENGINES.values(), ids=ENGINES.keys())
def kind(request: pytest.FixtureRequest) -> EngineKind:
    """Each engine in turn."""
    engine: EngineKind = request.param
    return engine


@pytest.fixture
def store(kind: EngineKind, tmp_path: Path) -> "Store":
    """An empty index of each engine in turn."""
    return Store(kind, tmp_path / "index")


@pytest.fixture(scope="session")
def make_index() -> IndexWriter:
    """Writes documents into an index folder: `make_index(folder, documents, …)`, a segment for each list."""
    return write_index


@pytest.fixture(scope="session")
def sample() -> dict[str, Document]:
    """The documents of the sample by their ids."""
    return {document.id: document for document in read_documents()}


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory, sample: dict[str, Document]) -> Path:
    """An index of the sample in two segments. Not to be changed: see `own_index`."""
    documents = list(sample.values())
    half = len(documents) // 2
    return write_index(tmp_path_factory.mktemp("sample"), documents[:half], documents[half:])


@pytest.fixture
def own_index(tmp_path: Path, sample_index: Path) -> Path:
    """A copy of the sample's index that a test may damage."""
    return Path(shutil.copytree(sample_index, tmp_path / "index"))


@pytest.fixture(scope="session")
def sample_engine(sample_index: Path) -> search.Engine:
    """An engine over the sample."""
    return search.open(sample_index)
