"""Which capitals, signs and dashes are operators, and which are text."""

import pytest
from parsed_query import codes, read, shown

from search.query.ast import Word
from search.query.parser import parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vente de terrain OU achat de maison", "vente de {terrain | achat} de maison"),
        ("chợ nổi SAUF chợ đêm", "chợ nổi -chợ đêm"),
        ("SNCF OR grève", "{SNCF | grève}"),
        ("Hà Nội OR Sài Gòn", "Hà {Nội | Sài} Gòn"),
        ("Paris NOT Texas", "Paris -Texas"),
        ('gạo KHÔNG "bán lẻ"', 'gạo -"bán lẻ"'),
        ('"vente" OU "achat"', '{"vente" | "achat"}'),
        ("(bán gạo) HOẶC (mua cá)", "{(bán gạo) | (mua cá)}"),
        ("hồ HOẶC sông HOẶC suối HOẶC biển HOẶC ngòi HOẶC đầm", "{hồ | sông | suối | biển | ngòi | đầm}"),
        ("đê|đập | cống", "{đê|đập | cống}"),
        ("Hà Nội | Sài Gòn", "Hà {Nội | Sài} Gòn"),
    ],
)
def test_capitals_are_operators_where_a_query_reads_like_one(text: str, expected: str) -> None:
    assert read(text) == expected
    assert codes(parse(text)) == []


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("DÂN TỘC KHÔNG ĐẤT trên biển", False),
        ("TO BE OR NOT TO BE : une affiche", False),
        ("Người lao động KHÔNG nghỉ phép", True),
        ("hợp đồng bị KHÔNG gia hạn", True),
        ("công ty đơn phương KHÔNG gia hạn hợp đồng lao động trong trường hợp nào", False),
        ("le père OU la mère", True),
        ("Liberté ET Patrie", True),
        ("Boulangerie Lê & fils", False),
        ("Viện KH & CN", False),
        ("r & d", False),
        ("Bão lũ ở miền Trung | Báo Làng Chài", False),
    ],
)
def test_capitals_in_a_heading_or_in_prose_are_words(text: str, warned: bool) -> None:
    assert read(text).replace(" & ", " ") == text.replace(" & ", " ").replace(" | ", " ").replace(" : ", " ")
    assert codes(parse(text)) == ["keyword_as_word"] * warned


@pytest.mark.parametrize(
    "text",
    [
        "nhiệt độ -5 °C",
        "Mig -21",
        "ga Vinh –Huế",
        "-2020",
        "lúa —mùa",
        "64-bit",
        "C++ C#",
        "x - y",
        "fut -elle réunie",
        "viendra -t-il",
        "villages en -ac ?",
        "Bac +3",
        "Điều 9. Hồ sơ cấp phép cho thiết bị X -quang dùng để khám bệnh ở xã",
    ],
)
def test_dashes_and_minuses_of_ordinary_text_exclude_nothing(text: str) -> None:
    clauses = parse(text).root.children
    assert all(isinstance(clause, Word) for clause in clauses)
    said = [part.lstrip("-") for part in text.split() if any(map(str.isalnum, part))]
    assert [shown(clause).lstrip("-") for clause in clauses] == said


@pytest.mark.parametrize(
    "text", ["QUYỀN VÀ NGHĨA VỤ", "VENTE ET ACHAT", "BÁN OR MUA", "KHÔNG SAUF NOT", "57 ET 58"]
)
def test_a_query_all_in_capitals_has_no_keywords(text: str) -> None:
    assert read(text) == text
