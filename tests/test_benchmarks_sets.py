"""The sets that rankings are measured on: as long as they say, and the same in every run."""

from collections.abc import Iterator
from statistics import median

import pytest

from benchmarks import conditions, derived
from search.document import Document


def _document(id: str, sentences: int, words: int = 9, title: str = "") -> Document:
    text = " ".join(f"Câu {place} " + "lúa " * (words - 3) + "chín." for place in range(sentences))
    return Document(id, title, text.replace("chín. Câu 5 ", "chín.\nCâu 5 "))


@pytest.fixture
def judged() -> list[Document]:
    return [_document(f"j{place}", 4 + place % 23) for place in range(60)]


def _long() -> Iterator[Document]:
    return (_document(f"d{place}", 40 + 7 * place, 5 + place % 11) for place in range(40))


def _lengths(documents: list[Document]) -> list[int]:
    return [len(document.text.split()) for document in documents]


def test_distractors_are_as_long_as_the_answers(judged: list[Document]) -> None:
    cut = list(derived.pieces(_long(), judged))
    assert median(_lengths(cut)) == pytest.approx(median(_lengths(judged)), rel=0.15)
    assert max(_lengths(cut)) < 1.3 * max(_lengths(judged))


def test_pieces_are_the_same_in_every_run_and_end_where_sentences_do(judged: list[Document]) -> None:
    cut = list(derived.pieces(_long(), judged))
    assert cut == list(derived.pieces(_long(), judged))
    assert all(piece.text.endswith("chín.") for piece in cut)
    assert len({piece.id for piece in cut}) == len(cut)


def test_a_short_document_stays_in_one_piece() -> None:
    short = _document("a", 3)
    assert [piece.text for piece in derived.pieces([short], [_document("j", 4)])] == [short.text]


def test_headings_are_asked_for_where_only_one_article_answers() -> None:
    titles = (
        "Thủy lợi — Điều 1. Phạm vi",
        "Thủy lợi — Điều 7a. Phạm vi",
        "Đê điều — Điều 2. Giải thích từ ngữ",
    )
    articles = [Document(f"a{place}", title, "Nội dung.") for place, title in enumerate(titles)]
    asked = derived.headings(articles, 10)
    assert [(query.text, dict(query.relevant)) for query in asked] == [
        ("Giải thích từ ngữ đê điều", {"a2": 1})
    ]
    assert [each.title for each in derived.without_headings(articles)] == ["Thủy lợi", "Thủy lợi", "Đê điều"]


QUERIES = (
    "giá vé tàu hỏa đường sắt Thống Nhất",
    "comment renouveler un passeport périmé",
    "nghị định về quản lý rừng phòng hộ",
    "les horaires de la médiathèque",
)


@pytest.mark.parametrize("text", QUERIES)
def test_a_typo_changes_one_long_word_a_little(text: str) -> None:
    slipped = conditions.slipped(text)
    assert slipped == conditions.slipped(text)
    pairs = [(a, b) for a, b in zip(text.split(), slipped.split(), strict=True) if a != b]
    assert len(pairs) == 1
    [(right, wrong)] = pairs
    assert len(right) >= conditions.MIN_LETTERS
    assert right[0] == wrong[0]
    assert abs(len(right) - len(wrong)) <= 1


def test_short_words_and_numbers_are_typed_right() -> None:
    assert conditions.slipped("ban an 12345 vua") == "ban an 12345 vua"


def test_every_kind_of_slip_happens() -> None:
    differences = {
        len(conditions.slipped(f"mercredi {place}")) - len(f"mercredi {place}") for place in range(60)
    }
    assert differences == {-1, 0, 1}
