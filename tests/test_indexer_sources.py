"""Which files are read, in which order, under which ids; and when an index is stale."""

import inspect
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer import sources
from indexer.readers import Failure, Record
from indexer.staleness import fingerprint


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}\nNội dung.", encoding="utf-8")


def ids(*paths: Path) -> Sequence[str]:
    return [file.id for file in sources.find(paths).files]


def test_ids_are_paths_below_the_folder_in_sorted_order(tmp_path: Path) -> None:
    write(
        tmp_path, "b.txt", "a/z.md", "a/b/c.txt", "A.jsonl", "日本語.txt", "tiếng Việt/ký.txt", "été.TXT.GZ"
    )
    found = ids(tmp_path)
    assert found == [
        "A.jsonl",
        "a/b/c.txt",
        "a/z.md",
        "b.txt",
        "tiếng Việt/ký.txt",
        "été.TXT.GZ",
        "日本語.txt",
    ]


def test_the_id_of_a_file_given_itself_is_its_name(tmp_path: Path) -> None:
    write(tmp_path, "a/b.txt")
    assert ids(tmp_path / "a" / "b.txt") == ["b.txt"]


def test_hidden_files_readmes_and_other_formats_are_passed_over_and_counted(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.txt",
        ".b.txt",
        ".git/c.txt",
        "README.md",
        "vi/readme.md",
        "qrels.tsv",
        "photo.jpg",
        "note",
    )
    found = sources.find([tmp_path])
    assert [file.id for file in found.files] == ["a.txt"]
    assert found.ignored == {"hidden": 2, "README.md": 2, ".tsv": 1, ".jpg": 1, "no known format": 1}
    assert found.failures == []


def test_a_readme_given_by_its_own_name_is_read(tmp_path: Path) -> None:
    write(tmp_path, "README.md")
    assert ids(tmp_path / "README.md") == ["README.md"]


def test_a_file_of_unknown_format_given_by_its_own_name_is_a_failure(tmp_path: Path) -> None:
    write(tmp_path, "a.xyz")
    [found] = sources.records(sources.find([tmp_path / "a.xyz"]).files)
    assert isinstance(found, Failure)
    assert "known are .txt, .md, .jsonl, .html" in found.reason


def test_symbolic_links_are_followed_once_and_loops_end(tmp_path: Path) -> None:
    write(tmp_path, "a/x.txt", "b/y.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(".")
    (tmp_path / "c").symlink_to(tmp_path / "b")
    (tmp_path / "d.txt").symlink_to(tmp_path / "a" / "x.txt")
    assert ids(tmp_path) == ["a/x.txt", "b/y.txt"]
    assert len(ids(tmp_path, tmp_path / "a")) == 2


def test_folders_nested_deeper_than_a_program_can_call_itself(tmp_path: Path) -> None:
    write(tmp_path, "d/" * 200 + "a.txt")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        assert ids(tmp_path) == ["d/" * 200 + "a.txt"]
    finally:
        sys.setrecursionlimit(limit)


def test_what_cannot_be_reached_is_reported_and_the_rest_read(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    found = sources.find([tmp_path])
    assert [file.id for file in found.files] == ["a.txt"]
    assert [Path(failure.file).name for failure in found.failures] == ["broken.txt", "loop.txt", "pipe.txt"]


def test_a_file_name_that_is_not_unicode_still_gives_an_id(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        (tmp_path / name).write_text("Café")
    except OSError:
        pytest.skip("this file system wants UTF-8 names")
    assert ids(tmp_path) == ["caf\\xe9.txt"]


def test_the_same_id_twice_is_reported_with_both_places(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "7", "text": "Một."}\n{"id": "8", "text": "Hai."}')
    (tmp_path / "b.jsonl").write_text('\n{"id": "7", "text": "Ba."}')
    first, second, failure = sources.records(sources.find([tmp_path]).files)
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert isinstance(failure, Failure)
    assert failure.place == f"{tmp_path / 'b.jsonl'}:2"
    assert f'"7" is already that of {tmp_path / "a.jsonl"}:1' in failure.reason


def test_two_folders_with_the_same_file_name_do_not_lose_one_silently(tmp_path: Path) -> None:
    write(tmp_path, "a/x.txt", "b/x.txt")
    _, failure = sources.records(sources.find([tmp_path / "a", tmp_path / "b"]).files)
    assert isinstance(failure, Failure)
    assert str(tmp_path / "a" / "x.txt") in failure.reason


def test_the_fingerprint_changes_with_names_sizes_and_times(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.txt", "README.md")

    def mark() -> str:
        return fingerprint(sources.find([tmp_path]).files)

    marks = [mark()]
    assert mark() == marks[0]
    write(tmp_path, "README.md")
    assert mark() == marks[0]
    os.utime(tmp_path / "a.txt", ns=(1, 1))
    marks.append(mark())
    (tmp_path / "a.txt").write_text("khác hẳn")
    os.utime(tmp_path / "a.txt", ns=(1, 1))
    marks.append(mark())
    (tmp_path / "a.txt").rename(tmp_path / "c.txt")
    marks.append(mark())
    (tmp_path / "c.txt").unlink()
    marks.append(mark())
    assert len(set(marks)) == len(marks)
