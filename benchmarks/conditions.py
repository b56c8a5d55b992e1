"""One query as different people type it: the conditions of `search.evaluate`, and one slip of the fingers."""

import random
import re
from collections.abc import Mapping

from unidecode import unidecode

from search import evaluate

TYPO = "typo"
CONDITIONS = ("accented", "unaccented", "mixed", "toneless", TYPO)
"""What the benchmarks measure; whoever types Telex is served by a suggestion, which is measured elsewhere."""
MIN_LETTERS = 5
"""Shorter words are not slipped in: one letter of four makes another word of it."""
_WORD = re.compile(r"[^\W\d_]{5,}")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def conditions(queries: Mapping[str, str]) -> Mapping[str, Mapping[str, str]]:
    """Condition → id → text. Give it whole sets: which words of one are stripped depends on those before."""
    typed = {**evaluate.conditions(queries), TYPO: {id: slipped(text) for id, text in queries.items()}}
    return {condition: typed[condition] for condition in CONDITIONS}


def slipped(text: str) -> str:
    """The text with one slip in one word of five letters or more, if it has one; the same in every run."""
    places = list(_WORD.finditer(text))
    if not places:
        return text
    chance = random.Random(f"{evaluate.SEED} {text}")
    word = chance.choice(places)
    return text[: word.start()] + _slip(word[0], chance) + text[word.end() :]


def _slip(word: str, chance: random.Random) -> str:
    """Two letters swapped, one dropped, one doubled, or a key beside; never the first letter."""
    at = chance.randrange(1, len(word))
    kind = chance.choice(("swap", "drop", "double", "neighbour"))
    swappable = [place for place in range(1, len(word) - 1) if word[place] != word[place + 1]]
    if kind == "swap" and swappable:
        at = chance.choice(swappable)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    beside = _neighbours(word[at])
    if kind == "neighbour" and beside:
        return word[:at] + chance.choice(beside) + word[at + 1 :]
    return word[: at + 1] + word[at:]


def _neighbours(letter: str) -> str:
    """The keys to the left and right of a letter, whatever marks it bears."""
    key = unidecode(letter).lower()
    for row in _ROWS:
        if key and key in row:
            at = row.index(key)
            return row[max(at - 1, 0) : at] + row[at + 1 : at + 2]
    return ""
