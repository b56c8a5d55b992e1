"""Text files: title, encodings, what is not text."""

import codecs
import unicodedata
from pathlib import Path

import pytest

from indexer import readers
from indexer.readers import Failure, Record
from indexer.readers.formats import text
from indexer.readers.text.decode import MAX_TEXT
from search.document import Document


def read_one(path: Path, data: bytes | str) -> Document:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    found = list(readers.read(path, path.name))
    assert len(found) == 1
    assert isinstance(found[0], Record), found[0]
    return found[0].document


def failure(path: Path, data: bytes | str) -> Failure:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    found = list(readers.read(path, path.name))
    assert len(found) == 1
    assert isinstance(found[0], Failure), found[0]
    assert found[0].file == str(path)
    return found[0]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bài.txt"


def test_first_line_is_the_title_and_is_not_repeated_in_the_body(path: Path) -> None:
    document = read_one(path, "\n  Chợ nổi   lúc bình minh \n\nGhe đã đông.\n\nMùi cà phê.\n")
    assert document.id == "bài.txt"
    assert document.title == "Chợ nổi lúc bình minh"
    assert document.text == "Ghe đã đông.\n\nMùi cà phê."


def test_a_file_of_one_line_is_a_title(path: Path) -> None:
    document = read_one(path, "Le phare est rallumé")
    assert (document.title, document.text) == ("Le phare est rallumé", "")


def test_a_paragraph_as_first_line_gives_its_first_sentence_and_stays_whole(path: Path) -> None:
    line = "Le maire de TP. Huế, M. Tran, a visité le marché couvert. " + "Les étals étaient pleins. " * 12
    document = read_one(path, line + "\nLa suite.")
    assert document.title == "Le maire de TP. Huế, M. Tran, a visité le marché couvert."
    assert document.text == line.strip() + " \nLa suite."


def test_a_sentence_too_long_for_a_title_is_cut_between_words(path: Path) -> None:
    line = "từng đàn cò trắng bay về phía rừng tràm, " * 20
    document = read_one(path, line)
    assert len(document.title) <= 201
    assert document.title.endswith("…")
    assert line.startswith(document.title[:-1])
    assert line[len(document.title) - 1] in " ,"
    assert document.text == line.strip()


def test_a_first_line_without_spaces_is_never_cut_between_a_letter_and_its_accent(path: Path) -> None:
    line = unicodedata.normalize("NFD", "ế" * 300)
    title = read_one(path, line).title.removesuffix("…")
    assert set(unicodedata.normalize("NFC", title)) == {"ế"}


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_unicode_files_with_and_without_a_mark(path: Path, bom: bytes, encoding: str) -> None:
    document = read_one(path, bom + "Cơm nắm\r\nMuối vừng\r\n".encode(encoding))
    assert (document.title, document.text) == ("Cơm nắm", "Muối vừng")


def test_another_encoding_is_reported_with_what_to_do(path: Path) -> None:
    reason = failure(path, "allée".encode("latin-1")).reason
    assert reason == "not UTF-8 text (byte 0xE9 at offset 3); save it as UTF-8"


def test_half_a_utf_16_file_is_reported(path: Path) -> None:
    assert "UTF-16" in failure(path, codecs.BOM_UTF16_LE + b"a\0b").reason


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
        b"\x7fELF\x02\x01\x01\0\0\0",
    ],
)
def test_a_binary_file_is_reported(path: Path, data: bytes) -> None:
    assert failure(path, data).reason.startswith("binary file")


@pytest.mark.parametrize("data", ["", "\n \n\t\n", "\ufeff", "---\ntitle:\n---\n"])
def test_a_file_without_any_text_is_reported_as_empty(path: Path, data: str) -> None:
    assert failure(path, data).reason == "empty"


def test_a_stray_control_character_becomes_a_space(path: Path) -> None:
    body = "Một trang giấy dài, và một vết xước. " * 10
    document = read_one(path, f"Tựa\n{body}a\0b\x1b[31mc\fd\x85e\u2028f")
    assert document.text.endswith("a b [31mc\nd\ne\nf")


def test_a_text_beyond_the_limit_is_reported(path: Path) -> None:
    assert "10 MB" in failure(path, b"a " * (MAX_TEXT // 2 + 1)).reason


def test_a_megabyte_on_one_line_is_read_whole(path: Path) -> None:
    line = "nước chảy đá mòn " * 60_000
    assert read_one(path, line).text == line.strip()


def test_a_file_that_vanishes_is_reported(tmp_path: Path) -> None:
    [found] = readers.read(tmp_path / "đâu.txt", "đâu.txt")
    assert isinstance(found, Failure)
    assert "No such file" in found.reason


def test_a_bug_in_a_reader_costs_one_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(item: object) -> object:
        raise KeyError("lost")

    monkeypatch.setattr(text, "read", broken)
    assert "KeyError" in failure(path, "Xin chào").reason
