"""The Whoosh engine's files: integers, arrays, and what is said of an index that is not whole."""

import json
import os
import pickle
import pickletools
import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from search import SearchRequest
from search.arrayfile import ArrayFile, ArrayFileWriter
from search.engines.arrays import varint
from search.engines.folder import current_generation
from search.engines.whoosh.store import verify_generation
from search.engines.whoosh.writer import WhooshWriter
from search.errors import IndexDamaged, IndexMismatch, IndexMissing, SearchError

LARGEST = 2**32 - 1


@given(st.lists(st.one_of(st.integers(0, LARGEST), st.integers(0, 300))))
def test_varints_come_back(values: list[int]) -> None:
    data, widths = varint.encode(np.array(values, np.uint32))
    assert varint.decode(data).tolist() == values
    assert widths.sum() == len(data)


def test_varints_at_the_edges_of_their_widths() -> None:
    edges = [0, 127, 128, 2**14 - 1, 2**14, 2**21 - 1, 2**21, 2**28 - 1, 2**28, LARGEST]
    data, widths = varint.encode(np.array(edges, np.uint32))
    assert widths.tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert varint.decode(data).tolist() == edges
    assert data[-5:].tolist() == [0xFF, 0xFF, 0xFF, 0xFF, 0x0F]


def test_any_stretch_of_varints_decodes_by_itself() -> None:
    values = np.array([3, 300, 70_000, 5, LARGEST, 0, 129], np.uint32)
    data, widths = varint.encode(values)
    ends = np.cumsum(widths)
    for first in range(len(values)):
        begin = ends[first] - widths[first]
        assert varint.decode(data[begin:]).tolist() == values[first:].tolist()


def test_arrays_come_back(tmp_path: Path) -> None:
    path = tmp_path / "arrays"
    with ArrayFileWriter(path) as out:
        out.write("empty", np.empty(0, np.uint32))
        out.start("chunks", np.uint16)
        out.append("chunks", np.array([1, 2], np.uint16))
        out.append("chunks", np.array([65_535], np.uint16))
        out.write("wide", np.array([2**63], np.uint64))
    arrays = ArrayFile(path)
    assert arrays.names() == ("empty", "chunks", "wide")
    assert [arrays[name].tolist() for name in arrays.names()] == [[], [1, 2, 65_535], [2**63]]
    arrays.check()


def test_a_changed_byte_fails_its_checksum(tmp_path: Path) -> None:
    path = tmp_path / "arrays"
    with ArrayFileWriter(path) as out:
        out.write("numbers", np.arange(100, dtype=np.uint32))
    data = bytearray(path.read_bytes())
    data[data.index(b"\x07\0\0\0")] ^= 1
    path.write_bytes(data)
    with pytest.raises(IndexDamaged, match="numbers fails its checksum"):
        ArrayFile(path).check()


def files(index: Path) -> list[Path]:
    work = index / "work"
    return sorted(
        path
        for path in index.rglob("*")
        if path.is_file() and "LOCK" not in path.name and work not in path.parents
    )


def says_what_to_do(error: SearchError) -> bool:
    return "python -m indexer build" in str(error)


def open_and_search(index: Path) -> None:
    """Everything that reads: opening, hits with their stored documents, marks, status."""
    engine = search.open(index)
    page = engine.search(SearchRequest("quyền con người OR droits homme", limit=100))
    assert page.total > 2
    assert all(hit.snippet for hit in page.hits)
    engine.status()


def complaint(index: Path) -> str:
    """What is wrong with how an index that is not whole is refused; empty when it is refused well."""
    try:
        open_and_search(index)
    except SearchError as error:
        return "" if says_what_to_do(error) else f"does not say what to do: {error}"
    except Exception as error:
        return f"raises {error!r}"
    return "is not noticed"


