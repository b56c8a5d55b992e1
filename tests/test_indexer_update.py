"""Daily life of an archive: files come, change and go; the index follows, and nothing is lost."""

import io
import os
from pathlib import Path

import pytest

import search
from indexer.cli import ALL, NOTHING, SOME_FAILED, main
from indexer.update import remove, update
from search import SearchRequest
from search.engines.base import Store
from search.engines.folder import CURRENT, GENERATIONS, current_generation
from search.engines.registry import open_store
from search.engines.whoosh.writer import WhooshWriter
from search.errors import DocumentMissing, IndexMissing


class Archive:
    """A folder of files and its index."""

    def __init__(self, base: Path) -> None:
        self.folder = base / "kho"
        self.index = base / "index"
        self.write("vi/song.txt", "Sông Hồng mùa lũ\nNước lên nhanh trong đêm.")
        self.write("vi/cau.txt", "Cầu treo Bản Lác\nCây cầu nối hai bờ suối.")
        self.write("fr/pont.txt", "Le pont suspendu\nIl relie les deux rives depuis mars.")
        self.write(
            "luu-tru.jsonl", '{"id": "a", "text": "Thư cũ của ông nội"}\n{"id": "b", "text": "Ảnh cưới"}\n'
        )
        assert self.run("build") == ALL

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, command: str, *paths: Path | str, options: tuple[str, ...] = ()) -> int:
        given = [str(path) for path in paths] or [str(self.folder)]
        return main([command, *given, "--index", str(self.index), "--quiet", *options])

    def ids(self) -> set[str]:
        words = ("song", "cau", "pont", "thu", "anh", "moi", "nouveau")  # each document has one of them
        return {id for word in words for id in self.found(word)}

    def found(self, query: str) -> list[str]:
        engine = search.open(self.index)
        try:
            return [hit.id for hit in engine.search(SearchRequest(query)).hits]
        finally:
            engine.close()

    def store(self) -> Store:
        return open_store(str(self.index))

    def generation(self) -> str:
        return current_generation(self.index).name


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path)


ALL_FIVE = {"vi/song.txt", "vi/cau.txt", "fr/pont.txt", "a", "b"}


def test_nothing_changed_makes_no_new_generation(archive: Archive) -> None:
    before = archive.generation()
    assert archive.run("update") == ALL
    assert archive.generation() == before


def test_a_file_that_was_only_touched_is_no_change(archive: Archive) -> None:
    before = archive.generation()
    os.utime(archive.folder / "vi/song.txt", (1, 1))
    archive.run("update")
    assert archive.generation() == before


def test_new_changed_and_removed_files_are_followed(archive: Archive) -> None:
    archive.write("vi/moi.txt", "Bài mới\nKhánh thành trạm y tế.")
    archive.write("vi/cau.txt", "Cầu treo Bản Lác\nCầu đã sập sau cơn bão.")
    (archive.folder / "fr/pont.txt").unlink()
    assert archive.run("update") == ALL
    assert archive.found("tram y te") == ["vi/moi.txt"]
    assert archive.found("cơn bão") == ["vi/cau.txt"]
    assert archive.found("hai bờ suối") == []
    assert archive.found("pont suspendu") == []
    assert archive.ids() == ALL_FIVE - {"fr/pont.txt"} | {"vi/moi.txt"}


def test_only_the_changed_records_of_a_file_are_analysed(archive: Archive) -> None:
    archive.write(
        "luu-tru.jsonl",
        '{"id": "a", "text": "Thư cũ của ông nội"}\n{"id": "b", "text": "Ảnh cưới năm 1962"}\n',
    )
    changes = update((archive.folder,), archive.store(), 1, io.StringIO(), quiet=True).changes
    assert [record.document.id for record in changes.records] == ["b"]
    assert archive.found("1962") == ["b"]


def test_a_changed_name_of_the_translation_is_followed(archive: Archive) -> None:
    def alternates(id: str) -> list[str]:
        engine = search.open(archive.index)
        try:
            return [each.id for each in engine.highlighted(id, "").alternates]
        finally:
            engine.close()

    story = "Cầu treo Bản Lác\nCây cầu nối hai bờ suối."
    assert alternates("fr/pont.txt") == []
    archive.write("vi/cau.txt", f"---\nlang: vi\nalternates: ../fr/pont.txt\n---\n{story}")
    assert archive.run("update") == ALL
    assert alternates("fr/pont.txt") == ["vi/cau.txt"]
    assert alternates("vi/cau.txt") == ["fr/pont.txt"]
    archive.write("vi/cau.txt", f"---\nlang: vi\nalternates: ../fr/autre.txt\n---\n{story}")
    changes = update((archive.folder,), archive.store(), 1, io.StringIO(), quiet=True).changes
    assert [record.document.id for record in changes.records] == ["vi/cau.txt"]
    assert alternates("fr/pont.txt") == alternates("vi/cau.txt") == []


def test_a_part_of_the_archive_can_be_updated_alone(archive: Archive) -> None:
    archive.write("vi/moi.txt", "Bài mới")
    archive.write("fr/nouveau.txt", "Un article nouveau")
    (archive.folder / "fr/pont.txt").unlink()
    archive.run("update", archive.folder / "vi")
    assert archive.ids() == ALL_FIVE | {"vi/moi.txt"}  # ids as from the root; fr was not looked at
    archive.run("update", archive.folder / "fr" / "nouveau.txt")
    assert archive.ids() == ALL_FIVE | {"vi/moi.txt", "fr/nouveau.txt"}


