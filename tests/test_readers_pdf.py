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


def test_vietnamese_is_read() -> None:
    if not FONT.exists():
        pytest.skip(f"needs {FONT}")
    document = FPDF()
    document.add_font("dejavu", fname=FONT)
    document.set_font("dejavu", size=12)
    document.add_page()
    document.text(20, 20, "Cối xay nước đầu bản")
    document.text(20, 30, "Người Thái dựng cối xay bên suối, đêm ngày nghe tiếng nước.")
    found = read(bytes(document.output())).document
    assert found.title == "Cối xay nước đầu bản"
    assert found.text == "Người Thái dựng cối xay bên suối, đêm ngày nghe tiếng nước."


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
