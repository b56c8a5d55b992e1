"""When and by whom a text was published, as it says itself; and what is no such date."""

import pytest

from indexer.dateline import Dateline, find

BODY = "Bến phà đóng cửa sau bốn mươi năm.\nNgười lái phà cuối cùng gác mái chèo.\n"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Thứ Ba, 12/12/2023 | 15:30", "2023-12-12"),
        ("Chủ nhật, ngày 3 tháng 3 năm 2024 - 08:15 GMT+7", "2024-03-03"),
        ("Cập nhật: 14:05 - 4/3/2024", "2024-03-04"),
        ("Publié le 12 mars 2024 à 8h30", "2024-03-12"),
        ("Mis à jour le mardi 12 mars 2024", "2024-03-12"),
        ("Hà Nội, ngày 12 tháng 3 năm 2024", "2024-03-12"),
        ("Fait à Paris, le 3 mai 2021.", "2021-05-03"),
    ],
)
def test_a_line_that_holds_nothing_but_a_date_is_the_date(line: str, date: str) -> None:
    assert find(line + "\n" + BODY).date == date
    assert find(BODY + line).date == date


@pytest.mark.parametrize(
    ("opening", "date"),
    [
        ("Sáng ngày 29/9/2022, phà chạy chuyến cuối.", "2022-09-29"),
        ("Nhân 40 năm mở bến (1984 - 2024), chiều 12/12, xã tổ chức lễ chia tay.", "2024-12-12"),
        ("Le bac a cessé de naviguer mardi 12 mars 2024, au grand regret des riverains.", "2024-03-12"),
        ("Chiều 12/12, xã tổ chức lễ chia tay.", ""),
        ("Ngày 30/4/1975, phà chở bộ đội qua sông.", ""),
        ("Le bac fut mis à l’eau le 12 mars 1924.", ""),
    ],
)
def test_the_day_a_report_opens_with(opening: str, date: str) -> None:
    assert find(opening + "\nPhà chạy từ 5/6/1984.").date == date


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (BODY + "(TTXVN/Vietnam+)", "TTXVN/Vietnam+"),
        (BODY + "Khách xuống bến lần cuối. (VOV)", "VOV"),
        ("HANOÏ (AFP) – Le dernier bac a accosté.\n" + BODY, "AFP"),
        ("Hà Nội (TTXVN) - Chuyến phà cuối đã cập bến.\n" + BODY, "TTXVN"),
        (BODY + "Bến do Ủy ban nhân dân (UBND)", ""),
        (BODY + "(xem tiếp trang sau)", ""),
        (BODY + "(Ảnh: Lê Mận)", ""),
        ("Bến phà (xem bản đồ) - nơi chia tay.\n" + BODY, ""),
    ],
)
def test_the_agency_that_signs(text: str, source: str) -> None:
    assert find(text).source == source


@pytest.mark.parametrize("text", ["", "\n\n", "12/12", "31/02/2024"])
def test_texts_that_say_nothing(text: str) -> None:
    assert find(text) == Dateline()
