"""From what was typed to a Query. Lenient: any text parses, and warnings say what was ignored and where.

    words            quyền con người
    "a phrase"       “…” and « … » too; "…"~3 lets three other words in between
    -not  +required  prefix*  *suffix  ( )
    OR               or HOẶC, OU, |; AND, VÀ, ET and &; NOT, KHÔNG, SAUF: where `keywords` takes them for it
    title:  lang:vi  source:  date:2023..2024, -lang:vi, date:2020 OR date:2021

Filters are taken out of the tree: what stands side by side all holds, `OR` joins filters of one field.
"""

import re
from dataclasses import replace

from search.config import Caps
from search.query.ast import (
    Either,
    Name,
    Query,
    Quoted,
    Sequence,
    Truncated,
    Wildcard,
    Word,
)
from search.query.fields import DATE, filter_of
from search.query.filter import Filter
from search.query.items import Group, Item, clauses, marked, required, side_by_side
from search.query.keywords import AND, NOT, OR, Meant, meant
from search.query.lexing import Lexeme, Piece, lexemes
from search.query.wildcards import as_pattern
from search.query.words import surfaces
from search.results import Warning

_MAX_WARNINGS = 20
_WORD = re.compile(r"(?<!\S)[^\s\w]*+\w\S*")
_STAR_IN_PHRASE = re.compile(r"\w\*|\*\w")
_TOKEN = re.compile(r"(?:[^\W_]|[\u0300-\u036f*])+")
_STAR_INSIDE = re.compile(r"(?<!\*)(?:(?<![^\W\d_])\*++|\*{2,}+)(?=\w)|(?<=[^\W\d_])\*++(?=[^\W\d_])")
"""Before a word or between letters; the *R\\*421-1* of a code is none."""


