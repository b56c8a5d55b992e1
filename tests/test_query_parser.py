"""What is read from what was typed."""

import unicodedata

import pytest

from search.config import Caps
from search.query.ast import (
    Clause,
    Either,
    Excluded,
    InTitle,
    Query,
    Quoted,
    Required,
    Sequence,
    Truncated,
    Word,
)
from search.query.parser import parse


def shown(clause: Clause) -> str:
    """A clause as one line: `-` excluded, `+` required, `{a | b}` either, `(a b)` a sequence."""
    match clause:
        case Word(text):
            return text
        case Quoted(text, _, _, slop):
            return f'"{text}"' + (f"~{slop}" if slop else "")
        case Truncated(text):
            return f"{text}*"
        case Excluded(child):
            return f"-{shown(child)}"
        case Required(child):
            return f"+{shown(child)}"
        case InTitle(child):
            return f"title:{shown(child)}"
        case Either(children):
            return "{" + " | ".join(map(shown, children)) + "}"
        case Sequence(children):
            return "(" + " ".join(map(shown, children)) + ")"


def read(text: str) -> str:
    return shown(parse(text).root)[1:-1]


def codes(query: Query) -> list[str]:
    return [warning.code for warning in query.warnings]


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
        ("bán −bạn –bàn !bận", "bán -bạn -bàn -bận"),
        ("socio-économique 57-KL/TW", "socio-économique 57-KL/TW"),
        ("+bán mua", "+bán mua"),
        ('-"bạn hàng" -(mua chịu)', '-"bạn hàng" -(mua chịu)'),
        ("quyề* con", "quyề* con"),
        ("quyề** *", "quyề*"),
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
        ("OR bán OR", "bán"),
        ("bán OR OR mua", "{bán | mua}"),
        ("AND NOT", "AND NOT"),
        ("title:đường làng", "title:đường làng"),
        ("titre:côte tựa:đường", "title:côte title:đường"),
        ('title:"đường làng" title:(a b)', 'title:"đường làng" title:(a b)'),
        ("-title:đường", "-title:đường"),
        ("đi ) chợ ( về", "đi chợ về"),
        ("... ?! … – -", ""),
        ("", ""),
        ("https://a.vn/b?c=d 10:30 Nguồn: báo", "https://a.vn/b?c=d 10:30 Nguồn: báo"),
    ],
)
def test_queries_are_read(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text", ["QUYỀN VÀ NGHĨA VỤ", "VENTE ET ACHAT", "BÁN OR MUA", "KHÔNG SAUF NOT", "57 ET 58"]
)
def test_a_query_all_in_capitals_has_no_keywords(text: str) -> None:
    assert read(text) == text


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
    assert decomposed.languages == composed.languages
    assert {unicodedata.normalize("NFC", source) for source in decomposed.sources} == composed.sources
    assert (decomposed.since, decomposed.until) == (composed.since, composed.until)


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


def test_filters_are_taken_out_of_the_words() -> None:
    query = parse('lang:vi langue:FR source:"Báo Làng" nguồn:Courrier date:2023-05..2024 đường')
    assert query.languages == {"vi", "fr"}
    assert query.sources == {"Báo Làng", "Courrier"}
    assert (query.since, query.until) == ("2023-05", "2024")
    assert shown(query.root) == "(đường)"
    assert query.warnings == ()


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("date:2023", "2023", "2023"),
        ("ngày:2023-05-02", "2023-05-02", "2023-05-02"),
        ("date:2023..", "2023", ""),
        ("date:..2020-06", "", "2020-06"),
        ("date:2019..2021", "2019", "2021"),
        ('date:"2019..2021"', "2019", "2021"),
    ],
)
def test_dates(typed: str, since: str, until: str) -> None:
    query = parse(typed)
    assert (query.since, query.until, query.warnings) == (since, until, ())


@pytest.mark.parametrize(
    "typed", ["date:hôm", "date:2023-13", "date:12/12/2024", "date:2023..mai", "date:2023-00-99"]
)
def test_what_is_no_date_is_ignored_with_a_warning(typed: str) -> None:
    query = parse(f"bán {typed} mua")
    assert (query.since, query.until) == ("", "")
    assert shown(query.root) == "(bán mua)"
    [warning] = query.warnings
    assert warning.code == "bad_date"
    assert (warning.start, warning.end) == (4, 4 + len(typed))
    assert typed.removeprefix("date:") in warning.message


@pytest.mark.parametrize(
    "typed", ["lang:-vi", 'lang:""', "source:-Báo", 'source:""', 'source:" "', "lang:(vi)"]
)
def test_a_filter_without_a_value_is_no_filter(typed: str) -> None:
    """The empty value would ask for documents in no language at all."""
    query = parse(f"bán {typed}")
    assert not {value for value in query.languages | query.sources if not value.strip()}


@pytest.mark.parametrize(
    ("text", "code", "start", "end"),
    [
        ('bán "bạn hàng', "unbalanced_quote", 4, 5),
        ("bán “bạn", "unbalanced_quote", 4, 5),
        ("bán » mua", "unbalanced_quote", 4, 5),
        ("bán * mua", "bare_wildcard", 4, 5),
        ("bán " + "(" * 13 + "mua", "too_deep", 16, 17),
    ],
)
def test_warnings_say_where(text: str, code: str, start: int, end: int) -> None:
    [warning] = parse(text).warnings
    assert (warning.code, warning.start, warning.end) == (code, start, end)
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
