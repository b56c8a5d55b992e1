"""Which spellings are the same word, and what is left of a word without its diacritics."""

import unicodedata

import pytest

from search.analysis.normalize import composed, fold, surface
from search.analysis.syllable import is_bare_syllable, is_syllable, other_vowel, place_tone

IN_PLACE = """
quý quả quà toán hoàn huỳnh khuỷu người được thuyền giờ gìn nghĩa của mía cúi ngoài xoáy xoong ủy ý
"""
FRENCH = """
léon noé chloé zoé éon poésie noël café été élève où à mètre pèse sèche hôtel maïs naïf père lycée
"""


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("hoà", "hòa"),
        ("hoá", "hóa"),
        ("hoả", "hỏa"),
        ("hoạ", "họa"),
        ("loã", "lõa"),
        ("khoẻ", "khỏe"),
        ("hoè", "hòe"),
        ("thuỷ", "thủy"),
        ("tuỳ", "tùy"),
        ("nguỵ", "ngụy"),
        ("Thuý", "thúy"),
        ("tóan", "toán"),
        ("hòan", "hoàn"),
        ("thủân", "thuẩn"),
        ("gìa", "già"),
        ("qúy", "quý"),
    ],
)
def test_a_tone_in_another_place_is_the_same_word(written: str, canonical: str) -> None:
    assert surface(written) == canonical
    assert surface(canonical) == canonical


@pytest.mark.parametrize("word", IN_PLACE.split())
def test_a_tone_in_its_place_stays(word: str) -> None:
    assert place_tone(word) == word
    assert is_syllable(word)


@pytest.mark.parametrize("word", FRENCH.split())
def test_french_words_keep_their_accents_where_they_are(word: str) -> None:
    """Léon, not león."""
    assert surface(word) == word
    assert surface(word.capitalize()) == word
    assert surface(word.upper()) == word


@pytest.mark.parametrize("word", ["Hoà", "ĐƯỜNG", "Thuỷ", "élève", "Quyền", "ẵm", "Ặ"])
def test_composed_and_decomposed_are_the_same_word(word: str) -> None:
    forms = {surface(unicodedata.normalize(form, word)) for form in ("NFC", "NFD")}
    assert len(forms) == 1


def test_marks_in_any_order_are_the_same_word() -> None:
    """A keyboard may send the tone before the circumflex or after it."""
    assert surface("e\u0302\u0323") == surface("e\u0323\u0302") == surface("ệ") == "ệ"


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("ð", "đ"),
        ("Ðường", "đường"),
        ("ĐƯỜNG", "đường"),
        ("Cœur", "coeur"),
        ("ŒUVRE", "oeuvre"),
        ("Æsope", "aesope"),
        ("curriculum", "curriculum"),
        ("ng\u00adười", "người"),
        ("a\u200bb\u200cc\u200dd\u2060e\ufefff", "abcdef"),
        ("aujourd’hui", "aujourd'hui"),
        ("aujourdʼhui", "aujourd'hui"),
        ("aujourd`hui", "aujourd'hui"),
        ("aujourd´hui", "aujourd'hui"),
        ("aujourd‘hui", "aujourd'hui"),
        ("lʽ", "l'"),
        ("m²", "m2"),
        ("km²", "km2"),
        ("CO₂", "co2"),
        ("XIXᵉ", "xixe"),
        ("1ᵉʳ", "1er"),
        ("Ⅳ", "iv"),
        ("ﬁdèle", "fidèle"),
        ("Ｑｕｙền", "quyền"),
        ("２０２４", "2024"),
        ("convention¹", "convention"),
        ("clôture²³", "clôture"),
        ("10⁶", "10"),
        ("n°", "nº"),
        ("STRAßE", "straße"),
        ("\u200b\ufeff", ""),
    ],
)
def test_spellings_of_the_same_word(written: str, word: str) -> None:
    assert surface(written) == word


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bán", "bạn"),
        ("bán", "ban"),
        ("côté", "côte"),
        ("côte", "cote"),
        ("đa", "da"),
        ("hóa", "hòa"),
        ("ma", "mã"),
    ],
)
def test_other_diacritics_are_other_words_that_fold_together(one: str, other: str) -> None:
    assert surface(one) != surface(other)
    assert fold(surface(one)) == fold(surface(other))


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("đường", "duong"),
        ("nghiêng", "nghieng"),
        ("ẵm", "am"),
        ("élève", "eleve"),
        ("garçon", "garcon"),
        ("maïs", "mais"),
        ("coeur", "coeur"),
        ("aujourd'hui", "aujourd'hui"),
        ("straße", "strasse"),
        ("ﬁn", "fin"),
        ("łódź", "lodz"),
        ("co\u0308te", "cote"),
    ],
)
def test_folding_leaves_the_letters(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize("word", ["½", "…", "😀", "漢", "𡨸", "русский", "ελλάδα", "हिन्दी", "①", "²", "٢"])
def test_folding_leaves_what_is_not_latin(word: str) -> None:
    """Unidecode alone would make words of them: *Han* of 漢, *1/2* of ½."""
    assert fold(word) == word


def test_spelling_keeps_the_case() -> None:
    assert composed("Ðường") == "Đường"
    assert composed("CŒUR"[0:2]) == "COe"
    assert composed("Hoa\u0300") == "Hoà"
    assert composed("Ｖiệt") == "Việt"
    assert fold("nº") == "no"


@pytest.mark.parametrize("word", ["quyền", "hòa", "nghiêng", "ở", "giặt", "quốc", "oách", "yếu", "ỷ"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_bare_syllable(fold(word))


@pytest.mark.parametrize("word", ["hoà", "léon", "mèt", "grand", "được1", "", "'", "bcd", "mót́"])
def test_what_is_no_canonical_syllable(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    "pair", ["kỹ kĩ", "lý lí", "mỹ mĩ", "quý quí", "tỷ tỉ", "sỹ sĩ", "hy hi", "ty ti", "quy qui", "ky ki"]
)
def test_one_syllable_is_written_with_either_vowel(pair: str) -> None:
    one, other = pair.split()
    assert (other_vowel(one), other_vowel(other)) == (other, one)


@pytest.mark.parametrize(
    "word", ["tay", "tai", "y", "i", "thi", "thùy", "túi", "vĩ", "chi", "lyon", "kilo", ""]
)
def test_other_words_have_one_spelling(word: str) -> None:
    assert not other_vowel(word)
