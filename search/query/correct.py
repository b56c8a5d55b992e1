"""Words that no document has, and what was meant by them: another keyboard, or another spelling."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from search.analysis.language import is_function_word, is_western
from search.analysis.normalize import fold
from search.analysis.stems import folded_stems, stemless
from search.config import Caps, Config
from search.lexicon.base import Counted, Lexicon
from search.query import ast, background
from search.query.alternatives import Asked, asked_pairs, asked_terms, otherwise
from search.query.alternatives.beginnings import begun
from search.query.restore import Way, restore
from search.query.typing import decode, is_plainly_typed
from search.query.words import PARTS, TypedWord, begun_terms, looked_up, surfaces
from search.results import Suggestion, Why
from search.schema import Kind, field_name

MIN_LETTERS = 4
"""Letters of a word that may be a slip: from three, one other letter makes any word."""
MAX_ACRONYM = 6
"""Letters up to which a word in capitals among others is an acronym."""
MIDDLING = 6
"""Letters from which on the first may be wrong, and one of a name."""
LONG = 8
"""Letters from which on two may be wrong."""
DIACRITIC_COST = 0.3
"""What a wrong diacritic costs beside a wrong letter."""
MAX_COST = 2.3
"""Cost up to which a word is taken for another one."""
EDIT = 1e-4
"""How much less likely each wrong letter makes a word."""
_BESIDE = 2
"""Words on either side of an unknown one that it may be a part of something with."""
MAX_MEANT = 10
"""Words that are weighed against each other for one slip."""

_PLAIN = re.compile(r"[^\w]*([^\W\d_]+(?:[’'ʼ\-‐‑·][^\W\d_]+)*)[^\w:]*")
"""Letters, joined by apostrophes and hyphens at most: no identifier, no address, no name before a colon."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of the query, as it is indexed and as it was typed; a `plain` one may be a slip.

    `decoded` is what it stands for if a keyboard sent it in Telex or VNI; a `name` has a capital where
    other words have none.
    """

    word: str
    typed: str
    start: int
    end: int
    plain: bool
    decoded: str
    name: bool

    @property
    def folded(self) -> str:
        return fold(self.word)


def correction(query: ast.Query, lexicon: Lexicon, config: Config) -> Suggestion | None:
    """The query with what was meant by the words that no document has; None where all are known.

    Quoted and excluded words, identifiers and names before a colon are left as they are.
    """
    caps = config.caps
    tokens = list(_tokens(query, caps))
    # all at once: what follows asks for each again
    lexicon.spellings(looked_up(query.text[: caps.characters], caps.words))
    unknown = _unknown(query, tokens, lexicon, caps)
    unknown -= _written_otherwise(query, tokens, unknown, lexicon, config)
    if not unknown:
        return None
    typed = _from_keyboard(tokens, unknown, lexicon)
    if typed:
        return Suggestion(_replaced(query.text, tokens, typed), Why.KEYBOARD)
    meant = _respelled(tokens, unknown, lexicon)
    return Suggestion(_replaced(query.text, tokens, meant), Why.TYPO) if meant else None


def _tokens(query: ast.Query, caps: Caps) -> Iterator[_Token]:
    """The words that are searched for as words, in order."""
    shouting = not any(char.islower() for char in query.text)
    prose = any(word[:1].islower() for word in query.text.split())
    first = True
    left = caps.words
    for leaf in _words(query.root):
        chunk = query.text[leaf.start : leaf.end]
        plain = _PLAIN.fullmatch(unicodedata.normalize("NFC", chunk)) is not None
        found = surfaces(chunk)[:left]
        left -= len(found)
        for word, token in found:
            acronym = token.text.isupper() and len(word) <= MAX_ACRONYM and not shouting
            slip = plain and len(fold(word)) >= MIN_LETTERS and not acronym and not _is_common(word)
            decoded = decode(token.text) if plain or len(found) == 1 else ""
            name = prose and not first and token.text[0].isupper()
            first = False
            start = leaf.start
            yield _Token(word, token.text, start + token.start, start + token.end, slip, decoded, name)


def _is_common(word: str) -> bool:
    """Whether a word is none of this index, but one of the language: *luôn* in a collection of laws."""
    return is_function_word(word) or background.load().count(word) > 0


def _words(clause: ast.Clause) -> Iterator[ast.Word]:
    match clause:
        case ast.Word():
            yield clause
        case ast.Required(child) | ast.InTitle(child):
            yield from _words(child)
        case ast.Either(children) | ast.Sequence(children):
            for child in children:
                yield from _words(child)


def _unknown(query: ast.Query, tokens: Sequence[_Token], lexicon: Lexicon, caps: Caps) -> set[int]:
    """The places of words that no document has, nor a form of them, nor a longer one behind the last."""
    known = lexicon.spellings([token.folded for token in tokens])
    missing = [
        place for place, each in enumerate(tokens) if (each.plain or each.decoded) and not known[place]
    ]
    stems = {place: _stems(tokens[place].word) for place in missing}
    lexicon.inflections([stem for own in stems.values() for stem in own])
    found = {place for place, own in stems.items() if not any(lexicon.inflections(own))}
    last = len(tokens) - 1
    if last in found and not query.text[tokens[last].end :].strip():
        # with what `prefix*` will be asked about, for the sake of an engine far away
        own = [(field_name(part, Kind.FOLDED), tokens[last].folded) for part in PARTS]
        lexicon.terms(own + begun_terms(query), caps.prefix_terms)
        if begun(tokens[last].word, lexicon):
            found.remove(last)
    return found


def _written_otherwise(
    query: ast.Query, tokens: Sequence[_Token], unknown: set[int], lexicon: Lexicon, config: Config
) -> set[int]:
    """The places of unknown words that stand for known ones: `hanoi` where there is *Hà Nội*, `sai gon`."""
    if not unknown:
        return set()
    words = [TypedWord(token.word, token.start, token.end, ()) for token in tokens]
    asked = Asked(tuple(words), lexicon, config.weights, synonyms=config.synonyms.current(), caps=config.caps)
    lexicon.pair_counts(asked_pairs(words, lexicon))
    lexicon.terms([*begun_terms(query), *asked_terms(words)], config.caps.prefix_terms)
    found: set[int] = set()
    for place in unknown:
        for first in range(max(0, place - _BESIDE), place + 1):
            for last in range(place + 1, min(len(words), place + _BESIDE + 1) + 1):
                if otherwise(words[first:last], asked):
                    found.update(range(first, last))
    return found


def _stems(word: str) -> tuple[str, ...]:
    return () if stemless(word) else folded_stems(word)


def _from_keyboard(tokens: Sequence[_Token], unknown: set[int], lexicon: Lexicon) -> dict[int, str]:
    """The syllables that Telex or VNI stands for, by place; none unless all unknown words are typed so.

    What a keyboard alone sends shows that one is used. Without it *lois* and *cas* may be French: they
    are read as Telex where nothing French is beside them.
    """
    known = lexicon.spellings([token.folded for token in tokens])
    meant: dict[int, str] = {}
    for place, token in enumerate(tokens):
        if known[place]:
            continue
        if token.decoded and token.decoded in dict(lexicon.spellings([fold(token.decoded)])[0]):
            meant[place] = token.decoded
        elif place in unknown:
            return {}
    plainly = any(is_plainly_typed(tokens[place].typed) for place in meant)
    return meant if plainly or not any(is_western(token.word) for token in tokens) else {}


def _respelled(tokens: Sequence[_Token], unknown: set[int], lexicon: Lexicon) -> dict[int, str]:
    """For each slip, by place, what was probably meant: the most similar words, weighed where they stand."""
    places = sorted(place for place in unknown if tokens[place].plain)
    near = lexicon.resembling([tokens[place].folded for place in places])
    words = [token.word for token in tokens]
    # who types accents leaves out none, and a French query means no Vietnamese word
    letters = any(word != fold(word) for word in words) or any(map(is_western, words))
    ways = {place: _way(tokens[place], own, letters) for place, own in zip(places, near, strict=True)}
    ways = {place: way for place, way in ways.items() if way}
    if not ways:
        return {}
    best = restore(words, lexicon, instead=ways).best
    bare = not any(word != fold(word) for word in words) and any(
        best[place] != word for place, word in enumerate(words) if place not in ways
    )
    return {place: fold(best[place]) if bare else best[place] for place in ways}


def _way(token: _Token, near: Sequence[Counted], letters: bool) -> Way:
    """What a slip may stand for, each with how likely the slip is.

    With `letters`, what has letters that only Vietnamese has is no way to read a word that has none.
    """
    word = token.word
    costs = {
        entry: _cost(word, entry[0])
        for entry in near
        if _similar(token, entry[0]) and not (letters and word.isascii() and stemless(entry[0]))
    }
    close = [entry for entry, cost in costs.items() if cost <= MAX_COST]
    close.sort(key=lambda entry: (costs[entry], -entry[1], entry[0]))
    return {entry: EDIT ** costs[entry] for entry in close[:MAX_MEANT]}


def _similar(token: _Token, spelling: str) -> bool:
    """Whether one letter differs; in a long word two, behind the first: *shopee* is no *hope*.

    In the shortest words a letter is too many, lacks or stands before another: *port* is no *pont*.
    """
    typed, theirs = token.folded, fold(spelling)
    length = len(typed)
    if sorted(typed) != sorted(theirs):
        if length == MIN_LETTERS and length == len(theirs):
            return False
        if length < MIDDLING and (token.name or typed[0] != theirs[0]):
            return False
    edits = DamerauLevenshtein.distance(typed, theirs)
    return edits <= 1 or (length >= LONG and typed[0] == theirs[0] and not token.name)


def _cost(word: str, spelling: str) -> float:
    """Letters that differ count 1; diacritics that differ, only those typed wrong, a third."""
    letters = DamerauLevenshtein.distance(fold(word), fold(spelling))
    typed, theirs = _diacritics(word), _diacritics(spelling)
    wrong = sum(1 for diacritic in typed if diacritic not in theirs)
    return float(letters) + DIACRITIC_COST * wrong + 0.05 * abs(len(theirs) - len(typed))


def _diacritics(word: str) -> list[str]:
    return [char for char in unicodedata.normalize("NFD", word) if unicodedata.combining(char) or char == "đ"]


def _replaced(text: str, tokens: Sequence[_Token], meant: Mapping[int, str]) -> str:
    pieces: list[str] = []
    at = 0
    for place, spelling in meant.items():
        token = tokens[place]
        pieces += (text[at : token.start], with_capitals(token.typed, spelling))
        at = token.end
    return "".join([*pieces, text[at:]])


def with_capitals(typed: str, spelling: str) -> str:
    """A spelling with the capitals that were typed."""
    if len(typed) > 1 and typed.isupper():
        return spelling.upper()
    return spelling[:1].upper() + spelling[1:] if typed[:1].isupper() else spelling
