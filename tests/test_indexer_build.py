"""One build from folder to live index, with an engine and an analysis made for the test."""

import errno
import io
import json
import os
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

from indexer.build import Engine, Request, build
from indexer.report import Report
from indexer.workers import Analysis, WorkersLost
from search.analysis.document import AnalyzedDocument
from search.document import Copy, Document
from search.engines.base import Index
from search.errors import IndexDamaged, IndexLocked, IndexMissing, IndexUnwritable, SearchError
from search.manifest import current_generation, read_manifest


class FileWriter:
    """Writes the ids and languages it is given into one file, at the end."""

    def __init__(self, generation: Path) -> None:
        self._file = generation / "documents.json"
        self._documents: list[tuple[str, str]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._file.write_text(json.dumps(self._documents))

    def add(self, document: AnalyzedDocument) -> None:
        if document.document.text == "đĩa đầy":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._documents.append((document.document.id, document.language))

    def add_copy(self, document_id: str, copy: Copy) -> None:
        self._documents.append((copy.id, f"copy of {document_id}"))

    def delete(self, document_id: str) -> bool:
        return False


def count(generation: Path, expected: int) -> None:
    if len(json.loads((generation / "documents.json").read_text())) != expected:
        raise IndexDamaged("documents are missing")


def refuse(generation: Path, expected: int) -> None:
    raise IndexDamaged("a document cannot be found again")


def analyze(document: Document) -> AnalyzedDocument:
    if document.text == "chết":
        os._exit(1)
    if document.text == "lỗi":
        raise ValueError("không hiểu")
    return AnalyzedDocument(document, document.language or "vi", {}, {})


def prepare() -> None:
    """Nothing to load."""


def unopened(index: Path) -> Index:
    raise AssertionError("a build reads no index")


FILES = Engine(FileWriter, count, unopened)
ANALYSIS = Analysis(analyze, prepare)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    (folder / "fr").mkdir(parents=True)
    (folder / "a.txt").write_text("Tựa\nThân.")
    (folder / "fr" / "b.md").write_text("---\nlang: fr\n---\n# Titre\nCorps.")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def run(
    corpus: Path, index: Path, engine: Engine = FILES, *, workers: int = 1, if_stale: bool = False
) -> Report:
    return build(Request((corpus,), index, workers, if_stale, quiet=True), io.StringIO(), engine, ANALYSIS)


def live(index: Path) -> list[list[str]]:
    documents: list[list[str]] = json.loads((current_generation(index) / "documents.json").read_text())
    return documents


def test_a_build_makes_all_documents_live(corpus: Path, index: Path) -> None:
    report = run(corpus, index)
    assert live(index) == [["a.txt", "vi"], ["fr/b.md", "fr"]]
    assert report.documents == 2
    assert report.languages == {"vi": 1, "fr": 1}
    assert report.failures == []


def test_the_manifest_tells_what_was_built(corpus: Path, index: Path) -> None:
    (corpus / "hỏng.txt").write_bytes(b"\xff")
    run(corpus, index)
    manifest = read_manifest(current_generation(index))
    assert manifest.documents == 2
    assert manifest.failures == 1
    assert manifest.paths == (str(corpus),)
    assert manifest.created.endswith("+00:00")


def test_failures_are_reported_and_the_rest_is_live(corpus: Path, index: Path) -> None:
    (corpus / "b.jsonl").write_text(
        '{"id": "b1", "text": "lỗi", "title": "t"}\n{\n{"id": "b3", "text": "ổn"}'
    )
    (corpus / "c.txt").write_bytes(b"\0\1\2\3")
    report = run(corpus, index)
    assert [document for document, _ in live(index)] == ["a.txt", "b3", "fr/b.md"]
    places = [Path(failure.place).name for failure in report.failures]
    assert places == ["b.jsonl:1", "b.jsonl:2", "c.txt"]


def test_nothing_to_read_leaves_the_live_index(corpus: Path, index: Path, tmp_path: Path) -> None:
    run(corpus, index)
    (tmp_path / "trống").mkdir()
    assert run(tmp_path / "trống", index).documents == 0
    assert len(live(index)) == 2


def test_nothing_to_read_makes_no_index(index: Path, tmp_path: Path) -> None:
    (tmp_path / "trống").mkdir()
    assert run(tmp_path / "trống", index).documents == 0
    with pytest.raises(IndexMissing):
        current_generation(index)


@pytest.mark.parametrize(
    ("text", "engine", "error"),
    [
        ("chết", FILES, WorkersLost),
        ("đĩa đầy", FILES, IndexUnwritable),
        ("bình thường", Engine(FileWriter, refuse, unopened), IndexDamaged),
    ],
)
def test_a_build_that_fails_leaves_the_live_index(
    corpus: Path, index: Path, text: str, engine: Engine, error: type[SearchError]
) -> None:
    run(corpus, index)
    before = current_generation(index)
    (corpus / "z.jsonl").write_text(json.dumps({"title": "t", "text": text}))
    with pytest.raises(error):
        run(corpus, index, engine, workers=2)
    assert current_generation(index) == before
    assert list((index / "generations").iterdir()) == [before]
    assert run(corpus / "fr", index).documents == 1


def test_a_second_build_at_the_same_time_is_refused(corpus: Path, index: Path) -> None:
    def meanwhile(generation: Path, expected: int) -> None:
        with pytest.raises(IndexLocked):
            run(corpus, index)
        (generation / "checked").touch()

    run(corpus, index, Engine(FileWriter, meanwhile, unopened))
    assert (current_generation(index) / "checked").exists()


def test_if_stale_builds_only_when_files_have_changed(corpus: Path, index: Path) -> None:
    assert not run(corpus, index, if_stale=True).fresh
    before = current_generation(index)
    assert run(corpus, index, if_stale=True).fresh
    assert current_generation(index) == before
    (corpus / "mới.txt").write_text("Mới")
    assert not run(corpus, index, if_stale=True).fresh
    assert len(live(index)) == 3


def test_if_stale_rebuilds_what_another_version_made(corpus: Path, index: Path) -> None:
    run(corpus, index)
    manifest = current_generation(index) / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"schema": ', '"schema": 9'))
    assert not run(corpus, index, if_stale=True).fresh
    assert run(corpus, index, if_stale=True).fresh


def test_if_stale_mends_a_damaged_index(corpus: Path, index: Path) -> None:
    run(corpus, index)
    (current_generation(index) / "manifest.json").write_text("{")
    assert not run(corpus, index, if_stale=True).fresh
    assert len(live(index)) == 2
