"""The title of a text that has no other: its first line, or the beginning of a very long one."""

import re
import unicodedata

MAX_TITLE = 200
"""Characters; a longer first line is a paragraph, not a title."""

# The stop of a sentence has three lower-case letters before it, or a closing quotation mark: `TP. Huế`,
# `M. Tran` and `GS.TS. Lan` do not end one.
_SENTENCE_END = re.compile(r"(?:(?<=[^\W\d_]{3})[.]|[!?…])[»”\")]*(?=\s+[^\W\d_«“\"])")
_MIN_SENTENCE = 30


def one_line(text: str) -> str:
    """Text on one line, as titles are: runs of white space become one space."""
    return " ".join(text.split())


def split_title(text: str) -> tuple[str, str]:
    """The title and the body of a text. A first line too long for a title stays in the body whole."""
    line, _, rest = text.lstrip().partition("\n")
    title = one_line(line)
    if len(title) <= MAX_TITLE:
        return title, rest.strip()
    return shorten(title), text.strip()


def without_title(text: str, title: str) -> str:
    """The body of a text whose title is known from elsewhere: its first line goes if it repeats the title."""
    line, _, rest = text.lstrip().partition("\n")
    return rest.strip() if _same(line, title) else text.strip()


def shorten(line: str) -> str:
    """At most MAX_TITLE characters of a line: its first sentence, else whole words and an ellipsis."""
    if len(line) <= MAX_TITLE:
        return line
    for stop in _SENTENCE_END.finditer(line, _MIN_SENTENCE, MAX_TITLE):
        return line[: stop.end()]
    cut = line[:MAX_TITLE]
    if " " in cut:
        return cut.rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
    while cut and unicodedata.combining(line[len(cut)]):  # never between a letter and its accent
        cut = cut[:-1]
    return cut + "…"


def _same(left: str, right: str) -> bool:
    return unicodedata.normalize("NFC", one_line(left)) == unicodedata.normalize("NFC", one_line(right))
