"""Word, OpenDocument and e-book files: text in reading order, and what the file says about itself."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import ModuleType

import docx as python_docx
import pytest

from indexer.readers.formats import docx, epub, odt
from indexer.readers.record import Item, Record, Unreadable
from search.document import Document

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ODF = "urn:oasis:names:tc:opendocument:xmlns"
CONTENT = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0"
 xmlns:table="{ODF}:table:1.0">
<office:body><office:text>
<text:tracked-changes><text:changed-region><text:p>xóa rồi</text:p></text:changed-region>
</text:tracked-changes>
<text:h text:outline-level="1">Lệ làng Gạo</text:h>
<text:p>Điều một:<text:s/>giữ giếng<text:line-break/>làng cho sạch.
<office:annotation><text:p>ghi chú</text:p></office:annotation></text:p>
<text:list><text:list-item><text:p>Không giặt ở bờ giếng</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>Phạt</text:p></table:table-cell>
<table:table-cell><text:p>một quan</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>"""
META = f"""<office:document-meta xmlns:office="{ODF}:office:1.0" xmlns:meta="{ODF}:meta:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>Hương ước làng Gạo</dc:title>
<meta:initial-creator>Ông Lý</meta:initial-creator><dc:language>vi-VN</dc:language>
<meta:creation-date>1932-05-01T10:00:00</meta:creation-date></office:meta></office:document-meta>"""
CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="OEBPS/sach.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
<metadata>
<dc:title>Contes du fleuve</dc:title><dc:creator>Anne Rivière</dc:creator><dc:language>fr</dc:language>
<dc:publisher>Les Rives</dc:publisher><dc:date>2019-04</dc:date></metadata><manifest>
<item id="b" href="hai%20b.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
<item id="i" href="i.png" media-type="image/png"/></manifest>
<spine><itemref idref="a"/><itemref idref="i"/><itemref idref="b"/><itemref idref="none"/></spine>
</package>"""
XHTML = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{}</body></html>'


def zipped(files: Mapping[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def word() -> bytes:
    made = python_docx.Document()
    made.core_properties.title = "Biên bản họp xóm"
    made.core_properties.author = "Trưởng xóm"
    made.core_properties.created = datetime(2023, 11, 4, 8, tzinfo=UTC)
    made.core_properties.language = "vi-VN"
    made.add_heading("Biên bản họp xóm", 0)
    made.add_paragraph("Có mặt hai mươi hộ.\tVắng ba hộ.")
    table = made.add_table(rows=2, cols=3)
    for place, cell in enumerate(("Việc", "Ai làm", "Hạn")):
        table.cell(0, place).text = cell
    table.cell(1, 0).merge(table.cell(1, 1)).text = "Nạo vét mương"
    table.cell(1, 2).text = "Rằm"
    made.add_paragraph("Biên bản lập thành hai bản.")
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def odf(**changed: str) -> bytes:
    return zipped(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": CONTENT, "meta.xml": META}
        | changed
    )


def book(**changed: str) -> bytes:
    chapters = {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/sach.opf": PACKAGE,
        "OEBPS/a.xhtml": XHTML.format("<h1>La crue</h1><p>L’eau monta la nuit.</p>"),
        "OEBPS/hai b.xhtml": XHTML.format("<p>Au matin, la barque flottait dans la cour.</p>"),
    }
    return zipped({"mimetype": "application/epub+zip"} | chapters | changed)


def read(reader: ModuleType, data: bytes) -> Document:
    [found] = reader.read(Item("a", "kho/a", "a", io.BytesIO(data)))
    assert isinstance(found, Record)
    return found.document


def test_a_word_file_is_read_in_its_order() -> None:
    document = read(docx, word())
    assert document.title == "Biên bản họp xóm"
    assert document.text.split("\n\n") == [
        "Có mặt hai mươi hộ. Vắng ba hộ.",
        "Việc  Ai làm  Hạn",
        "Nạo vét mương  Rằm",
        "Biên bản lập thành hai bản.",
    ]
    assert (document.author, document.date, document.language) == ("Trưởng xóm", "2023-11-04", "vi")


def test_a_word_file_without_a_title_has_its_first_heading() -> None:
    made = python_docx.Document()
    made.core_properties.author = ""
    made.add_paragraph("Xã Đông Hòa")
    made.add_heading("Thông báo cắt nước", 1)
    packed = io.BytesIO()
    made.save(packed)
    document = read(docx, packed.getvalue())
    assert document.title == "Thông báo cắt nước"
    assert document.author == ""


def test_an_opendocument_is_read_in_its_order() -> None:
    document = read(odt, odf())
    assert document.title == "Hương ước làng Gạo"
    assert document.text.split("\n\n") == [
        "Lệ làng Gạo",
        "Điều một: giữ giếng\nlàng cho sạch.",
        "Không giặt ở bờ giếng",
        "Phạt  một quan",
    ]
    assert (document.author, document.date, document.language) == ("Ông Lý", "1932-05-01", "vi")


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    document = read(epub, book())
    assert document.title == "Contes du fleuve"
    assert document.text == "La crue\n\nL’eau monta la nuit.\n\nAu matin, la barque flottait dans la cour."
    assert (document.author, document.source, document.date) == ("Anne Rivière", "Les Rives", "2019-04")
    assert document.language == "fr"


XMLENC = "http://www.w3.org/2001/04/xmlenc#"
ENCRYPTION = f'<encryption xmlns:e="{XMLENC}"><e:EncryptionMethod Algorithm="{{}}"/></encryption>'


@pytest.mark.parametrize(
    ("reader", "data", "reason"),
    [
        (docx, OLE, "encrypted"),
        (docx, b"not a zip file", "damaged"),
        (docx, word()[:2000], "damaged"),
        (docx, zipped({"word/document.xml": "<a/>"}), "damaged"),
        (odt, odf()[:300], "damaged"),
        (odt, zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "no content.xml"),
        (odt, odf(**{"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "encrypted"),
        (odt, odf(**{"content.xml": "<a/>"}), "empty"),
        (epub, book()[:300], "damaged"),
        (epub, zipped({"mimetype": "application/epub+zip"}), "no META-INF/container.xml"),
        (
            epub,
            book(**{"META-INF/encryption.xml": ENCRYPTION.format(XMLENC + "aes128-cbc")}),
            "DRM",
        ),
        (epub, book(**{"OEBPS/a.xhtml": "", "OEBPS/hai b.xhtml": ""}), "empty"),
    ],
)
def test_what_cannot_be_read_says_why(reader: ModuleType, data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(reader, data)


def test_a_book_whose_fonts_are_scrambled_is_read() -> None:
    fonts = ENCRYPTION.format("http://www.idpf.org/2008/embedding")
    assert read(epub, book(**{"META-INF/encryption.xml": fonts})).text.startswith("La crue")


@pytest.mark.parametrize(
    ("reader", "name"), [(odt, "content.xml"), (epub, "OEBPS/sach.opf"), (docx, "word/document.xml")]
)
def test_a_bomb_in_a_part_is_refused(reader: ModuleType, name: str) -> None:
    make: Callable[..., bytes] = {odt: odf, epub: book, docx: lambda **changed: zipped(changed)}[reader]
    with pytest.raises(Unreadable, match="MB"):
        read(reader, make(**{name: "<a>" + " " * 101_000_000 + "</a>"}))


def test_entities_are_never_expanded() -> None:
    bomb = "<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;&x;'>]>"
    document = read(
        odt, odf(**{"content.xml": CONTENT.replace("?>", "?>" + bomb, 1).replace("xuống", "&y;")})
    )
    assert "hahaha" not in document.text


def test_a_chapter_that_cannot_be_read_does_not_cost_the_book() -> None:
    chapters = {
        "OEBPS/a.xhtml": XHTML.format("<p>La barque de Zo\udce9 fut rendue.</p>"),
        "OEBPS/hai b.xhtml": "\0\udcff\1" * 99,
    }
    files = {name: data.encode("utf-8", "surrogateescape") for name, data in chapters.items()}
    packed = io.BytesIO(book())
    with zipfile.ZipFile(packed) as whole:
        files = {name: whole.read(name) for name in whole.namelist()} | files
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data.replace(b"<html", b'<?xml version="1.0" encoding="utf-8"?><html', 1))
    [found] = epub.read(Item("a", "kho/a", "a", packed))
    assert isinstance(found, Record)
    assert found.document.text == "La barque de Zo\ufffd fut rendue."
    assert found.repairs == ("a.xhtml: damaged UTF-8, 1 byte replaced",)
    assert found.losses == ("chapter hai b.xhtml is left out: binary file, not text",)