class _Parser:
    def __init__(self, text: str, caps: Caps) -> None:
        self._text = text
        self._caps = caps
        self._stack = [Group()]
        self._ignored_depth = 0
        self._words = self._phrases = 0
        self._warnings: list[Warning] = []
        self._names: list[Name] = []

    def parse(self) -> Query:
        text = self._text
        limit = min(len(text), self._caps.characters)
        if len(text) > limit:
            self._warn(
                "query_too_long",
                f"the query is too long: only its first {limit} characters were used",
                limit,
                len(text),
            )
        pieces = list(lexemes(text, limit))
        keywords = meant(pieces)
        for at, piece in enumerate(pieces):
            if piece.piece is Piece.WORD and at in keywords:
                self._keyword(piece, keywords[at])
            elif keywords.get(at) is not Meant.WORD:  # a minus that is none
                self._piece(piece)
            if self._words > self._caps.words:
                self._warn(
                    "too_many_words",
                    f"the query has too many words: only the first {self._caps.words} were used",
                    piece.end,
                    limit,
                )
                break
        while len(self._stack) > 1:
            self._close()
        whole = side_by_side(self._stack[0].items)
        return Query(
            root=Sequence(clauses(self._stack[0].items)),
            text=text,
            filter=whole.filter or Filter(),
            names=tuple(self._names),
            warnings=tuple(self._warnings),
        )

    def _warn(self, code: str, message: str, start: int, end: int) -> None:
        if len(self._warnings) < _MAX_WARNINGS:
            self._warnings.append(Warning(code, message, start, end))

    def _keyword(self, piece: Lexeme, meaning: Meant) -> None:
        group = self._stack[-1]
        if meaning is not Meant.OPERATOR:
            if meaning is Meant.DOUBTFUL:
                message = f"{piece.text} was searched for as a word; OR, AND and NOT are always operators"
                self._warn("keyword_as_word", message, piece.start, piece.end)
            self._word(piece)
        elif piece.text in NOT:
            group.signs.append("-")
        else:
            group.joined = OR if piece.text in OR else AND

    def _piece(self, piece: Lexeme) -> None:
        group = self._stack[-1]
        match piece.piece:
            case Piece.WORD:
                self._word(piece)
            case Piece.QUOTED:
                self._quoted(piece)
            case Piece.OPEN:
                self._open(piece)
            case Piece.CLOSE:
                if self._ignored_depth:
                    self._ignored_depth -= 1
                elif len(self._stack) > 1:
                    self._close()
            case Piece.MINUS:
                group.signs.append("-")
            case Piece.PLUS:
                group.signs.append("+")
            case Piece.TITLE:
                group.signs.append("title")
            case Piece.FILTER:
                self._filter(piece)
            case Piece.LOOSE:
                said = "a quotation mark without a pair was ignored"
                self._warn("unbalanced_quote", said, piece.start, piece.end)

    def _open(self, piece: Lexeme) -> None:
        if len(self._stack) <= self._caps.depth:
            self._stack.append(Group())
            return
        self._ignored_depth += 1
        if self._ignored_depth == 1:
            message = f"more than {self._caps.depth} nested parentheses: the innermost were ignored"
            self._warn("too_deep", message, piece.start, piece.end)

    def _close(self) -> None:
        closed = self._stack.pop()
        if closed.items:
            self._add(side_by_side(closed.items))

    def _quoted(self, piece: Lexeme) -> None:
        self._words += len(piece.text.split())
        if not surfaces(piece.text):
            self._warn("empty_phrase", "quotation marks without a word were ignored", piece.start, piece.end)
            return
        if _STAR_IN_PHRASE.search(piece.text):
            message = "an asterisk between quotation marks was ignored"
            self._warn("wildcard_in_phrase", message, piece.start, piece.end)
        self._phrases += 1
        if self._phrases <= self._caps.phrases:
            self._add(Item(Quoted(piece.text, piece.start, piece.end, piece.slop, piece.inside)))
            return
        if self._phrases == self._caps.phrases + 1:
            message = f"more than {self._caps.phrases} phrases: the last ones were searched for word by word"
            self._warn("too_many_phrases", message, piece.start, piece.end)
        for word in _WORD.finditer(piece.text):
            inside = piece.inside + word.start()
            self._add(Item(Word(word[0], inside, inside + len(word[0]))))

    def _word(self, piece: Lexeme) -> None:
        text, start, end = piece.text, piece.start, piece.end
        self._words += 1
        if text.startswith("**"):  # bold in Markdown
            start += len(text) - len(text.lstrip("*"))
            text = text.strip("*") or text
        stripped = text.rstrip("*")
        if not any(map(str.isalnum, text)):
            if "*" in text:
                said = "an asterisk needs the beginning of a word before it, as in econo*"
                self._warn("bare_wildcard", said, start, end)
        elif _STAR_INSIDE.search(stripped):
            self._wildcards(start, end)
        elif stripped != text and stripped[-1].isalnum():
            self._add(Item(Truncated(stripped, start, end)))
        else:  # `éco-*`: the word before the hyphen is whole
            self._add(Item(Word(stripped, start, end)))

    def _wildcards(self, start: int, end: int) -> None:
        """A chunk with an asterisk before a letter: `*timent`, `socio-*mique`; its other words are words."""
        for part in _TOKEN.finditer(self._text, start, end):
            if "*" not in part[0]:
                self._add(Item(Word(part[0], *part.span())))
            elif pattern := as_pattern(part[0]):
                self._add(Item(Wildcard(part[0], *part.span(), pattern)))
            else:
                message = (
                    f"{part[0]} was ignored: an asterisk needs two letters in a row beside it, as in *tion"
                )
                self._warn("short_wildcard", message, *part.span())

    def _filter(self, piece: Lexeme) -> None:
        filter = filter_of(piece.field, piece.text) if piece.text.strip() else None
        if filter is not None:
            for value in filter.languages | filter.sources:
                text = piece.text.strip()
                start = self._text.index(text, piece.start)
                self._names.append(Name(value, text, start, start + len(text)))
            self._add(Item(None, filter, piece.start, piece.end))
            return
        self._stack[-1].signs.clear()
        said = self._text[piece.start : piece.end]
        if piece.field is DATE and piece.text.strip():
            message = f"{piece.text} is not a date: write date:2023, date:15/6/2023 or date:2023-05..2024"
            self._warn("bad_date", message, piece.start, piece.end)
        else:
            self._warn("empty_filter", f"{said} needs a value, as in lang:vi", piece.start, piece.end)

    def _add(self, item: Item) -> None:
        group = self._stack[-1]
        # each sign counts once, however often it was typed
        for sign in ("title", "+", "-"):
            if sign in group.signs and not (sign == "+" and "-" in group.signs):
                item = self._signed(sign, item)
        group.signs.clear()
        if group.joined is OR and group.items:
            item = self._either(group.items.pop(), item)
        elif group.joined is AND and group.items:
            group.items[-1] = required(group.items[-1])
            item = required(item)
        group.joined = None
        if item != Item():
            group.items.append(item)

    def _signed(self, sign: str, item: Item) -> Item:
        if sign == "-" and item.filter is not None:
            negated = item.filter.negated() if item.clause is None else None
            if negated is None:
                item = self._without_filter(item)
            else:
                item = Item(None, negated, item.start, item.end)
        if item.clause is None:
            return item
        return replace(item, clause=marked(sign, item.clause))

    def _either(self, before: Item, item: Item) -> Item:
        filter = None
        if before.clause is None and item.clause is None and before.filter and item.filter:
            filter = before.filter.either(item.filter)
            if filter is not None:
                return Item(None, filter, before.start, item.end)
        before, item = self._without_filter(before), self._without_filter(item)
        if before.clause is None or item.clause is None:
            return before if item.clause is None else item
        children = before.clause.children if isinstance(before.clause, Either) else (before.clause,)
        return Item(Either((*children, item.clause)))

    def _without_filter(self, item: Item) -> Item:
        """The words of an item whose filter holds neither for all documents nor for none."""
        if item.filter is not None:
            said = self._text[item.start : item.end]
            message = (
                f"{said} was ignored: a filter goes with OR or NOT only beside filters of the same field"
            )
            self._warn("filter_ignored", message, item.start, item.end)
        return Item(item.clause)


def parse(text: str, caps: Caps | None = None) -> Query:
    """The query in a text. Never raises."""
    return _Parser(text, caps or Caps()).parse()
