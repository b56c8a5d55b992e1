"""The same text in several places is indexed once, found by every id, and outlives any one of its places."""

import json
from pathlib import Path

import pytest

import search
from indexer.cli import ALL, main
from search import SearchRequest
from search.document import Copy
from search.engines.folder import current_generation, read_manifest

STORY = "Đêm hội làng Gạo\nĐèn lồng treo kín sân đình, trống giục từ chập tối."


class Archive:
    """A folder in which one story stands three times, and its index."""

    def __init__(self, base: Path) -> None:
        self.folder, self.index = base / "kho", base / "index"
        self.folder.mkdir()
        for name in ("a.txt", "b.txt"):
            self.write(name, STORY)
        title, text = STORY.split("\n")
        self.record = {
            "id": "c",
            "title": title,
            "text": text,
            "url": "https://lang.example/hoi",
            "date": "2024",
        }
        self.write("c.jsonl", json.dumps(self.record))
        self.write("khac.txt", "Chợ phiên\nHàng tre, hàng mây bày dọc lối đi.")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def run(self, *arguments: str | Path) -> None:
        assert main([*map(str, arguments), "--index", str(self.index), "--quiet"]) == ALL

    def found(self, query: str) -> dict[str, tuple[str, ...]]:
        """The ids of the hits, and those of the copies of each."""
        engine = search.open(self.index)
        try:
            return {
                hit.id: tuple(copy.id for copy in hit.copies)
                for hit in engine.search(SearchRequest(query)).hits
            }
        finally:
            engine.close()

    def documents(self) -> int:
        return read_manifest(current_generation(self.index)).documents


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path)
    archive.run("build", archive.folder)
    return archive


def test_copies_are_one_hit_with_all_its_places(archive: Archive) -> None:
    assert archive.documents() == 2
    assert archive.found("den long") == {"a.txt": ("b.txt", "c")}
    engine = search.open(archive.index)
    document = engine.document("c")
    assert document.id == "a.txt"
    assert document.copies[1] == Copy("c", "https://lang.example/hoi", date="2024")
    engine.close()


def test_the_original_may_go_and_a_copy_takes_its_place(archive: Archive) -> None:
    (archive.folder / "a.txt").unlink()
    archive.run("update", archive.folder)
    assert archive.found("den long") == {"b.txt": ("c",)}
    archive.run("remove", "b.txt")
    engine = search.open(archive.index)
    assert engine.document("c").url == "https://lang.example/hoi"
    engine.close()
    assert archive.documents() == 2
    archive.run("remove", "c")
    assert archive.found("den long") == {}
    assert archive.documents() == 1


def test_a_changed_copy_becomes_a_document_of_its_own(archive: Archive) -> None:
    archive.write("b.txt", STORY + "\nTrời đổ mưa.")
    archive.run("update", archive.folder)
    assert archive.found("den long") == {"a.txt": ("c",), "b.txt": ()}


def test_a_changed_original_leaves_its_text_to_the_copies(archive: Archive) -> None:
    archive.write("a.txt", "Đêm hội làng Gạo\nHoãn vì bão.")
    archive.run("update", archive.folder)
    assert archive.found("den long") == {"b.txt": ("c",)}
    assert archive.found("hoan vi bao") == {"a.txt": ()}


def test_a_document_that_becomes_the_same_as_another_becomes_its_copy(archive: Archive) -> None:
    archive.write("khac.txt", STORY)
    archive.run("update", archive.folder)
    assert archive.documents() == 1
    assert archive.found("den long") == {"a.txt": ("b.txt", "c", "khac.txt")}
    assert archive.found('"hang tre"') == {}


def test_what_is_said_about_a_copy_follows_its_file(archive: Archive) -> None:
    archive.write("c.jsonl", json.dumps(archive.record | {"date": "2025-02-12"}))
    archive.run("update", archive.folder)
    engine = search.open(archive.index)
    assert engine.document("a.txt").copies[1].date == "2025-02-12"
    engine.close()


def test_the_translation_that_a_copy_names_outlives_its_original(archive: Archive) -> None:
    def alternates(id: str) -> list[str]:
        engine = search.open(archive.index)
        try:
            return [each.id for each in engine.highlighted(id, "").alternates]
        finally:
            engine.close()

    archive.write("c.jsonl", json.dumps(archive.record | {"lang": "vi", "alternates": "fete.md"}))
    archive.write("fete.md", "---\nlang: fr\ntitle: La fête\n---\nDes lanternes dans la cour.")
    archive.run("update", archive.folder)
    assert alternates("a.txt") == alternates("c") == ["fete.md"]
    assert alternates("fete.md") == ["a.txt"]
    archive.run("build", archive.folder)
    assert (alternates("b.txt"), alternates("fete.md")) == (["fete.md"], ["a.txt"])
    for name in ("a.txt", "b.txt"):
        (archive.folder / name).unlink()
    archive.run("update", archive.folder)
    assert (alternates("c"), alternates("fete.md")) == (["fete.md"], ["c"])
    archive.write("c.jsonl", json.dumps(archive.record | {"lang": "vi"}))
    archive.run("update", archive.folder)
    assert alternates("c") == alternates("fete.md") == []


def test_a_new_copy_of_an_old_document_is_noted_on_it(archive: Archive) -> None:
    archive.write("d.txt", STORY)
    archive.run("update", archive.folder)
    assert archive.found("den long") == {"a.txt": ("b.txt", "c", "d.txt")}
    assert archive.documents() == 2


def test_copies_outlive_a_merge_of_segments(archive: Archive) -> None:
    for number in range(12):
        archive.write(f"moi{number}.txt", f"Bài số {number}\nNội dung thứ {number}.")
        archive.run("update", archive.folder)
    assert archive.found("den long") == {"a.txt": ("b.txt", "c")}


def test_status_counts_copies_apart(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    main(["status", "--json", "--index", str(archive.index)])
    status = json.loads(capsys.readouterr().out)
    assert (status["documents"], status["copies"]) == (2, 2)
    main(["status", "--index", str(archive.index)])
    assert "documents  2, and 2 exact copies" in capsys.readouterr().out
