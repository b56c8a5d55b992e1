"""Vietnamese typed as Telex and VNI keyboards send it, without an input method that turns it into letters."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from search import SearchRequest
from search.analysis.normalize import surface
from search.analysis.syllable import ONSETS, RIMES, is_syllable, place_tone
from search.analysis.token import tokenize
from search.query.typing import decode, encode_telex
from search.results import Why

ROOT = Path(__file__).parent.parent
TEXTS = sorted((ROOT / "corpus" / "vi").iterdir())
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")

# spelling, Telex with the tone last, other ways to type it in Telex, VNI
TABLE = [
    ("quyền", "quyeenf", ("quyeefn", "quyefen"), ("quye62n", "quyen62", "quye6n2")),
    ("quyển", "quyeenr", ("quyeern",), ("quye63n",)),
    ("người", "nguwowif", ("nguowif", "nguowfi", "nguwowfi"), ("ngu7o7i2", "nguo7i2", "ngu7o72i")),
    ("đường", "dduwowngf", ("dduowngf", "dduowfng", "duwowngfd"), ("d9u7o72ng", "d9uo7ng2", "duo7ng92")),
    ("được", "dduwowcj", ("dduowcj", "dduowjc"), ("d9u7o75c", "d9uo7c5")),
    ("bán", "bans", ("basn",), ("ban1", "ba1n")),
    ("bạn", "banj", ("bajn",), ("ban5", "ba5n")),
    ("bận", "baanj", ("banaj", "baajn"), ("ba65n", "ban65")),
    ("bẳn", "bawnr", ("bawrn",), ("ba83n", "ban83")),
    ("hòa", "hoaf", ("hofa",), ("hoa2", "ho2a")),
    ("thúy", "thuys", ("thusy",), ("thuy1", "thu1y")),
    ("đà", "ddaf", ("dadf",), ("d9a2", "da92")),
    ("nẵng", "nawngx", ("nawxng", "nangwx"), ("na84ng", "nang84")),
    ("việt", "vieetj", ("vieejt", "vietej"), ("vie65t", "viet65")),
    ("nước", "nuwowcs", ("nuowcs", "nuowsc"), ("nu7o71c", "nuo7c1")),
    ("thương", "thuwowng", ("thuowng",), ("thu7o7ng", "thuo7ng")),
    ("ước", "uwowcs", ("uowcs",), ("u7o71c",)),
    ("tư", "tuw", ("tw",), ("tu7",)),
    ("ơn", "own", (), ("o7n",)),
    ("cô", "coo", (), ("co6",)),
    ("thuở", "thuowr", (), ("thuo73",)),
    ("quờ", "quowf", (), ("quo72",)),
    ("giữ", "giuwx", (), ("giu74",)),
    ("khuya", "", (), ()),
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(typed, row[0]) for row in TABLE for typed in (row[1], *row[2], *row[3]) if typed],
)
def test_what_a_keyboard_sends_is_understood(typed: str, meant: str) -> None:
    assert decode(typed) == meant
    assert decode(typed.upper()) == meant
    assert decode(typed.capitalize()) == meant


@pytest.mark.parametrize(("meant", "telex"), [(row[0], row[1]) for row in TABLE if row[1]])
def test_a_syllable_is_written_in_telex(meant: str, telex: str) -> None:
    assert encode_telex(meant) == telex


@pytest.mark.parametrize("word", ["khuya", "ban", "quyen", "con", "nguoi", "hoa", "Trang", "mai"])
def test_a_syllable_without_diacritics_is_left_alone(word: str) -> None:
    assert encode_telex(word) == word
    assert decode(word) == ""


def test_every_syllable_of_our_articles_comes_back() -> None:
    words = {surface(token.text) for path in TEXTS for token in tokenize(path.read_text(encoding="utf-8"))}
    syllables = {word for word in words if is_syllable(word) and not word.isascii()}
    assert len(syllables) > 1_000
    wrong = {(word, encode_telex(word), decode(encode_telex(word))) for word in syllables}
    assert sorted(entry for entry in wrong if entry[0] != entry[2]) == []


@pytest.mark.parametrize("rime", sorted(RIMES - {"uơn"}))  # what is typed as *uơn* is *ươn*
def test_any_syllable_comes_back(rime: str) -> None:
    vowel = max(rime.rfind(char) for char in "aăâeêioôơuưy") + 1
    for onset, tone in itertools.product(sorted(ONSETS), TONES):
        syllable = place_tone(surface(onset + rime[:vowel] + tone + rime[vowel:]))
        if is_syllable(syllable) and not syllable.isascii():
            assert decode(encode_telex(syllable)) == syllable


@pytest.mark.parametrize(
    "word",
    [
        "française", "bonjour", "histoire", "pêcheur", "côte", "maisons", "chat", "journaux", "professeur",
        "windows", "search", "engine", "freedom", "London", "yesterday", "keyboard", "strategy", "whisky",
    ],
)  # fmt: skip
def test_words_of_other_languages_are_no_keyboard_input(word: str) -> None:
    assert decode(word) == ""


@pytest.mark.parametrize(("word", "syllable"), [("les", "lé"), ("dans", "dán"), ("has", "há"), ("box", "bõ")])
def test_a_word_that_makes_a_syllable_is_decoded_and_left_to_the_index_to_judge(
    word: str, syllable: str
) -> None:
    assert decode(word) == syllable


@pytest.mark.parametrize(
    "token", ["2024", "1079", "a4", "b52", "covid19", "57", "h2o", "mp3", "5g", "0", "k7"]
)
def test_numbers_and_codes_are_no_keyboard_input(token: str) -> None:
    decoded = decode(token)
    assert decoded == "" or is_syllable(decoded)
    if token.isdigit() or token in ("covid19", "mp3", "b52"):
        assert decoded == ""


@given(st.text(max_size=40) | st.text("aăâdđeêioôơuưyfsrxjwz0123456789ngh", max_size=12))
def test_any_text_is_either_a_syllable_with_diacritics_or_nothing(text: str) -> None:
    decoded = decode(text)
    if decoded:
        assert is_syllable(decoded)
        assert decoded != text.lower()
    assert isinstance(encode_telex(text), str)


@pytest.mark.parametrize(
    "text", ["", "w", "f", "7", "ww", "aaa", "dd", "\x00", "đ", "a" * 100_000, "1" * 5_000]
)
def test_odd_tokens_do_no_harm(text: str) -> None:
    decoded = decode(text)
    assert decoded == "" or is_syllable(decoded)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("quyeenf con nguwowif", "quyền con người"),
        ("quye62n con ngu7o7i2", "quyền con người"),
        ("  quyeenf   con nguwowif!", "  quyền   con người!"),
        ("les quyeenf", "les quyền"),
        ("dduwowngf", "đường"),
        ("d9u7o72ng", "đường"),
    ],
)
def test_what_another_keyboard_sent_is_searched_for_and_never_silently(
    sample_engine: search.Engine, typed: str, meant: str
) -> None:
    page = sample_engine.search(SearchRequest(typed))
    assert [(each.query, each.why) for each in page.suggestions] == [(meant, Why.KEYBOARD)]
    assert (page.query, page.corrected) == (typed, meant)
    assert page.hits == sample_engine.search(SearchRequest(meant)).hits
    verbatim = sample_engine.search(SearchRequest(typed, verbatim=True))
    assert (verbatim.corrected, verbatim.suggestions) == ("", page.suggestions)
    assert page.hits[0].id not in {hit.id for hit in verbatim.hits}


@pytest.mark.parametrize(
    "typed", ["quyền con người", "quyen con nguoi", "droits de l’homme", "bans hangf qwrtp"]
)
def test_no_keyboard_is_offered_for_known_words_or_half_a_query(
    sample_engine: search.Engine, typed: str
) -> None:
    assert not [
        each for each in sample_engine.search(SearchRequest(typed)).suggestions if each.why is Why.KEYBOARD
    ]
