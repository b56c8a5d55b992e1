"""What stands in the corners of Word and OpenDocument files: boxes, notes, tables in tables, old fonts."""

import io
import unicodedata
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from office_files import ODF, STRICT, odf, paragraph, word

from indexer.readers import read as read_file
from indexer.readers.formats import docx, odt
from indexer.readers.record import Item, Record
from indexer.readers.text.legacy import TCVN3_LETTERS, vni_letters

P = paragraph


def read(reader: ModuleType, data: bytes) -> Record:
    [found] = reader.read(Item("a", "kho/a", "a", io.BytesIO(data)))
    assert isinstance(found, Record)
    return found


def blocks(record: Record) -> list[str]:
    return [record.document.title, *filter(None, record.document.text.split("\n\n"))]


def cell(inside: str) -> str:
    return f"<w:tc>{inside}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(map(cell, cells))}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def control(inside: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


BOX = f"<w:txbxContent>{P('nội quy phòng đọc')}{P('giữ im lặng')}</w:txbxContent>"
RUN = "<w:r><w:t>{}</w:t></w:r>"
CORNERS = {
    "content control around a paragraph": (control(P("mượn sách")), ["mượn sách"]),
    "content control around a row": (f"<w:tbl>{control(row(P('thẻ'), P('hạn')))}</w:tbl>", ["thẻ  hạn"]),
    "content control around a cell": (
        f"<w:tbl><w:tr>{control(cell(P('thẻ')))}{cell(P('hạn'))}</w:tr></w:tbl>",
        ["thẻ  hạn"],
    ),
    "content control in a cell": (f"<w:tbl>{row(control(P('thẻ')), P('hạn'))}</w:tbl>", ["thẻ  hạn"]),
    "an empty form field": (control(P("Nhấn để nhập"), "<w:showingPlcHdr/>") + P("mục lục"), ["mục lục"]),
    "table in a table": (
        table(row(table(row(P("kệ"), P("tầng"))) + "<w:p/>")),
        ["kệ  tầng"],
    ),
    "text box, given twice for two programs": (
        f"<w:p>{RUN.format('trên tường')}<w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice>"
        f"<mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r>{RUN.format(' cửa vào')}</w:p>",
        ["trên tường cửa vào", "nội quy phòng đọc", "giữ im lặng"],
    ),
    "moved and deleted text": (
        f"<w:moveFrom>{RUN.format('chỗ cũ')}</w:moveFrom><w:p>"
        "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
        f"<w:moveTo>{RUN.format('chỗ mới')}</w:moveTo><w:ins>{RUN.format(' thêm')}</w:ins></w:p>",
        ["chỗ mới thêm"],
    ),
    "a field and its instruction": (
        "<w:p><w:r><w:instrText>HYPERLINK x</w:instrText></w:r>"
        f"<w:hyperlink>{RUN.format('thư viện')}</w:hyperlink></w:p>",
        ["thư viện"],
    ),
    "tab stops are no tabs": (
        f"<w:p><w:pPr><w:tabs><w:tab/><w:tab/></w:tabs></w:pPr>{RUN.format('giờ')}<w:r><w:tab/>"
        "<w:t>mở cửa</w:t></w:r></w:p>",
        ["giờ mở cửa"],
    ),
}


@pytest.mark.parametrize("name", CORNERS)
def test_text_of_a_word_file_is_found_once_wherever_it_stands(name: str) -> None:
    body, expected = CORNERS[name]
    assert blocks(read(docx, word(P("Thư viện xã") + body))) == ["Thư viện xã", *expected]


def test_notes_stand_below_each_paragraph_apart() -> None:
    notes = (
        f'<w:footnote w:type="separator">{P("—")}</w:footnote>'
        f"<w:footnote>{P('theo sổ cũ')}{P('bản chép tay')}</w:footnote>"
    )
    found = read(
        docx, word(P("Hương ước"), footnotes=notes, endnotes=f"<w:endnote>{P('nay đã mất')}</w:endnote>")
    )
    assert blocks(found) == ["Hương ước", "theo sổ cũ", "bản chép tay", "nay đã mất"]


def test_a_letterhead_is_read_once_and_page_numbers_never() -> None:
    found = read(docx, word(P("Kính gửi"), header=P("Sở Văn hóa"), footer=P("Trang 1/3")))
    assert blocks(found) == ["Kính gửi", "Sở Văn hóa"]


def test_comments_are_kept_apart_from_the_text() -> None:
    found = read(docx, word(P("Dự thảo"), comments=f"<w:comment>{P('xem lại câu này')}</w:comment>"))
    assert (blocks(found), found.document.boilerplate) == (["Dự thảo"], "xem lại câu này")


@pytest.mark.parametrize("changed", [{"main": "word/document2.xml"}, {"namespace": STRICT}])
def test_a_word_file_is_known_by_what_it_is_and_not_by_its_parts_names(
    tmp_path: Path, changed: dict[str, str]
) -> None:
    for name in ("a.docx", "tải về"):
        (tmp_path / name).write_bytes(word(P("Đơn xin cấp thẻ") + P("Kính gửi thư viện"), **changed))
        [found] = read_file(tmp_path / name, name)
        assert isinstance(found, Record)
        assert (found.format, found.document.title) == ("docx", "Đơn xin cấp thẻ")


