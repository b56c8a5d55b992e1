"""The words of a query: where each was typed, and which readings it may have."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.analysis.normalize import fold, surface
from search.analysis.stems import other_number
from search.analysis.token import Token, tokenize
from search.config import Caps
from search.lexicon.base import Lexicon
from search.query import ast
from search.query.restore import Reading, restore, subjects
from search.query.typing import decode


@dataclass(frozen=True, slots=True)
class TypedWord:
    """One token of the query, its readings, and where it was typed."""

    surface: str
    start: int
    end: int
    readings: tuple[Reading, ...]

    @property
    def folded(self) -> str:
        """The word without its diacritics."""
        return fold(self.surface)

    @property
    def likely(self) -> str:
        """The word as it was most likely meant."""
        return self.surface if self.has_diacritics or not self.readings else self.readings[0].surface

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
    lexicon.spellings(_looked_up(query.text, caps.words))  # all at once: what follows asks for each again
    restoration = restore(words, lexicon, caps.readings)
    found: dict[tuple[int, int], list[TypedWord]] = {(leaf.start, leaf.end): [] for leaf in typed}
    for (leaf, word, token), readings in zip(tokens, restoration.readings, strict=True):
        base = leaf.inside if isinstance(leaf, ast.Quoted) else leaf.start
        found[leaf.start, leaf.end].append(TypedWord(word, base + token.start, base + token.end, readings))
    return found


def _looked_up(text: str, most: int) -> list[str]:
    """The folded forms that will be asked about: of the words, of their other number and other spelling, and
    of what they may mean in Telex or VNI."""
    typed = surfaces(text)[:most]
    meant = [decoded for _, token in typed if (decoded := decode(token.text))]
    forms = [form for word, _ in typed for form in (*other_number(word), *other_number(fold(word)))]
    asked = [*(subject for word, _ in typed for subject in subjects(word)), *map(fold, (*forms, *meant))]
    return list(dict.fromkeys(asked))
