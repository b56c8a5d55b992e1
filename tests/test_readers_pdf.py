"""PDF files: paragraphs instead of lines, running heads set apart, and clear words where there is no text."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
from fpdf import FPDF

from indexer.readers.formats import pdf
from indexer.readers.record import Item, Record, Unreadable
from indexer.readers.text.legacy import TCVN3_LETTERS

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
PAGES = (
    (
        "Le meunier ouvrit la vanne avant l’aube et",
        "l’eau se mit à courir sous la roue ; le déve-",
        "loppement du village tenait à ce bruit.",
    ),
    (
        "Quand vint la sécheresse, la roue s’arrêta",
        "et les sacs de grain attendirent dans la cour",
        "jusqu’aux premières pluies d’octobre.",
    ),
    (
        "On garda la clef de la vanne au presbytère,",
        "comme on garde une relique, et chaque enfant",
        "apprit à dire combien de tours il fallait.",
    ),
)


def made(
    pages: Sequence[Sequence[str]] = PAGES, *, head: str = "Chroniques du moulin", title: str = "Le moulin"
) -> FPDF:
    document = FPDF()
    document.set_title(title)
    document.set_author("Jeanne Aubier")
    document.set_creation_date(datetime(2022, 10, 9, tzinfo=UTC))
    document.set_lang("fr-FR")
    document.set_font("helvetica", size=12)
    for number, lines in enumerate(pages, 1):
        document.add_page()
        for place, line in enumerate([head, *lines, f"- {number} -"]):
            document.text(20, 20 + 8 * place, line.replace("’", "'"))
    return document


def read(data: bytes) -> Record:
    [found] = pdf.read(Item("a.pdf", "kho/a.pdf", "a.pdf", io.BytesIO(data)))
    assert isinstance(found, Record)
    return found


def test_lines_are_joined_to_paragraphs() -> None:
    document = read(bytes(made().output())).document
    assert document.text.split("\n\n") == [
        "Le meunier ouvrit la vanne avant l'aube et l'eau se mit à courir sous la roue ; "
        "le développement du village tenait à ce bruit.",
        "Quand vint la sécheresse, la roue s'arrêta et les sacs de grain attendirent dans la cour "
        "jusqu'aux premières pluies d'octobre.",
        "On garda la clef de la vanne au presbytère, comme on garde une relique, et chaque enfant "
        "apprit à dire combien de tours il fallait.",
    ]


def test_running_heads_and_page_numbers_are_set_apart() -> None:
    document = read(bytes(made().output())).document
    assert document.boilerplate.split("\n") == ["Chroniques du moulin", "- 1 -", "- 2 -", "- 3 -"]


def test_a_head_on_two_pages_is_text() -> None:
    assert "Chroniques du moulin" in read(bytes(made(PAGES[:2]).output())).document.text


def test_what_the_file_says_about_itself() -> None:
    document = read(bytes(made().output())).document
    assert (document.title, document.author) == ("Le moulin", "Jeanne Aubier")
    assert (document.date, document.language) == ("2022-10-09", "fr")


@pytest.mark.parametrize("junk", ["Microsoft Word - bai viet.docx", "untitled", "scan0001.pdf", "Document1"])
def test_a_title_that_a_program_made_up_is_no_title(junk: str) -> None:
    assert read(bytes(made(PAGES[:2], head="Le moulin de Vaux", title=junk).output())).document.title != junk


def test_a_hyphen_between_two_words_stays() -> None:
    lines = (
        "On peut croire cela, et peut-être plus que",
        "cela ; un homme peut se taire, être et peut-",
        "être aussi parler.",
    )
    assert "peut-être aussi parler" in read(bytes(made([lines]).output())).document.text


def unicode_page() -> FPDF:
    """An empty page in a font that has all letters; skips where the machine lacks it."""
    if not FONT.exists():
        pytest.skip(f"needs {FONT}")
    document = FPDF()
    document.add_font("dejavu", fname=FONT)
    document.set_font("dejavu", size=12)
    document.add_page()
    return document


def test_vietnamese_is_read() -> None:
    document = unicode_page()
    document.text(20, 20, "Cối xay nước đầu bản")
    document.text(20, 30, "Người Thái dựng cối xay bên suối, đêm ngày nghe tiếng nước.")
    found = read(bytes(document.output())).document
    assert found.title == "Cối xay nước đầu bản"
    assert found.text == "Người Thái dựng cối xay bên suối, đêm ngày nghe tiếng nước."


HELVETICA = "/F1 <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def raw(*pages: str, fonts: str = HELVETICA, more: Sequence[str] = ()) -> bytes:
    """A PDF of the operators that draw its pages, two objects each from number 3 on; `more` come below."""
    kids = " ".join(f"{3 + 2 * place} 0 R" for place in range(len(pages)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>"]
    for page in pages:
        content = f"/Contents {len(objects) + 2} 0 R/Resources<</Font<<{fonts}>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{content}>>")
        objects.append(f"<</Length {len(page)}>>stream\n{page}\nendstream")
    written, places = "%PDF-1.4\n", []
    for number, inside in enumerate([*objects, *more], 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{inside}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(places) + 1
    written += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\n"
    return f"{written}startxref\n{written.index('xref')}\n%%EOF".encode("latin-1")


def drawn(*lines: str) -> str:
    return "BT /F1 11 Tf 14 TL 60 780 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"


def test_pages_without_text_are_told() -> None:
    found = read(raw(drawn("Une seule page se lit."), "q Q", "q Q"))
    assert found.losses == ("2 of 3 pages have no text; run the file through OCR",)
    assert read(raw(drawn("Une page."))).losses == ()


def test_text_made_for_an_old_font_is_read() -> None:
    lines = ("Đơn xin phục hồi bến đò cũ", "của bà con ở hai bờ sông đã gửi", "lên xã từ đầu mùa nước")
    written = ("".join(TCVN3_LETTERS.get(letter, letter) for letter in line) for line in lines)
    found = read(raw(drawn(*written)))
    assert f"{found.document.title} {found.document.text}".replace("\n", " ").startswith(" ".join(lines))
    assert any("TCVN3" in repair for repair in found.repairs)


def test_a_word_cut_by_a_soft_hyphen_is_whole() -> None:
    lines = ("Un silence remar\xad", "quable tomba sur la cour, et les pois\xad", "sons dormaient.")
    assert "remarquable tomba sur la cour, et les poissons" in " ".join(
        read(raw(drawn("Titre", *lines))).document.text.split()
    )


def test_ligatures_are_letters() -> None:
    document = unicode_page()
    document.text(20, 20, "Le ﬁdèle oﬃcier apporta la ﬂeur")
    assert read(bytes(document.output())).document.title == "Le fidèle officier apporta la fleur"


UNICODE = """begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange 3 beginbfchar
<0020> <004c> <0002> <0061> <0003> <0065> endbfchar endcmap"""
COMPOSITE = "/F1 <</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H"
COMPOSITE += "/DescendantFonts[5 0 R]/ToUnicode 6 0 R>>"


def test_gaps_part_words_where_the_font_has_no_space() -> None:
    font = "<</Type/Font/Subtype/CIDFontType0/BaseFont/A/DW 500/W[32[600]]/FontDescriptor 7 0 R>>"
    unicode = f"<</Length {len(UNICODE)}>>stream\n{UNICODE}\nendstream"
    page = "BT /F1 10 Tf 60 780 Td [<00200003>-250<00200002>-20<0020>] TJ ET"
    more = (font, unicode, "<</Type/FontDescriptor/FontName/A/Flags 4>>")
    assert read(raw(page, fonts=COMPOSITE, more=more)).document.title == "Le LaL"


def encrypted(password: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(bytes(made().output())))
    writer.encrypt(password, "chủ", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_file_locked_without_a_password_is_read() -> None:
    assert "meunier" in read(encrypted("")).document.text


def scanned() -> bytes:
    document = FPDF()
    document.add_page()
    document.rect(10, 10, 100, 100, style="F")
    return bytes(document.output())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (encrypted("bí mật"), "encrypted PDF; save it without its password"),
        (scanned(), "run it through OCR"),
        (b"", "damaged or truncated"),
        (b"%PDF-1.7\n", "damaged or truncated"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged or truncated"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(data)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
def test_a_truncated_file_gives_what_is_left_or_a_reason(share: float) -> None:
    whole = bytes(made().output())
    try:
        found: Record | str = read(whole[: int(len(whole) * share)])
    except Unreadable as error:
        found = str(error)
    assert found.document.title if isinstance(found, Record) else ("damaged" in found or "OCR" in found)
