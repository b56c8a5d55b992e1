"""The query language on a small archive: each row of the README's table, identifiers, and bad input."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import IndexWriter
from hypothesis import given, settings
from hypothesis import strategies as st

import search
from search import SearchRequest
from search.config import Caps
from search.document import Document

RIVER = "Bản tin Sông Hồng"

ARCHIVE = [
    Document("quyen", "Tuyên ngôn", "Bàn quyền con người ở vùng cao.", "vi", source=RIVER, date="2023-05-10"),
    Document("quyen-xa", "Góp ý", "Mọi quyền của mọi người đây.", "vi", source=RIVER, date="2023-11-02"),
    Document("quyen-cach", "Luật", "Quyền thì hiểu, nghĩa vụ thì không mấy người.", "vi", date="2024"),
    Document("khong-dau", "Tin nhan", "Ban quyen con nguoi o vung cao.", "vi", date="2022-01-05"),
    Document("quyen-sach", "Hiệu sách", "Con người ấy mua một quyển truyện.", "vi", date="2021-03-01"),
    Document("ban-hang", "Chợ", "Chị bán hàng ở đầu chợ.", "vi", date="2023-06-15"),
    Document("ban-be", "Thư", "Tôi có một bạn hàng ở Huế.", "vi", date="2023-06-16"),
    Document("mua", "Phiên chợ", "Ai cũng đến mua rau.", "vi", source=RIVER, date="2020-02-29"),
    Document("duong", "Con đường làng", "Lối đi lát gạch nghiêng.", "vi", date="2019-07-07"),
    Document("duong-trong", "Lối cũ", "Hai bên đường trồng xoan.", "vi", date="2019-07-08"),
    Document("rue", "La rue du port", "Une charrette passe.", "fr", source="Courrier", date="2024-02-03"),
    Document("port", "Matin", "Le phare du port éclaire une rue vide.", "fr", source="Courrier", date="2018"),
    Document("quyet-dinh", "Công báo", "Căn cứ Quyết định số 1079/QĐ-TTg về trồng rừng.", "vi"),
    Document("quyet-dinh-2", "Công báo", "Căn cứ Quyết định số 1079/QĐ-BNN, của TTg trước đây.", "vi"),
    Document("ket-luan", "Công báo", "Thực hiện Kết luận số 57-KL/TW ngày trước Tết.", "vi"),
    Document("ket-luan-2", "Công báo", "Đoạn 57 của tờ trình TW và bảng KL kèm theo.", "vi"),
    Document("code", "Droit", "Selon l’article L. 1234-5 du code, le salarié est prévenu.", "fr"),
    Document("code-2", "Droit", "Selon l’article L. 1235-4 du code, 1234 salariés et 5 cadres.", "fr"),
    Document("ngay", "Lịch", "Lễ khai mạc diễn ra vào 15/6/2023 ở sân đình.", "vi"),
    Document("ngay-2", "Lịch", "Năm 2023 có 15 đội và 6 trận đấu.", "vi"),
    Document("thu-dien-tu", "Liên hệ", "Viết về toa.soan@songhong.example.vn nhé.", "vi"),
    Document("thu-dien-tu-2", "Liên hệ", "Toà soạn ở ven sông Hồng, vn, có example.", "vi"),
    Document("dia-chi", "Lien", "Voir https://archives.example.fr/cartes/1902?page=7 dès lundi.", "fr"),
    Document("dia-chi-2", "Lien", "Les archives ont un example de cartes de 1902, page 7.", "fr"),
]  # fmt: skip

Ids = Callable[..., list[str]]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, index_anywhere: IndexWriter) -> search.Engine:
    return search.open(index_anywhere(tmp_path_factory.mktemp("language"), ARCHIVE))


@pytest.fixture
def ids(engine: search.Engine) -> Ids:
    """The ids of the hits that honour the diacritics of a query, best first."""
    return lambda text: [
        hit.id for hit in engine.search(SearchRequest(text, limit=50)).hits if not hit.other_diacritics
    ]


def codes(page: search.Page) -> list[str]:
    return [warning.code for warning in page.warnings]


def test_words_with_or_without_diacritics(ids: Ids) -> None:
    assert ids("quyen con nguoi")[:2] == ["quyen", "khong-dau"]
    assert ids("quyền con người")[:2] == ["quyen", "khong-dau"]
    assert "quyen-xa" in ids("quyền con người")


def test_typed_diacritics_are_honoured(engine: search.Engine, ids: Ids) -> None:
    assert set(ids("quyền")) == {"quyen", "quyen-xa", "quyen-cach", "khong-dau"}
    assert ids("quyền")[-1] == "khong-dau"
    last = engine.search(SearchRequest("quyền")).hits[-1]
    assert (last.id, last.other_diacritics) == ("quyen-sach", True)


@pytest.mark.parametrize("query", ['"quyền con người"', "“quyền con người”", "« quyền con người »"])
def test_a_phrase_is_side_by_side_and_strict(ids: Ids, query: str) -> None:
    assert ids(query) == ["quyen"]
    assert set(ids(query.replace("ề", "e").replace("ườ", "uo"))) == {"quyen", "khong-dau"}


def test_a_phrase_with_room_in_between(ids: Ids) -> None:
    assert ids('"quyền người"') == []
    assert set(ids('"quyền người"~1')) == {"quyen"}
    assert set(ids('"quyền người"~3')) == {"quyen", "quyen-xa"}


@pytest.mark.parametrize(
    "query", ["hàng -bạn", "hàng NOT bạn", "hàng KHÔNG bạn", "hàng SAUF bạn", "hàng −bạn"]
)
def test_what_is_excluded(ids: Ids, query: str) -> None:
    assert set(ids("hàng")) == {"ban-hang", "ban-be"}
    assert ids(query) == ["ban-hang"]


def test_what_is_required(engine: search.Engine, ids: Ids) -> None:
    assert "ban-be" in [hit.id for hit in engine.search(SearchRequest("bán hàng")).hits]
    assert [hit.id for hit in engine.search(SearchRequest("+bán hàng")).hits] == [
        "ban-hang",
        "khong-dau",
    ]  # *ban* may be it
    assert ids("+bán +mua") == []


@pytest.mark.parametrize("word", ["OR", "HOẶC", "OU", "|"])
def test_one_or_the_other(ids: Ids, word: str) -> None:
    assert set(ids(f"truyện {word} rau")) == {"quyen-sach", "mua"}


@pytest.mark.parametrize("word", ["AND", "VÀ", "ET", "&"])
def test_both(ids: Ids, word: str) -> None:
    assert ids(f"bán {word} hàng") == ["ban-hang"]
    assert ids(f"bán {word} rau") == []


def test_words_that_begin_so(ids: Ids) -> None:
    assert set(ids("quyề*")) == {"quyen", "quyen-xa", "quyen-cach"}
    assert set(ids("quye*")) >= {"quyen", "quyen-xa", "quyen-cach", "khong-dau", "quyen-sach", "quyet-dinh"}
    assert ids("char*") == ["rue"]


@pytest.mark.parametrize("name", ["title", "titre", "tựa", "TITLE", "Titre"])
def test_in_the_title(ids: Ids, name: str) -> None:
    assert ids(f"{name}:đường") == ["duong"]
    assert ids(f"{name}:rue") == ["rue"]
    assert ids(f"{name}:charrette") == []


def test_in_a_language(ids: Ids) -> None:
    assert set(ids("lang:fr rue")) == set(ids("rue lang:fr")) == {"rue", "port"}
    assert set(ids("rue lang:vi")) == {"duong", "duong-trong"}  # what the word is called there
    french = {document.id for document in ARCHIVE if document.language == "fr"}
    assert set(ids("lang:fr")) == set(ids("langue:fr")) == french


def test_of_a_source(ids: Ids) -> None:
    assert set(ids(f'source:"{RIVER}"')) == {"quyen", "quyen-xa", "mua"}
    assert ids(f'mua source:"{RIVER}"') == ["mua"]
    assert ids("rue source:Courrier -phare") == ["rue"]


@pytest.mark.parametrize("text", ["*yện", "tr*n", "t*yện", "*uyệ*"])
def test_words_that_end_or_go_on_so(engine: search.Engine, ids: Ids, text: str) -> None:
    assert "quyen-sach" in ids(text)
    [hit] = [hit for hit in engine.search(SearchRequest(text)).hits if hit.id == "quyen-sach"]
    assert "truyện" in [hit.snippet[start:end] for start, end in hit.snippet_highlights]
    assert "quyen-sach" not in ids(f"quyển -{text}")


def test_a_wildcard_honours_the_diacritics_in_it(ids: Ids) -> None:
    assert ids("*uyện") == ["quyen-sach"]
    assert {"quyen-sach", "quyen"} <= set(ids("*uyen"))


@pytest.mark.parametrize("query", ["title:", "site:cho", "chợ lang:"])
def test_names_before_a_colon_are_never_corrected(engine: search.Engine, query: str) -> None:
    page = engine.search(SearchRequest(query))
    assert page.suggestions == ()
    assert not any("làng" in hit.snippet for hit in page.hits)
    assert query.endswith(":") == ("empty_filter" in codes(page))


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        ("2023", {"quyen", "quyen-xa", "ban-hang", "ban-be"}),
        ("2023-06", {"ban-hang", "ban-be"}),
        ("2023-06-15", {"ban-hang"}),
        ("15/6/2023", {"ban-hang"}),
        ('"15 juin 2023"', {"ban-hang"}),
        ('"tháng 6 năm 2023"', {"ban-hang", "ban-be"}),
        ("2023-06-16..2024", {"ban-be", "quyen-xa", "quyen-cach", "rue"}),
        ("..2019", {"port", "duong", "duong-trong"}),
        ("2024..", {"quyen-cach", "rue"}),
    ],
)
def test_of_a_time(ids: Ids, dates: str, found: set[str]) -> None:
    assert set(ids(f"date:{dates}")) == found


@pytest.mark.parametrize(
    ("identifier", "document"),
    [
        ("1079/QĐ-TTg", "quyet-dinh"),
        ("1079/qd-ttg", "quyet-dinh"),
        ("57-KL/TW", "ket-luan"),
        ("57-kl/tw", "ket-luan"),
        ("L. 1234-5", "code"),
        ("15/6/2023", "ngay"),
        ("toa.soan@songhong.example.vn", "thu-dien-tu"),
        ("https://archives.example.fr/cartes/1902?page=7", "dia-chi"),
        ("archives.example.fr/cartes/1902", "dia-chi"),
    ],
)
def test_identifiers_are_found_as_written(engine: search.Engine, identifier: str, document: str) -> None:
    language = next(each.language for each in ARCHIVE if each.id == document)
    for query in (identifier, f'"{identifier}"', f"lang:{language} {identifier}"):
        page = engine.search(SearchRequest(query))
        assert page.hits[0].id == document, query
        assert page.warnings == ()
    assert [hit.id for hit in engine.search(SearchRequest(f'"{identifier}"')).hits] == [document]


BAD = {
    "a thousand words": (" ".join(f"từ{number}" for number in range(1_000)), "query_too_long"),
    "a thousand short words": ("a b " * 400, "too_many_words"),
    "one word again and again": ("quyền " * 300, "too_many_words"),
    "500 ORs": (" OR ".join(["hồ"] * 334), "too_many_words"),
    "nothing but ORs": ("OR " * 500, ""),
    "operators": ("OR AND NOT + - | & ( ) -( +( ~3 *", "bare_wildcard"),
    "phrases of frequent words": ('"quyền con" ' * 20, "too_many_phrases"),
    "an open quotation mark": ('"quyền con người', "unbalanced_quote"),
    "a star": ("*", "bare_wildcard"),
    "a letter and a star": ("a*", ""),
    "one long word": ("q" * 100_000, "query_too_long"),
    "parentheses": ("(" * 500 + "quyền" + ")" * 500, "too_deep"),
    "no date": ("date:hôm-qua quyền", "bad_date"),
    "no value": ('lang:"" quyền', "empty_filter"),
    "control characters": ("".join(map(chr, (*range(32), 127, *range(128, 160)))), ""),
    "surrogates": ("\ud800 quyền \udfff", ""),
    "much text": ("quyền con người " * 7_000, "query_too_long"),
    "marks alone": ("\u0301" * 500, ""),
    "spaces": (" \t\n\u00a0\u3000", ""),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_answered_soon_and_tells_what_was_ignored(engine: search.Engine, name: str) -> None:
    query, code = BAD[name]
    began = time.perf_counter()
    page = engine.search(SearchRequest(query))
    assert time.perf_counter() - began < 1  # on a machine that does much else
    assert not code or code in codes(page)
    for warning in page.warnings:
        assert warning.message
        assert 0 <= warning.start <= warning.end <= len(query)


@pytest.mark.parametrize("query", ["", " ", "*", "-", "+", '""', "OR", "()", "\x00", "!?…", "zz OR ʼ", "ʼ"])
def test_no_word_at_all_finds_nothing(engine: search.Engine, query: str) -> None:
    assert engine.search(SearchRequest(query)).total == 0


@pytest.mark.parametrize("joined", [" OR ", " AND ", " +", " ", "/", " | "])
def test_words_behind_the_cap_find_nothing_by_themselves(engine: search.Engine, joined: str) -> None:
    for count in (64, 65, 200):
        page = engine.search(SearchRequest(joined.join(["zz"] * count)))
        assert page.total == 0, count
        assert engine.search(SearchRequest("truyện -" + " -".join(["zz"] * count))).total == 1, count
        assert codes(page) == (["too_many_words"] if count > 64 else [])


def test_what_can_be_understood_of_a_bad_query_is_searched_for(ids: Ids) -> None:
    for query in (
        '"quyển truyện',
        "((quyển truyện",
        "quyển truyện OR",
        "quyển truyện * -",
        "AND quyển truyện",
    ):
        assert ids(query)[0] == "quyen-sach"


def test_more_beginnings_than_the_cap_are_told(tmp_path: Path, index_anywhere: IndexWriter) -> None:
    many = [Document(str(n), "", f"a{chr(98 + n % 20)}{chr(98 + n // 20)}o parole") for n in range(100)]
    engine = search.open(index_anywhere(tmp_path / "many", many))
    page = engine.search(SearchRequest("a*"))
    assert Caps().prefix_terms <= page.total < 100
    assert page.warnings


@settings(max_examples=60)
@given(st.text('quyềnbạ "-+|&()*:~«».,/@\x00\u0301ORANDlang:vidate:2023', max_size=60))
def test_any_text_has_an_answer(engine: search.Engine, text: str) -> None:
    page = engine.search(SearchRequest(text))
    assert len(page.hits) <= page.total
    for warning in page.warnings:
        assert 0 <= warning.start <= warning.end <= len(text)
