"""Tables: a document a row, whatever the columns are called and whatever separates them."""

import io

import pytest

from indexer.readers.formats import table
from indexer.readers.record import Failure, Found, Item, Record, Unreadable
from indexer.readers.text.decode import MAX_TEXT
from search.document import Document


def read(text: str | bytes) -> list[Found]:
    data = text.encode() if isinstance(text, str) else text
    return list(table.read(Item("thu.csv", "kho/thu.csv", "thu.csv", io.BytesIO(data))))


def documents(text: str | bytes) -> list[Document]:
    found = read(text)
    assert all(isinstance(item, Record) for item in found), found
    return [item.document for item in found if isinstance(item, Record)]


def test_each_row_is_a_document() -> None:
    first, second = documents(
        "id,title,text,lang,url,source,author,date\n"
        't1,Thư nhà,"Con đã đến nơi, mọi người khỏe.",vi,https://thu.example/1,Hộp thư,Lan,4/3/1968\n'
        "t2,Lettre,Je suis bien arrivé.,fr,,,,\n"
    )
    assert first == Document(
        "t1",
        "Thư nhà",
        "Con đã đến nơi, mọi người khỏe.",
        "vi",
        "https://thu.example/1",
        "Hộp thư",
        "Lan",
        "1968-03-04",
    )
    assert (second.id, second.text, second.language) == ("t2", "Je suis bien arrivé.", "fr")


@pytest.mark.parametrize(
    "header",
    [
        "Titre;Texte;Date",
        "tiêu đề\tnội dung\tngày",
        "Tieu_de,Noi dung,NGAY",
        "title|content|date",
        "\ufeffTITLE,body,Date",
    ],
)
def test_columns_are_known_in_three_languages_with_or_without_diacritics(header: str) -> None:
    separator = next(mark for mark in ";\t,|" if mark in header)
    [document] = documents(
        header + "\n" + separator.join(("Chợ Viềng", "Họp một năm một phiên", "1998")) + "\n"
    )
    assert (document.title, document.text, document.date) == ("Chợ Viềng", "Họp một năm một phiên", "1998")
    assert document.id == "thu.csv#1"


def test_other_columns_are_searched_too() -> None:
    [document] = documents("tên,Nghề,Quê quán\nÔng Tư,thợ mộc,Hà Đông\n")
    assert document.title == "Ông Tư"
    assert document.text == "Nghề: thợ mộc\nQuê quán: Hà Đông"


def test_a_cell_may_have_several_lines_and_the_line_of_its_row_is_known() -> None:
    first, second = read('title,text\nMột,"dòng một\ndòng hai"\nHai,dòng ba\n')
    assert isinstance(first, Record)
    assert first.document.text == "dòng một\ndòng hai"
    assert (first.line, second.line) == (2, 4)


def test_a_broken_row_is_one_failure() -> None:
    long = "x" * (MAX_TEXT + 1)
    found = read(f"title,text\nMột,hai\n,\nBa,{long}\nBốn,năm\n")
    assert [type(item) for item in found] == [Record, Failure, Record]
    assert isinstance(found[1], Failure)
    assert "split it" in found[1].reason


@pytest.mark.parametrize("text", ["một,hai\nba,bốn\n", "12\t15\t1\n13\t16\t0\n"])
def test_a_table_without_a_header_says_what_is_needed(text: str) -> None:
    with pytest.raises(Unreadable, match="call one “text”"):
        read(text)


def test_a_row_may_be_shorter_or_longer_than_the_header() -> None:
    short, long = documents("title,text,date\nNgắn\nDài,chữ,2001,thừa\n")
    assert short.title == "Ngắn"
    assert long.text == "chữ\nthừa"


def test_a_row_names_the_same_story_in_other_languages() -> None:
    first, second = documents('title,text,alternates\nMột,chữ,"fr-1 https://example.org/1\nfr-2"\nHai,chữ,\n')
    assert first.alternates == ("fr-1", "https://example.org/1", "fr-2")
    assert (first.text, second.alternates) == ("chữ", ())
