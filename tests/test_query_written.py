"""The same word written otherwise: joined, in pieces, with points, with spaces in its figures; dates."""

from pathlib import Path

import pytest
from conftest import IndexWriter

import search
from search import Hit, SearchRequest
from search.analysis.token import tokenize
from search.document import Document
from search.results import How

OTHERS = [
    Document("other-vi", "Chợ quê", "Phiên chợ họp bên bờ sông từ lúc trời còn mờ sương.", "vi"),
    Document("other-fr", "Le marché", "Le marché se tient sur la place dès sept heures.", "fr"),
]


def found(make: IndexWriter, folder: Path, query: str, *texts: str) -> dict[str, Hit]:
    """What a query finds among some texts and two others, by what is highlighted in it."""
    documents = [
        Document(str(number), "", text, "fr" if "le " in text.lower() else "vi")
        for number, text in enumerate(texts)
    ]
    engine = search.open(make(folder, [*documents, *OTHERS]))
    return {
        " … ".join(hit.snippet[start:end] for start, end in hit.snippet_highlights): hit
        for hit in engine.search(SearchRequest(query)).hits
    }


def words(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("hanoi", "Hà Nội"),
        ("Hanoï", "Hà Nội"),
        ("Hànội", "Hà Nội"),
        ("danang", "Đà Nẵng"),
        ("dienbienphu", "Điện Biên Phủ"),
        ("thegioididong", "thế giới di động"),
        ("daklak", "Đắk Lắk"),
        ("vietnam", "Viet Nam"),
        ("yte", "y tế"),
        ("Saigon", "Sài Gòn"),
        ("Sài Gòn", "Saïgon"),
        ("hà nội", "Hanoi"),
        ("ha noi", "Hanoï"),
        ("điện biên phủ", "Dienbienphu"),
        ("email", "e-mail"),
        ("e-mail", "email"),
        ("covoiturage", "co-voiturage"),
        ("co-voiturage", "covoiturage"),
        ("weekend", "week-end"),
        ("porte-monnaie", "portemonnaie"),
        ("portemonnaie", "porte-monnaie"),
        ("anticorruption", "anti-corruption"),
        ("cybersécurité", "cyber-sécurité"),
        ("cybersecurite", "cyber-sécurité"),
        ("covid19", "Covid-19"),
        ("covid 19", "Covid19"),
        ("10km", "10 km"),
        ("10 km", "10km"),
        ("15h30", "15 h 30"),
        ("49X6666", "49X-6666"),
        ("10000", "10\u202f000"),
        ("10000", "10.000"),
        ("10\u00a0000", "10000"),
        ("1.000.000", "1000000"),
        ("0123456789", "01 23 45 67 89"),
        ("01.23.45.67.89", "0123456789"),
        ("0912345678", "0912 345 678"),
        ("552100554", "552 100 554"),
        ("SNCF", "S.N.C.F."),
        ("S.N.C.F.", "SNCF"),
        ("USA", "U.S.A."),
        ("TPHCM", "TP.HCM"),
        ("TP.HCM", "TPHCM"),
        ("15/6/2023", "15-06-2023"),
        ("15/06/2023", "15/6/2023"),
        ("15/6/2023", "15 juin 2023"),
        ("15 juin 2023", "15/06/2023"),
        ("15 juin 2023", "15 tháng 6 năm 2023"),
        ("ngày 15 tháng 6 năm 2023", "15/6/2023"),
        ("2023-06-15", "15 juin 2023"),
        ("1/3/2024", "1er mars 2024"),
        ("tháng 6 năm 2023", "juin 2023"),
        ("02/1975", "02-1975"),
    ],
)
def test_a_word_finds_itself_written_otherwise(
    tmp_path: Path, index_anywhere: IndexWriter, typed: str, written: str
) -> None:
    hits = found(index_anywhere, tmp_path, typed, f"Bài viết về {written}, sáng nay.")
    assert [words(mark) for mark in hits] == [words(written)]


def test_what_is_written_otherwise_is_told_so(tmp_path: Path, index_anywhere: IndexWriter) -> None:
    (hit,) = found(index_anywhere, tmp_path, "hanoi", "Thủ đô Hà Nội có hồ.").values()
    assert [(each.word, each.found, each.how) for each in hit.explanation] == [
        ("hanoi", "hà nội", How.WRITTEN)
    ]


def test_a_joined_name_finds_both_its_own_spelling_first(tmp_path: Path, make_index: IndexWriter) -> None:
    """In an archive where it is also a word by itself."""
    texts = ("Le Vietnam exporte du riz.", "Nước Việt Nam xuất khẩu gạo.", "Nước Lào nhập khẩu gạo.")
    assert list(found(make_index, tmp_path, "vietnam", *texts)) == ["Vietnam", "Việt Nam"]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("lune", "l’une des rives, l’une des barques, la lune"),
        ("surtout", "il va sur tout le fleuve, sur tout le quai, surtout le soir"),
        ("passeport", "il passe au port, le passeport, on passe, le port, il passe, un port"),
        ("toán", "tổ ấn quán, tổ ấn hành, môn toán"),
        ("1998", "le prix de 1 998 francs, en 1998, 1998, 1998, 1998, 1998"),
        ("A4", "à 4 heures, une feuille A4"),
    ],
)
def test_an_ordinary_word_is_not_taken_to_pieces(
    tmp_path: Path, make_index: IndexWriter, typed: str, written: str
) -> None:
    (marks,) = found(make_index, tmp_path, typed, f"Un texte où {written}.")
    assert {mark.lower() for mark in marks.split(" … ")} == {typed.lower()}


@pytest.mark.parametrize(
    ("typed", "written"), [("sur tout", "surtout"), ("l’une", "lune"), ("tổ ấn", "toán"), ("à 4", "A4")]
)
def test_words_of_a_sentence_are_not_joined(
    tmp_path: Path, make_index: IndexWriter, typed: str, written: str
) -> None:
    assert f"Bài có {written} trong đó." not in {
        hit.snippet for hit in found(make_index, tmp_path, typed, f"Bài có {written} trong đó.").values()
    }


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("15/6/2023", "15-06-2023"),
        ("15/6/2023", "15/6/2023"),
        ("ngày 15 tháng 6 năm 2023", "15/6/2023"),
        ("15 juin 2023", "15.06.2023"),
    ],
)
def test_a_day_comes_before_its_figures_scattered(
    tmp_path: Path, index_anywhere: IndexWriter, typed: str, written: str
) -> None:
    texts = (
        "Le conseil de 6/2023, puis celui du 15/7/2023.",
        f"La foire a lieu le {written} sur le pont du port.",
    )
    hits = list(found(index_anywhere, tmp_path, typed, *texts).values())
    assert hits[0].id == "1"


def test_what_is_unwanted_is_only_what_was_typed(tmp_path: Path, make_index: IndexWriter) -> None:
    texts = ("Nước Việt Nam trồng lúa.", "Le Vietnam, nước trồng lúa.")
    (hit,) = found(make_index, tmp_path, "lúa -vietnam", *texts).values()
    assert "Việt Nam" in hit.snippet
