"""Acronyms that the archive itself defines: *UBND* and *Ủy ban nhân dân*, from either side."""

import re
from collections.abc import Iterator, Sequence

from search.analysis.acronyms import beginning_of_long, beginning_of_short
from search.analysis.language import is_function_word
from search.analysis.syllable import is_bare_syllable
from search.lexicon.base import Counted
from search.query.alternatives.base import Alternative, Asked
from search.query.pieces import MAX_PIECES
from search.query.words import TypedWord
from search.results import How
from search.schema import Kind, Part, field_name

FIELD = field_name(Part.BODY, Kind.ACRONYM)
MOST = 3
"""Meanings of one acronym that are searched for."""
USUAL = 0.2
"""A meaning with a smaller share of the documents of the most usual one is left out."""
MAX_USES = 20
"""How often what can be read as a word may stand for each document that defines it: *vie* is no acronym."""
_READABLE = re.compile(r"(?=.*[aeiou])(?!.*[^aeiou]{3}).*")
"""*vie* and *smic* can be read as words, *ubnd* and *bhxh* cannot."""
_MAX_PARTS = 4
"""Words that an acronym is typed as: *TP.HCM* is two."""
_LEAST = 3
"""Letters of an acronym that its meaning finds: *CP* is too many things."""


def acronyms(run: Sequence[TypedWord], asked: Asked) -> Iterator[Alternative]:
    """What an acronym stands for, and the acronym of some words."""
    if asked.strict:
        return
    short, long = _beginnings(run)
    meanings = _defined(short, asked)
    if len(run) == 1 and meanings and _READABLE.fullmatch(run[0].folded):
        uses = sum(count for _, count in asked.lexicon.spellings([run[0].folded])[0])
        if uses > MAX_USES * sum(count for _, count in meanings):
            meanings = []
    shorts = [text for text, _ in _defined(long, asked) if len(text.replace("_", "")) >= _LEAST]
    for text in (*(text for text, _ in meanings), *shorts):
        yield Alternative(Kind.SURFACE, tuple(text.split("_")), asked.weights.acronym, How.WRITTEN)


def terms(words: Sequence[TypedWord]) -> Iterator[tuple[str, str]]:
    """All beginnings of terms that will be asked about."""
    for first in range(len(words)):
        for last in range(first + 1, min(len(words), first + MAX_PIECES) + 1):
            yield from ((FIELD, beginning) for beginning in _beginnings(words[first:last]) if beginning)


def _beginnings(run: Sequence[TypedWord]) -> tuple[str, str]:
    """How the terms begin that tell what a run stands for, and how it is abbreviated; "" where it cannot."""
    texts = [word.surface for word in run]
    whole = "".join(word.folded for word in run)
    # *là* is not *LA*, nor is *một* *MOT*: in a query capitals say nothing
    short = len(run) <= _MAX_PARTS and not is_bare_syllable(whole) and not is_function_word(whole)
    return beginning_of_long(texts) if short else "", beginning_of_short(texts) if len(run) > 1 else ""


def _defined(beginning: str, asked: Asked) -> list[Counted]:
    """The most usual ones that are defined so, without their beginning, and in how many documents."""
    if not beginning:
        return []
    known = asked.lexicon.terms([(FIELD, beginning)], asked.caps.prefix_terms)[0]
    found = [(text.removeprefix(beginning), count) for text, count in known]
    return [entry for entry in found[:MOST] if entry[1] >= USUAL * found[0][1]]
