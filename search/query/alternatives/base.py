"""What producers of alternatives are given, and what they give."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Protocol

from search.config import Caps, Weights
from search.lexicon.base import Lexicon
from search.query.crossing import Crossing
from search.query.plan import Node, Phrase, Term
from search.query.words import PARTS, TypedWord
from search.results import How
from search.schema import Kind, Part, field_name, whole_field
from search.synonyms import NONE, Synonyms


class Diacritics(Enum):
    """Which diacritics a word that was typed with some may be found with."""

    HONOURED = auto()
    """Those typed, or none at all."""
    ANY = auto()
    """Any: *bạn* for *bán*, as a last resort."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What producers may look at: the words of the whole query, and what is wanted of those in question.

    `strict` words allow no other diacritics than those typed: `-bạn` says nothing of *ban*.
    """

    words: tuple[TypedWord, ...]
    lexicon: Lexicon
    weights: Weights
    diacritics: Diacritics = Diacritics.HONOURED
    strict: bool = False
    synonyms: Synonyms = NONE
    caps: Caps = field(default_factory=Caps)
    crossing: Crossing | None = None
    """How the query crosses into the other language, if it is what is asked for."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way in which a run of typed words may stand in a document.

    `terms` are of one kind of field; several stand side by side in that order. `weight` is what the
    alternative is worth beside an exact match (1), `how` what the reader is told of it. With `forms`, each
    of several terms may stand in any of its forms, and up to `slop` other words between them.
    """

    kind: Kind
    terms: tuple[str, ...]
    weight: float
    how: How
    forms: tuple[tuple[str, ...], ...] = ()
    slop: int = 0
    text: str = ""
    """How several terms are written for the reader; empty as they are."""

    def node(self, parts: Sequence[Part] = PARTS, scale: float = 1.0) -> Node:
        """The documents that have it in some parts together, scored by its weight × scale."""
        field = field_name(parts[0], self.kind) if len(parts) == 1 else whole_field(self.kind)
        if len(self.terms) == 1:
            return Term(field, self.terms[0], self.weight * scale)
        parts_ = self.forms or tuple((term,) for term in self.terms)
        word = self.how is How.TRANSLATED  # what is one word in one language has several in the other
        return Phrase(field, parts_, self.slop, self.weight * scale, word=word)


class Producer(Protocol):
    """Finds alternatives of one sort."""

    def __call__(self, run: Sequence[TypedWord], asked: Asked) -> Iterable[Alternative]:
        """The alternatives of a run of words, a single one mostly; none where it has nothing to say."""
