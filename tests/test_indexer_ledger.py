"""What an index was made from: the ledger of a generation is there as long as the generation is."""

import errno
import os
from pathlib import Path

import pytest

from indexer.cli import main
from search.engines import folder
from search.engines.registry import open_store


class Archive:
    def __init__(self, place: Path) -> None:
        self.index, self.folder = place / "index", place / "kho"
        self.folder.mkdir()
        for name in ("a", "b", "c"):
            self.write(name, f"Bài {name}")
        assert self.run("build", str(self.folder)) == 0

    def write(self, name: str, text: str) -> None:
        (self.folder / f"{name}.txt").write_text(f"Tựa {name}\n{text}.", encoding="utf-8")

    def run(self, *arguments: str) -> int:
        return main([*arguments, "--index", str(self.index)])

    def ledgers(self) -> list[str]:
        return sorted(path.name for path in (self.index / "work" / "ledgers").iterdir())

    def generations(self) -> list[str]:
        return sorted(open_store(str(self.index)).generations())


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


def said(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    return out + err


def test_each_generation_has_its_ledger_and_nothing_else_has_one(archive: Archive) -> None:
    for turn in range(4):
        archive.write("mới", f"Lần {turn}")
        assert archive.run("update", str(archive.folder)) == 0
        assert archive.ledgers() == [f"{name}.sqlite" for name in archive.generations()]


def test_a_listing_that_fails_costs_no_ledger(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = archive.ledgers()

    def broken(path: Path) -> object:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "iterdir", broken)
        assert archive.run("update", str(archive.folder)) == 1
    assert said(capsys).count("\n") <= 5
    assert archive.ledgers() == before
    assert archive.run("update", str(archive.folder)) == 0


def test_after_a_kill_before_the_switch_the_next_update_finds_the_true_difference(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    archive.write("mới", "Bài mới")

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(folder, "point", killed)
        with pytest.raises(Killed):
            archive.run("update", str(archive.folder))
    capsys.readouterr()
    assert archive.run("update", str(archive.folder)) == 0
    assert "1 added" in said(capsys)
    assert archive.ledgers() == [f"{name}.sqlite" for name in archive.generations()]


def test_after_a_rollback_an_update_goes_by_the_older_ledger(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    archive.write("mới", "Bài mới")
    archive.run("update", str(archive.folder))
    assert archive.run("rollback") == 0
    capsys.readouterr()
    assert archive.run("update", str(archive.folder)) == 0
    assert "1 added" in said(capsys)


def test_a_missing_ledger_is_told_in_one_line(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    for name in archive.ledgers():
        (archive.index / "work" / "ledgers" / name).unlink()
    capsys.readouterr()
    assert archive.run("update", str(archive.folder)) == 1
    told = capsys.readouterr().err.strip()
    assert told.startswith("error: ")
    assert "does not say what it was made from; rebuild with" in told
    assert "\n" not in told


def test_a_file_that_vanishes_while_it_is_read_does_not_stop_a_build(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from indexer import build

    digest = build.file_digest

    def vanishing(path: Path) -> bytes:
        if path.name == "b.txt":
            path.unlink(missing_ok=True)
        return digest(path)

    monkeypatch.setattr(build, "file_digest", vanishing)
    assert archive.run("build", str(archive.folder)) == 3
    assert open_store(str(archive.index)).live().manifest.documents == 2


def test_names_of_generations_rise_though_the_clock_falls_back(archive: Archive) -> None:
    [first] = archive.generations()
    future = folder.GENERATIONS
    (archive.index / future / first).rename(archive.index / future / "29990101T000000-000000")
    (archive.index / "work" / "ledgers" / f"{first}.sqlite").rename(
        archive.index / "work" / "ledgers" / "29990101T000000-000000.sqlite"
    )
    folder.point(archive.index, "29990101T000000-000000")
    archive.write("mới", "Bài mới")
    assert archive.run("update", str(archive.folder)) == 0
    assert archive.generations() == ["29990101T000000-000000", "29990101T000000-000001"]
    assert archive.run("rollback") == 0
    assert open_store(str(archive.index)).live().manifest.documents == 3


def test_a_half_removed_generation_is_never_taken_for_a_complete_one(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.write("mới", "Bài mới")
    archive.run("update", str(archive.folder))
    archive.write("mới", "Bài mới hơn")
    with monkeypatch.context() as patched:
        patched.setattr(folder.shutil, "rmtree", lambda *_, **__: None)
        archive.run("update", str(archive.folder))
    assert len(archive.generations()) == 2
    assert len(list((archive.index / "generations").glob("*.partial"))) == 1
    assert archive.run("update", str(archive.folder)) == 0
    assert not list((archive.index / "generations").glob("*.partial"))