OPENDOCUMENT = {
    "note in the middle of a paragraph": (
        "<text:p>Le bac<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>vendu en mai</text:p><text:p>et repeint</text:p></text:note-body></text:note>"
        " passait là.</text:p>",
        ["Le bac passait là.", "vendu en mai", "et repeint"],
    ),
    "frame in the middle of a paragraph": (
        "<text:p>Au <draw:frame><draw:text-box><text:p>Horaires</text:p><text:p>Tarifs</text:p>"
        "</draw:text-box></draw:frame>quai</text:p>",
        ["Au quai", "Horaires", "Tarifs"],
    ),
    "table in a table": (
        "<table:table><table:table-row><table:table-cell><table:table><table:table-row><table:table-cell>"
        "<text:p>lundi</text:p></table:table-cell><table:table-cell><text:p>fermé</text:p></table:table-cell>"
        "</table:table-row></table:table></table:table-cell></table:table-row></table:table>",
        ["lundi  fermé"],
    ),
}


@pytest.mark.parametrize("name", OPENDOCUMENT)
def test_text_of_an_opendocument_is_found_once_wherever_it_stands(name: str) -> None:
    body, expected = OPENDOCUMENT[name]
    assert blocks(read(odt, odf("<text:p>La traversée</text:p>" + body))) == ["La traversée", *expected]


def test_head_and_comments_of_an_opendocument() -> None:
    body = "<text:p>Procès-verbal<office:annotation><text:p>à relire</text:p></office:annotation></text:p>"
    head = (
        "<style:master-page><style:header><text:p>Mairie de Vaux</text:p></style:header></style:master-page>"
    )
    found = read(odt, odf(body, shared=head))
    assert (blocks(found), found.document.boilerplate) == (["Procès-verbal", "Mairie de Vaux"], "à relire")


LINES = ("Ủy ban nhân dân xã", "Đơn xin phục hồi bến đò cũ đã bị lũ cuốn", "Người làm đơn")


def in_font(letters: dict[str, str], text: str) -> str:
    return "".join(letters.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


TCVN3 = [in_font(TCVN3_LETTERS, line) for line in LINES]
VNI = [in_font(vni_letters(), line) for line in LINES]
FACES = '<style:style style:name="P1"><style:text-properties style:font-name="{}"/></style:style>'
FONTS = {
    "TCVN3 in docx": (docx, word("".join(P(line, ".VnTime") for line in TCVN3)), "TCVN3"),
    "VNI in docx": (docx, word("".join(P(line, "VNI-Times") for line in VNI)), "VNI"),
    "VNI in docx, no font named": (docx, word("".join(P(line) for line in VNI)), "VNI"),
    "TCVN3 by the style of all paragraphs": (
        docx,
        word(
            "".join(P(line) for line in TCVN3),
            styles='<w:style w:type="paragraph" w:default="1" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
            '<w:style w:styleId="B"><w:rPr><w:rFonts w:ascii=".VnArial"/></w:rPr></w:style>',
        ),
        "TCVN3",
    ),
    "TCVN3 in odt": (
        odt,
        odf(
            "".join(f'<text:p text:style-name="P1">{line}</text:p>' for line in TCVN3),
            styles=FACES.format(".VnTime"),
        ),
        "TCVN3",
    ),
    "VNI in odt, no font named": (odt, odf("".join(f"<text:p>{line}</text:p>" for line in VNI)), "VNI"),
}


@pytest.mark.parametrize("name", FONTS)
def test_letters_of_an_old_font_are_read_as_they_are_drawn(name: str) -> None:
    reader, data, told = FONTS[name]
    found = read(reader, data)
    assert [unicodedata.normalize("NFC", line).lower() for line in blocks(found)] == [
        line.lower() for line in LINES
    ]
    assert any(told in repair for repair in found.repairs)


def test_utf_8_read_as_latin_1_in_an_opendocument_is_set_right() -> None:
    lines = [line.encode().decode("latin-1") for line in ("Người làm đơn", "đã bị lũ cuốn")]
    body = "".join(f"<text:p>{line}</text:p>" for line in lines)
    escaped = "".join(
        letter if ord(letter) < 0x80 or ord(letter) > 0x9F else f"&#{ord(letter)};" for letter in body
    )
    assert blocks(read(odt, odf(escaped))) == ["Người làm đơn", "đã bị lũ cuốn"]


def test_only_what_is_in_the_old_font_changes() -> None:
    found = read(docx, word(P("Thông báo của thư viện") + P(TCVN3[2], ".VnTime") + P("théâtre ® à côté")))
    assert blocks(found) == ["Thông báo của thư viện", LINES[2], "théâtre ® à côté"]


def test_a_font_of_capitals_draws_capitals() -> None:
    found = read(docx, word(P(TCVN3[2], ".VnTimeH") + P("kính gửi thư viện")))
    assert blocks(found)[0] == "NGƯỜI LÀM ĐƠN"


def test_what_is_converted_already_stays_whatever_its_font_is_called() -> None:
    lines = (*LINES, "có cửa sổ")
    assert blocks(read(docx, word("".join(P(line, ".VnTime") for line in lines)))) == list(lines)


def test_a_letter_and_its_sign_may_be_in_two_runs() -> None:
    runs = "".join(
        f'<w:r><w:rPr><w:rFonts w:ascii="VNI-Times"/></w:rPr><w:t>{each}</w:t></w:r>'
        for each in ("Vie", "ät Nam")
    )
    assert blocks(read(docx, word(f"<w:p>{runs}</w:p>"))) == ["Việt Nam"]


def test_a_language_that_a_program_wrote_is_not_believed_against_the_text() -> None:
    meta = (
        f'<office:document-meta xmlns:office="{ODF}:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:language>en-US</dc:language></office:document-meta>"
    )
    data = io.BytesIO(odf("".join(f"<text:p>{line}</text:p>" for line in LINES)))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("meta.xml", meta)
    assert read(odt, data.getvalue()).document.language == ""
