"""Dates as people write them, found in texts and written in other ways."""

import datetime
import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.normalize import surface
from search.analysis.token import tokenize
from search.dates import date_number, typed_date, ways, written_dates


@pytest.mark.parametrize(
    "written",
    [
        *("15/6/2023", "15/06/2023", "15-6-2023", "15.6.2023", "2023-06-15", "2023/6/15"),
        *("15 juin 2023", "15 JUIN 2023", "ngày 15 tháng 6 năm 2023", "15 tháng 6, 2023"),
        *("ngày 15/6/2023", "15 tháng sáu năm 2023", "Ngày 15 tháng 06 năm 2023", "ngay 15 thang 6 nam 2023"),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_date_is_found_in_a_sentence_however_it_is_written(
    written: str, form: Literal["NFC", "NFD"]
) -> None:
    text = unicodedata.normalize(form, f"hội họp {written} ở sân đình")
    [found] = written_dates(text)
    assert (found.year, found.month, found.day, found.iso) == (2023, 6, 15, "2023-06-15")
    assert text[found.start : found.end] == unicodedata.normalize(form, written)
    assert typed_date(written) == "2023-06-15"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("du 1er mai 2020 au 2 févr. 2021", ["2020-05-01", "2021-02-02"]),
        ("tháng 5 năm 2020, mồng 5 tháng 6 năm 2020", ["2020-05", "2020-06-05"]),
        ("juin 2023 puis 3/2024", ["2023-06", "2024-03"]),
        ("31/2/2024", []),
        ("Nghị định 05/2010/NĐ-CP", []),
        ("năm 2020, 1079/QĐ-TTg", []),
    ],
)
def test_dates_of_a_text_in_order(text: str, found: list[str]) -> None:
    assert [date.iso for date in written_dates(text)] == found


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("5/2020", "2020-05"),
        ("05-2020", "2020-05"),
        ("tháng 5 năm 2020", "2020-05"),
        ("mai 2020", "2020-05"),
        ("15 6 2023", "2023-06-15"),
        ("năm 2020", "2020"),
        ("15 juin 2023 à 8 h", ""),
        ("12", ""),
    ],
)
def test_what_is_typed_is_a_date_as_a_whole(typed: str, iso: str) -> None:
    assert typed_date(typed) == iso


def test_a_date_is_written_in_the_ways_of_both_languages() -> None:
    written = (
        "5/6/2023",
        "05/06/2023",
        "5 juin 2023",
        "ngày 05 tháng 6 năm 2023",
        "2023-06-05",
        "5 tháng Sáu năm 2023",
    )
    for text in written:
        tokens = tuple(surface(token.text) for token in tokenize(text.removeprefix("ngày ")))
        assert tokens in ways(2023, 6, 5), text
    assert ("1er", "mai", "2020") in ways(2020, 5, 1)
    assert ("tháng", "mười", "một", "năm", "2020") in ways(2020, 11)
    assert ("novembre", "2020") in ways(2020, 11)
    assert ways(2020) == (("2020",),)


@given(st.dates(min_value=datetime.date(1000, 1, 1), max_value=datetime.date(2999, 12, 31)))
def test_each_way_to_write_a_date_is_read_as_this_date(date: datetime.date) -> None:
    for tokens in ways(date.year, date.month, date.day):
        joined = " ".join(tokens) if not "".join(tokens).isdigit() else "-".join(tokens)
        assert typed_date(joined) == date.isoformat(), tokens


@given(st.text("0123456789/-. thángnămjui\u0301"))
def test_any_text_is_read(text: str) -> None:
    for found in written_dates(text):
        assert 0 <= found.start < found.end <= len(text)
        assert date_number(found.iso)
    assert not typed_date(text) or date_number(typed_date(text))
