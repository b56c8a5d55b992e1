"""Filters typed in a query: of what language, source and date, excluded or joined."""

from collections.abc import Callable

import pytest
from conftest import IndexWriter
from parsed_query import codes, read, shown
from test_query_language import ARCHIVE, RIVER

import search
from search import SearchRequest
from search.query.filter import Filter, days
from search.query.parser import parse


def test_filters_are_taken_out_of_the_words() -> None:
    query = parse('lang:vi langue:FR source:"Báo Làng" nguồn:Courrier date:2023-05..2024 đường')
    assert query.filter == Filter.of(["vi", "fr"], ["Báo Làng", "Courrier"], "2023-05", "2024")
    assert shown(query.root) == "(đường)"
    assert query.warnings == ()


@pytest.mark.parametrize(
    ("text", "filter"),
    [
        ("lune -date:2020", Filter.of([], [], "2020", "2020").negated()),
        ("lune NOT lang:vi", Filter(excluded_languages=frozenset({"vi"}))),
        ("lune KHÔNG lang:vi", Filter(excluded_languages=frozenset({"vi"}))),
        ("-lang:vi -lang:fr", Filter(excluded_languages=frozenset({"vi", "fr"}))),
        ('-nguồn:"Báo Làng" lune', Filter(excluded_sources=frozenset({"Báo Làng"}))),
        ("-(lang:fr OR lang:vi)", Filter(excluded_languages=frozenset({"vi", "fr"}))),
        ("lune lang:fr,vi", Filter.of(["fr", "vi"], [], "", "")),
        ("lune (lang:fr OR lang:vi)", Filter.of(["fr", "vi"], [], "", "")),
        ("lang:fr HOẶC lang:vi lune", Filter.of(["fr", "vi"], [], "", "")),
        (
            "date:2020 OR date:5/2022",
            Filter(dates=frozenset({days("2020", "2020"), days("2022-05", "2022-05")})),
        ),
        ("(lune lang:fr) date:2020..", Filter.of(["fr"], [], "2020", "")),
        ("date:2020.. date:..2022", Filter.of([], [], "2020", "2022")),
        ("lune AND lang:fr", Filter.of(["fr"], [], "", "")),
        ("lune +lang:fr", Filter.of(["fr"], [], "", "")),
    ],
)
def test_a_filter_is_excluded_or_joined(text: str, filter: Filter) -> None:
    query = parse(text)
    assert query.filter == filter
    assert query.warnings == ()
    assert shown(query.root).strip("()+") in ("lune", "")


@pytest.mark.parametrize("name", ["lang", "Langue", "ngôn ngữ", "Ngon ngu", "ngữ", "LANGUAGE"])
@pytest.mark.parametrize("value", ["fr", "FR", "fr-FR", "fra", "français", "Francais", '"tiếng Pháp"'])
def test_a_language_goes_by_its_names(name: str, value: str) -> None:
    assert parse(f"lune {name}:{value}").filter == Filter(languages=frozenset({"fr"}))


@pytest.mark.parametrize(
    "text", ["Ngày:15/6/2023 họp", "Date:15-6-2023", "NGÀY:15/6/2023", "Nguồn: báo Làng"]
)
def test_a_field_of_a_pasted_line_is_text(text: str) -> None:
    assert read(text) == text
    assert parse(text).filter == Filter()
    assert codes(parse(text)) == []


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("date:2023", "2023", "2023"),
        ("ngày:2023-05-02", "2023-05-02", "2023-05-02"),
        ("date:2023..", "2023", ""),
        ("date:..2020-06", "", "2020-06"),
        ("date:2019..2021", "2019", "2021"),
        ("date:2021…2019", "2019", "2021"),
        ('date:"2019..2021"', "2019", "2021"),
        ("date:5/2020", "2020-05", "2020-05"),
        ("date:1/5/2020", "2020-05-01", "2020-05-01"),
        ("date:15-6-2023", "2023-06-15", "2023-06-15"),
        ("date:15.6.2023..2024", "2023-06-15", "2024"),
        ('date:"15 juin 2023"', "2023-06-15", "2023-06-15"),
        ("date:15 juin 2023", "2023-06-15", "2023-06-15"),
        ('date:"15 tháng 6 năm 2023"', "2023-06-15", "2023-06-15"),
        ('date:"tháng 5 năm 2020"', "2020-05", "2020-05"),
        ("ngày:tháng 5 năm 2020", "2020-05", "2020-05"),
        ('date:"mai 2020..juin 2021"', "2020-05", "2021-06"),
        ("date:mai 2020..juin 2021", "2020-05", "2021-06"),
        ("ngày:2020..tháng 6 năm 2021", "2020", "2021-06"),
        ("date:..juin 2021", "", "2021-06"),
    ],
)
def test_dates_are_read_as_people_write_them(typed: str, since: str, until: str) -> None:
    query = parse(f"lune {typed}")
    assert query.filter == Filter.of([], [], since, until)
    assert query.warnings == ()
    assert shown(query.root) == "(lune)"


@pytest.mark.parametrize(
    "typed", ["date:hôm", "date:2023-13", "date:31/2/2024", "date:2023..mai", "date:2023-00-99"]
)
def test_what_is_no_date_is_ignored_with_a_warning(typed: str) -> None:
    query = parse(f"bán {typed} mua")
    assert query.filter == Filter()
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
    assert not {value for value in query.filter.languages | query.filter.sources if not value.strip()}


Ids = Callable[..., list[str]]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, index_anywhere: IndexWriter) -> search.Engine:
    return search.open(index_anywhere(tmp_path_factory.mktemp("filters"), ARCHIVE))


@pytest.fixture
def ids(engine: search.Engine) -> Ids:
    return lambda text: [hit.id for hit in engine.search(SearchRequest(text, limit=50)).hits]


@pytest.mark.parametrize("name", [RIVER.upper(), RIVER.lower(), "ban tin song hong", "Bản  tin “Sông Hồng”"])
def test_a_source_goes_by_its_name_in_any_case_and_without_diacritics(ids: Ids, name: str) -> None:
    quoted = f"«{name}»"
    assert set(ids(f"source:{quoted}")) == {"quyen", "quyen-xa", "mua"}
    assert not {"quyen", "quyen-xa"} & set(ids(f"quyền -source:{quoted}"))
    assert "quyen-cach" in ids(f"quyền -source:{quoted}")


@pytest.mark.parametrize("query", ["source:bán rau", 'source:"Bán tin Sông Hồng" rau', "lang:klingon rau"])
def test_a_name_that_no_document_has_is_told(engine: search.Engine, query: str) -> None:
    page = engine.search(SearchRequest(query))
    assert (page.total, [warning.code for warning in page.warnings]) == (0, ["unknown_name"])
    [warning] = page.warnings
    assert query[warning.start : warning.end] in ("bán", "Bán tin Sông Hồng", "klingon")


def test_filters_are_excluded_and_joined(ids: Ids) -> None:
    assert set(ids("rue lang:vi OR lang:fr")) == {"rue", "port"}
    assert ids("rue -lang:fr") == ids("rue NOT lang:fr") == []
    assert ids("rue -date:2018") == ["rue"]
    assert ids("rue (date:2018 OR date:2019)") == ["port"]
    assert set(ids("quyết định -date:2023")[:2]) == {"quyet-dinh", "quyet-dinh-2"}  # of no known date
    assert set(ids("-lang:vi -date:2000..")) == {"code", "code-2", "dia-chi", "dia-chi-2"}
