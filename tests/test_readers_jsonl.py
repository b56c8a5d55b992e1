"""JSON lines: each line a document or a failure."""

import codecs
import json
from pathlib import Path

import pytest

from indexer import readers
from indexer.readers import Failure, Record
from indexer.readers.formats import jsonl
from indexer.readers.text import decode
from search.document import Document


def read(path: Path, *lines: str | bytes) -> list[Document | Failure]:
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines))
    found = readers.read(path, path.name)
    return [item.document if isinstance(item, Record) else item for item in found]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kho.jsonl"


def test_all_fields_are_read(path: Path) -> None:
    [document] = read(
        path,
        '{"id": "k-1", "title": "Mùa cốm", "text": "Hạt xanh.\\r\\nLá sen.", "lang": "vi", "author": "Hạ",'
        ' "url": "https://example.org/com", "source": "Sổ tay", "date": "4/10/2022", "khác": [1]}',
    )
    assert document == Document(
        id="k-1",
        title="Mùa cốm",
        text="Hạt xanh.\nLá sen.",
        language="vi",
        url="https://example.org/com",
        source="Sổ tay",
        author="Hạ",
        date="2022-10-04",
    )


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ('"fr-1"', ("fr-1",)),
        ('["fr-1", 7, "https://example.org/com"]', ("fr-1", "7", "https://example.org/com")),
        ('["../fr/com.md"]', ("fr/com.md",)),
        ('["", " ", null, true, {"fr": 1}, ["fr-1"]]', ()),
        ("null", ()),
        ('{"fr": "fr-1"}', ()),
    ],
)
def test_a_record_names_the_same_story_in_other_languages(
    path: Path, written: str, names: tuple[str, ...]
) -> None:
    path.write_text('{"title": "Mùa cốm", "text": "Hạt xanh.", "alternates": ' + written + "}")
    [found] = readers.read(path, "vi/kho.jsonl")
    assert isinstance(found, Record)
    assert found.document.alternates == names


def test_broken_json_line_is_reported_with_file_and_line(path: Path) -> None:
    found = read(
        path, '{"id": "a", "text": "Một."}', '{"id": "b", "text": ', "", '{"id": "c", "text": "Ba."}'
    )
    assert [item.id for item in found if isinstance(item, Document)] == ["a", "c"]
    [failure] = [item for item in found if isinstance(item, Failure)]
    assert failure.place == f"{path}:2"
    assert failure.reason == "broken JSON: Expecting value at column 21"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('["a"]', "not a JSON object"),
        ("null", "not a JSON object"),
        ('{"id": "a"}', 'no "text"'),
        ('{"text": null}', 'no "text"'),
        ('{"text": ["a"]}', '"text" is not a string but list'),
        ('{"text": " \\n "}', "empty"),
        ('{"text": "a", "id": "' + "x" * 2000 + '"}', '"id" is longer than 1000'),
        ("[" * 200_000, "broken JSON"),
        ('{"text": "a", "n": ' + "9" * 10_000 + "}", "broken JSON"),
        ('{"text": "déjà"}'.encode("latin-1"), "not UTF-8"),
    ],
)
def test_a_line_that_is_no_document_is_reported_and_the_rest_goes_on(
    path: Path, line: str | bytes, reason: str
) -> None:
    before, failure, after = read(path, '{"text": "Trước."}', line, '{"text": "Sau."}')
    assert isinstance(before, Document)
    assert isinstance(after, Document)
    assert isinstance(failure, Failure)
    assert failure.line == 2
    assert failure.reason.startswith(reason)


def test_a_record_without_id_is_named_after_its_line(path: Path) -> None:
    found = read(path, "", '{"text": "Một."}', '{"id": "", "text": "Hai."}', '{"id": 7, "text": "Ba."}')
    assert [item.id for item in found if isinstance(item, Document)] == ["kho.jsonl#2", "kho.jsonl#3", "7"]


def test_a_record_without_title_is_called_by_its_first_line_and_keeps_it(path: Path) -> None:
    [document] = read(path, json.dumps({"title": None, "text": "Tựa\nThân."}))
    assert isinstance(document, Document)
    assert (document.title, document.text) == ("Tựa", "Tựa\nThân.")


def test_a_title_without_text_is_a_document(path: Path) -> None:
    [document] = read(path, '{"title": "Tranh Hàng Trống", "text": ""}')
    assert isinstance(document, Document)


def test_lone_surrogates_and_control_characters_are_repaired(path: Path) -> None:
    [document] = read(path, r'{"id": "\udfff1", "title": "a\u0000b", "text": "x\ud800y \ud83d\ude00"}')
    assert isinstance(document, Document)
    assert (document.id, document.title, document.text) == ("\ufffd1", "a b", "x\ufffdy 😀")
    for value in (document.id, document.title, document.text):
        value.encode()


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_is_understood(path: Path, bom: bytes, encoding: str) -> None:
    found = read(path, bom + '{"text": "Sữa đậu"}\n{"text": "Bánh rán"}'.encode(encoding))
    assert [item.title for item in found if isinstance(item, Document)] == ["Sữa đậu", "Bánh rán"]


@pytest.mark.parametrize("data", ["", "\n\n  \n"])
def test_a_file_without_a_record_is_empty(path: Path, data: str) -> None:
    [failure] = read(path, data)
    assert isinstance(failure, Failure)
    assert failure.reason == "empty"


def test_a_line_that_is_too_long_is_one_failure(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_TEXT", 100)
    monkeypatch.setattr(decode, "MAX_TEXT", 100)
    long = json.dumps({"text": "dài " * 1000}, ensure_ascii=False)
    exact = '{"text": "' + "x" * 88 + '"}'
    assert len(exact) == 100
    first, second, third = read(path, long, exact, '{"text": "Ngắn."}')
    assert isinstance(first, Failure)
    assert "split it" in first.reason
    assert isinstance(second, Document)
    assert isinstance(third, Document)


@pytest.mark.parametrize("escaped", [True, False])
def test_utf_8_read_as_latin_1_is_set_right_in_every_field(path: Path, escaped: bool) -> None:
    fields = {"title": "Đò đầy", "text": "Người lái đò\nđã quá mệt", "author": "Lê Mận", "source": "Bến Đá"}
    broken = {name: said.encode().decode("latin-1") for name, said in fields.items()}
    [document] = read(path, json.dumps(broken, ensure_ascii=escaped))
    assert isinstance(document, Document)
    found = {name: getattr(document, name) for name in fields}
    assert found == fields
