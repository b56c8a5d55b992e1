"""A folder of damaged, hostile and odd files of our own making, and what should become of each."""

import gzip
import io
import lzma
import os
import random
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import docx
import pypdf
from fpdf import FPDF

READ, REFUSED, EITHER = "read", "refused", "either"
HUGE = 200_000_000
SUFFIXES = (
    *("txt", "md", "html", "mhtml", "csv", "jsonl", "docx", "odt", "epub", "pdf", "zip", "tar"),
    *("rtf", "pptx", "xlsx", "ods", "odp", "eml", "doc"),
)
STORY = "Bến đò cũ\nNgười lái đò gác mái chèo, nhìn cây cầu mới bắc qua sông."
NOISE = random.Random(5).randbytes(20_000)


def pdf(lines: int = 3) -> bytes:
    document = FPDF()
    document.add_page()
    document.set_font("helvetica", size=12)
    for place in range(lines):
        document.text(
            20, 20 + 10 * place, f"Le bac numero {place} ne passe plus la riviere depuis le printemps."
        )
    return bytes(document.output())


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.encrypt("bí mật", algorithm="AES-256")
    packed = io.BytesIO()
    writer.write(packed)
    return packed.getvalue()


def word() -> bytes:
    made = docx.Document()
    made.add_paragraph("Biên bản bàn giao bến đò cho xã quản lý từ đầu năm.")
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def deep() -> bytes:
    """Tables in tables, more of them than libxml2 follows."""
    depth = 2_000
    body = b"<tbl><tr><tc>" * depth + "<p><r><t>Đáy</t></r></p>".encode() + b"</tc></tr></tbl>" * depth
    return zipped({"[Content_Types].xml": b"", "word/document.xml": b"<document>" + body + b"</document>"})


def loop() -> bytes:
    """A Word file whose main part is its own note, and whose styles are based on each other."""
    kinds = "".join(f'<R Type="x/{kind}" Target="document.xml"/>' for kind in ("footnotes", "styles") * 300)
    styles = "".join(f'<style styleId="{a}"><basedOn val="{b}"/></style>' for a, b in ("ab", "ba"))
    return zipped(
        {
            "[Content_Types].xml": b"",
            "word/document.xml": f"<document>{styles}</document>".encode(),
            "word/_rels/document.xml.rels": f"<Rs>{kinds}</Rs>".encode(),
        }
    )


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def locked_zip() -> bytes:
    data = bytearray(zipped({"thu.txt": STORY.encode()}))
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


def nested(depth: int, core: bytes) -> bytes:
    for level in range(depth):
        core = zipped({f"lop{level}.zip" if level else "thu.txt": core})
    return core


