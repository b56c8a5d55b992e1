"""The life of an index folder: what is live stays live until the next one is whole."""

import errno
import os
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from search.engines import folder as generations
from search.engines.folder import current_generation
from search.engines.registry import open_store
from search.errors import IndexDamaged, IndexLocked, IndexMissing, IndexUnwritable


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "chỉ mục"


def writing(index: Path) -> AbstractContextManager[None]:
    return open_store(str(index)).writing()


def make(index: Path, content: str) -> Path:
    with writing(index), generations.building(index) as partial:
        (partial / "sub").mkdir()
        (partial / "sub" / "data").write_text(content)
        return generations.promote(index, partial)


def live(index: Path) -> str:
    return (current_generation(index) / "sub" / "data").read_text()


def names(index: Path) -> list[str]:
    return sorted(path.name for path in (index / "generations").iterdir())


def test_a_promoted_generation_is_the_live_one(index: Path) -> None:
    assert make(index, "một") == current_generation(index)
    assert live(index) == "một"


def test_the_last_two_generations_are_kept(index: Path) -> None:
    made = [make(index, content).name for content in ("một", "hai", "ba")]
    assert live(index) == "ba"
    assert names(index) == made[1:]


def test_a_generation_that_fails_leaves_the_live_one_and_nothing_else(index: Path) -> None:
    first = make(index, "một")
    with (
        pytest.raises(FileNotFoundError),
        generations.building(index) as partial,
        (partial / "data").open("w"),
    ):
        (partial / "gone").read_text()
    assert live(index) == "một"
    assert names(index) == [first.name]


def test_a_generation_that_is_not_promoted_is_removed(index: Path) -> None:
    with writing(index), generations.building(index):
        pass
    assert names(index) == []
    with pytest.raises(IndexMissing):
        current_generation(index)


def test_what_killed_runs_left_is_removed(index: Path) -> None:
    first = make(index, "một")
    leftover = index / "generations" / "20200101T000000-000000.partial"
    leftover.mkdir()
    (leftover / "data").write_text("nửa chừng")
    (index / "current.next").write_text("nowhere")
    with writing(index):
        assert names(index) == [first.name]
        assert not (index / "current.next").exists()
    assert live(index) == "một"


def test_a_complete_generation_that_a_killed_run_did_not_point_at_does_not_replace_the_one_before(
    index: Path,
) -> None:
    first = make(index, "một")
    (index / "generations" / "99990101T000000-000000").mkdir()
    second = make(index, "hai")
    assert names(index) == [first.name, second.name]


def test_a_damaged_pointer_costs_no_generation(index: Path) -> None:
    first = make(index, "một")
    (index / "current").write_text("")
    second = make(index, "hai")
    assert names(index) == [first.name, second.name]
    assert live(index) == "hai"


def test_a_second_indexer_is_refused_at_once_with_the_process_of_the_first(index: Path) -> None:
    with writing(index):
        with (
            pytest.raises(IndexLocked, match=rf"process {os.getpid()}\) is writing"),
            writing(index),
        ):
            pytest.fail("two indexers at once")
        assert (index / "work" / "lock").read_text() == str(os.getpid())
    with writing(index):
        pass


def test_the_lock_of_a_killed_indexer_is_free(index: Path) -> None:
    code = (
        "import os, sys; from search.engines.registry import open_store\n"
        "with open_store(sys.argv[1]).writing(): os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code, index], cwd=Path(generations.__file__).parents[2], check=False
    )
    assert killed.returncode == -9
    make(index, "một")


def test_a_folder_of_something_else_is_refused_and_left_alone(index: Path) -> None:
    index.mkdir()
    (index / "luận án.docx").write_text("ba năm")
    with pytest.raises(IndexDamaged, match="not a Song Ngữ index"), writing(index):
        pytest.fail("writing into someone's folder")
    assert [path.name for path in index.iterdir()] == ["luận án.docx"]


def test_an_index_that_is_a_file_is_refused(index: Path) -> None:
    index.write_text("")
    with pytest.raises(IndexUnwritable, match="is a file"), writing(index):
        pytest.fail("writing into a file")


def test_a_folder_that_cannot_be_made_is_a_clear_error(index: Path) -> None:
    index.write_text("")
    with pytest.raises(IndexUnwritable, match="cannot write to"), writing(index / "below"):
        pytest.fail("writing below a file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_an_unwritable_folder_is_a_clear_error(index: Path) -> None:
    index.mkdir(mode=0o500)
    with pytest.raises(IndexUnwritable, match="Permission denied"), writing(index):
        pytest.fail("writing without the right to")


def test_a_full_disk_is_a_clear_error_and_the_old_index_lives(index: Path) -> None:
    make(index, "một")
    with (
        pytest.raises(IndexUnwritable, match="No space left"),
        writing(index),
        generations.building(index),
    ):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert live(index) == "một"
    assert len(names(index)) == 1


def test_everything_reaches_the_disk_before_the_pointer_does(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    fsync = os.fsync

    def spy(descriptor: int) -> None:
        synced.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", spy)
    name = make(index, "một").name
    generation, pointer = synced[:-3], synced[-3:]
    assert sorted(generation) == sorted(["data", "sub", f"{name}.partial"])
    assert pointer == ["generations", "current.next", index.name]
