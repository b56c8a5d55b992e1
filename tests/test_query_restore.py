"""Which accents were meant: from what the index counts, and the diacritics that were typed."""

from collections.abc import Sequence

import pytest
from conftest import plain
from hypothesis import given
from hypothesis import strategies as st
from reference import Reference

from search.analysis.normalize import fold
from search.query.restore import honours, restore

TEXTS = [
    "quyền con người",
    "quyền con người và quyền trẻ em",
    "quyển sách của con người",
    "bán hàng ở chợ",
    "bạn bè bán hàng",
    "bạn bè bạn bè bạn học bạn bè",
    "ban nhạc",
    "đường làng",
    "tường nhà",
    "hòa bình",
    "hòa bình",
    "hoa nở",
    "bình hoa",
    "côté rue côte rouge cote",
]


class Large(Reference):
    """An index of the same texts many times over: its own counts outweigh any general knowledge."""

    def spellings(self, folded: Sequence[str]) -> list[list[tuple[str, int]]]:
        return [[(text, 10_000 * count) for text, count in own] for own in super().spellings(folded)]

    def pair_counts(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        return [10_000 * count for count in super().pair_counts(pairs)]

    @property
    def tokens(self) -> int:
        return 10_000 * super().tokens


COUNTS = Large({number: plain(str(number), text) for number, text in enumerate(TEXTS)})


def best(text: str) -> str:
    return " ".join(restore(text.split(), COUNTS).best)


@pytest.mark.parametrize(
    ("spelling", "typed", "honoured"),
    [
        ("quyền", "quyên", True),
        ("quyển", "quyên", True),
        ("quyền", "quyen", True),
        ("quyen", "quyên", False),
        ("quyen", "quyen", True),
        ("đường", "dường", True),
        ("dường", "đường", False),
        ("đường", "duòng", True),
        ("bạn", "bán", False),
        ("bán", "bán", True),
        ("côté", "cote", True),
        ("côté", "coté", True),
        ("côte", "coté", False),
        ("bán", "bán hàng", False),
        ("ban", "bàn", False),
        ("", "", True),
    ],
)
def test_a_spelling_honours_the_diacritics_that_were_typed(spelling: str, typed: str, honoured: bool) -> None:
    assert honours(spelling, typed) is honoured


@pytest.mark.parametrize(("spelling", "typed"), [("tiến", "tíen"), ("quyến", "qúyen"), ("người", "ngừoi")])
def test_a_tone_may_be_typed_on_another_letter(spelling: str, typed: str) -> None:
    assert honours(spelling, typed)


@given(st.text("aáàâấậeêếbcdđoôơớnuư", min_size=1, max_size=6))
def test_every_spelling_honours_itself_and_its_letters(word: str) -> None:
    assert honours(word, word)
    assert honours(word, fold(word))


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("quyen con nguoi", "quyền con người"),
        ("quyen sach", "quyển sách"),
        ("ban be", "bạn bè"),
        ("ban hang", "bán hàng"),
        ("hoa binh", "hòa bình"),
        ("binh hoa", "bình hoa"),
        ("vắng mặt", "vắng mặt"),
        ("duong", "đường"),
    ],
)
def test_the_most_likely_whole_is_restored(typed: str, restored: str) -> None:
    """Pairs beat single words: alone, *ban* is *bạn*, the most frequent; before *hang* it is *bán*."""
    assert best(typed) == restored


def test_alone_the_most_frequent_spelling_is_the_most_likely() -> None:
    assert best("ban") == "bạn"


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("quyển con nguoi", "quyển con người"),
        ("ban hàng", "bán hàng"),
        ("bạn hang", "bạn hàng"),
        ("quyên", "quyền"),
    ],
)
def test_typed_diacritics_are_kept(typed: str, restored: str) -> None:
    assert best(typed) == restored


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("tiên hoa", "tiến hóa"),
        ("quyên con ngươi", "quyền con người"),
        ("đươc ban hang", "được bán hàng"),
        ("cho trâu ăn", "cho trâu ăn"),
        ("quê hương ban be", "quê hương bạn bè"),
    ],
)
def test_tones_that_were_left_out_are_restored(typed: str, restored: str) -> None:
    texts = ("tiến hóa của loài", "tiên nữ", "được bán hàng", "cho trâu ăn", "chợ trấu", "quê hương", *TEXTS)
    lexicon = Large({number: plain(str(number), text) for number, text in enumerate(texts)})
    assert " ".join(restore(typed.split(), lexicon).best) == restored


@pytest.mark.parametrize("typed", ["quyên cỏn", "quyên", "ban hang", "côté rue"])
def test_tones_are_left_out_of_a_whole_query_with_marks_of_letters(typed: str) -> None:
    """A tone somewhere says that they are typed; a query without any mark is no matter of tones."""
    assert restore(typed.split(), COUNTS).toneless == 0


def test_a_whole_that_is_likely_as_it_stands_keeps_its_tones() -> None:
    lexicon = Large(
        {0: plain("0", "quê hương tôi"), 1: plain("1", "quế"), 2: plain("2", "hướng tối tối tối")}
    )
    restoration = restore(["quê", "hương", "tôi"], lexicon)
    assert restoration.best == ("quê", "hương", "tôi")
    assert restoration.toneless < 0.1


def test_all_readings_honour_what_was_typed() -> None:
    for typed in ("bán", "quyên", "duòng", "hoa", "coté"):
        [readings] = restore([typed], COUNTS).readings
        assert readings
        assert all(honours(reading.surface, typed) for reading in readings)


def test_a_accented_word_that_the_index_has_stands_for_itself() -> None:
    [readings] = restore(["ban", "bán"], COUNTS).readings[1:]
    assert [reading.surface for reading in readings] == ["bán"]


def test_probabilities_are_ordered_and_add_up() -> None:
    for readings in restore(["ban", "hang", "hoa", "binh", "quyen", "vang"], COUNTS).readings:
        probabilities = [reading.probability for reading in readings]
        assert probabilities == sorted(probabilities, reverse=True)
        assert sum(probabilities) == pytest.approx(1)


def test_a_word_that_the_index_does_not_have_is_kept() -> None:
    restoration = restore(["vắng"], COUNTS)
    assert restoration.best == ("vắng",)
    assert [(reading.surface, reading.count) for reading in restoration.readings[0]] == [("vắng", 0)]


def test_what_a_small_index_does_not_know_is_common_knowledge() -> None:
    """*đường* is a word that everybody writes, *dưỡng* a rare one: once each in three texts tells little."""
    small = Reference({0: plain("0", "con đường dài"), 1: plain("1", "con dưỡng dài"), 2: plain("2", "vắng")})
    assert restore(["duong"], small).best == ("đường",)


def test_nothing_typed_nothing_restored() -> None:
    assert restore([], COUNTS) == restore([], Reference({}))
    assert restore([], COUNTS).best == ()


def test_an_empty_index_keeps_every_word() -> None:
    assert restore(["quyen", "con", "nguoi"], Reference({})).best == ("quyen", "con", "nguoi")


def test_readings_are_capped() -> None:
    assert len(restore(["ban"], COUNTS, limit=2).readings[0]) == 2


def test_a_long_query_is_restored_too() -> None:
    """Probabilities of 64 words multiplied must not vanish."""
    typed = ("ban hang quyen con nguoi " * 13).split()[:64]
    assert best(" ".join(typed)).startswith("bán hàng quyền con người")
