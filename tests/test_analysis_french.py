"""French stems: Snowball's own, and both ways around the accents."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search.analysis.languages.fr import FRENCH
from search.analysis.normalize import fold
from search.analysis.stems import accented_stems, folded_stems, stems

SAMPLE = Path(__file__).parent / "golden" / "french_stems.txt"


def pairs() -> list[tuple[str, str]]:
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    return [(word, stem) for word, stem in (line.split() for line in lines if line[0] != "#")]


@pytest.mark.parametrize(("word", "stem"), pairs())
def test_stems_are_those_that_snowball_publishes(word: str, stem: str) -> None:
    assert accented_stems(word) == (stem,)


def test_folded_stems_go_both_ways_around_the_accents() -> None:
    """The stem without its accents, and the stem of the word without its accents."""
    assert folded_stems("aimées") == ("aim", "aime")
    assert folded_stems("côtés") == ("cot",)
    assert folded_stems("droits") == ("droit",)


def test_the_accented_stem_tells_words_apart() -> None:
    assert accented_stems("pêcheurs") == ("pêcheur",)
    assert accented_stems("pécheurs") == ("pécheur",)
    assert folded_stems("pêcheurs") == folded_stems("pécheurs") == ("pecheur",)


@pytest.mark.parametrize("word", [*(word for word, _ in pairs()), "aimées", "élevé", "côtés", "répété", "où"])
def test_a_word_typed_without_accents_meets_the_accented_one(word: str) -> None:
    assert set(folded_stems(fold(word))) & set(stems(word))
    assert set(accented_stems(word)) <= set(stems(word))
    assert len(set(stems(word))) == len(stems(word))


@pytest.mark.parametrize("word", ["l", "y", "à", "2024", "½", "漢", "quyền", "x" * 100, "aujourd'hui"])
def test_every_token_has_a_stem(word: str) -> None:
    assert stems(word)
    assert all(stems(word))
    assert all(stem == fold(stem) for stem in folded_stems(word))


def test_threads_stem_at_the_same_time() -> None:
    """PyStemmer's objects must not be shared."""
    words = [f"{word}{number}" for number in range(300) for word, _ in pairs()[:6]]
    stem = FRENCH.stem
    assert stem
    alone = [stem(word) for word in words]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(stem, words)) == alone
