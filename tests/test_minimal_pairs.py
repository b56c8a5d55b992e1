"""Words that only their diacritics tell apart: who types them finds the right text, who does not finds both.

Each line of `minimal_pairs.tsv` has two expressions of the same letters and a sentence with each. All
the sentences are documents of one index, among others that have nothing to do with them.
"""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import IndexWriter

import search
from search import SearchRequest
from search.analysis.normalize import fold
from search.document import Document


class Pair(NamedTuple):
    """Two expressions of the same letters, each with a sentence that has it."""

    first: str
    second: str
    first_sentence: str
    second_sentence: str

    @property
    def unaccented(self) -> str:
        """What both become without diacritics."""
        return fold(self.first.lower())


class Typed(NamedTuple):
    """An expression as someone may type it, and the document that has it."""

    query: str
    document: str
    sentence: str


PAIRS = [
    Pair(*line.split("\t"))
    for line in (Path(__file__).parent / "minimal_pairs.tsv").read_text(encoding="utf-8").splitlines()
]
TYPED = [
    Typed(query, f"{pair.unaccented}/{query}", sentence)
    for pair in PAIRS
    for query, sentence in ((pair.first, pair.first_sentence), (pair.second, pair.second_sentence))
]
FILLERS = """\
Chiếc thuyền gỗ cập bến khi đèn hải đăng vừa bật sáng.
Lũ trẻ thả diều trên triền đê cho đến lúc tối mịt.
Bà ngoại phơi cau khô trước sân suốt mấy hôm nay.
Hàng phượng già nở đỏ rực một góc sân trường.
Ngôi miếu nhỏ nép mình bên gốc đa đầu làng.
Vườn chè trải dài theo sườn đồi phủ sương trắng.
Người chèo đò già kể chuyện những mùa nước lớn.
Đoàn xiếc dựng rạp trên bãi đất trống cạnh ga.
Lớp tuyết mỏng phủ kín đỉnh Phan Xi Păng đêm qua.
Em gái tập viết chữ nắn nót dưới ngọn đèn bàn.
L’horloger installe son atelier dans une ancienne gare.
Les hirondelles nichent chaque année sous le toit de la grange.
Un accordéon oublié dormait au fond du grenier.
La bibliothécaire classe les partitions par compositeur.
Deux funiculaires montent encore vers la colline aux vignes.
Le brouillard enveloppe les peupliers du canal.
Mon voisin collectionne des boussoles et des cartes marines.
L’apiculteur récolte un miel de châtaignier très sombre.
The ferry leaves the island before the harbour lights go out.
A blacksmith mended our gate with iron from the old bridge.
""".splitlines()

# The tone on the other vowel, as half of all texts have it.
PLACEMENTS = {
    before + "aey"[index]: after
    for tone in "\u0300\u0301\u0303\u0309\u0323"
    for index, (left, right) in enumerate(("oa", "oe", "uy"))
    for before, after in [
        (unicodedata.normalize("NFC", left + tone), left + unicodedata.normalize("NFC", right + tone))
    ]
}

Found = Callable[[str], list[str]]


def other_placement(text: str) -> str:
    return re.sub("|".join(PLACEMENTS), lambda match: PLACEMENTS[match[0]], text)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, index_anywhere: IndexWriter) -> search.Engine:
    documents = [Document(typed.document, "", typed.sentence) for typed in TYPED]
    documents += [Document(f"filler/{number}", "", text) for number, text in enumerate(FILLERS)]
    return search.open(index_anywhere(tmp_path_factory.mktemp("pairs"), documents))


@pytest.fixture
def found(engine: search.Engine) -> Found:
    return lambda query: [hit.id for hit in engine.search(SearchRequest(query)).hits]


def test_the_pairs_are_pairs() -> None:
    assert len(PAIRS) >= 44
    assert len({typed.document for typed in TYPED}) == len(TYPED)
    for pair in PAIRS:
        assert fold(pair.second.lower()) == pair.unaccented
        assert pair.first.lower() in pair.first_sentence.lower()
        assert pair.second.lower() in pair.second_sentence.lower()
    for typed in TYPED:
        assert 8 <= len(typed.sentence.split()) <= 20, typed.sentence


@pytest.mark.parametrize("typed", TYPED, ids=lambda typed: typed.query)
def test_the_spelling_typed_ranks_first(found: Found, typed: Typed) -> None:
    assert found(typed.query)[0] == typed.document


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.unaccented)
def test_without_diacritics_both_are_found(found: Found, pair: Pair) -> None:
    both = {f"{pair.unaccented}/{pair.first}", f"{pair.unaccented}/{pair.second}"}
    assert both <= set(found(pair.unaccented))


@pytest.mark.parametrize("typed", TYPED, ids=lambda typed: typed.query)
def test_another_way_to_write_the_same_marks_changes_nothing(found: Found, typed: Typed) -> None:
    expected = found(typed.query)
    forms = {other_placement(typed.query), typed.query.upper()}
    for form in (*forms, *(unicodedata.normalize("NFD", each) for each in (typed.query, *forms))):
        assert found(form) == expected, form


def test_the_tone_placement_varies_in_some_pairs() -> None:
    assert other_placement("hòa bình, ma túy, tòa án, khóa học") == "hoà bình, ma tuý, toà án, khoá học"


SINGLE = [pair for pair in PAIRS if " " not in pair.unaccented]
MARKED = [
    (query, f"{pair.unaccented}/{query}", f"{pair.unaccented}/{other}", other == pair.unaccented)
    for pair in SINGLE
    for query, other in ((pair.first, pair.second), (pair.second, pair.first))
    if query != pair.unaccented
]


@pytest.mark.parametrize(("query", "own", "pair", "unaccented"), MARKED, ids=lambda value: str(value))
def test_a_text_with_other_diacritics_says_so(
    engine: search.Engine, query: str, own: str, pair: str, unaccented: bool
) -> None:
    hits = {hit.id: hit for hit in engine.search(SearchRequest(query)).hits}
    assert not hits[own].other_diacritics
    assert hits[pair].other_diacritics is not unaccented


def test_words_of_three_languages_never_merge(engine: search.Engine) -> None:
    french, vietnamese, english = "the/thé", "the/thế", f"filler/{len(FILLERS) - 2}"
    assert {french, vietnamese, english} <= {hit.id for hit in engine.search(SearchRequest("the")).hits}
    for query, own, other in (("thé", french, vietnamese), ("thế", vietnamese, french)):
        hits = {hit.id: hit for hit in engine.search(SearchRequest(query)).hits}
        assert not hits[own].other_diacritics
        assert hits[other].other_diacritics
    assert engine.search(SearchRequest("the ferry")).hits[0].id == english
