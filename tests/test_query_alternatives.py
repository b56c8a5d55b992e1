"""What may stand for a typed word: from producers in a table, the same for ranking and for highlighting."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from conftest import IndexWriter, plain
from reference import Reference

import search
from search import SearchRequest
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
    assert list(found)[:2] == ["surface bán", "surface ban"]
    assert (found["surface bán"].how, found["surface ban"].how) == (How.EXACT, How.UNACCENTED)
    assert "folded ban" not in found
    assert alternatives_of("bán", diacritics=Diacritics.ANY)["folded ban"].how is How.OTHER_DIACRITICS


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
    assert one.node(Part.TITLE, 0.4) == Term("title_surface", "quyền", 0.2)
    assert several.node(Part.BODY) == Phrase("body_folded", (("con",), ("nguoi",)), weight=0.5)


def humans(run: Sequence[TypedWord], asked: Asked) -> Iterator[Alternative]:
    """A producer as an issue to come may have it: one French word for two Vietnamese ones."""
    if len(run) == 1 and run[0].folded == "humains":
        yield Alternative(Kind.SURFACE, ("con", "người"), 0.6, How.RESTORED)


def test_a_producer_is_one_line_in_a_table(
    tmp_path: Path, make_index: IndexWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it finds is ranked and highlighted without another change, and only where it stands together."""
    documents = [
        Document("vi", "Quyền con người", "Hội nghị bàn về quyền con người ở làng.", "vi"),
        Document("fr", "Les droits", "Les droits humains en débat.", "fr"),
        Document("apart", "Đứa con", "Đứa con của người thợ.", "vi"),
    ]
    index = make_index(tmp_path, documents)
    assert [hit.id for hit in search.open(index).search(SearchRequest("humains")).hits] == ["fr"]
    monkeypatch.setattr(alternatives, "MATCHING", (*alternatives.MATCHING, humans))
    hits = search.open(index).search(SearchRequest("humains")).hits
    assert [hit.id for hit in hits] == ["fr", "vi"]
    shown = [hits[1].snippet[start:end] for start, end in hits[1].snippet_highlights]
    assert shown == ["con người"]
    assert [hits[1].title[start:end] for start, end in hits[1].title_highlights] == ["con người"]
    assert {each.word for each in hits[1].explanation} == {"humains"}
