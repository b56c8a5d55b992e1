"""Which words in capitals, and which minuses, are operators: only those of a query that reads like one.

`OR`, `AND` and `NOT` are no words of our languages, so they nearly always are. `ET`, `OU`, `SAUF`, `VÀ`,
`HOẶC` and `KHÔNG` are ordinary words first: in a heading set in capitals, or stressed in a sentence. What
counts is the stretch of words on either side, up to the next operator, quotation, filter or parenthesis:

* In a query all in capitals no word is an operator: `QUYỀN VÀ NGHĨA VỤ`.
* `OR`, `AND`, `NOT` are, unless two words in capitals stand beside them: `BE OR NOT TO BE : une affiche`.
* The others are where no other word has a capital (`NGƯỜI KHÔNG QUỐC TỊCH ở Việt Nam`, `Luật về người
  KHÔNG có đất`), both stretches are short (four words; three for what excludes) and a word of meaning stands
  on either side: `vente OU achat`, not `parent OU le tuteur`. What excludes must be sure, for it hides
  documents: no function word at all in its stretches (`người KHÔNG có đất`).
* A filter behind it makes any of them an operator: `KHÔNG lang:vi`.
* `&` joins two words without capitals, of more than a letter (`KH & ĐT` and `r & d` are names); `|` stands
  between words without capitals, or between two at most (`Lũ lụt ở miền Trung | Báo Làng` is a heading).
  `&&` and `||` are always operators.

A minus excludes a word of meaning, and nothing in a question or among more than eight other words: `fut
-elle réunie`, `Quels villages en -ac ?`.

Where one of the others could be meant and is not taken for it, a warning says so.
"""

from collections.abc import Sequence
from enum import Enum, auto

from search.analysis.language import is_function_word
from search.analysis.normalize import surface
from search.query.lexing import Lexeme, Piece
from search.query.words import surfaces

# All of it is told in README.md and on the help page (web/guide.py).
OR = frozenset({"OR", "HOẶC", "OU", "|", "||"})
AND = frozenset({"AND", "VÀ", "ET", "&", "&&"})
NOT = frozenset({"NOT", "KHÔNG", "SAUF"})
KEYWORDS = OR | AND | NOT

_PLAIN = frozenset({"OR", "AND", "NOT"})
_ALWAYS = frozenset({"||", "&&"})
_MAX_STRETCH = 4
_MAX_EXCLUDING = 3
_MAX_HEADING = 2
_MAX_BESIDE_MINUS = 8


class Meant(Enum):
    """What a word that may be an operator is."""

    OPERATOR = auto()
    WORD = auto()
    DOUBTFUL = auto()
    """Taken for a word, and worth a warning."""


def meant(pieces: Sequence[Lexeme]) -> dict[int, Meant]:
    """What each keyword and each minus is, by its place among the pieces of a query."""
    found = _minuses(pieces)
    keywords = [at for at, each in enumerate(pieces) if each.piece is Piece.WORD and each.text in KEYWORDS]
    if not keywords:
        return found
    told = [each.text for each in pieces if each.piece in (Piece.WORD, Piece.QUOTED)]
    shouting = not any(char.islower() for text in told for char in text)
    words = [each.text for each in pieces if _is_word(each)]
    capitals = any(char.isupper() for text in words for char in text)
    return found | {at: _meant(pieces, at, shouting, capitals) for at in keywords}


def _minuses(pieces: Sequence[Lexeme]) -> dict[int, Meant]:
    minuses = [at for at, each in enumerate(pieces) if each.piece is Piece.MINUS]
    prose = bool(minuses) and (
        pieces[-1].text.endswith("?") or sum(map(_is_word, pieces)) - len(minuses) > _MAX_BESIDE_MINUS
    )
    return {at: _operator(_excludes(pieces[at + 1 : at + 2], prose)) for at in minuses}


def _excludes(behind: Sequence[Lexeme], prose: bool) -> bool:
    """Whether a minus is one, by what stands behind it."""
    if not behind or behind[0].piece is not Piece.WORD or "*" in behind[0].text:
        return True
    words = [word for word, _ in surfaces(behind[0].text)]
    inverted = len("".join(words)) > 1 and all(map(is_function_word, words))  # fut -elle, va -t-il
    return not prose and not inverted


def _meant(pieces: Sequence[Lexeme], at: int, shouting: bool, capitals: bool) -> Meant:
    text = pieces[at].text
    left, right = _stretch(pieces, at, -1), _stretch(pieces, at, 1)
    beside = [stretch[0] for stretch in (left, right) if stretch]
    if text in _ALWAYS:
        return Meant.OPERATOR
    if text == "|":
        return _operator(not capitals or max(len(left), len(right)) <= _MAX_HEADING)
    if text == "&":
        return _operator(not capitals and all(len(word) > 1 for word in beside))
    if at + 1 < len(pieces) and pieces[at + 1].piece in (Piece.FILTER, Piece.TITLE):
        return Meant.OPERATOR
    if shouting:
        return Meant.WORD
    if text in _PLAIN:
        return _operator(not any(_in_capitals(stretch[:2]) for stretch in (left, right)))
    functions = [is_function_word(surface(word)) for word in (*left[:1], *right[:1])]
    most = _MAX_STRETCH
    if text in NOT:
        functions = [is_function_word(surface(word)) for word in (*left, *right)]
        most = _MAX_EXCLUDING
    if not capitals and not any(functions) and max(len(left), len(right)) <= most:
        return Meant.OPERATOR
    heading = any(word.isupper() for word in beside)
    return Meant.DOUBTFUL if not heading and max(len(left), len(right)) <= _MAX_STRETCH else Meant.WORD


def _operator(is_one: bool) -> Meant:
    return Meant.OPERATOR if is_one else Meant.WORD


def _is_word(piece: Lexeme) -> bool:
    return piece.piece is Piece.WORD and piece.text not in KEYWORDS and any(map(str.isalnum, piece.text))


def _stretch(pieces: Sequence[Lexeme], at: int, step: int) -> list[str]:
    """The words on one side of a keyword, the nearest first."""
    found = []
    at += step
    while 0 <= at < len(pieces) and _is_word(pieces[at]):
        found.append(pieces[at].text)
        at += step
    return found


def _in_capitals(words: Sequence[str]) -> bool:
    """Whether two words are nothing but capitals: part of a heading. One may be a name: SNCF."""
    return len(words) > 1 and all(len(word) > 1 and word.isupper() for word in words)
