"""Highlights stand on exactly the original characters, and snippets show the best passage."""

import time
import unicodedata

import pytest
from conftest import plain
from hypothesis import example, given
from hypothesis import strategies as st
from reference import Reference

from search.analysis.token import tokenize
from search.config import Config
from search.highlight import Highlighter, merged
from search.query.parser import parse
from search.query.plan import Plan
from search.query.resolve import resolve
from search.snippet import snippet

COUNTS = Reference(
    {
        number: plain(str(number), text)
        for number, text in enumerate(
            [
                "bán hàng",
                "bạn hàng bạn",
                "bàn ghế",
                "quyền con người",
                "hòa bình",
                "le de de de de",
                "thế giới",
            ]
            * 2
        )
    }
)


def highlighter(query: str) -> Highlighter:
    words = resolve(parse(query), COUNTS, Config(), Plan()).words
    return Highlighter(words, [1.0] * len(words))


def marked(query: str, text: str) -> str:
    """The text with what matches a query in brackets."""
    matches = highlighter(query).matches(text)
    return bracketed(text, merged([(match.start, match.end) for match in matches], text))


def bracketed(text: str, highlights: tuple[tuple[int, int], ...]) -> str:
    for start, end in reversed(highlights):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def test_a_table_of_nothing_but_zeros_is_marked_in_one_pass() -> None:
    words = resolve(parse("0 quyền"), COUNTS, Config(), Plan()).words
    table = "0 " * 50_000
    weak = Highlighter(words, [0.01 if word.typed == "0" else 1.0 for word in words])
    began = time.perf_counter()
    assert weak.matches(table) == []
    assert len(weak.matches(table + "quyền")) == 50_001  # a word that tells something stands beside them
    assert time.perf_counter() - began < 5  # it took minutes


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("quyen con nguoi", "Hội nghị về Quyền con người.", "Hội nghị về [Quyền con người]."),
        ("quyền", "QUYỀN và quyền", "[QUYỀN] và [quyền]"),
        ("hoa binh", "Lên Hoà Bình.", "Lên [Hoà Bình]."),
        ("hòa", "Hoà Bình và HÒA, hoa", "[Hoà] Bình và [HÒA], hoa"),
        ("duong", "Ðường", "[Ðường]"),
        ("droit", "les droits de l’homme", "les [droits] de l’homme"),
        ("homme", "L’HOMME d’hommes", "L’[HOMME] d’[hommes]"),
        ("coeur", "le cœur, un Cœur", "le [cœur], un [Cœur]"),
        ("cœur", "coeur", "[coeur]"),
        ("eleves", "L’élève et l’élevé", "L’[élève] et l’[élevé]"),
        ("socio-economique", "développement socio-économique", "développement [socio-économique]"),
        ("aujourd'hui", "Aujourd’hui, oui", "[Aujourd’hui], oui"),
        ("fin", "la ﬁn", "la [ﬁn]"),
        ("người", "ng\u00adười ta", "[ng\u00adười] ta"),
        ("quyề*", "quyền, quyển, Quyềnx", "[quyền], quyển, [Quyềnx]"),
        ("quye*", "quyền, quyển, que", "[quyền], [quyển], que"),
        ('"bán hàng"', "bán hàng", "[bán hàng]"),
        ("57-KL/TW", "số 57-KL/TW về", "số [57-KL]/[TW] về"),
        ("½", "1½ và 1/2", "[1½] và [1]/[2]"),
        ("漢", "chữ 漢字", "chữ [漢]字"),
        ("bán -bạn", "bán cho bạn", "[bán] cho bạn"),
        ("vắng", "không có gì", "không có gì"),
        ("", "không có gì", "không có gì"),
    ],
)
def test_marks_stand_on_the_original_characters(query: str, text: str, expected: str) -> None:
    assert marked(query, text) == expected


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("hoa binh", "Lên Hoà Bình", ["Hoà Bình"]),
        ("cote", "à côté de la côte", ["côté", "côte"]),
        ("người", "người ấy", ["người"]),
    ],
)
def test_marks_stand_on_whole_characters_of_decomposed_text(
    query: str, text: str, expected: list[str]
) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    matches = highlighter(query).matches(decomposed)
    highlights = merged([(match.start, match.end) for match in matches], decomposed)
    assert [unicodedata.normalize("NFC", decomposed[start:end]) for start, end in highlights] == expected


def test_a_worse_spelling_is_not_marked_beside_a_better_one() -> None:
    assert marked("bán", "bán cho bạn ở bàn") == "[bán] cho bạn ở bàn"
    assert marked("ban", "bán cho bạn") in ("[bán] cho [bạn]", "bán cho [bạn]", "[bán] cho bạn")


