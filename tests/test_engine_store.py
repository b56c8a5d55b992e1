"""An index by its address, whatever engine keeps it: the same commands build, update and roll it back."""

import json
from pathlib import Path

import pytest
from conftest import EngineKind

import search
from indexer.cli import main as indexer
from search.analysis.analyzer import analyze
from search.cli import main as terminal
from search.document import Document
from search.engines.registry import ENGINES, open_store
from search.errors import AddressUnknown, IndexMissing
from search.manifest import Manifest


@pytest.mark.parametrize("address", ["opensearch://localhost:9200/x", "HTTP://example.org", "s3://kho/bài"])
def test_an_address_that_no_engine_opens_says_which_there_are(address: str) -> None:
    with pytest.raises(AddressUnknown, match="a folder"):
        open_store(address)


@pytest.mark.parametrize("command", [terminal, indexer])
def test_programs_refuse_such_an_address_in_one_line(
    command: object, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["quyền"] if command is terminal else ["status"]
    assert command([*arguments, "--index", "opensearch://localhost:9200/x"]) in (1, 2)  # type: ignore[operator]
    said = capsys.readouterr().err
    assert said.startswith("error: no engine opens opensearch://")
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("address", [".index", "/srv/chỉ mục", "C:/kho", "a:b", "kho//", "../kho"])
def test_a_path_is_a_folder(address: str) -> None:
    assert type(open_store(address)) is ENGINES[""]
    assert open_store(address).address == address


def test_what_was_never_built_is_missing_and_says_what_to_run(kind: EngineKind, tmp_path: Path) -> None:
    address = kind.address(tmp_path / "index")
    with pytest.raises(IndexMissing, match=f"--index {address}"):
        search.open(address)
    store = open_store(address)
    with pytest.raises(IndexMissing):
        store.live()
    assert list(store.generations()) == []


def test_a_build_is_seen_by_nobody_before_it_is_promoted(kind: EngineKind, tmp_path: Path) -> None:
    store = open_store(kind.address(tmp_path / "index"))
    with store.writing(), store.build() as build:
        with build.writer() as writer:
            writer.add(analyze(Document("a", "Chợ sớm", "Bán hàng.")))
        build.verify(1)
        with pytest.raises(IndexMissing):
            store.live()
        generation = build.promote(Manifest.now("", 1))
    assert store.live() == generation
    assert list(store.generations()) == [generation.name]
    assert store.verify() == generation


def test_what_is_not_promoted_is_gone(kind: EngineKind, tmp_path: Path) -> None:
    store = open_store(kind.address(tmp_path / "index"))
    with store.writing(), store.build() as build, build.writer() as writer:
        writer.add(analyze(Document("a", "Chợ sớm", "Bán hàng.")))
    assert list(store.generations()) == []
    with pytest.raises(IndexMissing):
        store.live()


def test_rollback_goes_one_generation_back(kind: EngineKind, tmp_path: Path) -> None:
    store = open_store(kind.address(tmp_path / "index"))
    names = []
    for count in range(3):
        with store.writing(), store.build(from_live=count > 0) as build:
            with build.writer() as writer:
                writer.add(analyze(Document(f"{count}", "Chợ", "Bán hàng.")))
            names.append(build.promote(Manifest.now("", count + 1)).name)
    assert sorted(names) == names
    assert list(store.generations()) == names[:0:-1]  # the last two are kept
    with store.writing():
        assert store.rollback().name == names[1]
    assert store.live().manifest.documents == 2
    with store.writing(), pytest.raises(IndexMissing, match="nothing was changed"):
        store.rollback()


def test_the_indexer_keeps_any_engine_up_to_date(
    kind: EngineKind, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From folder to answer by the commands of the README, on every engine."""
    folder, address = tmp_path / "kho", kind.address(tmp_path / "index")
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"Bài {name}\nQuyền con người, bài thứ {name}.", encoding="utf-8")

    def run(*arguments: str) -> str:
        assert indexer([*arguments, "--index", address]) == 0
        return capsys.readouterr().out

    def found() -> list[str]:
        engine = search.open(address)
        ids = [hit.id for hit in engine.search(search.SearchRequest("quyen con nguoi")).hits]
        engine.close()
        return sorted(ids)

    run("build", str(folder), "--quiet")
    assert found() == ["a.txt", "b.txt"]
    (folder / "c.txt").write_text("Bài mới\nQuyền con người, viết sau.", encoding="utf-8")
    (folder / "a.txt").unlink()
    run("update", str(folder), "--quiet")
    assert found() == ["b.txt", "c.txt"]
    assert json.loads(run("status", "--json"))["documents"] == 2
    assert "documents" in run("verify")
    run("rollback")
    assert found() == ["a.txt", "b.txt"]
    run("remove", "b.txt")
    assert found() == ["a.txt"]
    assert terminal(["quyen con nguoi", "--index", address]) == 0
