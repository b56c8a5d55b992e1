"""Which words resemble a slip: the same as if each word of an index were compared letter by letter."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from search.lexicon.resembling import Vocabulary

WORDS = st.text("abcdeéđ𝒶", min_size=1, max_size=8)


@given(st.lists(WORDS, max_size=25, unique=True), WORDS)
def test_no_word_that_is_near_is_ruled_out(terms: list[str], slip: str) -> None:
    most = 1 if len(slip) <= 4 else 2
    expected = sorted(
        (distance, place)
        for place, term in enumerate(terms)
        if (distance := DamerauLevenshtein.distance(slip, term)) <= most
    )
    assert Vocabulary(terms).nearest(slip) == [terms[place] for _, place in expected]


def test_an_empty_vocabulary_has_nothing_near() -> None:
    assert Vocabulary([]).nearest("mot") == []
    assert Vocabulary(["mot"]).nearest("") == []