@pytest.mark.parametrize("suffix", [".toc", ".pst", ".doc", ".sto", ".arr", ".json", "current"])
def test_a_file_that_is_cut_short_or_missing_is_damage(own_index: Path, suffix: str) -> None:
    """A half-written index: each file cut at several places, then missing, gets a clear message."""
    complaints = []
    for path in [path for path in files(own_index) if path.name.endswith(suffix)]:
        whole = path.read_bytes()
        # the last byte of a text file is its newline
        lengths = {0, 1, 7, 16, len(whole) // 2, len(whole) - (2 if suffix in (".json", "current") else 1)}
        for length in sorted(length for length in lengths if length < len(whole)):
            path.write_bytes(whole[:length])
            complaints.append((path.name, f"cut to {length} of {len(whole)}", complaint(own_index)))
        path.unlink()
        complaints.append((path.name, "missing", complaint(own_index)))
        path.write_bytes(whole)
    open_and_search(own_index)
    assert complaints
    assert [each for each in complaints if each[-1]] == []


def test_a_list_of_segments_cut_anywhere_is_damage(own_index: Path) -> None:
    toc = next(path for path in files(own_index) if path.suffix == ".toc")
    whole = toc.read_bytes()
    for length in [*range(30), *range(30, len(whole), 97)]:
        toc.write_bytes(whole[:length])
        with pytest.raises(IndexDamaged):
            search.open(own_index)


def test_nothing_there_is_missing(tmp_path: Path) -> None:
    for index in (tmp_path / "nowhere", tmp_path / "nowhere" / "below", tmp_path):
        with pytest.raises(IndexMissing) as caught:
            search.open(index)
        assert f"python -m indexer build PATH --index {index}" in str(caught.value)


def test_a_file_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("không phải chỉ mục")
    with pytest.raises(SearchError) as caught:
        search.open(tmp_path / "file")
    assert str(tmp_path / "file") in str(caught.value)


def test_another_programs_folder_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("của người khác")
    with pytest.raises(IndexDamaged, match="not a Song Ngữ index; choose another --index"):
        search.open(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_stock_whoosh_index_is_damage(own_index: Path) -> None:
    """A manifest of ours over somebody else's segments."""
    from whoosh import fields, index

    generation = current_generation(own_index)
    manifest = (generation / "manifest.json").read_text()
    shutil.rmtree(generation)
    generation.mkdir()
    (generation / "manifest.json").write_text(manifest)
    with index.create_in(generation, fields.Schema(id=fields.ID, body=fields.TEXT)).writer() as writer:
        writer.add_document(id="1", body="quyền con người")
    with pytest.raises(IndexDamaged):
        search.open(own_index)


@pytest.mark.parametrize("pointer", ["", "\n", "g2", "../g1", "/etc", "..", ".", "g1\0", "g1\ng2", "é" * 300])
def test_a_pointer_to_no_generation_is_damage(own_index: Path, pointer: str) -> None:
    (own_index / "current").write_text(pointer)
    with pytest.raises(IndexDamaged):
        search.open(own_index)


def test_a_pointer_that_is_no_text_is_damage(own_index: Path) -> None:
    (own_index / "current").write_bytes(b"\xff\xfe")
    with pytest.raises(IndexDamaged):
        search.open(own_index)


@pytest.mark.parametrize("name", ["schema", "analysis", "underthesea"])
def test_an_index_of_another_version_is_a_mismatch(own_index: Path, name: str) -> None:
    manifest = current_generation(own_index) / "manifest.json"
    values = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(values | {name: "0"}))
    with pytest.raises(IndexMismatch, match=f"made with {name} 0") as caught:
        search.open(own_index)
    assert says_what_to_do(caught.value)


@pytest.mark.parametrize(
    "manifest", ["", "{", "[]", "null", "{}", '{"schema": 1}', '"x"', '{"paths": 1}', "1e999"]
)
def test_a_manifest_that_is_none_is_damage(own_index: Path, manifest: str) -> None:
    (current_generation(own_index) / "manifest.json").write_text(manifest)
    with pytest.raises(IndexDamaged) as caught:
        search.open(own_index)
    assert says_what_to_do(caught.value)


class _Trap:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (os.environ["TRAP"],)


def test_the_pickled_schema_of_an_index_is_never_loaded(
    own_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAP", str(tmp_path / "sprung"))
    toc = next(path for path in files(own_index) if path.suffix == ".toc")
    data = toc.read_bytes()
    start = data.index(b"\x80")
    length = max(at for _, _, at in pickletools.genops(data[start:]) if at is not None) + 1
    trap = pickle.dumps(_Trap(), 2)
    toc.write_bytes(data[:start] + trap.ljust(length, b"\0") + data[start + length :])
    assert b"mkdir" in toc.read_bytes()
    assert search.open(own_index).search(SearchRequest("quyền")).total
    with WhooshWriter(current_generation(own_index)):
        pass
    assert not (tmp_path / "sprung").exists()


def test_a_running_engine_outlives_a_damaged_pointer(own_index: Path) -> None:
    engine = search.open(own_index)
    before = engine.search(SearchRequest("quyền")).total
    (own_index / "current").write_text("g9")
    assert engine.search(SearchRequest("quyền")).total == before > 0


def open_documents(index: Path) -> int:
    return search.open(index).status().documents


def test_verification_finds_a_wrong_count_and_a_changed_byte(own_index: Path) -> None:
    generation = current_generation(own_index)
    documents = open_documents(own_index)
    verify_generation(generation, documents)
    with pytest.raises(IndexDamaged, match="instead of"):
        verify_generation(generation, documents + 1)
    postings = next(path for path in files(own_index) if path.suffix == ".pst")
    data = bytearray(postings.read_bytes())
    data[200] ^= 0xFF
    postings.write_bytes(data)
    with pytest.raises(IndexDamaged):
        verify_generation(generation, documents)
