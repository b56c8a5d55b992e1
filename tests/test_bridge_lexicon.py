"""The lexicon that comes with the project: what every line of it must be, so that it finds what it names."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from search.analysis.normalize import fold
from search.analysis.syllable import OWN_LETTERS, is_syllable
from search.bridge import entries
from search.bridge.bilingual import FRENCH, VIETNAMESE, BilingualLexicon, Words, other_language, written
from search.bridge.entries import MAX_WORDS, Entry
from search.bridge.own import own_lexicon
from search.query.cover import MAX_TRANSLATIONS, cover
from search.query.telling import weak
from search.query.words import TypedWord

DATA = Path(entries.__file__).parent / "data"
MIN_EXPRESSIONS = 12_000
LATIN = re.compile("[a-z]+")
NEGATIONS = ("không", "chưa", "phi", "bất", "vô")


class Line(NamedTuple):
    """An entry and where it stands."""

    place: str
    entry: Entry

    def text(self, language: str) -> str:
        """Its expression of a language."""
        return self.entry.fr if language == FRENCH else self.entry.vi


@cache
def raw_lines() -> Sequence[tuple[str, str]]:
    """The lines of all files that are neither empty nor comments, with their places."""
    return [
        (f"{path.name}:{number}", line)
        for path in sorted(DATA.glob("*.tsv"))
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1)
        if line and not line.startswith("#")
    ]


@cache
def lines() -> Sequence[Line]:
    """The entries of all lines of four columns."""
    columns = ((place, line.split("\t")) for place, line in raw_lines())
    return [
        Line(place, Entry(own[0], own[1], float(own[2]), own[3])) for place, own in columns if len(own) == 4
    ]


@cache
def lexicon() -> BilingualLexicon:
    """The project's own entries, without the names of CLDR."""
    return BilingualLexicon(entries.own_entries())


def columns() -> Iterator[str]:
    for place, line in raw_lines():
        own = line.split("\t")
        if len(own) != 4 or not all(own):
            yield f"{place}: “{line}” has not four columns"
        elif not 0 < float(own[2]) <= 1:
            yield f"{place}: the weight {own[2]} is not above 0 and up to 1"
        elif not own[3].isidentifier():
            yield f"{place}: {own[3]!r} is no domain"


def typography() -> Iterator[str]:
    for place, entry in lines():
        for text in (entry.fr, entry.vi):
            if text != " ".join(text.split()) or not text.isprintable():
                yield f"{place}: “{text}” has a space too many, or one of another kind"
            if set(text) & set("'`´ʼ‘\"“”;:?!()[]"):
                yield f"{place}: “{text}” has a sign that no expression has: ’ is the apostrophe"
            if not unicodedata.is_normalized("NFC", text):
                yield f"{place}: “{text}” is not in NFC"
            if not 1 <= sum(any(map(str.isalnum, word)) for word in text.split()) <= MAX_WORDS:
                yield f"{place}: “{text}” has not one to {MAX_WORDS} words"


def spelling() -> Iterator[str]:
    for place, entry in lines():
        if own := sorted(set(entry.fr.lower()) & set(OWN_LETTERS)):
            yield f"{place}: {''.join(own)} of “{entry.fr}” is no letter of French"
        for word in written(entry.vi):
            # a loanword (*ôxy*, *Kitô*) is no syllable, but in the letters of one
            if not (word.isascii() or is_syllable(word) or LATIN.fullmatch(fold(word))):
                yield f"{place}: “{word}” of “{entry.vi}” is not in the letters of Vietnamese"


def repeated() -> Iterator[str]:
    first: dict[tuple[Words, Words], Line] = {}
    for line in lines():
        known = first.setdefault((written(line.entry.fr), written(line.entry.vi)), line)
        if known is not line:
            yield f"{line.place}: “{line.entry.fr} = {line.entry.vi}” is the pair of {known.place}"


def contradictions() -> Iterator[str]:
    pairs = {(written(entry.fr), written(entry.vi)) for _, entry in lines()}
    for place, entry in lines():
        french, vietnamese = written(entry.fr), written(entry.vi)
        if vietnamese[0] in NEGATIONS and (french, vietnamese[1:]) in pairs:
            yield f"{place}: “{entry.fr}” is “{entry.vi}” and the contrary"
        if french[0] == "non" and (french[1:], vietnamese) in pairs:
            yield f"{place}: “{entry.vi}” is “{entry.fr}” and the contrary"


def unfound() -> Iterator[str]:
    """What a query of nothing but the expression does not find, from either side."""
    for language in (FRENCH, VIETNAMESE):
        side = lexicon().side(language)
        for place, line in ((each.place, each) for each in lines()):
            text, other = line.text(language), written(line.text(other_language(language)))
            words = written(text)
            units = cover(typed(words), side)
            if [(unit.first, unit.last) for unit in units] != [(0, len(words))]:
                parts = ["_".join(words[unit.first : unit.last]) for unit in units]
                yield f"{place}: “{text}” is not found as a whole, but {parts or 'not at all'}"
            elif language == FRENCH and other not in [each.words for each in units[0].translations]:
                yield f"{place}: “{text}” has {MAX_TRANSLATIONS} translations above “{line.entry.vi}”"


def typed(words: Words) -> list[TypedWord]:
    """Words of a query in no index."""
    return [
        TypedWord(word, 2 * place, 2 * place + 1, (), weak=slight)
        for place, (word, slight) in enumerate(zip(words, weak(words), strict=True))
    ]


CHECKS: Sequence[Callable[[], Iterator[str]]] = (
    columns,
    typography,
    spelling,
    repeated,
    contradictions,
    unfound,
)


@pytest.mark.parametrize("check", CHECKS, ids=[check.__name__ for check in CHECKS])
def test_no_line_of_the_lexicon_is_at_fault(check: Callable[[], Iterator[str]]) -> None:
    faults = list(check())
    assert not faults, "\n".join([f"{len(faults)} faults", *faults[:100]])


@pytest.mark.parametrize("language", [FRENCH, VIETNAMESE])
def test_the_lexicon_has_as_many_expressions_as_it_claims(language: str) -> None:
    assert len(lexicon().side(language).translations) >= MIN_EXPRESSIONS


@pytest.mark.parametrize("language", [FRENCH, VIETNAMESE])
def test_translations_stand_in_order_of_weight(language: str) -> None:
    for own in own_lexicon().side(language).translations.values():
        assert all(better.weight >= worse.weight for better, worse in pairwise(own))


def test_each_side_has_what_the_other_one_names() -> None:
    def pairs(language: str) -> set[frozenset[tuple[str, Words]]]:
        side: Mapping[Words, Sequence[object]] = lexicon().side(language).translations
        there = other_language(language)
        return {
            frozenset([(language, words), (there, each.words)]) for words, own in side.items() for each in own
        }

    assert pairs(FRENCH) == pairs(VIETNAMESE)
