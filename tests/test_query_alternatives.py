"""What may stand for a typed word: from producers in a table, the same for ranking and for highlighting."""

import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from conftest import IndexWriter, plain
from reference import Reference

import search
from search import Hit, SearchRequest
from search.config import Config, Weights
from search.document import Document
from search.query import alternatives
from search.query.alternatives import Alternative, Asked, Diacritics, evidence, matching
from search.query.parser import parse
from search.query.plan import Phrase, Term
from search.query.words import TypedWord, typed_words
from search.results import How
from search.schema import Kind, Part

LEXICON = Reference(
    {
        str(number): plain(str(number), text)
        for number, text in enumerate(
            ["bán hàng bán", "bạn hàng bạn", "ban nhạc", "quyền con người", "le pêcheur", "Tran Xuan Duong"]
        )
    }
)


def words(text: str) -> tuple[TypedWord, ...]:
    found = typed_words(parse(text), LEXICON, Config().caps)
    return tuple(word for own in found.values() for word in own)


def alternatives_of(text: str, strict: bool = False, **asked: Diacritics) -> dict[str, Alternative]:
    """The alternatives of a query of one word, by `kind term`."""
    typed = words(text)
    found = matching(typed[:1], Asked(typed, LEXICON, Weights(), strict=strict, **asked))
    return {f"{each.kind} {' '.join(each.terms)}": each for each in found}


def test_a_word_typed_without_diacritics_stands_for_all_that_fold_to_it() -> None:
    found = alternatives_of("ban")
    assert {"surface bán", "surface bạn", "surface ban", "folded ban"} <= set(found)
    assert found["surface bán"].how is How.RESTORED
    assert found["surface ban"].how is How.EXACT
    assert found["folded ban"].weight == Weights().folded


def test_a_word_typed_with_diacritics_stands_for_itself_then_for_none() -> None:
    found = alternatives_of("bán")
    assert list(found)[:2] == ["surface bán", "bare ban"]
    assert (found["surface bán"].how, found["bare ban"].how) == (How.EXACT, How.UNACCENTED)
    assert "folded ban" not in found
    assert alternatives_of("bán", diacritics=Diacritics.ANY)["folded ban"].how is How.OTHER_DIACRITICS


def test_a_reading_is_worth_the_root_of_its_probability() -> None:
    """The right one is often the second: it keeps a weight with which it can still come first."""
    found = alternatives_of("ban")
    for reading in words("ban")[0].readings:
        if reading.surface != "ban":  # a rare spelling is worth less than that
            assert found[f"surface {reading.surface}"].weight == pytest.approx(math.sqrt(reading.probability))


def test_a_word_whose_tone_was_left_out_stands_for_the_toned_ones() -> None:
    found = alternatives_of("quyên con ngươi")
    assert found["surface quyền"].how is How.RESTORED
    assert found["surface quyền"].weight > 0.9
    assert alternatives_of("bán hang")["surface bán"].how is How.EXACT


def test_what_is_not_wanted_is_only_what_was_typed() -> None:
    assert list(alternatives_of("bán", strict=True)) == ["surface bán"]


def test_french_words_have_stems_and_vietnamese_ones_none() -> None:
    assert "stem pêcheur" in alternatives_of("pêcheurs")
    assert "stem pecheur" in alternatives_of("pêcheurs", diacritics=Diacritics.ANY)
    assert not [name for name in alternatives_of("quyền") if name.startswith("stem")]


def test_a_run_of_words_has_its_compounds_as_evidence() -> None:
    run = words("quyền con người")
    found = evidence(run, Asked(run, LEXICON, Weights()))
    assert {each.kind for each in found} == {Kind.WORD}
    assert "con_người" in {each.terms[0] for each in found} or "quyền_con_người" in {
        each.terms[0] for each in found
    }
    assert evidence(run[:1], Asked(run, LEXICON, Weights())) == ()


def test_several_terms_stand_side_by_side() -> None:
    one = Alternative(Kind.SURFACE, ("quyền",), 0.5, How.EXACT)
    several = Alternative(Kind.FOLDED, ("con", "nguoi"), 0.5, How.RESTORED)
    assert one.node((Part.TITLE,), 0.4) == Term("title_surface", "quyền", 0.2)
    assert several.node() == Phrase("whole_folded", (("con",), ("nguoi",)), weight=0.5)