def odd_tar() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, kind in (
            ("../../etc/lien-ket.txt", tarfile.SYMTYPE),
            ("o-dia.txt", tarfile.BLKTYPE),
            ("ong.txt", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("../thu.txt")
        info.size = len(STORY.encode())
        archive.addfile(info, io.BytesIO(STORY.encode()))
    return packed.getvalue()


def one_line(size: int) -> Iterator[bytes]:
    block = "dòng không bao giờ xuống hàng ".encode() * 30_000
    for _ in range(size // len(block) + 1):
        yield block


def write_one_line(path: Path) -> None:
    opener: Callable[..., object] = gzip.open if path.suffix == ".gz" else open
    options = {"compresslevel": 1} if path.suffix == ".gz" else {}
    with opener(path, "wb", **options) as file:  # type: ignore[attr-defined]
        for block in one_line(HUGE):
            file.write(block)


def contents() -> Iterator[tuple[str, bytes, str]]:
    """Name, bytes and fate of each file."""
    yield from _pdf_and_archives()
    yield from _office()
    yield from _text()


def _pdf_and_archives() -> Iterator[tuple[str, bytes, str]]:
    """PDF files and zip archives."""
    whole = pdf(40)
    for share in (5, 30, 60, 95):
        yield f"pdf/cut-{share}.pdf", whole[: len(whole) * share // 100], EITHER
    yield "pdf/whole.pdf", whole, READ
    yield "pdf/locked.pdf", locked_pdf(), REFUSED
    yield "pdf/scanned.pdf", pdf(0), REFUSED
    yield "pdf/noise.pdf", b"%PDF-1.7\n" + NOISE, REFUSED
    yield "pdf/empty.pdf", b"", REFUSED
    yield (
        "pdf/really-a-page.pdf",
        b"<!doctype html><title>404</title><p>Kh\xc3\xb4ng c\xc3\xb3 trang n\xc3\xa0y.",
        READ,
    )
    yield "names/really-a.pdf.txt", pdf(), READ

    archive = zipped({f"{n}.txt": f"Trang {n}\n{STORY}".encode() for n in range(9)})
    yield "zip/cut.zip", archive[: len(archive) // 2], REFUSED
    yield "zip/locked.zip", locked_zip(), REFUSED
    yield "zip/bomb.zip", zipped({f"{n}.jsonl": b"\n" * 50_000_000 for n in range(6)}), REFUSED
    yield (
        "zip/bomb-of-bombs.zip",
        zipped({f"{n}.zip": zipped({"a.jsonl": b"\n" * 60_000_000}) for n in range(5)}),
        REFUSED,
    )
    yield "zip/deep.zip", nested(6, STORY.encode()), REFUSED
    yield "zip/three-deep.zip", nested(3, f"Ba lớp\n{STORY}".encode()), READ
    yield (
        "zip/crc.zip",
        zipped({"a.txt": f"Hỏng\n{STORY}".encode()}, zipfile.ZIP_STORED).replace(b"\nNg", b"\nNx"),
        REFUSED,
    )
    yield "zip/outside.zip", zipped({"../../outside.txt": f"Ra ngoài\n{STORY}".encode()}), READ
    yield "zip/many.zip", zipped({f"{n}.dat": b"" for n in range(5_000)}), REFUSED
    yield "zip/really-word.zip", word(), READ
    yield "zip/odd.tar", odd_tar(), READ
    yield "zip/cut.tar", odd_tar()[:1900], EITHER
    yield "zip/cut.tar.gz", gzip.compress(odd_tar())[:-30], EITHER


def _office() -> Iterator[tuple[str, bytes, str]]:
    """What is packed, and files of office programs."""
    yield "packed/cut.txt.gz", gzip.compress(NOISE)[:9_000], REFUSED
    yield "packed/cut.jsonl.xz", lzma.compress(b'{"text": "Con chim s\xc3\xa1o"}\n' * 5_000)[:-40], EITHER
    yield "packed/noise.txt.gz", NOISE, REFUSED
    yield "packed/bomb.jsonl.xz", lzma.compress(b"\n" * 250_000_000, preset=0), REFUSED
    yield "packed/not-so-named.txt", gzip.compress(f"Nén lại\n{STORY}".encode()), READ

    for suffix in SUFFIXES:
        yield f"noise/noise.{suffix}", NOISE, REFUSED
        yield f"noise/empty.{suffix}", b"", REFUSED
    yield "office/cut.docx", word()[:3_000], REFUSED
    yield "office/locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NOISE, REFUSED
    yield "office/groups.rtf", b"{\\rtf1 " + b"{" * 200_000 + b"Trong cung", READ
    yield "office/cut.rtf", b"{\\rtf1{\\pict\\bin99999999 " + NOISE, REFUSED
    yield "office/loop.docx", loop(), REFUSED
    yield "office/deep.docx", deep(), EITHER
    yield (
        "office/bomb.xlsx",
        zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b" " * 120_000_000}),
        REFUSED,
    )
    yield (
        "office/parts.eml",
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n" * 9_000,
        EITHER,
    )
    yield "office/really-a-zip.docx", zipped({"a.txt": f"Trong gói\n{STORY}".encode()}), READ
    yield "office/really-text.docx", f"Chỉ là chữ\n{STORY}".encode(), READ
    yield (
        "office/bomb.odt",
        zipped(
            {
                "mimetype": b"application/vnd.oasis.opendocument.text",
                "content.xml": b"<a>" + b" " * 120_000_000,
            }
        ),
        REFUSED,
    )


def _text() -> Iterator[tuple[str, bytes, str]]:
    """Texts, tables and pages."""
    mixed = (
        f"Lẫn lộn\n{STORY}\n".encode()
        + "L’été, la rivière était déjà basse et l’épave émergeait.".encode("cp1252")
    )
    yield "encodings/mixed.txt", mixed, READ
    yield "encodings/thin.txt", b"caf\xe9", REFUSED
    yield "encodings/half.txt", ("\ufeff" + STORY).encode("utf-16-le")[:-1], REFUSED
    yield "encodings/no-mark.txt", f"Không dấu đầu tệp\n{STORY}".encode("utf-16-be"), READ
    yield "encodings/twice.txt", f"Hai lần\n{STORY}".encode().decode("latin-1").encode(), READ

    yield "html/deep.html", b"<div>" * 60_000 + "Đáy sâu không tên".encode(), READ
    yield "html/unclosed.html", ("<p>Đoạn dài không thẻ đóng, kể chuyện bến sông. " * 20_000).encode(), READ
    yield "html/script.html", b"<script>" + b"x = 1;" * 50_000, REFUSED
    yield (
        "html/no-page.mhtml",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--",
        REFUSED,
    )

    yield "lines/brackets.jsonl", b"[" * 100_000, REFUSED
    yield "lines/number.jsonl", b'{"id": ' + b"9" * 10_000 + b"}", REFUSED
    yield "lines/broken.jsonl", b'{"text": "Con \xc4\x91\xc3\xb2 c\xc5\xa9"}\n{"te\n{"id": 1}\n', REFUSED
    yield "lines/surrogate.jsonl", b'{"text": "l\\ud800\\udc \\ud800 v\xe1\xbb\xa1"}', EITHER
    yield "lines/no-header.csv", b"1,2,3\n4,5,6\n", REFUSED
    yield "lines/open-quote.csv", ('title,text\nBến,"chưa đóng ngoặc\n' + "x,y\n" * 1_000).encode(), READ
    yield "lines/nul.csv", b"title,text\na\0b,c\0d\n" * 3, EITHER

    for place, name in enumerate(
        (
            "tên tiếng Việt",
            "œuvre",
            "имя",
            "名前",
            "שם",
            "اسم",
            "ชื่อ",
            "emoji 🚣",
            "e\u0301 rời",
            "hai\ndòng",
            "\x1b[31mđỏ",
            "\u202egnoul",
            "x" * 250,
        )
    ):
        yield f"names/{name}.txt", f"Tên thứ {place}\n{STORY}".encode(), READ


def write(folder: Path) -> dict[str, str]:
    """Write all files; their names below the folder and the fate of each."""
    fates: dict[str, str] = {}
    for name, data, fate in contents():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        fates[name] = fate
    for name in ("huge/line.txt", "huge/line.jsonl", "huge/line.txt.gz"):
        (folder / name).parent.mkdir(exist_ok=True)
        write_one_line(folder / name)
        fates[name] = REFUSED
    (folder / "loops" / "inner").mkdir(parents=True)
    (folder / "loops" / "inner" / "up").symlink_to(folder)
    for name, target in (("loops/self.txt", "self.txt"), ("loops/broken.txt", "nowhere.txt")):
        (folder / name).symlink_to(target)
        fates[name] = REFUSED
    os.mkfifo(folder / "loops" / "pipe.txt")
    fates["loops/pipe.txt"] = REFUSED
    return fates
