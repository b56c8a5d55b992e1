"""What holds for any text at all."""

import unicodedata

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis.analyzer import analyze
from search.analysis.normalize import fold, surface
from search.analysis.token import APOSTROPHES, INVISIBLE, MAX_TOKEN, locate, paragraphs, token_texts, tokenize
from search.document import Document
from search.query.parser import parse
from search.schema import FIELD_NAMES, Kind, Part, field_name

# letters of both languages and what stands between them, far more often than chance would have it
NEAR = st.text(
    st.sampled_from(
        "aàảãáạăằâầeèéêềiìíoòóôồơờuùúưừyỳýđðĐÐçœæŒïë bcghklmnpqrstvxAEGQ"
        "\u0300\u0301\u0302\u0306\u0309\u031b\u0323"
        "'’ʼ‘´`-_.,;:()\"“”«»/*+#°º~ \u00a0\n\n\u00ad\u200b½²ᵉﬁⅣ12漢喃😀"
    ),
    max_size=60,
)
OFTEN = """
aujourd’hui grand'mère grand hui prud'hommes hommes entr' presqu'île presqu l’ qu' hoà thuỷ Léon ðường
57-KL/TW 1½ x² người quyền OR AND title: lang:vi date:2024 -bạn +bán ( ) " *
"""
PIECES = st.lists(st.sampled_from([*OFTEN.split(), "\n\n", "\n"]), max_size=12).map(" ".join)
TEXT = st.one_of(NEAR, PIECES, st.text(max_size=60))
ANY = st.one_of(TEXT, st.text(st.characters(), max_size=60))  # lone surrogates too


@given(TEXT)
@example("a" * (2 * MAX_TOKEN + 1))
@example("aujourd’hui, grand'mère; prud`hommes")
def test_tokens_are_ordered_disjoint_and_faithful(text: str) -> None:
    tokens = list(tokenize(text))
    end = 0
    for token in tokens:
        written = text[token.start : token.end]
        if token.text in unicodedata.normalize("NFKC", written).split("\u2044"):
            assert end <= token.start or (token.start, token.end) == (end - 1, end)  # ½ is two tokens
        else:
            assert end <= token.start
            assert written == token.text
        assert token.start < token.end <= len(text)
        end = token.end
    positions = [token.position for token in tokens]
    assert positions == sorted(set(positions))


@given(TEXT)
def test_outside_of_tokens_is_only_what_separates(text: str) -> None:
    """No letter and no digit is left over, whatever the script."""
    outside = list(text)
    for token in tokenize(text):
        outside[token.start : token.end] = [" "] * (token.end - token.start)
    assert not [char for char in outside if char.isalnum() and char not in APOSTROPHES and char != "º"]


@given(TEXT)
def test_tokens_hold_no_separator(text: str) -> None:
    for token in tokenize(text):
        assert not any(char.isspace() for char in token.text)
        for char in token.text:
            known = char.isalnum() or char in INVISIBLE or char in APOSTROPHES or char in "°+#"
            # ideographs of later Unicode than this Python knows
            assert known or unicodedata.category(char)[0] == "M" or ord(char) >= 0x20000, (token, char)


@given(TEXT)
@example("grand'mère presqu'île entr'égorger aujourd'hui")
@example("lʼécole")
def test_composed_and_decomposed_text_have_the_same_words(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    if max((len(token.text) for token in tokenize(decomposed)), default=0) >= MAX_TOKEN:
        return  # a run that is cut is cut elsewhere
    assert [surface(token.text) for token in tokenize(composed)] == [
        surface(token.text) for token in tokenize(decomposed)
    ]


@given(TEXT)
@example("Ma grand'mère avait un grand chien")
@example("a" * (MAX_TOKEN + 1))
def test_the_fast_way_over_a_text_reads_the_same_tokens(text: str) -> None:
    for start, end in paragraphs(text):
        raws = token_texts(text, start, end)
        if raws is None:
            continue
        expected = [token for token in tokenize(text) if start <= token.start < end]
        assert raws == [token.text for token in expected]
        at = start
        for token in expected:
            assert locate(token.text, text, at, end) == token.start
            at = token.end


@given(TEXT)
def test_the_surface_is_settled_after_one_pass(text: str) -> None:
    for token in tokenize(text):
        once = surface(token.text)
        assert surface(once) == once
        assert surface(unicodedata.normalize("NFD", token.text)) == once
        assert surface(token.text.lower()) == once


@given(TEXT)
def test_folding_is_settled_after_one_pass(text: str) -> None:
    for token in tokenize(text):
        folded = fold(surface(token.text))
        assert fold(folded) == folded
        assert bool(folded) == bool(surface(token.text))


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_folding_ascii_changes_nothing(text: str) -> None:
    assert fold(text) == text


@given(st.text(st.sampled_from("aàáạăằâầbcdđeéêếghiíklmnoóôốơờpqrstuùưừvxyýçïëûœæ"), min_size=1, max_size=12))
def test_letters_of_both_languages_fold_to_ascii(word: str) -> None:
    folded = fold(surface(word))
    assert folded.isascii()
    assert folded.isalpha()


@given(ANY)
@example('"' * 50 + "(" * 50)
@example("title:" * 300 + "a")
@example("a " + "NOT " * 490 + "b")
def test_parsing_never_raises_and_its_places_are_in_the_text(text: str) -> None:
    query = parse(text)
    for warning in query.warnings:
        assert 0 <= warning.start <= warning.end <= len(text)
        assert warning.code
        assert warning.message


@given(ANY, ANY, st.sampled_from(["", "vi", "fr", "en", "FR-ca", "zz", "-"]))
@example("quyền \ud800 con người \udfff", "", "")
@example("\n\n\n", "\x00\x1b", "")
def test_analysis_never_raises_and_its_streams_are_sound(text: str, title: str, language: str) -> None:
    analysed = analyze(Document("1", title, text, language))
    assert analysed.language
    for name, stream in analysed.streams.items():
        assert name in FIELD_NAMES
        assert len(stream.ids) == len(stream.positions)
        assert len(set(stream.terms)) == len(stream.terms)
        assert set(stream.ids.tolist()) == set(range(len(stream.terms)))
        assert np.all(np.diff(stream.positions.astype(np.int64)) >= 0)
        assert all(stream.terms)
        for term in stream.terms:
            term.encode()
    for part in Part:
        surfaces = analysed.streams[field_name(part, Kind.SURFACE)]
        folded = analysed.streams[field_name(part, Kind.FOLDED)]
        assert analysed.lengths[part] == len(surfaces.ids)
        assert surfaces.positions.tolist() == folded.positions.tolist()
        assert [fold(surfaces.terms[id]) for id in surfaces.ids] == [folded.terms[id] for id in folded.ids]
