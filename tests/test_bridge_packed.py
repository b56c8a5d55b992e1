"""Texts packed in arrays are the texts they were, and are found where they stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.bridge.packed import Places, Texts

words = st.lists(
    st.sampled_from(["", "đường", "duong", "œuvre", "thủ đô", "\U0001d54f"]) | st.text(max_size=4)
)


@given(words)
def test_packed_texts_are_the_same_in_the_same_order(texts: list[str]) -> None:
    packed = Texts(texts)
    assert list(packed) == texts
    assert [packed[place] for place in range(len(packed))] == texts


@pytest.mark.parametrize("place", [-1, 2])
def test_there_is_no_text_before_the_first_or_behind_the_last(place: int) -> None:
    with pytest.raises(IndexError):
        Texts(["đường", "rue"])[place]


@given(words, st.text(max_size=4))
def test_a_key_is_found_in_all_its_places_in_order(texts: list[str], asked: str) -> None:
    places = Places(Texts(texts))
    for key in {*texts, asked} - {""}:
        assert places.of(key) == [place for place, own in enumerate(texts) if own == key]
    assert places.of("") == []


@given(words)
def test_each_key_has_one_first_place(texts: list[str]) -> None:
    firsts = Places(Texts(texts)).firsts().tolist()
    assert [texts[place] for place in firsts] == [text for text in dict.fromkeys(texts) if text]