def test_another_folder_is_added_to_what_there_is(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "thêm").mkdir()
    (tmp_path / "thêm" / "moi.txt").write_text("Bài mới", encoding="utf-8")
    archive.run("update", tmp_path / "thêm")
    assert archive.ids() == ALL_FIVE | {"moi.txt"}


def test_a_record_that_moves_to_another_file_stays_one_document(archive: Archive) -> None:
    archive.write("luu-tru.jsonl", '{"id": "b", "text": "Ảnh cưới"}\n')
    archive.write("thu.jsonl", '{"id": "a", "text": "Thư cũ của ông nội"}\n')
    assert archive.run("update") == ALL
    assert archive.ids() == ALL_FIVE
    (archive.folder / "luu-tru.jsonl").unlink()
    archive.run("update")
    assert archive.ids() == ALL_FIVE - {"b"}


def test_a_broken_file_keeps_the_documents_it_gave_before(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    archive.write("luu-tru.jsonl", '{"id": "a", "text": "Thư cũ, chép lại"}\n{"id": "b", "te\n')
    archive.write("vi/song.txt", "\0\0\0\0\0\0\0\0")
    assert archive.run("update") == SOME_FAILED
    assert archive.ids() == ALL_FIVE
    assert archive.found("chép lại") == ["a"]
    assert "luu-tru.jsonl:2" in capsys.readouterr().err
    assert archive.run("update") == SOME_FAILED  # told again until it is mended
    archive.write("luu-tru.jsonl", '{"id": "a", "text": "Thư cũ, chép lại"}\n')
    archive.write("vi/song.txt", "Sông Hồng mùa lũ\nNước lên nhanh trong đêm.")
    assert archive.run("update") == ALL
    assert archive.ids() == ALL_FIVE - {"b"}


def test_the_id_of_another_file_is_refused(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    archive.write("ban-sao.jsonl", '{"id": "a", "text": "Không phải thư ấy"}\n')
    assert archive.run("update") == SOME_FAILED
    assert 'the id "a" is already that of' in capsys.readouterr().err
    assert archive.found('"ông nội"') == ["a"]


def test_a_dry_run_lists_and_changes_nothing(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    before = archive.generation()
    archive.write("vi/moi.txt", "Bài mới")
    archive.write("vi/cau.txt", "Cầu treo\nĐã sửa.")
    (archive.folder / "fr/pont.txt").unlink()
    archive.run("update", options=("--dry-run",))
    assert capsys.readouterr().out.splitlines() == ["~ vi/cau.txt", "+ vi/moi.txt", "- fr/pont.txt"]
    assert archive.generation() == before


def test_documents_are_removed_by_id_file_or_folder(archive: Archive) -> None:
    assert archive.run("remove", "a", archive.folder / "vi") == ALL
    assert archive.ids() == {"fr/pont.txt", "b"}
    before = archive.generation()
    assert archive.run("remove", "b", "không có") == NOTHING
    assert archive.generation() == before
    assert archive.ids() == {"fr/pont.txt", "b"}


def test_a_rollback_brings_back_what_was_there_before(archive: Archive) -> None:
    archive.run("remove", "a")
    assert main(["rollback", "--index", str(archive.index)]) == ALL
    assert archive.ids() == ALL_FIVE
    assert main(["rollback", "--index", str(archive.index)]) == NOTHING  # there is none before the first


def test_verify_finds_a_damaged_file(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--index", str(archive.index)]) == ALL
    postings = next((archive.index / GENERATIONS / archive.generation()).glob("*.pst"))
    data = bytearray(postings.read_bytes())
    data[200] ^= 255
    postings.write_bytes(data)
    assert main(["verify", "--index", str(archive.index)]) == NOTHING
    assert "checksum" in capsys.readouterr().err


def test_an_update_that_fails_leaves_the_live_index_as_it_was(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (archive.index / CURRENT).read_text()
    archive.write("vi/moi.txt", "Bài mới")

    def full(writer: object, document: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(WhooshWriter, "add", full)
    assert archive.run("update") == NOTHING
    monkeypatch.undo()
    assert (archive.index / CURRENT).read_text() == before
    assert archive.ids() == ALL_FIVE
    assert archive.run("update") == ALL
    assert archive.ids() == ALL_FIVE | {"vi/moi.txt"}


def test_an_updated_index_ranks_like_one_built_anew(archive: Archive, tmp_path: Path) -> None:
    archive.write("vi/moi.txt", "Cây cầu mới\nCầu bắc qua sông Hồng, nước chảy xiết.")
    archive.write("vi/song.txt", "Sông Hồng mùa cạn\nNước rút để lộ chân cầu.")
    archive.run("update")
    fresh = tmp_path / "fresh"
    main(["build", str(archive.folder), "--index", str(fresh), "--quiet"])
    ours, anew = search.open(archive.index), search.open(fresh)
    for query in ("cau", "sông hồng", "nuoc", "pont"):
        assert [hit.id for hit in ours.search(SearchRequest(query)).hits] == [
            hit.id for hit in anew.search(SearchRequest(query)).hits
        ]


def test_an_update_without_an_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="build"):
        update((tmp_path,), open_store(str(tmp_path / "index")), 1, io.StringIO())


def test_an_unknown_name_is_not_removed(archive: Archive) -> None:
    with pytest.raises(DocumentMissing, match="nothing was removed"):
        remove(("vi/khong-co.txt",), archive.store())
