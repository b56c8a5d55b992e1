"""Compressed files: read as what is inside them."""

import gzip
import lzma
from pathlib import Path

import pytest

from indexer import readers
from indexer.readers import Failure, Record, format_by_name

LINES = b"".join(b'{"id": "%d", "text": "trang s\xe1\xbb\x91 %d"}\n' % (n, n * n) for n in range(5000))


@pytest.mark.parametrize(
    ("suffix", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress), (".GZ", gzip.compress)]
)
def test_each_format_is_read_inside_a_compressed_file(tmp_path: Path, suffix: str, pack: type[bytes]) -> None:
    for name, content in (
        ("a.txt", "Tựa\nThân."),
        ("a.md", "# Tựa\nThân."),
        ("a.jsonl", '{"text": "Tựa\\nThân."}'),
    ):
        path = tmp_path / (name + suffix)
        path.write_bytes(pack(content.encode()))
        [found] = readers.read(path, path.name)
        assert isinstance(found, Record), found
        assert (found.document.title, found.document.text.removeprefix("Tựa\n")) == ("Tựa", "Thân.")
        assert found.document.id.startswith(name + suffix)


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_what_precedes_the_damage_is_read_and_the_damage_reported(
    tmp_path: Path, suffix: str, pack: type[bytes]
) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    data = pack(LINES)
    path.write_bytes(data[: len(data) * 9 // 10])
    *found, failure = readers.read(path, path.name)
    assert isinstance(failure, Failure)
    assert failure.reason.startswith("damaged or truncated compressed file")
    assert all(isinstance(item, Record) for item in found)


@pytest.mark.parametrize("suffix", [".gz", ".xz"])
@pytest.mark.parametrize(
    "content", [b"plain text, not packed at all", b"", b"\x1f\x8b\x08\0garbage", b"\xfd7zXZ\0bad"]
)
def test_a_file_that_only_claims_to_be_compressed_is_reported(
    tmp_path: Path, suffix: str, content: bytes
) -> None:
    path = tmp_path / f"a.txt{suffix}"
    path.write_bytes(content)
    [failure] = readers.read(path, path.name)
    assert isinstance(failure, Failure)
    assert failure.reason.startswith("damaged") or failure.reason == "empty"


def test_a_decompression_bomb_is_one_failure(tmp_path: Path) -> None:
    path = tmp_path / "bomb.txt.xz"
    path.write_bytes(lzma.compress(b" " * 60_000_000, preset=0))
    [failure] = readers.read(path, path.name)
    assert isinstance(failure, Failure)
    assert "split it" in failure.reason


def test_the_bytes_consumed_grow_up_to_the_size_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(LINES))
    consumed = [item.consumed for item in readers.read(path, path.name, 1000) if isinstance(item, Record)]
    assert consumed == sorted(consumed)
    assert consumed[-1] == 1000 + path.stat().st_size


@pytest.mark.parametrize("name", ["a.gz", "a.txt.gz.gz", "a.rar", "a", ".gz", "a.tsv", "a.txt.bak"])
def test_other_formats_have_no_reader(name: str) -> None:
    assert format_by_name(name) == ""
