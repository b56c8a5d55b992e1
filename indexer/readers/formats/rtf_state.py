"""What the words of a file in Rich Text Format mean where they stand: groups, fonts, destinations."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from indexer.readers.formats.flow import Flow
from indexer.readers.text.fonts import kind

_BODY, _NOTES, _MARGINS, _COMMENTS, _FONTS, _NOWHERE = "body", "notes", "margins", "comments", "fonts", ""
_FLOWS = (_BODY, _NOTES, _MARGINS, _COMMENTS)
_MAX_GROUPS = 10_000
_DESTINATIONS = {
    **dict.fromkeys(("footnote", "ftnsep", "aftnsep"), _NOTES),
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), _MARGINS),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), _MARGINS),
    "annotation": _COMMENTS,
    "fonttbl": _FONTS,
    "title": "title",
    "author": "author",
    **dict.fromkeys(("info", "stylesheet", "colortbl", "pict", "object", "themedata", "listtable"), _NOWHERE),
    **dict.fromkeys(
        ("listoverridetable", "fldinst", "listtext", "pntext", "nonshppict", "shprslt"), _NOWHERE
    ),
    **dict.fromkeys(("xe", "tc", "rxe", "sn", "sv", "subject", "operator", "company", "keywords"), _NOWHERE),
    **dict.fromkeys(("doccomm", "comment", "category", "manager", "falt", "panose", "revtbl"), _NOWHERE),
    **dict.fromkeys(("bkmkstart", "bkmkend", "atnid", "atnauthor", "generator", "creatim"), _NOWHERE),
}
_PASSED = frozenset(
    ("shpinst", "shptxt", "shppict", "ud")
)  # marked as unknown to old programs, and known to us
_SIGNS = {"tab": " ", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "bullet": "•"}
_SIGNS |= {"ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "cell": "  ", "nestcell": "  "}
_ENDS = frozenset(("par", "sect", "page", "row", "nestrow"))
_ESCAPED = {"~": "\xa0", "_": "‑", "{": "{", "}": "}", "\\": "\\"}
_CHARSETS = {0: "cp1252", 163: "cp1258", 162: "cp1254", 161: "cp1253", 204: "cp1251", 238: "cp1250"}
_CHARSETS |= {
    186: "cp1257",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "big5",
    177: "cp1255",
    178: "cp1256",
}
_CODEPAGES = {1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 932, 936, 949, 950, 874, 437, 850}


@dataclass(frozen=True, slots=True)
class _State:
    """What holds in a group, until its brace closes."""

    into: str = _BODY
    font: int = -1
    stand_ins: int = 1
    """Characters that stand behind a Unicode one for programs that do not know it."""


class Reading:
    """A file while it is read."""

    def __init__(self) -> None:
        self._flows = {name: Flow() for name in _FLOWS}
        for flow in self._flows.values():
            flow.start_paragraph()
        self._said: defaultdict[str, list[str]] = defaultdict(list)
        self._state = _State()
        self._groups: list[_State] = []
        self._names: defaultdict[int, list[str]] = defaultdict(list)
        self._charsets: dict[int, str] = {}
        self._codepage = "cp1252"
        self._usual_font = -1
        self._bytes = bytearray()
        self._to_skip = 0
        self._opened = self._optional = False
        self._created: dict[str, int] = {}

    def flows(self) -> tuple[Flow, ...]:
        """The text, its notes, what stands at the edges of pages, and comments."""
        return tuple(self._flows[name] for name in _FLOWS)

    def said(self, name: str) -> str:
        """The title or the author that the file names."""
        return paired("".join(self._said[name]))

    @property
    def date(self) -> str:
        """The day when the file was made; empty when it does not say."""
        try:
            return date(*(self._created[name] for name in ("yr", "mo", "dy"))).isoformat()
        except (KeyError, ValueError):
            return ""

    def open(self) -> None:
        """A group begins."""
        self._flush()
        if len(self._groups) < _MAX_GROUPS:
            self._groups.append(self._state)
        self._to_skip = 0
        self._opened, self._optional = True, False

    def close(self) -> None:
        """The group that began last is whole."""
        self._flush()
        self._opened = False
        before = self._groups.pop() if self._groups else self._state
        if before.into != self._state.into and self._state.into in (_NOTES, _COMMENTS, _MARGINS):
            self._end_paragraph()
        self._to_skip = 0
        self._state = before

    def end(self) -> None:
        """The file is at its end."""
        self._flush()
        for flow in self._flows.values():
            flow.end_paragraph()

    def characters(self, data: bytes) -> None:
        """Characters in the encoding of the font."""
        self._opened = False
        if self._to_skip:
            skipped = min(self._to_skip, len(data))
            self._to_skip -= skipped
            data = data[skipped:]
        self._bytes += data

    def sign(self, sign: str) -> None:
        """A control word of one sign."""
        if sign == "*":
            self._optional = True
            return
        self._flush()
        self._opened = False
        if sign in "\r\n":
            self._end_paragraph()
        elif self._to_skip:
            self._to_skip -= 1
        else:
            self._add(_ESCAPED.get(sign, ""))

    def word(self, word: str, number: int | None) -> None:
        """A control word, and its number if it has one."""
        self._flush()
        opened, self._opened = self._opened, False
        if opened and word in _DESTINATIONS:
            self._into(_DESTINATIONS[word])
        elif opened and self._optional and word not in _PASSED:
            self._into(_NOWHERE)
        elif word in _SIGNS:
            self._add(_SIGNS[word])
        elif word in _ENDS:
            self._end_paragraph()
        elif word in ("deleted", "v") and number != 0:
            self._into(_NOWHERE)
        elif word == "plain":
            self._state = replace(self._state, font=self._usual_font)
        elif number is not None:
            self._set(word, number)

    def _set(self, word: str, number: int) -> None:
        if word == "u":
            self._add(chr(number % 0x10000))
            self._to_skip = self._state.stand_ins
        elif word == "uc":
            self._state = replace(self._state, stand_ins=max(0, number))
        elif word == "f":
            self._state = replace(self._state, font=number)
        elif word == "fcharset" and number in _CHARSETS:
            self._charsets[self._state.font] = _CHARSETS[number]
        elif word == "ansicpg" and number in _CODEPAGES:
            self._codepage = f"cp{number}"
        elif word == "deff":
            self._usual_font = number
            self._state = replace(self._state, font=number)
        elif word in ("yr", "mo", "dy"):
            self._created.setdefault(word, number)

    def _into(self, name: str) -> None:
        if self._state.into or name in ("title", "author"):  # these two stand in a group that is not read
            self._state = replace(self._state, into=name)

    def _flush(self) -> None:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            font = self._state.font
            legacy = self._kind(font)
            encoding = "latin-1" if legacy else self._charsets.get(font, self._codepage)
            self._add(data.decode(encoding, "replace"))

    def _kind(self, font: int) -> str:
        return kind("".join(self._names[font]).partition(";")[0]) if font in self._names else ""

    def _add(self, text: str) -> None:
        into = self._state.into
        if into in self._flows:
            self._flows[into].add(text, self._kind(self._state.font))
        elif into == _FONTS:
            self._names[self._state.font].append(text)
        elif into:
            self._said[into].append(text)

    def _end_paragraph(self) -> None:
        if flow := self._flows.get(self._state.into):
            flow.end_paragraph()
            flow.start_paragraph()


def paired(text: str) -> str:
    """Characters past U+FFFF are written in two halves."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
