"""What a run tells: a table on the terminal, and every cut, copy and failure in a file."""

import csv
import json
from pathlib import Path

import pytest

import search
from indexer.cli import ALL, NOTHING, SOME_FAILED, main
from search import SearchRequest

PAGE = "Skip Ribbon Commands\nMùa gặt ở Mường Lò\nLúa chín vàng từ cuối tháng chín.\n111.jpg\nComment (0)"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "trang.txt").write_text(PAGE)
    (folder / "sao.txt").write_text(PAGE)
    (folder / "hong.txt").write_bytes(b"\0\1\2\3")
    return folder


def build(folder: Path, *options: str) -> int:
    return main(["build", str(folder), "--index", str(folder.parent / "index"), *options])


def test_the_report_lists_what_was_cut_copied_and_refused(folder: Path, tmp_path: Path) -> None:
    assert build(folder, "--report", str(tmp_path / "báo cáo.csv")) == SOME_FAILED
    with (tmp_path / "báo cáo.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["event"], Path(row["place"]).name, row["detail"]) for row in csv.DictReader(file)]
    event, name, reason = rows.pop(0)
    assert (event, name) == ("failed", "hong.txt")
    assert reason.startswith("binary file")
    assert rows == [
        ("cut", "sao.txt", "Skip Ribbon Commands"),
        ("cut", "sao.txt", "111.jpg"),
        ("cut", "sao.txt", "Comment (0)"),
        ("copy", "trang.txt", "sao.txt"),
    ]


def test_a_report_that_cannot_be_written_stops_before_anything_is_done(folder: Path) -> None:
    assert build(folder, "--report", str(folder / "không có" / "b.csv")) == NOTHING
    assert not (folder.parent / "index" / "current").exists()


def test_boilerplate_is_searched_only_when_it_is_kept(folder: Path) -> None:
    index = folder.parent / "index"
    for options, hits in (((), 0), (("--keep-boilerplate",), 1)):
        build(folder, "--quiet", *options)
        engine = search.open(index)
        assert len(engine.search(SearchRequest("skip ribbon")).hits) == hits
        assert len(engine.search(SearchRequest("lua chin")).hits) == 1
        engine.close()


def test_updates_go_on_keeping_boilerplate(folder: Path) -> None:
    index = folder.parent / "index"
    build(folder, "--quiet", "--keep-boilerplate")
    (folder / "moi.txt").write_text(PAGE.replace("Mường Lò", "Tú Lệ").replace("111", "222"))
    main(["update", str(folder), "--index", str(index), "--quiet"])
    engine = search.open(index)
    assert engine.search(SearchRequest("222.jpg")).hits[0].id == "moi.txt"
    engine.close()


def test_a_build_that_keeps_boilerplate_makes_the_other_one_stale(folder: Path) -> None:
    (folder / "hong.txt").unlink()
    build(folder, "--quiet")
    current = folder.parent / "index" / "current"
    before = current.read_text()
    assert build(folder, "--quiet", "--if-stale") == ALL
    assert current.read_text() == before
    build(folder, "--quiet", "--if-stale", "--keep-boilerplate")
    assert current.read_text() != before


def test_status_tells_the_failures_of_the_last_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = str(folder.parent / "index")
    build(folder, "--quiet")
    capsys.readouterr()
    main(["status", "--json", "--index", index])
    [failure] = json.loads(capsys.readouterr().out)["failures"]
    assert failure["place"] == str(folder / "hong.txt")
    assert failure["reason"].startswith("binary file")
    (folder / "hong.txt").write_text("Đã chữa\nĐọc được rồi.")
    main(["update", str(folder), "--index", index, "--quiet"])
    main(["status", "--json", "--index", index])
    assert json.loads(capsys.readouterr().out)["failures"] == []


@pytest.mark.parametrize("command", ["verify", "rollback", "status"])
def test_programs_can_read_every_answer(
    folder: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    index = str(folder.parent / "index")
    build(folder, "--quiet")
    build(folder, "--quiet")
    capsys.readouterr()
    assert main([command, "--json", "--index", index]) == ALL
    answer = json.loads(capsys.readouterr().out)
    assert answer["generation"]
    assert answer["documents"] == 1


def test_repaired_files_are_named_with_what_was_wrong(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Lối cũ về làng\nĐường đất đỏ, mưa xuống là lầy, người và trâu cùng lội."
    (folder / "cu.txt").write_text(text.encode().decode("latin-1"))
    build(folder)
    said = capsys.readouterr().out
    assert "1 repaired:" in said
    assert f"{folder / 'cu.txt'}: UTF-8 read as Latin-1, 2 lines" in said


def test_one_document_is_not_told_as_several(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = str(folder.parent / "index")
    build(folder)
    assert "1 document indexed in " in (said := capsys.readouterr().out)
    assert "1 exact copy found together with its original" in said
    for command, tells in (
        ("status", "documents  1, and 1 exact copy\n"),
        ("verify", "is intact; all checksums match: 1 document\n"),
    ):
        main([command, "--index", index])
        assert tells in capsys.readouterr().out
    (folder / "trang.txt").unlink()
    (folder / "sao.txt").unlink()
    (folder / "moi.txt").write_text("Đã chữa\nĐọc được rồi.")
    main(["update", str(folder), "--index", index])
    assert ": 1 document, in " in capsys.readouterr().out
    main(["rollback", "--index", index])
    assert ": 1 document\n" in (said := capsys.readouterr().out)
    assert said.startswith("back to the previous version of the index, ")


def test_a_file_that_is_read_in_part_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "kho"
    folder.mkdir()
    message = "From: Lan <lan@a.example>\nSubject: Lịch đò\nMIME-Version: 1.0\n"
    message += "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nĐò nghỉ.\n--x\n"
    message += 'Content-Disposition: attachment; filename="lich.pdf"\n\nA\n--x--\n'
    (folder / "thu.eml").write_text(message)
    assert build(folder, "--report", str(tmp_path / "a.csv")) == ALL
    told = capsys.readouterr()
    assert "1 read in part:" in told.out + told.err
    assert "thu.eml: attached and not read: lich.pdf" in told.out + told.err
    assert "incomplete" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
