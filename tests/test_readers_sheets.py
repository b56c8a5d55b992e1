"""Presentations, workbooks and messages, and the formats that are told but not read."""

from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest
from office_files import DRAWING, RELATIONS, SHEETS, SLIDES, odf, package, related, zipped

from indexer.readers import Failure, Record, is_document
from indexer.readers import read as read_file

NAMES = f'xmlns:p="{SLIDES}" xmlns:a="{DRAWING}" xmlns:r="{RELATIONS}"'


def read(tmp_path: Path, name: str, data: bytes) -> Record:
    (tmp_path / name).write_bytes(data)
    [found] = read_file(tmp_path / name, name)
    assert isinstance(found, Record), found
    return found


def shape(text: str, placeholder: str = "") -> str:
    mark = f'<p:nvSpPr><p:nvPr><p:ph type="{placeholder}"/></p:nvPr></p:nvSpPr>' if placeholder else ""
    lines = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in text.split("|"))
    return f"<p:sp>{mark}<p:txBody>{lines}</p:txBody></p:sp>"


def slide(*shapes: str) -> str:
    return f"<p:sld {NAMES}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:sld>"


def slides() -> bytes:
    order = '<p:sldIdLst><p:sldId id="256" r:id="r2"/><p:sldId id="257" r:id="r1"/></p:sldIdLst>'
    parts = {
        "ppt/presentation.xml": f"<p:presentation {NAMES}>{order}</p:presentation>",
        "ppt/slides/slide1.xml": slide(shape("Hai bờ|một cây cầu"), shape("7", "sldNum")),
        "ppt/slides/slide2.xml": slide(shape("Chuyện bến đò", "title"), shape("Bản nháp", "ftr")),
        "ppt/slides/_rels/slide2.xml.rels": related(("notesSlide", "../notesSlides/n.xml")),
        "ppt/notesSlides/n.xml": slide(shape("nhớ kể chuyện lũ", "body")),
    }
    kinds = {"ppt/slides/slide1.xml": "slide", "ppt/slides/slide2.xml": "slide"}
    return package("ppt/presentation.xml", parts, kinds)


@pytest.mark.parametrize("name", ["a.pptx", "tải về"])
def test_slides_are_read_in_the_order_in_which_they_are_shown(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, name, slides())
    assert (found.format, found.document.title) == ("pptx", "Chuyện bến đò")
    assert found.document.text.split("\n\n") == ["nhớ kể chuyện lũ", "Hai bờ", "một cây cầu"]


def workbook(rows: Sequence[str], sheets: str = '<sheet name="Sổ đò" r:id="r1"/>') -> bytes:
    names = f'xmlns="{SHEETS}" xmlns:r="{RELATIONS}"'
    data = "".join(f"<row>{row}</row>" for row in rows)
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
        '<numFmt numFmtId="165" formatCode="0 &quot;đ&quot;"/>'
        '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="165"/>'
        "</cellXfs>"
    )
    parts = {
        "xl/workbook.xml": f"<workbook {names}><sheets>{sheets}</sheets></workbook>",
        "xl/worksheets/sheet1.xml": f"<worksheet {names}><sheetData>{data}</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {names}><si><t>Người lái</t></si><si><r><t>Chuy</t></r>"
        "<r><t>ến</t></r></si></sst>",
        "xl/styles.xml": f"<styleSheet {names}>{styles}</styleSheet>",
    }
    kinds = {
        "xl/worksheets/sheet1.xml": "worksheet",
        "xl/sharedStrings.xml": "sharedStrings",
        "xl/styles.xml": "styles",
    }
    return package("xl/workbook.xml", parts, kinds)


