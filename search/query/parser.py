"""From what was typed to a Query. Lenient: any text parses, and warnings say what was ignored and where.

    words            quyền con người
    "a phrase"       “…” and « … » too; "…"~3 lets three other words in between
    -not  +required  prefix*   ( )
    OR               or HOẶC, OU, |; AND, VÀ, ET and &; NOT, KHÔNG, SAUF — in capitals
    title:  lang:vi  source:  date:2023..2024

A query that is all in capitals has no keywords: `QUYỀN VÀ NGHĨA VỤ` is five words.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from search.config import Caps
from search.dates import date_number
from search.query.ast import (
    Clause,
    Either,
    Excluded,
    InTitle,
    Query,
    Quoted,
    Required,
    Sequence,
    Truncated,
    Word,
)
from search.results import Warning

# All of it is told in README.md and on the help page (web/guide.py).
OR = frozenset({"OR", "HOẶC", "OU", "|", "||"})
AND = frozenset({"AND", "VÀ", "ET", "&", "&&"})
NOT = frozenset({"NOT", "KHÔNG", "SAUF"})
KEYWORDS = OR | AND | NOT

TITLE = frozenset({"title", "titre", "tựa", "tieude", "intitle"})
LANGUAGE = frozenset({"lang", "langue", "ngữ"})
SOURCE = frozenset({"source", "nguồn", "nguon"})
DATE = frozenset({"date", "ngày", "ngay"})
FIELDS = TITLE | LANGUAGE | SOURCE | DATE

_WORD = re.compile(r"\S*\w\S*")
_LEXEME = re.compile(
    r"""(?P<space>\s+)
      | (?P<open>\() | (?P<close>\))
      | (?P<sign>[-+!−–](?=[^\s\-+!−–)]))
      | ["“”„](?P<quoted>[^"“”„]*)["“”„](?:~(?P<slop>\d{1,3}))?
      | «\s*(?P<guillemets>[^«»]*?)\s*»(?:~(?P<slop2>\d{1,3}))?
      | (?P<loose>["“”„«»])
      | (?P<name>[^\W\d_](?:[^\W\d_]|[\u0300-\u0323])*):(?=\S)
      | (?P<chunk>[^\s()"“”„«»]+)""",
    re.VERBOSE,
)


@dataclass(slots=True)
class _Group:
    """A parenthesis being read: its clauses, and what the next one is preceded by."""

    clauses: list[Clause] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    joined: str = ""

    def add(self, clause: Clause) -> None:
        # each sign counts once, however often it was typed: `--a` is `-a`
        for sign in ("title", "+", "-"):
            if sign in self.signs and not (sign == "+" and "-" in self.signs):
                clause = _signed(sign, clause)
        self.signs.clear()
        if self.joined == "or" and self.clauses:
            before = self.clauses.pop()
            children = before.children if isinstance(before, Either) else (before,)
            clause = Either((*children, clause))
        elif self.joined == "and" and self.clauses:
            before = self.clauses[-1]
            if not isinstance(before, Required | Excluded):
                self.clauses[-1] = Required(before)
            if not isinstance(clause, Required | Excluded):
                clause = Required(clause)
        self.joined = ""
        self.clauses.append(clause)


def _signed(sign: str, clause: Clause) -> Clause:
    match sign:
        case "-":
            return Excluded(clause)
        case "+":
            return Required(clause)
        case _:
            return InTitle(clause)


class _Parser:
    def __init__(self, text: str, caps: Caps) -> None:
        self._text = text
        self._caps = caps
        self._stack = [_Group()]
        self._ignored_depth = 0
        self._words = self._phrases = 0
        self._warnings: list[Warning] = []
        self._filters: dict[str, set[str]] = {"languages": set(), "sources": set()}
        self._dates = ("", "")
        # all in capitals: keywords cannot be told from words
        self._shouting = not any(char.islower() for char in text)

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
        position = 0
        while position < limit:
            match = _LEXEME.match(text, position, limit)
            if match is None:
                position += 1
                continue
            position = match.end()
            kind = match.lastgroup
            if kind == "name":
                position = self._named(match, limit)
            elif kind != "space":
                self._lexeme(match)
            if self._words > self._caps.words:
                self._warn(
                    "too_many_words",
                    f"the query has too many words: only the first {self._caps.words} were used",
                    position,
                    limit,
                )
                break
        while len(self._stack) > 1:
            self._close()
        since, until = self._dates
        return Query(
            root=Sequence(tuple(self._stack[0].clauses)),
            text=text,
            languages=frozenset(self._filters["languages"]),
            sources=frozenset(self._filters["sources"]),
            since=since,
            until=until,
            warnings=tuple(self._warnings),
        )

    def _warn(self, code: str, message: str, start: int, end: int) -> None:
        if len(self._warnings) < 20:
            self._warnings.append(Warning(code, message, start, end))

    def _lexeme(self, match: re.Match[str]) -> None:
        group = self._stack[-1]
        start, end = match.span()
        if match["open"]:
            if len(self._stack) > self._caps.depth:
                self._ignored_depth += 1
                if self._ignored_depth == 1:
                    self._warn(
                        "too_deep",
                        f"more than {self._caps.depth} nested parentheses: the innermost were ignored",
                        start,
                        end,
                    )
            else:
                self._stack.append(_Group())
        elif match["close"]:
            if self._ignored_depth:
                self._ignored_depth -= 1
            elif len(self._stack) > 1:
                self._close()
        elif match["sign"]:
            # a hyphen inside a word never comes here: a chunk takes it along
            group.signs.append("+" if match["sign"] == "+" else "-")
        elif match["quoted"] is not None or match["guillemets"] is not None:
            kind = "quoted" if match["quoted"] is not None else "guillemets"
            inner = match[kind]
            slop = int(match["slop"] or match["slop2"] or 0)
            self._words += len(inner.split())
            if not inner.strip():
                return
            self._phrases += 1
            if self._phrases <= self._caps.phrases:
                group.add(Quoted(inner, start, end, slop, match.start(kind)))
                return
            if self._phrases == self._caps.phrases + 1:
                self._warn(
                    "too_many_phrases",
                    f"more than {self._caps.phrases} phrases: the last ones were searched for word by word",
                    start,
                    end,
                )
            for word in _WORD.finditer(inner):
                inside = match.start(kind) + word.start()
                group.add(Word(word[0], inside, inside + len(word[0])))
        elif match["loose"]:
            self._warn("unbalanced_quote", "a quotation mark without a pair was ignored", start, end)
        else:
            self._chunk(match["chunk"], start, end)

    def _chunk(self, text: str, start: int, end: int) -> None:
        group = self._stack[-1]
        text = unicodedata.normalize("NFC", text)
        if (text in KEYWORDS and not self._shouting) or text in {"|", "||", "&", "&&"}:
            if text in NOT:
                group.signs.append("-")
            else:
                group.joined = "or" if text in OR else "and"
            return
        self._words += 1
        stripped = text.rstrip("*")
        if stripped != text and any(char.isalnum() for char in stripped):
            group.add(Truncated(stripped, start, end))
        elif any(char.isalnum() for char in text):
            group.add(Word(text, start, end))
        elif "*" in text:
            self._warn(
                "bare_wildcard",
                "an asterisk needs the beginning of a word before it, as in econo*",
                start,
                end,
            )

    def _close(self) -> None:
        closed = self._stack.pop()
        if closed.clauses:
            only = closed.clauses[0]
            self._stack[-1].add(only if len(closed.clauses) == 1 else Sequence(tuple(closed.clauses)))

    def _named(self, match: re.Match[str], limit: int) -> int:
        """Handle `name:`; returns where to read on."""
        name = unicodedata.normalize("NFC", match["name"].lower())
        if name in TITLE:
            self._stack[-1].signs.append("title")
            return match.end()
        value = _LEXEME.match(self._text, match.end(), limit)
        if name not in FIELDS or value is None or value.lastgroup in ("open", "close", "loose", "space"):
            # not ours: a URL, a time, `Nguồn:` at the end of a pasted line
            end = value.end() if value is not None and value["chunk"] else match.end() - 1
            self._chunk(self._text[match.start() : end], match.start(), end)
            return end
        text = value["quoted"] or value["guillemets"] or value["chunk"] or ""
        if not text.strip():
            message = f"{match['name']}: needs a value, as in lang:vi"
            self._warn("empty_filter", message, match.start(), value.end())
        elif name in LANGUAGE:
            self._filters["languages"].add(text.strip().lower())
        elif name in SOURCE:
            self._filters["sources"].add(text.strip())
        else:
            self._date(text, match.start(), value.end())
        return value.end()

    def _date(self, text: str, start: int, end: int) -> None:
        since, dots, until = text.partition("..")
        until = until if dots else since
        if not (date_number(since) or (dots and not since)) or not (
            date_number(until) or (dots and not until)
        ):
            self._warn(
                "bad_date",
                f"{text} is not a date: write date:2023, date:2023-05..2024 or date:..2020",
                start,
                end,
            )
            return
        self._dates = (since, until)


def parse(text: str, caps: Caps | None = None) -> Query:
    """The query in a text. Never raises."""
    return _Parser(text, caps or Caps()).parse()
