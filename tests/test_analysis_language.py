"""In which language is a paragraph written? Told from its words, line by line."""

import pytest

from search.analysis.analyzer import analyze
from search.analysis.language import detect
from search.analysis.registry import OTHER
from search.analysis.token import tokenize
from search.document import Document
from search.schema import Kind, Part, field_name

VIETNAMESE, FRENCH = "vi", "fr"

PARAGRAPHS = {
    VIETNAMESE: [
        "Sáng nay trời mưa, bà con vẫn ra đồng gặt lúa.",
        "Hội làng mở vào tháng giêng.",
        "Ông Pierre Martin, người Lyon, dạy đàn cho học sinh.",
        "HỌC SINH NGHỈ HÈ TỪ NGÀY MAI",
        "đi chợ",
        "Sang nay troi mua, ba con van ra dong gat lua.",
        "Chung toi khong biet duong den truong nay.",
        "Moi nguoi deu muon co mot ngoi nha nho ben song.",
    ],
    FRENCH: [
        "Ce matin il pleut, mais les paysans sont aux champs.",
        "La fête du village a lieu en janvier.",
        "M. Nguyen Van Thuy, de Hué, enseigne la musique aux élèves.",
        "LES ÉLÈVES SONT EN VACANCES",
        "L’arbre d’à côté",
        "Les eleves de la classe ont ete felicites par leur maitre.",
        "Nous ne savons pas encore comment aller a cette ecole.",
        "Qu'il vienne ou qu'il parte, je n'y serai pas.",
    ],
    OTHER: [
        "This morning it rains, but the farmers are in the fields.",
        "The old man and the sea were friends for a long time.",
        "Esta mañana llueve, pero los campesinos están en el campo.",
        "Heute Morgen regnet es, aber die Bauern sind auf dem Feld.",
        "Questa mattina piove, ma i contadini sono nei campi della valle.",
        "Сегодня утром идёт дождь.",
        "今天早上下雨。",
        "12/12/2024 – 15:30",
        "",
    ],
}


def language(text: str, declared: str = "") -> str:
    return detect(list(tokenize(text)), text, declared)


@pytest.mark.parametrize(
    ("expected", "text"), [(key, text) for key, texts in PARAGRAPHS.items() for text in texts]
)
def test_the_language_of_a_paragraph(expected: str, text: str) -> None:
    assert language(text) == expected


@pytest.mark.parametrize("text", ["Hà Nam", "Lê Hải, An, Bình", "2024", "Nam Dinh"])
def test_a_line_of_names_takes_the_language_of_its_document(text: str) -> None:
    assert language(text, VIETNAMESE) == VIETNAMESE


@pytest.mark.parametrize("text", ["Paris, Lyon, Nantes", "Page 12", "Martin"])
def test_a_line_that_says_little_is_french_in_a_french_document(text: str) -> None:
    assert language(text, FRENCH) == FRENCH


def test_vietnamese_names_with_all_their_marks_leave_a_french_sentence_french() -> None:
    assert language("M. Nguyễn Văn Thuỷ et Mme Hélène Lefèvre ont visité la ville de Huế.") == FRENCH


def test_clear_words_outweigh_what_a_document_says_of_itself() -> None:
    assert language(PARAGRAPHS[FRENCH][0], VIETNAMESE) == FRENCH
    assert language(PARAGRAPHS[VIETNAMESE][0], FRENCH) == VIETNAMESE


def test_each_line_of_a_document_is_told_by_itself() -> None:
    """Stems come from the French line only, compounds from the Vietnamese one only."""
    analysed = analyze(Document("1", "", "Học sinh nghỉ hè.\nLes élèves sont en vacances.\nHọc sinh đi học."))
    assert "eleves" in analysed.streams["body_folded"].terms
    stems = analysed.streams[field_name(Part.BODY, Kind.STEM)]
    words = analysed.streams[field_name(Part.BODY, Kind.WORD)]
    assert set(stems.positions.tolist()) == {4, 5, 6, 7, 8}
    assert {position < 4 or position > 8 for position in words.positions.tolist()} == {True}
    assert "học_sinh" in words.terms
    assert analysed.language == VIETNAMESE


@pytest.mark.parametrize("index", [0, 2, 4, 6, 7])
def test_other_languages_are_indexed_without_stems_and_compounds(index: int) -> None:
    text = PARAGRAPHS[OTHER][index]
    analysed = analyze(Document("1", "", text))
    assert analysed.language == OTHER
    assert len(analysed.streams["body_surface"].ids) == len(list(tokenize(text)))
    assert not len(analysed.streams["body_stem"].ids)
    assert not len(analysed.streams["body_word"].ids)


def test_a_declared_language_is_kept() -> None:
    assert analyze(Document("1", "", "Hà Nội", "fr")).language == "fr"
    assert analyze(Document("1", "", "Hà Nội", "EN-gb")).language == "en"


def test_a_title_of_two_names_is_read_in_the_language_of_the_body() -> None:
    body = "Les élèves sont en vacances et leurs parents aussi."
    assert len(analyze(Document("1", "Voyages, Provence", body)).streams["title_stem"].ids)
