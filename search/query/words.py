"""The words of a query: where each was typed, and which readings it may have."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.analysis.normalize import fold, surface
from search.analysis.stems import other_number
from search.analysis.token import Token, tokenize
from search.config import Caps
from search.lexicon.base import Lexicon
from search.query import ast, pieces
from search.query.restore import Reading, restore, subjects
from search.query.telling import weak
from search.query.typing import decode
from search.schema import Kind, Part, field_name

PARTS = (Part.BODY, Part.TITLE)


@dataclass(frozen=True, slots=True)
class TypedWord:
    """One token of the query, its readings, and where it was typed."""

    surface: str
    start: int
    end: int
    readings: tuple[Reading, ...]
    glued: bool = False
    """Whether no space stands between it and the word before: the 2 of `L6225-2`."""
    weak: bool = False
    """Whether it tells little: a function word that is no part of a compound, as *con* is of *con người*."""
    toneless: float = 0.0
    """How probable it is that the tones of the whole query were left out."""

    @property
    def folded(self) -> str:
        """The word without its diacritics."""
        return fold(self.surface)

    @property
    def likely(self) -> str:
        """The word as it was most likely meant."""
        return self.surface if self.settled or not self.readings else self.readings[0].surface

    @property
    def settled(self) -> bool:
        """Whether the diacritics that were typed are probably all that were meant."""
        return self.has_diacritics and self.toneless <= 0.5

    @property
    def has_diacritics(self) -> bool:
        """Whether any diacritic was typed."""
        return self.surface != self.folded


def surfaces(text: str) -> list[tuple[str, Token]]:
    """The tokens of a text that are more than invisible characters, with their surface forms."""
    return [(word, token) for token in tokenize(text) if (word := surface(token.text))]


def leaves(clause: ast.Clause) -> Iterator[ast.Word | ast.Quoted | ast.Truncated]:
    """The parts of a query that hold words, in order."""
    match clause:
        case ast.Word() | ast.Quoted() | ast.Truncated():
            yield clause
        case ast.Excluded(child) | ast.Required(child) | ast.InTitle(child):
            yield from leaves(child)
        case ast.Either(children) | ast.Sequence(children):
            for child in children:
                yield from leaves(child)


def begun_words(query: ast.Query) -> list[str]:
    """The words of which a query has only the beginning: `quyề*`."""
    begun = (surfaces(leaf.text) for leaf in leaves(query.root) if isinstance(leaf, ast.Truncated))
    return [tokens[-1][0] for tokens in begun if tokens]


def begun_field(part: Part, beginning: str) -> str:
    """The field whose terms a beginning is looked for in."""
    return field_name(part, Kind.SURFACE if beginning != fold(beginning) else Kind.FOLDED)


def begun_terms(query: ast.Query) -> list[tuple[str, str]]:
    """What is asked of a lexicon about the beginnings in a query: fields and beginnings."""
    return [(begun_field(part, begun), begun) for begun in begun_words(query) for part in PARTS]


def typed_words(query: ast.Query, lexicon: Lexicon, caps: Caps) -> dict[tuple[int, int], list[TypedWord]]:
    """The tokens of each leaf with their readings, restored over the whole query."""
    typed = list(leaves(query.root))
    tokens = [
        (leaf, word, token)
        for leaf in typed
        # the last token of `quyền co*` is a beginning, not a word
        for word, token in (
            surfaces(leaf.text)[:-1] if isinstance(leaf, ast.Truncated) else surfaces(leaf.text)
        )
    ][: caps.words]
    words = [word for _, word, _ in tokens]
    # all at once: what follows asks for each again
    lexicon.spellings(looked_up(query.text[: caps.characters], caps.words))
    restoration = restore(words, lexicon, caps.readings)
    found: dict[tuple[int, int], list[TypedWord]] = {(leaf.start, leaf.end): [] for leaf in typed}
    for (leaf, word, token), readings in zip(tokens, restoration.readings, strict=True):
        base = leaf.inside if isinstance(leaf, ast.Quoted) else leaf.start
        own = found[leaf.start, leaf.end]
        glued = bool(own) and isinstance(leaf, ast.Word)
        start, end = base + token.start, base + token.end
        own.append(TypedWord(word, start, end, readings, glued, toneless=restoration.toneless))
    slight = iter(weak(tuple(word.likely for own in found.values() for word in own)))
    return {place: [replace(word, weak=next(slight)) for word in own] for place, own in found.items()}


def looked_up(text: str, most: int) -> list[str]:
    """The folded forms that will be asked about: of the words, of their other number and other spelling, of
    what they may mean in Telex or VNI, of their pieces and of several as one."""
    typed = surfaces(text)[:most]
    meant = [decoded for _, token in typed if (decoded := decode(token.text))]
    forms = [form for word, _ in typed for form in (*other_number(word), *other_number(fold(word)))]
    own = [*(subject for word, _ in typed for subject in subjects(word)), *map(fold, (*forms, *meant))]
    return list(dict.fromkeys([*own, *pieces.looked_up([fold(word) for word, _ in typed])]))
