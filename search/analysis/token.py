"""The one tokenizer, for both languages, documents and queries alike.

A token is a run of letters, digits and combining marks. Everything else separates, so that
`socio-économique` is two tokens, and so is `l’homme`: the elided article is a word of its own
(Lucene's set l m t qu n s j d c jusqu quoiqu lorsqu puisqu; other apostrophes, as in *Đắk R’lấp*,
separate too, which lets `dak r lap` find it). Words that French spells with an apostrophe stay whole, and
so do nº, C++ and C#. A fraction is the one character that gives two tokens, both with its span.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

MAX_TOKEN = 100
"""Longest token in characters; a longer run without separators is cut into pieces of that length."""


class Token(NamedTuple):
    """One occurrence of a word. `text[start:end]` of the original is what was read.

    `text` is the original spelling until a filter replaces it. Positions rise by one a token, and
    by one more over a blank line, so that no phrase runs from one paragraph into the next.
    """

    text: str
    start: int
    end: int
    position: int


def _marks() -> str:
    """Every combining mark as regex ranges: `\\w` leaves them out, decomposed text needs them."""
    ranges: list[list[int]] = []
    for code in range(0x300, min(sys.maxunicode, 0x20000)):
        if unicodedata.category(chr(code))[0] == "M":
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(
        f"\\U{first:08x}" if first == last else f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges
    )


_LETTERLIKE = "ʹʻʼʽʾʿˈˊˋꞋꞌߴߵ"
APOSTROPHES = f"'’‘´`‛′΄՚᾽᾿＇{_LETTERLIKE}"
"""What people and programs write for an apostrophe; the second half are letters to Unicode."""
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphen, zero-width space and joiners, BOM: inside a word they are not there."""

# Chinese and Nôm characters and kana are words by themselves: no spaces would ever separate them.
_IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
FRACTIONS = "¼-¾⅐-⅞↉"
"""Characters that are two numbers, as a range: ½ is read like 1/2."""
_PLAIN_LETTER = r"[^\W_º]"
_LETTER = rf"[^\W_º{_LETTERLIKE}{_IDEOGRAPH}{FRACTIONS}]"
_LETTER_OR_MARK = rf"(?:{_LETTER}|[{_marks()}{INVISIBLE}])"


def _glued(letter: str, more: str) -> str:
    """What belongs to the word before it though it is no letter, looked for only behind a few characters.

    aujourd’hui, prud’hommes, entr’ouvert, presqu’île, grand’mère; nº and n°; C++, C#.
    """

    def behind(head: str, sign: str = f"[{APOSTROPHES}]") -> str:
        return rf"(?<=(?<!{letter})(?i:{head}){sign})"

    wholes = (f"{behind('aujourd')}(?i:hui)", f"{behind('prud')}(?i:hom){more}+")
    prefixes = (f"{behind(head)}{more}+" for head in ("grand", "entr", "presqu"))
    signs = (behind("n", "[º°]"), rf"[+]{behind('[a-z]', '[+][+]')}[+]?", rf"{behind('[a-z]', '[#]')}(?!\w)")
    return f"(?:[+#º°{APOSTROPHES}](?:{'|'.join((*wholes, *prefixes, *signs))}))?"


_PLAIN = re.compile(rf"{_PLAIN_LETTER}{{1,{MAX_TOKEN}}}{_glued(_PLAIN_LETTER, _PLAIN_LETTER)}")
_FULL = re.compile(
    rf"[{_IDEOGRAPH}{FRACTIONS}]"
    rf"|{_LETTER}{_LETTER_OR_MARK}{{0,{MAX_TOKEN - 1}}}{_glued(_LETTER, _LETTER_OR_MARK)}"
)
# what only _FULL reads right, and more; most paragraphs have none of it, and _PLAIN is twice as fast
_UNCOMMON = re.compile(
    f"[\u0300-\u036f{INVISIBLE}{FRACTIONS}{_LETTERLIKE}\u0483-\u0489\u0591-\u1dff\u20d0-\u20ff\u2c00-\U0010ffff]"
)
_PIECES = re.compile(f"[\u0300-\u036f{INVISIBLE}{_LETTERLIKE}]")
_NUMBERS = {
    char: unicodedata.normalize("NFKC", char).split("\u2044")
    for char in map(chr, range(0xBC, 0x218A))
    if re.match(f"[{FRACTIONS}]", char)
}
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*|[\u2029\f]\s*")


def tokenize(text: str) -> Iterator[Token]:
    """The tokens of a text, in order; what lies outside their spans is only separators."""
    position = 0
    for start, end in paragraphs(text):
        if _UNCOMMON.search(text, start, end):
            for match in _FULL.finditer(text, start, end):
                for word in _NUMBERS.get(match.group()) or (match.group(),):
                    yield Token(word, match.start(), match.end(), position)
                    position += 1
        else:
            for match in _PLAIN.finditer(text, start, end):
                yield Token(match.group(), match.start(), match.end(), position)
                position += 1
        position += 1


def token_texts(text: str, start: int, end: int) -> list[str] | None:
    """The original spellings of a paragraph's tokens, in order; None where only `tokenize` reads it right.

    Several times as fast as tokens: for looking at long documents when only a few words matter.
    """
    if _UNCOMMON.search(text, start, end):
        return None
    found: list[str] = _PLAIN.findall(text, start, end)
    return found if max(map(len, found), default=0) < MAX_TOKEN else None


def spellings(text: str) -> set[str] | None:
    """The spellings in a text but for rare signs; None where letters are written in pieces."""
    return None if _PIECES.search(text) else set(_PLAIN.findall(text))


def locate(token_text: str, text: str, start: int, end: int) -> int:
    """Where the next token with a spelling begins at or after `start`; -1 when there is none."""
    at = text.find(token_text, start, end)
    while at >= 0:
        found = _PLAIN.match(text, at, end)
        before = text[at - 1] if at else " "
        # neither the *bán* of *xbán* nor the *hui* of aujourd’hui is a token
        inside = _is_lexical(text, at, end) if before in APOSTROPHES else _is_letter(before)
        if found is not None and found.group() == token_text and not inside:
            return at
        at = text.find(token_text, at + 1, end)
    return -1


def _is_lexical(text: str, at: int, end: int) -> bool:
    """Whether what stands behind an apostrophe belongs to the word before it."""
    head = at - 1
    while head > 0 and text[head - 1].isalnum():
        head -= 1
    found = _PLAIN.match(text, head, end)
    return found is not None and found.end() > at


def _is_letter(char: str) -> bool:
    return char.isalnum() and char != "º"


def paragraphs(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Spans of the stretches between blank lines, of a text or of a part of it."""
    end = len(text) if end is None else end
    for gap in _BLANK_LINE.finditer(text, start, end):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if start < end:
        yield start, end