def test_a_workbook_is_read_row_by_row_as_its_cells_show_it(tmp_path: Path) -> None:
    rows = (
        '<c t="s"><v>0</v></c><c t="s"><v>1</v></c>',
        '<c t="inlineStr"><is><t>Ông Tư</t></is></c><c s="1"><v>45366</v></c><c s="2"><v>45366.5</v></c>',
        '<c t="str"><f>A1</f><v>cộng</v></c><c s="3"><v>12.0</v></c><c><v>0.1</v></c>'
        '<c t="e"><v>#REF!</v></c>',
        '<c t="s"><v>99</v></c>',
    )
    found = read(tmp_path, "a.xlsx", workbook(rows))
    assert found.format == "xlsx"
    assert found.document.text.split("\n\n") == [
        "Sổ đò",
        "Người lái  Chuyến",
        "Ông Tư  15/03/2024  15/03/2024",
        "cộng  12  0.1",
    ]


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(
        workbook(["<c><v>1</v></c>"], '<sheet name="Ẩn" state="hidden" r:id="r1"/>')
    )
    [found] = read_file(tmp_path / "a.xlsx", "a.xlsx")
    assert isinstance(found, Failure)
    assert "empty" in found.reason


@pytest.mark.parametrize("kind", ["spreadsheet", "presentation"])
def test_sheets_and_slides_of_opendocument_are_read(tmp_path: Path, kind: str) -> None:
    cells = "".join(
        f"<table:table-cell><text:p>{word}</text:p></table:table-cell>" for word in ("thé", "riz")
    )
    body = f"<table:table><table:table-row>{cells}</table:table-row></table:table><text:p>Fin</text:p>"
    found = read(tmp_path, "a.ods", odf(body, kind=kind))
    assert (found.document.title, found.document.text) == ("thé  riz".replace("  ", " "), "Fin")


def message(*, html: bool, charset: str = "utf-8") -> EmailMessage:
    made = EmailMessage()
    made["Subject"] = "Chuyến đò cuối"
    made["From"] = "Lê Mận <man@cuabien.example>"
    made["Date"] = "Fri, 15 Mar 2024 08:00:00 +0700"
    if html:
        made.set_content("<p>Từ mai&nbsp;đò <b>nghỉ</b>.</p>", subtype="html")
    else:
        made.set_content("L’été, le bac s’arrête à six heures.", charset=charset)
    return made


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (message(html=True), "Từ mai đò nghỉ."),
        (message(html=False), "L’été, le bac s’arrête à six heures."),
        (message(html=False, charset="windows-1252"), "L’été, le bac s’arrête à six heures."),
    ],
)
def test_a_message_is_read(tmp_path: Path, made: EmailMessage, text: str) -> None:
    document = read(tmp_path, "a.eml", made.as_bytes()).document
    assert (document.title, document.author, document.date) == ("Chuyến đò cuối", "Lê Mận", "2024-03-15")
    assert " ".join(document.text.split()) == text


def test_of_two_forms_of_a_message_one_is_read_and_what_is_attached_is_told(tmp_path: Path) -> None:
    made = message(html=False)
    made.add_alternative("<p>L’été, le bac s’arrête à six heures.</p>", subtype="html")
    made.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="giờ đò.pdf")
    found = read(tmp_path, "a.eml", made.as_bytes())
    assert found.document.text == "L’été, le bac s’arrête à six heures."
    assert found.losses == ("attached and not read: giờ đò.pdf; save them by themselves",)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.doc", OLE, "save it as .docx"),
        ("a.xls", OLE, "save it as .xlsx"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.eml", b"\0\1\2" * 900, "no message"),
        ("a.xlsx", zipped({"[Content_Types].xml": "", "xl/a.xml": ""}), "damaged"),
    ],
)
def test_what_is_not_read_says_in_one_line_what_to_do(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    [found] = read_file(tmp_path / name, name)
    assert isinstance(found, Failure)
    assert reason in found.reason
    assert "\n" not in found.reason


@pytest.mark.parametrize(
    ("data", "format"), [(rb"{\rtf1 Th\'e9 vert}", "rtf"), (b"Th\xc3\xa9 vert", "txt"), (slides(), "pptx")]
)
def test_a_doc_that_is_something_else_is_read_as_that(tmp_path: Path, data: bytes, format: str) -> None:
    assert read(tmp_path, "a.doc", data).format == format


def test_packed_settings_of_programs_are_no_documents(tmp_path: Path) -> None:
    (tmp_path / "Thumbs.db").write_bytes(OLE)
    assert not is_document(tmp_path / "Thumbs.db")
