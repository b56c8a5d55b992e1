"""A third language is an entry in the table and nothing else: here Esperanto, with stems and compounds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import IndexWriter

import search
from indexer.readers.metadata.fields import language_code
from search import SearchRequest
from search.analysis import registry
from search.analysis.analyzer import analyze
from search.analysis.compounds import compounds
from search.analysis.language import detect, is_function_word, passage_language
from search.analysis.languages.base import Language, Letters, Segmenter
from search.analysis.languages.other import NEIGHBOURS
from search.analysis.segmentation import TokenSpan
from search.analysis.stems import stemless, stems
from search.analysis.token import Token, tokenize
from search.cli import parser
from search.document import Document
from search.schema import Kind, Part, field_name
from web import formats

HOUSE = "La hundoj kaj la katoj estas en nia domo ĉar pluvas."
SCHOOL = "Estas bela tago kaj ĉiuj lernantoj iras al la alta lernejo."
LETTERS = re.compile("[ĉĝĥĵŝŭ]")
WORDS = frozenset(["kaj", "estas", "nia", "ĉar", "al"])


def pairs(text: str, tokens: Sequence[Token]) -> Iterator[TokenSpan]:
    """*alta lernejo* is what Esperanto calls a university."""
    for index, pair in enumerate(pairwise(tokens)):
        if [token.text for token in pair] == ["alta", "lernejo"]:
            yield index, 2


ESPERANTO = Language(
    code="eo",
    own_name="Esperanto",
    long_codes=("epo",),
    tells=lambda word: 2.0 * bool(LETTERS.search(word)) + (word in WORDS),
    function_words=WORDS,
    letters=Letters(LETTERS, sparse=0.005, dense=0.01),
    stem=lambda word: word.removesuffix("j"),
    segmenter=Segmenter(pairs, lambda: None, lambda: "1"),
)


@pytest.fixture
def esperanto(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "LANGUAGES", (*registry.LANGUAGES, ESPERANTO))


def language(text: str, declared: str = "") -> str:
    return detect(list(tokenize(text)), text, declared)


def test_without_its_entry_it_is_another_language() -> None:
    assert language(HOUSE) != "eo"
    assert not is_function_word("kaj")
    assert language_code("epo") == ""


@pytest.mark.usefixtures("esperanto")
def test_it_is_detected_and_leaves_the_others_alone() -> None:
    assert language(HOUSE) == language(SCHOOL) == "eo"
    assert language("hundo", "eo") == "eo"
    assert language("Hội làng mở vào tháng giêng.", "eo") == "vi"
    assert language("La fête du village a lieu en janvier.", "eo") == "fr"
    assert language("This morning it rains, but the farmers are in the fields.") == registry.OTHER


@pytest.mark.usefixtures("esperanto")
def test_its_lines_get_its_stems_and_its_compounds() -> None:
    analysed = analyze(Document("1", "", f"{SCHOOL}\nLes élèves sont en vacances.\nHọc sinh nghỉ hè."))
    assert analysed.language == "eo"
    stemmed = set(analysed.streams[field_name(Part.BODY, Kind.STEM)].terms)
    assert {"lernanto", "ĉiu", "élev", "vacanc"} <= stemmed
    assert {"lernantoj", "lern", "học"}.isdisjoint(stemmed)
    assert {"alta_lernejo", "học_sinh"} <= set(analysed.streams[field_name(Part.BODY, Kind.WORD)].terms)


@pytest.mark.usefixtures("esperanto")
def test_a_query_word_gets_the_stems_and_the_compounds_of_every_language() -> None:
    assert {"lernanto", "lernantoj"} <= set(stems("lernantoj"))
    assert set(stems("villages")) >= {"villag", "villages"}
    text = "alta lernejo học sinh"
    assert {term for term, _ in compounds(text, list(tokenize(text)))} >= {"alta_lernejo"}
    assert is_function_word("kaj")
    assert not stemless("ĉiuj")  # its letters are no reason to leave out its stems
    assert stemless("quyền")


@pytest.mark.usefixtures("esperanto")
def test_its_passages_are_told_by_their_letters() -> None:
    assert passage_language(HOUSE, "eo") == passage_language(HOUSE, "fr") == "eo"
    assert passage_language("Hội làng mở vào tháng giêng năm nay.", "eo") == "vi"


@pytest.mark.usefixtures("esperanto")
def test_an_index_finds_and_highlights_its_inflections(tmp_path: Path, make_index: IndexWriter) -> None:
    index = make_index(tmp_path, [Document("a", "", HOUSE), Document("b", "", "Học sinh nghỉ hè.")])
    page = search.open(index).search(SearchRequest("kato"))
    (hit,) = page.hits
    assert (hit.id, hit.language) == ("a", "eo")
    assert [hit.snippet[start:end] for start, end in hit.snippet_highlights] == ["katoj"]


@pytest.mark.usefixtures("esperanto")
def test_its_names_and_codes_are_known_everywhere() -> None:
    assert "vi, fr, eo, other" in re.sub(r"\s+", " ", parser().format_help())
    assert language_code("epo") == "eo"
    assert formats.language_name("eo") == "Esperanto"


def test_a_neighbour_in_the_table_speaks_for_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its function words tell against all languages only as long as it has no entry."""
    english = replace(
        ESPERANTO, code="en", tells=lambda word: float(word in NEIGHBOURS["en"]), letters=None, segmenter=None
    )
    text = "This morning it rains, but the farmers are in the fields."
    assert language(text) == registry.OTHER
    monkeypatch.setattr(registry, "LANGUAGES", (*registry.LANGUAGES, english))
    assert language(text) == "en"


def test_letters_of_a_script_in_the_table_are_not_foreign(monkeypatch: pytest.MonkeyPatch) -> None:
    script = re.compile("[\u1780-\u17ff]")
    khmer = Language(
        code="km",
        own_name="ភាសាខ្មែរ",
        tells=lambda word: 2.0 * bool(script.search(word)),
        function_words=frozenset(),
        letters=Letters(script, sparse=0.1, dense=0.5),
    )
    assert language("សួស្តី ពិភពលោក") == registry.OTHER
    monkeypatch.setattr(registry, "LANGUAGES", (*registry.LANGUAGES, khmer))
    assert language("សួស្តី ពិភពលោក") == "km"
    assert language("Сегодня утром идёт дождь.") == registry.OTHER


def test_each_language_has_one_entry() -> None:
    assert len(set(registry.codes())) == len(registry.LANGUAGES)
    assert registry.OTHER not in registry.codes()
    assert all(registry.find(code) in registry.LANGUAGES for code in registry.codes())