def test_a_word_inside_another_one_is_not_marked() -> None:
    assert marked("grand", "Ma grand'mère avait un grand chien") == "Ma grand'mère avait un [grand] chien"
    assert marked("hui", "aujourd’hui, hui") == "aujourd’hui, [hui]"
    assert marked("an", "ban, hàng an") == "ban, hàng [an]"


def test_a_piece_of_a_very_long_word_is_marked_where_it_stands() -> None:
    run = "a" * 250
    matches = highlighter("a" * 100).matches(f"x {run} {'a' * 100}")
    assert [(match.start, match.end) for match in matches] == [(2, 102), (102, 202), (253, 353)]


def test_neighbouring_marks_are_one() -> None:
    text = "quyền con người – quyền-con, l’homme"
    assert merged([(0, 5), (6, 9), (10, 15)], text) == ((0, 15),)
    assert merged([(18, 23), (24, 27)], text) == ((18, 27),)
    assert merged([(10, 15), (18, 23)], text) == ((10, 15), (18, 23))
    assert merged([(6, 9), (0, 5), (0, 5)], text) == ((0, 9),)
    assert merged([], text) == ()


OFTEN = """
bán bạn ban hàng quyền con người hòa hoà grand grand'mère grand’chose aujourd’hui hui l’homme cœur ½ 漢
"""
WORDS = OFTEN.split()
SEPARATORS = [" ", " ", ", ", ". ", "\n", "\n\n", " - ", "…", "\u00a0", "\u200b", "  \n \t\n "]
TEXTS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SEPARATORS)), max_size=80).map(
    lambda pieces: "".join(word + separator for word, separator in pieces)
)
QUERIES = st.lists(st.sampled_from([*WORDS, "quye*", '"bán hàng"', "-bạn", "homm", "vắng"]), max_size=5).map(
    " ".join
)


@given(QUERIES, st.one_of(TEXTS, st.text(max_size=80)))
@example("grand", "grand'mère grand")
@example("a" * 100, "a" * 101)
def test_matches_are_ordered_and_are_the_words_that_matched(query: str, text: str) -> None:
    places = {(token.position, token.start, token.end) for token in tokenize(text)}
    found = [(match.position, match.start, match.end) for match in highlighter(query).matches(text)]
    assert found == sorted(set(found))
    assert set(found) <= places


@given(QUERIES, st.one_of(TEXTS, st.text(max_size=400)), st.sampled_from([1, 20, 60, 260]))
def test_snippets_are_one_line_and_their_marks_are_in_them(query: str, text: str, width: int) -> None:
    marker = highlighter(query)
    matches = marker.matches(text)
    shown, highlights = snippet(text, matches, [1.0] * 10, width)
    assert "\n" not in shown
    end = -1
    for start, stop in highlights:
        assert end < start < stop <= len(shown)
        end = stop
    squeezed = " ".join(text.split())
    for start, stop in highlights:
        assert " ".join(shown[start:stop].split()) in squeezed
    if matches:
        assert highlights
    longest = max((len(word) for word in text.split()), default=0)
    assert len(shown) <= 2 * (width + longest) + 80


def test_a_short_text_is_its_own_snippet() -> None:
    assert snippet("Bán hàng.", [], []) == ("Bán hàng.", ())
    assert snippet("", [], []) == ("", ())
    assert snippet("  \n\n Bán\n\nhàng  ", [], [])[0].split() == ["Bán", "hàng"]


def test_the_snippet_of_a_long_text_shows_the_passage_with_all_words() -> None:
    filler = "Nước chảy qua làng, qua ruộng, qua đồi. " * 20
    text = f"{filler}Ở đây quyền xa. {filler}Hội nghị về quyền con người. {filler}"
    marker = highlighter("quyen con nguoi")
    shown, highlights = snippet(text, marker.matches(text), marker.importance)
    assert bracketed(shown, highlights).count("[quyền con người]") == 1
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 320


def test_words_far_apart_are_shown_in_two_passages() -> None:
    filler = "Nước chảy qua làng, qua ruộng, qua đồi. " * 20
    text = f"{filler}Họ bán cam. {filler}Chuyện hòa bình. {filler}"
    marker = highlighter("bán hoà")
    shown, highlights = snippet(text, marker.matches(text), marker.importance)
    assert [shown[start:end] for start, end in highlights] == ["bán", "hòa"]
    assert shown.count("…") == 3
