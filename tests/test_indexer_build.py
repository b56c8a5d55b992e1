"""One build from folder to live index, with an analysis that can be made to fail."""

import errno
import io
import json
import os
from pathlib import Path

import pytest

from indexer.build import Request, build
from indexer.report import Report
from indexer.workers import Analysis, WorkersLost
from search.analysis.analyzer import analyze as really
from search.analysis.analyzer import warm
from search.analysis.document import AnalyzedDocument
from search.config import Similarity
from search.document import Document
from search.engines.folder import current_generation
from search.engines.registry import open_store
from search.engines.whoosh.store import FolderBuild
from search.engines.whoosh.writer import WhooshWriter
from search.errors import IndexDamaged, IndexLocked, IndexMissing, IndexUnwritable, SearchError
from search.query.plan import Combine, Plan


def analyze(document: Document) -> AnalyzedDocument:
    if document.text == "chết":
        os._exit(1)
    if document.text == "lỗi":
        raise ValueError("không hiểu")
    return really(document)


ANALYSIS = Analysis(analyze, warm)


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


def run(corpus: Path, index: Path, *, workers: int = 1, if_stale: bool = False) -> Report:
    request = Request((corpus,), open_store(str(index)), workers, if_stale, quiet=True)
    return build(request, io.StringIO(), ANALYSIS)


def live(index: Path) -> list[tuple[str, str]]:
    searcher = open_store(str(index)).reader(Similarity()).snapshot().searcher
    found = searcher.fetch(searcher.execute(Plan(Combine(), limit=100)).handles)
    return [(document.id, document.language) for document in found]


def test_a_build_makes_all_documents_live(corpus: Path, index: Path) -> None:
    report = run(corpus, index)
    assert live(index) == [("a.txt", "vi"), ("fr/b.md", "fr")]
    assert report.documents == 2
    assert report.languages == {"vi": 1, "fr": 1}
    assert report.failures == []


def test_the_manifest_tells_what_was_built(corpus: Path, index: Path) -> None:
    (corpus / "hỏng.txt").write_bytes(b"\xff")
    run(corpus, index)
    manifest = open_store(str(index)).live().manifest
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


def full(writer: WhooshWriter, document: AnalyzedDocument) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def refuse(build: FolderBuild, documents: int) -> None:
    raise IndexDamaged("a document cannot be found again")


@pytest.mark.parametrize(
    ("text", "broken", "error"),
    [
        ("chết", None, WorkersLost),
        ("bình thường", (WhooshWriter, "add", full), IndexUnwritable),
        ("bình thường", (FolderBuild, "verify", refuse), IndexDamaged),
    ],
)
def test_a_build_that_fails_leaves_the_live_index(
    corpus: Path,
    index: Path,
    text: str,
    broken: tuple[type, str, object] | None,
    error: type[SearchError],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run(corpus, index)
    before = current_generation(index)
    (corpus / "z.jsonl").write_text(json.dumps({"title": "t", "text": text}))
    with monkeypatch.context() as patched:
        if broken:
            patched.setattr(*broken)
        with pytest.raises(error):
            run(corpus, index, workers=2)
    assert current_generation(index) == before
    assert list((index / "generations").iterdir()) == [before]
    assert [path.stem for path in (index / "work" / "ledgers").iterdir()] == [before.name]
    assert run(corpus / "fr", index).documents == 1


def test_a_second_build_at_the_same_time_is_refused(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused: list[str] = []

    def meanwhile(build: FolderBuild, documents: int) -> None:
        with pytest.raises(IndexLocked) as caught:
            run(corpus, index)
        refused.append(str(caught.value))

    monkeypatch.setattr(FolderBuild, "verify", meanwhile)
    run(corpus, index)
    assert len(refused) == 1


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
