"""Where words begin and end, in both languages."""

import unicodedata

import pytest

from search.analysis.token import MAX_TOKEN, locate, paragraphs, token_texts, tokenize


def words(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hội nghị, chiều 12/12: “xong”.", "Hội nghị chiều 12 12 xong"),
        ("socio-économique", "socio économique"),
        ("57-KL/TW và 1079/QĐ-TTg", "57 KL TW và 1079 QĐ TTg"),
        ("10.000,5 đồng; 3,14 %", "10 000 5 đồng 3 14"),
        ("2Kg COVID-19", "2Kg COVID 19"),
        ("C++17, C#; F#.", "C++ 17 C# F#"),
        ("notepad++ a#b #mot C+ C ++", "notepad a b mot C C"),
        ("n° 45, Nº45, 25 °C, 37ºC, an° 1º", "n° 45 Nº 45 25 C 37 C an 1"),
        ("thu_muc/tep.txt a@b.vn", "thu muc tep txt a b vn"),
        ("https://a.vn/b?c=d", "https a vn b c d"),
        ("Ước 1½ giờ, x² m³", "Ước 1 1 2 giờ x² m³"),
        ("xong 😀 rồi… — hết", "xong rồi hết"),
        ("ở y à", "ở y à"),
        ("", ""),
        (" \n\t\u00a0…!?", ""),
    ],
)
def test_words_are_runs_of_letters_and_digits(text: str, expected: str) -> None:
    assert words(text) == expected.split()


@pytest.mark.parametrize("apostrophe", "'’ʼ‘´`‛′ʹʽꞌ՚΄＇")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'homme", "l homme"),
        ("L'HOMME", "L HOMME"),
        ("jusqu'au lorsqu'il puisqu'on quoiqu'elle", "jusqu au lorsqu il puisqu on quoiqu elle"),
        ("qu'on n'a d'où s'il t'y m'en c'est j'ai", "qu on n a d où s il t y m en c est j ai"),
        ("Đắk R'lấp", "Đắk R lấp"),
        ("aujourd'hui", "aujourd'hui"),
        ("AUJOURD'HUI", "AUJOURD'HUI"),
        ("prud'homme prud'hommes prud'homal", "prud'homme prud'hommes prud'homal"),
        ("entr'ouvert presqu'île grand'mère", "entr'ouvert presqu'île grand'mère"),
        ("d'aujourd'hui", "d aujourd'hui"),
        ("'quyền'", "quyền"),
    ],
)
def test_elision_splits_and_lexical_apostrophes_do_not(text: str, apostrophe: str, expected: str) -> None:
    text, expected = text.replace("'", apostrophe), expected.replace("'", apostrophe)
    assert words(text) == expected.split()


@pytest.mark.parametrize("text", ["entr'", "grand' ", "presqu' île", "aujourd'", "prud'hui", "mongrand'père"])
def test_an_apostrophe_with_no_such_word_after_it_separates(text: str) -> None:
    assert not any("'" in word for word in words(text))


@pytest.mark.parametrize("text", ["Hòa Bình", "thuỷ điện", "élève âgé", "ở Đắk Lắk", "người"])
def test_decomposed_text_has_the_same_words(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert decomposed != text
    assert [unicodedata.normalize("NFC", word) for word in words(decomposed)] == words(text)


@pytest.mark.parametrize("invisible", ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"])
def test_invisible_characters_do_not_cut_words(invisible: str) -> None:
    text = f"quyền con ng{invisible}ười"
    assert words(text) == ["quyền", "con", f"ng{invisible}ười"]


def test_no_break_spaces_separate() -> None:
    assert words("100\u00a0000\u202fđồng") == ["100", "000", "đồng"]


def test_each_ideograph_is_a_word() -> None:
    assert words("chữ 漢字 và 𡨸喃 nôm") == ["chữ", "漢", "字", "và", "𡨸", "喃", "nôm"]


@pytest.mark.parametrize("text", ["Ελληνικά", "русский", "हिन्दी", "العربية", "ไทย", "한국어"])
def test_words_of_other_scripts_stay_whole(text: str) -> None:
    assert words(text) == [text]


def test_positions_rise_by_one_and_by_one_more_over_a_blank_line() -> None:
    text = "một hai\nba\n\nbốn\n \t\n\n\nnăm\fsáu"
    assert [(token.text, token.position) for token in tokenize(text)] == [
        ("một", 0),
        ("hai", 1),
        ("ba", 2),
        ("bốn", 4),
        ("năm", 6),
        ("sáu", 8),
    ]


def test_a_run_without_separators_is_cut() -> None:
    lengths = [len(word) for word in words("a" * (2 * MAX_TOKEN + 50))]
    assert lengths == [MAX_TOKEN, MAX_TOKEN, 50]


TRICKY = [
    "Ma grand'mère avait un grand chien, grand’chose.",
    "hui, aujourd’hui et hui",
    "l’homme, un homme, prud’hommes et hommes",
    "ab abc a b ab_ab xab ab",
    "x" * 250 + " " + "x" * 100,
    "người ng\u00adười",
    "é e\u0301 è",
    "1½ ½ 1",
    "presqu'il presqu",
    "n° 5, n 5, an° 5, 37ºC et C",
    "C C++ C++17 C# c 17 c#",
    "lʹhomme homme aujourdʹhui hui",
]


@pytest.mark.parametrize("text", TRICKY)
def test_the_fast_way_over_a_text_reads_the_same_tokens(text: str) -> None:
    """`spellings` and `locate` together say what `tokenize` says, for any choice of words."""
    for start, end in paragraphs(text):
        raws = token_texts(text, start, end)
        expected = [token for token in tokenize(text) if start <= token.start < end]
        if raws is None:
            continue
        assert raws == [token.text for token in expected]
        for wanted in set(raws):
            at = start
            for token in expected:
                if token.text == wanted:
                    assert locate(wanted, text, at, end) == token.start, (wanted, token)
                    at = token.end


def test_a_fraction_is_two_numbers_at_one_place() -> None:
    """½ is found as 1/2, and the whole of it is highlighted."""
    assert [token[:3] for token in tokenize("2½ l")] == [("2", 0, 1), ("1", 1, 2), ("2", 1, 2), ("l", 3, 4)]
    assert [token.position for token in tokenize("2½ l")] == [0, 1, 2, 3]
