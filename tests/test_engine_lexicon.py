"""Every engine's lexicon against plain counting: random documents, every question, the same answers."""

import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import Archive, analyzed, plain
from test_engine_contract import WORDS, random_document

from search.lexicon.base import Counted, Lexicon
from search.lexicon.files import LexiconWriter
from search.lexicon.memory import RememberedLexicon
from search.lexicon.reader import open_lexicon
from search.schema import FIELD_NAMES

FOLDED = sorted({"ban", "ma", "hoa", "the", "da", "quyen", "con", "nguoi", "cote", "droits", "vắng"})
PREFIXES = ("", "b", "qu", "ma", "c", "vang", "½", "漢")


@pytest.fixture
def filled(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An index of several commits without deletions, for counts may include deleted documents."""
    archive.kind.lower(monkeypatch, "merges")
    rng = random.Random(3)
    for commit in range(4):
        archive.commit(random_document(rng, f"{commit}-{number}") for number in range(12))
    return archive


def same(found: Sequence[Counted], expected: Sequence[Counted]) -> bool:
    """The same counts in falling order; equal ones may stand in any."""
    return Counter(dict(found)) == Counter(dict(expected)) and [n for _, n in found] == [
        n for _, n in expected
    ]


def cut(found: Sequence[Counted]) -> list[int]:
    """The counts alone: of several that are equal at the end of a list, any may be there."""
    return [count for _, count in found]


def test_spellings_are_those_of_titles_and_bodies(filled: Archive) -> None:
    expected = filled.reference().spellings(FOLDED)
    assert [list(own) for own in filled.lexicon.spellings(FOLDED)] == expected
    assert any(expected)


def test_pairs_and_tokens_are_those_of_bodies(filled: Archive) -> None:
    reference = filled.reference()
    pairs = [(left, right) for left in WORDS[:12] for right in WORDS[:12]] + [("vắng", "bán")]
    assert list(filled.lexicon.pair_counts(pairs)) == reference.pair_counts(pairs)
    assert filled.lexicon.tokens == reference.tokens


def test_terms_that_begin_so_come_by_their_documents(filled: Archive) -> None:
    asked = [(field, prefix) for field in FIELD_NAMES for prefix in PREFIXES]
    expected = filled.reference().terms(asked, 1000)
    assert [list(own) for own in filled.lexicon.terms(asked, 1000)] == expected
    few = filled.lexicon.terms(asked, 3)
    assert [list(own) for own in few] == [own[:3] for own in expected]


def test_terms_that_fit_a_pattern_come_by_their_documents(filled: Archive) -> None:
    patterns = ("*ng", "n*i", "qu*n", "*uy*", "ng*", "*ườ*", "vắng*vắng", "*..*")
    asked = [(field, pattern) for field in ("body_surface", "title_folded") for pattern in patterns]
    expected = filled.reference().matching(asked, 1000)
    assert [list(own) for own in filled.lexicon.matching(asked, 1000)] == expected
    assert [list(own) for own in filled.lexicon.matching(asked, 2)] == [own[:2] for own in expected]
    assert sum(map(bool, expected)) > 6


@pytest.mark.parametrize("limit", [1, 4, 1000])
def test_words_and_compounds_that_begin_so_come_by_their_counts(filled: Archive, limit: int) -> None:
    reference, lexicon = filled.reference(), filled.lexicon
    for found, expected in (
        (lexicon.words(PREFIXES, limit), reference.words(PREFIXES, limit)),
        (lexicon.compounds(PREFIXES, limit), reference.compounds(PREFIXES, limit)),
    ):
        assert list(map(cut, found)) == list(map(cut, expected))
        assert limit < 1000 or all(same(*both) for both in zip(found, expected, strict=True))


def test_what_follows_a_word_comes_by_how_often_it_does(filled: Archive) -> None:
    reference, lexicon = filled.reference(), filled.lexicon
    for left in (*WORDS[:10], "vắng"):
        for prefix in PREFIXES:
            assert same(lexicon.following(left, prefix, 1000), reference.following(left, prefix, 1000))


def test_words_that_resemble_another_are_at_most_two_edits_away(filled: Archive) -> None:
    slips = ["bna", "nguoii", "quyenn", "droit", "hommess", "xyzxyz", "a"]
    expected = filled.reference().resembling(slips)
    for found, own in zip(filled.lexicon.resembling(slips), expected, strict=True):
        assert Counter(dict(found)) == Counter(dict(own))
    assert sum(map(bool, expected)) >= 4


def test_inflections_have_the_stem(archive: Archive) -> None:
    fields = {
        "body_surface": [(0, "droit"), (1, "droits"), (2, "homme")],
        "body_stem": [(0, "droit"), (1, "droit"), (2, "homm")],
        "body_folded": [(0, "droit"), (1, "droits"), (2, "homme")],
    }
    archive.commit([type(plain("a", ""))("a", "fr", fields=fields)])
    found = archive.lexicon.inflections(["droit", "homm", "vắng"])
    assert list(map(list, found)) == archive.reference().inflections(["droit", "homm", "vắng"])
    assert list(found[0]) == ["droit", "droits"]


def test_an_empty_index_knows_no_word(archive: Archive) -> None:
    archive.commit([])
    lexicon = archive.lexicon
    assert lexicon.tokens == 0
    assert [
        *lexicon.spellings(["ban"]),
        *lexicon.inflections(["ban"]),
        *lexicon.terms([("body_surface", "b")], 9),
        *lexicon.words(["b"], 9),
        *lexicon.compounds(["b"], 9),
        *lexicon.resembling(["ban"]),
        lexicon.following("bán", "", 9),
    ] == [[]] * 7


@pytest.mark.parametrize("odd", ["", "\ud800", "\0", "a\uffff", "đ" * 5000])
def test_any_text_is_a_question(filled: Archive, odd: str) -> None:
    lexicon: Lexicon = filled.lexicon
    lexicon.spellings([odd])
    lexicon.inflections([odd])
    lexicon.pair_counts([(odd, "bán"), ("bán", odd)])
    lexicon.terms([("title_folded", odd)], 5)
    lexicon.following(odd, "b", 5)


def test_files_of_several_batches_count_as_one(tmp_path: Path) -> None:
    """What a builder writes batch by batch answers like what it would have written at once."""
    rng = random.Random(9)
    documents = [analyzed(random_document(rng, str(number))) for number in range(40)]
    whole, batches = LexiconWriter(), LexiconWriter()
    paths = []
    for number, document in enumerate(documents, 1):
        whole.add(document)
        batches.add(document)
        if number % 9 == 0 or number == len(documents):
            paths.append(tmp_path / f"{number}.lexicon")
            batches.write(paths[-1])
            assert batches.tokens == 0
    whole.write(tmp_path / "whole")
    one, several = open_lexicon([tmp_path / "whole"]), open_lexicon(paths)
    assert several.tokens == one.tokens > 0
    assert several.spellings(FOLDED) == one.spellings(FOLDED)
    asked = [(field, "") for field in FIELD_NAMES]
    assert several.terms(asked, 5000) == one.terms(asked, 5000)
    pairs = [(left, right) for left in WORDS for right in WORDS]
    assert several.pair_counts(pairs) == one.pair_counts(pairs)


class Counting:
    """A lexicon that notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[Sequence[str]] = []

    def spellings(self, folded: Sequence[str]) -> Sequence[Sequence[Counted]]:
        self.asked.append(folded)
        return [[(term.upper(), 1)] for term in folded]


def test_what_was_asked_once_is_remembered() -> None:
    counting = Counting()
    lexicon = RememberedLexicon(counting)  # type: ignore[arg-type]
    assert lexicon.spellings(["a", "b", "a"]) == [[("A", 1)], [("B", 1)], [("A", 1)]]
    assert lexicon.spellings(["b", "c"]) == [[("B", 1)], [("C", 1)]]
    assert lexicon.spellings(["a", "c"]) == [[("A", 1)], [("C", 1)]]
    assert counting.asked == [["a", "b"], ["c"]]
