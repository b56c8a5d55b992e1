"""The kinds of queries that pages are timed on: known items, questions, and what people do with operators."""

import random
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from benchmarks.conditions import conditions
from search.analysis.language import is_function_word

T = TypeVar("T")

SEED = 11
"""Which queries of a set are asked: the same in every run."""
_KNOWN = {
    "titles vi": "title-vi",
    "day pages vi": "title-vi-days",
    "titles fr": "title-fr",
    "article numbers": "article-number",
    "headings vi": "heading-vi",
}
_QUESTIONS = {"questions fr": "piaf-fr", "questions vi": "xquad-vi"}
_FREQUENT = ("de la", "của và", "l’article code", "quy định điều", "le travail", "năm có", "les salariés")


def kinds(data: Path, most: int) -> Mapping[str, Sequence[str]]:
    """Kind → queries, at most so many each."""
    chance = random.Random(SEED)
    known = _columns(data / "eval" / "known-item" / "queries.tsv")
    found = {
        kind: _drawn([text for id, text in known if id.rsplit("-", 1)[0] == start], most, chance)
        for kind, start in _KNOWN.items()
    }
    for kind, name in _QUESTIONS.items():
        texts = [text for _, text in _columns(data / "eval" / name / "queries.tsv")]
        found[kind] = _drawn(texts, most, chance)
    every = [text for own in found.values() for text in own]
    spoken = {str(number): text for number, text in enumerate(_drawn(every, most, chance))}
    typed = conditions(spoken)
    found["unaccented"] = list(typed["unaccented"].values())
    found["toneless"] = list(typed["toneless"].values())
    found["one slip"] = list(typed["typo"].values())
    pairs = [pair for text in every if (pair := _neighbours(text))]
    found["phrases"] = [f'"{pair}"' for pair in _drawn(pairs, most, chance)]
    several = [words for text in every if len(words := text.rstrip("?").split()) >= 4]
    drawn = _drawn(several, most, chance)
    found["parentheses"] = [f"({words[0]} OR {words[1]}) {' '.join(words[2:5])}" for words in drawn]
    found["prefixes"] = [f"{text[: max(3, len(text) * 2 // 3)].rstrip('?’ ')}*" for text in spoken.values()]
    found["filters"] = [
        f"{text} lang:{'vi' if number % 2 else 'fr'}" for number, text in enumerate(spoken.values())
    ]
    found["frequent words"] = list(_FREQUENT[:most])
    found["64 words"] = [
        " ".join(" ".join(_drawn(every, 40, chance)).split()[:64]) for _ in range(min(most, 8))
    ]
    return found


def _neighbours(text: str) -> str:
    """Two words of a text that stand side by side, neither a function word; empty where there are none."""
    words = text.rstrip("?").split()
    for left, right in pairwise(words):
        if (left + right).isalpha() and not any(map(is_function_word, (left.lower(), right.lower()))):
            return f"{left} {right}"
    return ""


def _drawn(found: Sequence[T], most: int, chance: random.Random) -> list[T]:
    return chance.sample(list(found), min(most, len(found)))


def _columns(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(id, text) for id, text in (line.split("\t", 1) for line in lines)]
