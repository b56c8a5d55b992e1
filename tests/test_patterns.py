"""No text makes a pattern take more than its share of time: twice the text, about twice the time."""

import re
import time

import pytest
from patterns import (
    LARGEST,
    MOST_GROWTH,
    SLOW,
    Used,
    compiled_in_functions,
    growth,
    patterns,
    seconds,
    slowest,
)

from search.lexicon.terms import fits
from search.query.lexing import lexemes

BOUNDED = {
    "search.analysis.acronyms._LAST_WORD": 160,  # what stands before a parenthesis
    "search.analysis.normalize._CALL": 100,  # one token
    "indexer.readers.formats.blocks._CHARSET": 4096,  # the head of a file
}
"""Patterns whose time grows faster, and the most characters they are given."""

MADE_OF_QUERIES = {"search.lexicon.terms.fits", "search.lexicon.terms.fitting"}
"""Functions that compile what is known then only; each has a test of its own below."""


def test_all_patterns_are_found() -> None:
    found = {used.where for used in patterns()}
    assert {"search.query.lexing._LEXEME", "search.dates._PATTERNS[0]", *BOUNDED} <= found
    assert len(found) > 100
    assert set(compiled_in_functions()) == MADE_OF_QUERIES


@pytest.mark.parametrize("used", patterns(), ids=str)
def test_no_text_makes_a_pattern_slow(used: Used) -> None:
    longest = BOUNDED.get(used.where, LARGEST)
    for method in used.methods:
        for text in slowest(used, method, longest):
            if longest < LARGEST:
                begin, pump, end = text
                assert seconds(used, method, (begin + pump * longest)[:longest] + end, 3) < SLOW, text
                continue
            assert growth(used, method, text) <= MOST_GROWTH, (method, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [(r"«\s*([^«»]*?)\s*»", ("«", " ", "x")), (r"(?:a|a)+b", ("", "a", "")), (r"\s+$", ("", " ", "!"))],
)
def test_a_slow_pattern_is_caught(pattern: str, text: tuple[str, str, str]) -> None:
    used = Used("here", re.compile(pattern), ("search",))
    assert any(growth(used, "search", found) > MOST_GROWTH for found in slowest(used, "search")), text


def test_an_open_quotation_mark_before_many_spaces_takes_no_time() -> None:
    text = "«" + " " * 1_990 + "x"
    began = time.thread_time()
    assert [each.text for each in lexemes(text, 2_000)] == ["«", "x"]
    assert time.thread_time() - began < 0.1


def test_asterisks_in_a_long_word_take_no_time() -> None:
    term = b"a" * 100
    began = time.thread_time()
    assert not fits(b"*".join([b"aa"] * 20 + [b"b"])).fullmatch(term)
    assert fits(b"*".join([b"aa"] * 20)).fullmatch(term)
    assert time.thread_time() - began < 0.1


@pytest.mark.parametrize(
    ("pattern", "fitting"),
    [
        ("ab*", "ab"),
        ("*ab", "aab"),
        ("a*b*c", "axbyc"),
        ("a**b", "ab"),
        ("*ab*ab", "abab"),
        ("ab*b*b", "abbb"),
    ],
)
def test_asterisks_stand_for_any_letters(pattern: str, fitting: str) -> None:
    assert fits(pattern.encode()).fullmatch(fitting.encode())


@pytest.mark.parametrize(
    ("pattern", "other"), [("ab*b", "ab"), ("*ab*ab", "bab"), ("a*b", "abc"), ("b*", "ab")]
)
def test_what_does_not_fit_is_left_out(pattern: str, other: str) -> None:
    assert not fits(pattern.encode()).fullmatch(other.encode())
