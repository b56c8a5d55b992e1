"""What is read from what was typed."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from parsed_query import codes, read, shown

from search.config import Caps
from search.query.ast import (
    Clause,
    Either,
    Excluded,
    InTitle,
    Quoted,
    Required,
    Sequence,
    Truncated,
    Word,
)
from search.query.parser import parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quyền con người", "quyền con người"),
        ('"quyền con người"', '"quyền con người"'),
        ("“quyền con” «droits de l’homme» « côte »", '"quyền con" "droits de l’homme" "côte"'),
        ("„quyền“ con", '"quyền" con'),
        ('"quyền người"~3 «côte d’or»~12', '"quyền người"~3 "côte d’or"~12'),
        ('"" « » “ ”', ""),
        ("bán -bạn", "bán -bạn"),
        ("bán −bạn –bàn !bận", "bán -bạn –bàn -bận"),
        ("socio-économique 57-KL/TW", "socio-économique 57-KL/TW"),
        ("+bán mua", "+bán mua"),
        ('-"bạn hàng" -(mua chịu)', '-"bạn hàng" -(mua chịu)'),
        ("quyề* con", "quyề* con"),
        ("quyề** *", "quyề*"),
        ("*ngư b*ng -*ngư", "<*ngư> <b*ng> -<*ngư>"),
        ("liên-*ngư* éco-*", "liên <*ngư*> éco-"),
        ("R*421-1 **Avis**", "R*421-1 Avis"),
        ("Các thuật ngữ:", "Các thuật ngữ:"),
        ("bán OR mua", "{bán | mua}"),
        ("bán OR mua OR đổi chác", "{bán | mua | đổi} chác"),
        ("bán | mua || đổi", "{bán | mua | đổi}"),
        ("bán HOẶC mua", "{bán | mua}"),
        ("vente OU achat", "{vente | achat}"),
        ("bán AND mua", "+bán +mua"),
        ("bán VÀ mua & đổi", "+bán +mua +đổi"),
        ("vente ET achat", "+vente +achat"),
        ("bán NOT mua", "bán -mua"),
        ("bán KHÔNG mua", "bán -mua"),
        ("vente SAUF achat", "vente -achat"),
        ("bán AND NOT mua", "+bán -mua"),
        ("bán or mua và đổi ou et sauf not", "bán or mua và đổi ou et sauf not"),
        ("(bán OR mua) gạo", "{bán | mua} gạo"),
        ("(bán gạo) OR (mua cá)", "{(bán gạo) | (mua cá)}"),
        ("((bán))", "bán"),
        ("Cá (sinh vật) ở biển (đảo)", "Cá sinh vật ở biển đảo"),
        ("OR bán OR", "bán"),
        ("bán OR OR mua", "{bán | mua}"),
        ("AND NOT", "AND NOT"),
        ("title:đường làng", "title:đường làng"),
        ("titre:côte tựa:đường", "title:côte title:đường"),
        ("tiêu đề:đường Tieu De:duong con tua:x", "title:đường title:duong con title:x"),
        ('title:"đường làng" title:(a b)', 'title:"đường làng" title:(a b)'),
        ("-title:đường", "-title:đường"),
        ("C++ -C#", "C++ -C#"),
        ("đi ) chợ ( về", "đi chợ về"),
        ("... ?! … – -", ""),
        ("", ""),
        ("https://a.vn/b?c=d 10:30 Nguồn: báo", "https://a.vn/b?c=d 10:30 Nguồn: báo"),
    ],
)
def test_queries_are_read(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "bán HOẶC mua",
        "bán VÀ mua",
        "bán KHÔNG mua",
        "tựa:đường",
        "bán ngày:2024",
        "ngữ:vi bán",
        "nguồn:Báo bán",
    ],
)
def test_decomposed_queries_are_read_the_same(text: str) -> None:
    """macOS pastes decomposed text: the keywords in it are keywords too."""
    composed, decomposed = parse(text), parse(unicodedata.normalize("NFD", text))
    assert unicodedata.normalize("NFC", shown(decomposed.root)) == shown(composed.root)
    assert decomposed.filter == composed.filter


def test_every_leaf_knows_its_place() -> None:
    text = 'bán -"bạn hàng"~2 (quyề* OR title:đường) https://a.vn'
    leaves: list[str] = []

    def collect(clause: Clause) -> None:
        match clause:
            case Word(_, start, end) | Quoted(_, start, end) | Truncated(_, start, end):
                leaves.append(text[start:end])
            case Excluded(child) | Required(child) | InTitle(child):
                collect(child)
            case Either(children) | Sequence(children):
                for child in children:
                    collect(child)

    collect(parse(text).root)
    assert leaves == ["bán", '"bạn hàng"~2', "quyề*", "đường", "https://a.vn"]


@settings(max_examples=300)
@given(st.text('bánM "-−–+|&()*:~«».,/0215\x00\u0301ếêữ', max_size=40))
@example("lang:" * 30)
@example("tiêu đề:" * 30)
@example("-(-lang:fr) -(date:2020 OR b) ngày:15 tháng 6 năm 2023 OR *ab*")
def test_any_text_is_read(text: str) -> None:
    for keyword in ("", " OR ", " KHÔNG ", " lang:", " -ngày:1/2020 ", "tiêu đề:"):
        typed = text.replace("b", keyword)
        query = parse(typed)
        shown(query.root)
        for place in (*query.warnings, *query.names):
            assert 0 <= place.start <= place.end <= len(typed)


@pytest.mark.parametrize(
    ("text", "code", "start", "end"),
    [
        ('bán "bạn hàng', "unbalanced_quote", 4, 5),
        ('bán "" mua', "empty_phrase", 4, 6),
        ("bán « … » mua", "empty_phrase", 4, 9),
        ('bán "mua h*"', "wildcard_in_phrase", 4, 12),
        ("bán a*b mua", "short_wildcard", 4, 7),
        ("bán mua title:", "empty_filter", 8, 14),
        ("bán mua ngôn ngữ:", "empty_filter", 8, 17),
        ("lang: bán mua", "empty_filter", 0, 5),
        ("bán OR date:2020 mua", "filter_ignored", 7, 16),
        ("mua -(bán date:2020)", "filter_ignored", 10, 19),
        ("mua date:2020 OR lang:fr", "filter_ignored", 4, 13),
        ("bán “bạn", "unbalanced_quote", 4, 5),
        ("bán » mua", "unbalanced_quote", 4, 5),
        ("bán * mua", "bare_wildcard", 4, 5),
        ("bán " + "(" * 13 + "mua", "too_deep", 16, 17),
    ],
)
def test_warnings_say_where(text: str, code: str, start: int, end: int) -> None:
    warning = parse(text).warnings[0]
    assert (warning.code, warning.start, warning.end) == (code, start, end)
    assert set(codes(parse(text))) == {code}
    assert warning.message
    assert "mua" not in text or "mua" in read(text)


def test_the_length_of_a_query_is_capped() -> None:
    query = parse("bán " * 1000, Caps(characters=10, words=100))
    assert len(query.root.children) == 3
    assert [(warning.code, warning.start, warning.end) for warning in query.warnings] == [
        ("query_too_long", 10, 4000)
    ]


def test_the_words_of_a_query_are_capped() -> None:
    query = parse("bán " * 200)
    assert codes(query) == ["too_many_words"]
    assert query.warnings[0].start <= 4 * (Caps().words + 1)
    assert Caps().words <= len(query.root.children) <= Caps().words + 1


def test_the_phrases_of_a_query_are_capped_and_their_words_are_not_lost() -> None:
    query = parse('"bán hàng" ' * 3 + '"bạn học"', Caps(phrases=3))
    assert [type(clause).__name__ for clause in query.root.children] == ["Quoted"] * 3 + ["Word"] * 2
    assert [(warning.code, warning.start) for warning in query.warnings] == [("too_many_phrases", 33)]
    assert (query.root.children[-1].text, query.root.children[-1].start) == ("học", 38)


def test_many_mistakes_give_few_warnings() -> None:
    assert len(parse("* " * 900).warnings) <= 20


def test_parentheses_nest_as_deep_as_allowed() -> None:
    depth = Caps().depth
    text = "(a " * depth + "b" + ")" * depth
    assert codes(parse(text)) == []
    assert codes(parse("(c " + text + ")")) == ["too_deep"]
