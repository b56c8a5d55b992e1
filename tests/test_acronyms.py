"""Acronyms that an archive defines are found by what they stand for, and the other way round."""

from pathlib import Path

import pytest
from conftest import IndexWriter

import search
from search import Hit, SearchRequest
from search.analysis.acronyms import definitions
from search.document import Document
from search.results import How


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Theo Ủy ban nhân dân (UBND) xã, chợ mở lại.", "ubnd", "ủy ban nhân dân"),
        ("Hội đồng nhân dân (HĐND) tỉnh họp.", "hđnd", "hội đồng nhân dân"),
        ("Sở Giáo dục và Đào tạo (GD&ĐT) cho biết.", "gd đt", "giáo dục và đào tạo"),
        ("Đến Thành phố Hồ Chí Minh (TP.HCM) dự hội.", "tp hcm", "thành phố hồ chí minh"),
        (
            "La Société nationale des chemins de fer français (SNCF) recrute.",
            "sncf",
            "société nationale des chemins de fer français",
        ),
        (
            "La S.N.C.F. (Société nationale des chemins de fer français) recrute.",
            "s n c f",
            "société nationale des chemins de fer français",
        ),
        ("Créer une société à responsabilité limitée (SARL).", "sarl", "société à responsabilité limitée"),
        (
            "La direction départementale de la protection des populations (DDPP) contrôle.",
            "ddpp",
            "direction départementale de la protection des populations",
        ),
        ("Un visa de l’École nationale d’administration (ENA).", "ena", "école nationale d administration"),
        ("L’acide désoxyribonucléique (ADN) est long.", "adn", "acide désoxyribonucléique"),
        ("Ông Nguyễn Văn Bình (Hà Nội) đến dự.", "", ""),
        ("Les recettes (en millions) baissent ; voir le tableau (A).", "", ""),
        ("Quyết định của Bộ. (UBND) xã nhận.", "", ""),
        ("Hai người anh em (CPAM) cùng làng.", "", ""),
    ],
)
def test_a_text_defines_an_acronym(text: str, short: str, long: str) -> None:
    found = [(" ".join(each.short), " ".join(each.long)) for each in definitions(text)]
    assert found == ([(short, long)] if long else [])


DEFINED = [
    Document("def-vi", "", "Ủy ban nhân dân (UBND) và Hội đồng nhân dân (HĐND) cùng ra nghị quyết.", "vi"),
    Document("def-fr", "", "La caisse primaire d’assurance maladie (CPAM) rembourse les soins.", "fr"),
    Document("def-vie", "", "Le volontariat international en entreprise (VIE) dure deux ans.", "fr"),
    Document("la", "", "Trung tâm Los Angeles (LA) có một hội chợ.", "vi"),
    Document("short", "", "UBND xã mở lại phiên chợ quê.", "vi"),
    Document("long", "", "Trụ sở ủy ban nhân dân đặt cạnh đình làng.", "vi"),
    Document("people", "", "Một ủy ban của nhân dân vùng cao.", "vi"),
    Document("fund", "", "Votre caisse primaire d’assurance maladie répond au téléphone.", "fr"),
    Document("life", "", "La vie, " * 30 + "la vie au village.", "fr"),
    Document("abroad", "", "Un volontariat international en entreprise au Laos.", "fr"),
    Document("tea", "", "Đây là ấm trà của bà.", "vi"),
]


def found(make: IndexWriter, folder: Path, query: str) -> dict[str, Hit]:
    engine = search.open(make(folder, DEFINED))
    return {hit.id: hit for hit in engine.search(SearchRequest(query)).hits}


@pytest.mark.parametrize(
    ("query", "id", "marked"),
    [
        ("UBND", "long", "ủy ban nhân dân"),
        ("ủy ban nhân dân", "short", "UBND"),
        ("uy ban nhan dan", "short", "UBND"),
        ("hdnd", "def-vi", "Hội đồng nhân dân"),
        ("CPAM", "fund", "caisse primaire d’assurance maladie"),
        ("téléphone cpam", "fund", "caisse primaire d’assurance maladie"),
    ],
)
def test_either_side_of_a_definition_finds_the_other(
    tmp_path: Path, index_anywhere: IndexWriter, query: str, id: str, marked: str
) -> None:
    hit = found(index_anywhere, tmp_path, query)[id]
    assert marked in {hit.snippet[start:end] for start, end in hit.snippet_highlights}
    assert How.WRITTEN in {each.how for each in hit.explanation} or id == "def-vi"


def test_only_the_whole_of_what_is_abbreviated_counts(tmp_path: Path, make_index: IndexWriter) -> None:
    assert "people" not in found(make_index, tmp_path, "UBND")


@pytest.mark.parametrize(("query", "id"), [("vie", "abroad"), ("là", "la"), ("la", "la")])
def test_an_ordinary_word_is_no_acronym(tmp_path: Path, make_index: IndexWriter, query: str, id: str) -> None:
    hits = found(make_index, tmp_path, query)
    assert id not in hits or How.WRITTEN not in {each.how for each in hits[id].explanation}
