"""Zip and tar files: each file inside is read as if it lay in a folder."""

import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from indexer import readers
from indexer.readers import Failure, Found, Record
from indexer.readers.budget import MIN_BYTES

FILES: Mapping[str, bytes] = {
    "phố/hàng đào.txt": "Hàng Đào\nPhố bán lụa.".encode(),
    "rue.md": b"# La rue\n\nLa rue des tisserands.",
    "dong.jsonl": '{"id": "7", "text": "Dòng một."}\n{"text": "Dòng hai."}\n'.encode(),
    "photo.jpg": b"\xff\xd8\xff\xe0 not read",
    "README.md": b"# About",
    "__MACOSX/._rue.md": b"\0\5\x16\7",
    ".hidden.txt": b"hidden",
}


def zipped(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def tarred(files: Mapping[str, bytes], mode: str = "w") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return packed.getvalue()


def read(tmp_path: Path, name: str, data: bytes) -> list[Found]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(readers.read(path, name))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("kho.zip", zipped(FILES)),
        ("kho.tar", tarred(FILES)),
        ("kho.tgz", tarred(FILES, "w:gz")),
        ("kho.tar.xz", lzma.compress(tarred(FILES))),
        ("kho.zip.gz", gzip.compress(zipped(FILES))),
        ("kho.docx", zipped(FILES)),
    ],
)
def test_every_document_in_an_archive_is_found_under_its_path(tmp_path: Path, name: str, data: bytes) -> None:
    found = read(tmp_path, name, data)
    assert all(isinstance(item, Record) for item in found), found
    documents = {item.document.id: item for item in found if isinstance(item, Record)}
    assert set(documents) == {
        f"{name}/phố/hàng đào.txt",
        f"{name}/rue.md",
        "7",
        f"{name}/dong.jsonl#2",
    }
    street = documents[f"{name}/phố/hàng đào.txt"]
    assert (street.document.title, street.document.text) == ("Hàng Đào", "Phố bán lụa.")
    assert street.place == f"{tmp_path / name}/phố/hàng đào.txt"
    assert documents["7"].place == f"{tmp_path / name}/dong.jsonl:1"


def test_archives_inside_archives_are_read_three_deep(tmp_path: Path) -> None:
    data = b"Trang\nSau ba l\xe1\xbb\x9bp."
    layers = {"a.txt": data}
    for depth in range(3):
        layers = {f"lop{depth}.zip": zipped(layers)}
    [outer] = layers.values()
    [found] = read(tmp_path, "ngoai.zip", outer)
    assert isinstance(found, Record)
    assert found.document.id == "ngoai.zip/lop1.zip/lop0.zip/a.txt"
    [failure] = read(tmp_path, "sau.zip", zipped({"mot.zip": zipped({"hai.zip": outer})}))
    assert isinstance(failure, Failure)
    assert "archive inside 3 others" in failure.reason


def test_a_broken_member_is_reported_by_its_place_and_the_others_are_read(tmp_path: Path) -> None:
    files = {"a.txt": b"A\nMot.", "b.txt": b"\0\1\2\3" * 40, "c.txt": b"C\nBa."}
    first, failure, last = read(tmp_path, "kho.zip", zipped(files))
    assert isinstance(first, Record)
    assert isinstance(failure, Failure)
    assert isinstance(last, Record)
    assert failure.place == f"{tmp_path / 'kho.zip'}/b.txt"


def test_an_encrypted_member_asks_for_its_password(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"A\nMot."}))
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(signature) + offset] |= 1
    [failure] = read(tmp_path, "kho.zip", bytes(data))
    assert isinstance(failure, Failure)
    assert "password" in failure.reason


def test_a_member_with_a_wrong_checksum_is_damaged(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.txt", "A\nNguyên vẹn.")
    data = packed.getvalue().replace("Nguyên".encode(), b"Nguyanx")
    [failure] = read(tmp_path, "kho.zip", data)
    assert isinstance(failure, Failure)
    assert "damaged" in failure.reason


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_a_truncated_archive_is_one_failure_after_what_could_be_read(
    tmp_path: Path, kind: str, share: float
) -> None:
    files = {f"{number}.txt": f"Trang {number}\n{'Nội dung. ' * 300}".encode() for number in range(20)}
    whole = zipped(files) if kind == "zip" else tarred(files)
    *_, failure = read(tmp_path, f"kho.{kind}", whole[: int(len(whole) * share)])
    assert isinstance(failure, Failure)
    assert "damaged" in failure.reason


def test_a_bomb_stops_at_its_budget(tmp_path: Path) -> None:
    nothing = b"\n" * (MIN_BYTES // 4)
    bomb = zipped({f"{number}.jsonl": nothing for number in range(6)})
    failures = read(tmp_path, "bomb.zip", bomb)
    assert len(bomb) < MIN_BYTES // 100
    assert isinstance(failures[-1], Failure)
    assert "decompression bomb" in failures[-1].reason


def test_names_in_every_script_survive(tmp_path: Path) -> None:
    names = ["tiếng Việt.txt", "œuvre.txt", "русский.txt", "日本語.txt", "עברית.txt"]
    for pack in (zipped, tarred):
        found = read(tmp_path, "ten.zip", pack({name: f"{name}\nNội dung.".encode() for name in names}))
        assert [item.document.title for item in found if isinstance(item, Record)] == names


def test_utf_8_names_are_understood_in_a_zip_that_does_not_announce_them(tmp_path: Path) -> None:
    name = "tiếng Việt.txt".encode()
    stand_in = "x" * (len(name) - 4) + ".txt"
    unannounced = zipped({stand_in: b"A\nB."}).replace(stand_in.encode(), name)
    [found] = read(tmp_path, "kho.zip", unannounced)
    assert found.member == "tiếng Việt.txt"


def test_an_archive_with_nothing_to_read_says_so(tmp_path: Path) -> None:
    [failure] = read(tmp_path, "anh.zip", zipped({"photo.jpg": b"\xff\xd8\xff"}))
    assert isinstance(failure, Failure)
    assert failure.reason == "nothing to read in it"