DOCUMENTS = [
    Document("vi", "Quyền con người", "Hội nghị bàn về quyền con người ở làng.", "vi"),
    Document("fr", "Les droits", "Les droits humains en débat.", "fr"),
    Document("apart", "Đứa con", "Đứa con của người thợ.", "vi"),
    Document("home", "Le logis", "Un logis de pierre, une habitation ancienne.", "fr"),
    Document("house", "La maison", "Une maison neuve au bord du fleuve.", "fr"),
    Document("car", "Ô tô", "Chiếc ô tô cũ đậu trước cổng.", "vi"),
    Document("vehicle", "Xe hơi", "Chiếc xe hơi mới đậu trước cổng.", "vi"),
]


def humans(run: Sequence[TypedWord], asked: Asked) -> Iterator[Alternative]:
    """One French word for two Vietnamese ones."""
    if len(run) == 1 and run[0].folded == "humains":
        yield Alternative(Kind.SURFACE, ("con", "người"), 0.6, How.UNACCENTED)


def houses(run: Sequence[TypedWord], asked: Asked) -> Iterator[Alternative]:
    """One word for another: a spelling, and whatever folds to a term."""
    if len(run) == 1 and run[0].folded == "maison":
        yield Alternative(Kind.SURFACE, ("habitation",), 0.6, How.RESTORED)
        yield Alternative(Kind.FOLDED, ("logis",), 0.5, How.RESTORED)


def cars(run: Sequence[TypedWord], asked: Asked) -> Iterator[Alternative]:
    """Two words for two others."""
    if [word.surface for word in run] == ["xe", "hơi"]:
        yield Alternative(Kind.SURFACE, ("ô", "tô"), 0.7, How.UNACCENTED)


Found = Callable[[str], dict[str, Hit]]


@pytest.fixture
def found(tmp_path: Path, make_index: IndexWriter, monkeypatch: pytest.MonkeyPatch) -> Found:
    """What a query finds, by id, with three more producers in the table and no other change."""
    engine = search.open(make_index(tmp_path, DOCUMENTS))
    before = {text: engine.search(SearchRequest(text)).complete for text in ("humains", "maison", "xe hơi")}
    assert before == {"humains": 1, "maison": 1, "xe hơi": 1}
    monkeypatch.setattr(alternatives, "MATCHING", (*alternatives.MATCHING, humans, houses, cars))
    return lambda text: {hit.id: hit for hit in engine.search(SearchRequest(text)).hits}


def highlighted(hit: Hit) -> set[str]:
    return {hit.snippet[start:end] for start, end in hit.snippet_highlights}


def test_a_producer_is_one_line_in_a_table(found: Found) -> None:
    """What it finds is ranked and highlighted, and only where its terms stand together."""
    hits = found("humains")
    assert list(hits) == ["fr", "vi"]
    assert highlighted(hits["vi"]) == {"con người"}
    assert [hits["vi"].title[start:end] for start, end in hits["vi"].title_highlights] == ["con người"]


def test_another_word_is_highlighted_and_the_reader_is_told_how(found: Found) -> None:
    hits = found("maison")
    assert list(hits) == ["house", "home"]
    assert highlighted(hits["home"]) == {"habitation"}  # of several forms the better one alone
    assert [(each.found, each.how) for each in hits["home"].explanation] == [("habitation", How.RESTORED)]
    assert [hits["home"].title[start:end] for start, end in hits["home"].title_highlights] == ["logis"]


def test_a_run_of_words_has_alternatives_as_a_whole(found: Found) -> None:
    hits = found("xe hơi")
    assert list(hits)[:2] == ["vehicle", "car"]
    assert highlighted(hits["car"]) == {"ô tô"}
    assert [(each.word, each.how) for each in hits["car"].explanation] == [("xe hơi", How.UNACCENTED)]
    assert set(found("chiếc xe hơi mới")) >= {"vehicle", "car"}
