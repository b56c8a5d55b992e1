"""Files from before UTF-8, and files that went through the wrong hands: read where the evidence is strong."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers.record import Unreadable
from indexer.readers.text.decode import Decoded, decoded
from indexer.readers.text.legacy import TCVN3_LETTERS, from_tcvn3, from_viscii, from_vni, vni_letters
from indexer.readers.text.mend import mended

VIETNAMESE = (
    "Quyền được học của trẻ em trong bản.\n"
    "Mỗi sớm thầy giáo chống bè đưa học trò qua suối, nước lũ vẫn không nghỉ buổi nào.\n"
    "Đường vào lớp lầy lội, cặp sách buộc trên lưng trâu."
)
FRENCH = (
    "L’école du hameau a rouvert après l’été.\n"
    "Les élèves y viennent à pied, même quand la rivière déborde ; l’instituteur les fait passer en barque.\n"
    "« Où irions-nous ? » demande une mère, près du chœur de l’église."
)
ALL_LETTERS = sorted(
    {
        unicodedata.normalize("NFC", base + tone)
        for base in "aăâeêioôơuưy"
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    }
    | {"đ"}
)


def in_font(letters: dict[str, str], text: str) -> str:
    return "".join(letters.get(letter, letter) for letter in unicodedata.normalize("NFC", text))


def windows_1258(text: str) -> bytes:
    pieces = []
    for letter in text:
        first, *marks = unicodedata.normalize("NFD", letter)
        own = "".join(mark for mark in marks if mark in "\u0302\u0306\u031b")
        tones = "".join(mark for mark in marks if mark not in own)
        pieces.append((unicodedata.normalize("NFC", first + own) + tones).encode("cp1258"))
    return b"".join(pieces)


VISCII_CODES = {from_viscii(chr(code)): code for code in range(256)}


def in_viscii(text: str) -> bytes:
    return bytes(VISCII_CODES[letter] for letter in unicodedata.normalize("NFC", text))


LEGACY = {
    "Windows-1252": (FRENCH, FRENCH.encode("cp1252")),
    "ISO-8859-15": (FRENCH.replace("’", "'"), FRENCH.replace("’", "'").encode("iso-8859-15")),
    "Windows-1258": (VIETNAMESE, windows_1258(VIETNAMESE)),
    "TCVN3 (ABC)": (VIETNAMESE, in_font(TCVN3_LETTERS, VIETNAMESE).encode("latin-1")),
    "VNI-Windows": (VIETNAMESE, in_font(vni_letters(), VIETNAMESE).encode("latin-1")),
    "VISCII": (VIETNAMESE, in_viscii(VIETNAMESE)),
    "UTF-16 without byte-order mark": (VIETNAMESE, VIETNAMESE.encode("utf-16-be")),
    "made for TCVN3 (ABC) fonts, 3 lines": (VIETNAMESE, in_font(TCVN3_LETTERS, VIETNAMESE).encode()),
    "made for VNI fonts, 3 lines": (VIETNAMESE, in_font(vni_letters(), VIETNAMESE).encode()),
    "UTF-8 read as Latin-1, 3 lines": (VIETNAMESE, VIETNAMESE.encode().decode("latin-1").encode()),
}


@pytest.mark.parametrize("name", LEGACY)
def test_a_legacy_encoding_is_read_and_named(name: str) -> None:
    text, data = LEGACY[name]
    found = decoded(data)
    assert unicodedata.normalize("NFC", found.text) == text
    assert found.repairs == (name,)


@pytest.mark.parametrize("text", [VIETNAMESE, FRENCH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_or_without_its_mark_needs_no_repair(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == Decoded(text)


def test_decomposed_text_stays_as_it_is() -> None:
    apart = unicodedata.normalize("NFD", VIETNAMESE)
    assert decoded(apart.encode()) == Decoded(apart)


@pytest.mark.parametrize("text", [VIETNAMESE, FRENCH])
@pytest.mark.parametrize("times", [1, 2])
def test_utf_8_read_as_latin_1_is_set_right(text: str, times: int) -> None:
    broken = text
    for _ in range(times):
        broken = broken.encode().decode("latin-1")
    assert decoded(broken.encode()).text == text


def test_only_the_broken_lines_of_a_page_are_mended() -> None:
    broken = FRENCH + "\n" + VIETNAMESE.encode().decode("latin-1")
    found = decoded(broken.encode())
    assert found.text == FRENCH + "\n" + VIETNAMESE
    assert found.repairs == ("UTF-8 read as Latin-1, 3 lines",)


def test_lines_of_another_encoding_in_a_utf_8_file_are_read() -> None:
    found = decoded(VIETNAMESE.encode() + b"\n" + FRENCH.encode("cp1252"))
    assert found.text == VIETNAMESE + "\n" + FRENCH
    assert found.repairs == ("Windows-1252 in 3 lines of UTF-8",)


def test_a_character_cut_at_the_end_costs_only_itself() -> None:
    found = decoded((VIETNAMESE + "ế").encode()[:-1])
    assert found.text.startswith(VIETNAMESE)
    assert found.repairs == ("damaged UTF-8, 2 bytes replaced",)


@pytest.mark.parametrize(
    "data", [b"caf\xe9", b"\xff", b"na\xefve", bytes(range(128, 256)), b"\xe9\xe8\xe0" * 50]
)
def test_thin_evidence_is_no_evidence(data: bytes) -> None:
    with pytest.raises(Unreadable, match="save it as UTF-8"):
        decoded(data)


def test_a_declared_encoding_is_no_repair() -> None:
    assert decoded(FRENCH.encode("cp1252"), "windows-1252") == Decoded(FRENCH)


@pytest.mark.parametrize("declared", ["windows-1252", "no-such-encoding", "utf-16"])
def test_a_wrong_declaration_is_not_believed(declared: str) -> None:
    assert decoded(VIETNAMESE.encode(), declared) == Decoded(VIETNAMESE)


@pytest.mark.parametrize(
    "text",
    [
        "Le ® et le © se placent après le nom : Ñandú®, piñata, Zoë, maïs, naïf, Noël, théâtre, poêle.",
        "On lit « Ã© » au lieu de « é » quand l’encodage est faux.",
        "Ông viết: chữ “Ã” là dấu hiệu của lỗi mã hóa.",
        "São Tomé, Åland, Ærø, Šibenik, Łódź, Göteborg, El Niño, señora, Köln, ñ, ö.",
        "Coupure\xad possible : anti\xadconsti\xadtution\xadnellement, marque® déposée.",
        "Â, À, Ô, È : les capitales gardent leurs accents. ÉTÉ À NÎMES, ÇA VA ?",
    ],
)
def test_what_only_looks_odd_is_left_alone(text: str) -> None:
    assert mended(text) == (text, ())
    assert mended((text + "\n") * 20) == ((text + "\n") * 20, ())


@pytest.mark.parametrize(
    "text",
    [
        "L’accord porte sur le budget.",
        "The board said “yes” – and the mayor thanked all…",
        "Prix : dix francs, 12 °C le matin, © 2004",
        "Le journal « Le Bac » parut jeudi.",
    ],
)
def test_signs_where_they_should_be_tell_windows_1252(text: str) -> None:
    text = text.replace(" :", "\xa0:")
    assert decoded(text.encode("cp1252")) == Decoded(text, ("Windows-1252",))
    assert decoded(text.encode("cp1252"), "windows-1252") == Decoded(text)


def test_a_declared_encoding_needs_no_more_than_one_word() -> None:
    assert decoded("<p>caf\xe9".encode("latin-1"), "iso-8859-1") == Decoded("<p>café")


@pytest.mark.parametrize("data", [b"con \xaeang \xabng kh\xabng", b"\x93\x94" * 9, b"b\xb0c d\xb0c l\xb0c"])
def test_signs_inside_words_are_letters_of_something_else(data: bytes) -> None:
    with pytest.raises(Unreadable, match="save it as UTF-8"):
        decoded(data)


def test_one_bad_byte_in_what_says_it_is_utf_8_costs_only_itself() -> None:
    found = decoded(b"only plain wor\xe9ds here", "utf-8")
    assert found.text == "only plain wor\ufffdds here"
    assert found.repairs == ("damaged UTF-8, 1 byte replaced",)


@pytest.mark.parametrize("lost", ["\x9d", "\x81", "\x90"])
def test_text_that_lost_bytes_in_a_conversion_is_read_as_far_as_it_goes(lost: str) -> None:
    text = "Đội tuần tra đêm qua vẫn đi dọc bờ đê, gõ mõ từng hồi.\n" * 3
    broken = text.encode().decode("latin-1").replace(lost, "")
    found = decoded(broken.encode())
    assert "tuần tra" in found.text
    assert any("UTF-8 read as Latin-1" in repair for repair in found.repairs)
    assert sum(map(str.isprintable, found.text)) + found.text.count("\n") == len(found.text)


def test_control_characters_of_old_text_do_not_make_it_binary() -> None:
    assert decoded(("Bến \x80đò\x81 " * 30).encode()).text.startswith("Bến")


@pytest.mark.parametrize("letter", ALL_LETTERS)
def test_every_letter_has_its_place_in_both_fonts(letter: str) -> None:
    assert from_tcvn3(TCVN3_LETTERS.get(letter, letter)) == letter
    assert from_vni(vni_letters().get(letter, letter)) == letter
    assert letter in VISCII_CODES
    assert letter.upper() in VISCII_CODES
    assert from_vni(vni_letters().get(letter.upper(), letter.upper())) == letter.upper()


def test_all_letters_are_there() -> None:
    assert len(ALL_LETTERS) == 73  # twelve vowels in six tones, and đ
    assert len(set(TCVN3_LETTERS.values())) >= 134 // 2


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_reason(data: bytes) -> None:
    try:
        found = decoded(data)
    except Unreadable:
        return
    assert found.text.strip()
    assert "\x00" not in found.text
