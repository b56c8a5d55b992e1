"""From what was typed to its pieces: words, quotations, signs, parentheses, fields with their values."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from search.dates import WrittenDate, typed_date, written_dates
from search.query.fields import DATE, TITLE, field_named

# A sign stands before a word, not in it (64-bit), and not before a number (-5 °C, Su -25, Bac +3).
# A dash is no minus: headlines have it stuck to the next word (Hà Nội –Sài Gòn).
_LEXEME = re.compile(
    r"""(?P<space>\s+)
      | (?P<open>\() | (?P<close>\))
      | (?P<sign>(?<![^\s(:])[-−!+](?=[^\W\d_]|["“”„«(*]))
      | ["“”„](?P<quoted>[^"“”„]*)["“”„](?:~(?P<slop>\d{1,3}))?
      | «\s*+(?P<guillemets>(?:[^«»\s]++|\s++(?!»))*+)\s*+»(?:~(?P<slop2>\d{1,3}))?
      | (?P<loose>["“”„«»])
      | (?P<name>[^\W\d_](?:[^\W\d_]|[\u0300-\u0323])*+):
      | (?P<chunk>[^\s()"“”„«»]+)""",
    re.VERBOSE,
)
_MAX_DATE = 60
"""Characters of a date in words."""
_DOTS = re.compile(r"\.\.|…")
_CHUNK = re.compile(r"[^\s()\"“”„«»]+")


class Piece(Enum):
    """What a piece of a query is."""

    WORD = auto()
    """Characters without space between them; may be a keyword."""
    QUOTED = auto()
    OPEN = auto()
    CLOSE = auto()
    MINUS = auto()
    PLUS = auto()
    TITLE = auto()
    """`title:`, with what it is about in the pieces behind it."""
    FILTER = auto()
    """A field with its value, which is empty where none was typed."""
    LOOSE = auto()
    """A quotation mark without a pair."""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query and its place; `inside` is where the text of a quotation begins."""

    piece: Piece
    text: str
    start: int
    end: int
    slop: int = 0
    inside: int = 0
    field: frozenset[str] = frozenset()


def lexemes(text: str, limit: int) -> Iterator[Lexeme]:
    """The pieces of the first `limit` characters of a query, in order."""
    before: Lexeme | None = None
    position = 0
    while position < limit:
        match = _LEXEME.match(text, position, limit)
        if match is None or match.lastgroup == "space":
            position = match.end() if match else position + 1
            continue
        lexeme = _named(text, match, before, limit) if match["name"] else _plain(match)
        if before is not None and lexeme.start >= before.end:  # else it is the first half of `tiêu đề:`
            yield before
        before = lexeme
        position = lexeme.end
    if before is not None:
        yield before


def _plain(match: re.Match[str]) -> Lexeme:
    start, end = match.span()
    if match["quoted"] is not None or match["guillemets"] is not None:
        kind = "quoted" if match["quoted"] is not None else "guillemets"
        slop = int(match["slop"] or match["slop2"] or 0)
        return Lexeme(Piece.QUOTED, match[kind], start, end, slop, match.start(kind))
    if match["chunk"]:
        return Lexeme(Piece.WORD, unicodedata.normalize("NFC", match["chunk"]), start, end)
    if match["sign"]:
        return Lexeme(Piece.PLUS if match["sign"] == "+" else Piece.MINUS, match["sign"], start, end)
    piece = Piece.OPEN if match["open"] else Piece.CLOSE if match["close"] else Piece.LOOSE
    return Lexeme(piece, match[0], start, end)


def _named(text: str, match: re.Match[str], before: Lexeme | None, limit: int) -> Lexeme:
    """A field with its value; a word where the name is that of no field: `https://…`, `site:abc`."""
    name, start = match["name"], match.start()
    two_words = f"{before.text} {name}" if before is not None and before.piece is Piece.WORD else ""
    field = field_named(two_words)
    if field is not None and before is not None:
        name, start = two_words, before.start
    else:
        field = field_named(name)
    value = _LEXEME.match(text, match.end(), limit)
    kind = "quoted" if value and value["quoted"] is not None else "guillemets"
    quoted = value[kind] if value else None
    alone = value is None or value.lastgroup in ("space", "close")
    # `Nguồn: báo`, `Ngày:15/6/2023` come from a document, `nguồn:báo` from a keyboard
    if alone:
        last = not text[match.end() : limit].strip()
        # *Giải thích từ ngữ:* ends in a word, `chợ lang:` in a field
        pasted = (name[0].isupper() and not last) or not (name.isascii() or " " in name)
    else:
        pasted = name[0].isupper() and _from_document(field, text, match.end(), limit)
    if field is None or pasted:
        chunk = _CHUNK.match(text, start if field is None else match.start(), limit)
        assert chunk
        return Lexeme(Piece.WORD, unicodedata.normalize("NFC", chunk[0]), chunk.start(), chunk.end())
    if alone:
        return Lexeme(Piece.FILTER, "", start, match.end(), field=field)
    if field is TITLE:
        return Lexeme(Piece.TITLE, name, start, match.end(), field=field)
    assert value
    if quoted is not None:
        return Lexeme(Piece.FILTER, quoted, start, value.end(), field=field)
    return _valued(text, field, start, match.end(), limit)


def _valued(text: str, field: frozenset[str], start: int, at: int, limit: int) -> Lexeme:
    """A field with the value that begins at `at`: up to a space, or all of a date in words."""
    end = _value_end(text, at, limit)
    if field is DATE:
        # date:15 juin 2023, ngày:tháng 5 năm 2020..2021
        end = max(end, _date_end(text, at, limit))
        dots = _DOTS.search(text, at, min(limit, at + _MAX_DATE))
        if dots and (dots.start() == at or typed_date(text[at : dots.start()])):
            end = max(end, _value_end(text, dots.end(), limit), _date_end(text, dots.end(), limit))
    return Lexeme(Piece.FILTER, text[at:end], start, end, field=field)


def _from_document(field: frozenset[str] | None, text: str, at: int, limit: int) -> bool:
    """Whether a capitalised name is followed by a whole day as people write it: *Ngày:15/6/2023 họp*."""
    if field is not DATE:
        return False
    found = _date_at(text, at, limit)
    return found is not None and bool(found.day) and not text[at : at + 4].isdigit()


def _value_end(text: str, at: int, limit: int) -> int:
    chunk = _CHUNK.match(text, at, limit)
    return chunk.end() if chunk else at


def _date_end(text: str, at: int, limit: int) -> int:
    found = _date_at(text, at, limit)
    return at + found.end if found else at


def _date_at(text: str, at: int, limit: int) -> WrittenDate | None:
    """The date that begins right here."""
    found = written_dates(text[at : min(limit, at + _MAX_DATE)])
    return found[0] if found and not found[0].start else None
