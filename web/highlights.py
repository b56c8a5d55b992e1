"""Text of documents made safe to show, with its matches in <mark>."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from search import Highlight, passage_language

_BIDI = "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates: “\u202egnp.exe” reads “exe.png”
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff"
_SURROGATES = "\ud800-\udfff"
_LINE_END = re.compile(r"\s+")
MAX_LISTED = 100
"""Matches that are listed; all of them are highlighted."""
AROUND = 40
"""Characters before and after a listed match."""
_UNSHOWABLE = re.compile(f"[{_BIDI}{_CONTROLS}{_SURROGATES}]")
_NOT_IN_A_LINK = re.compile(f"[\\s\\\\{_BIDI}{_CONTROLS}{_SURROGATES}]")


def displayable(value: object) -> object:
    """A value as a page may show it: strings lose control characters, the bidirectional ones too.

    Every expression of every template goes through here. What cannot be encoded shows as U+FFFD.
    """
    if not isinstance(value, str) or not _UNSHOWABLE.search(value):
        return value
    shown = _UNSHOWABLE.sub(lambda found: "\ufffd" if "\ud800" <= found[0] <= "\udfff" else "", value)
    return Markup(shown) if isinstance(value, Markup) else shown  # noqa: S704 - it was escaped before


def legible(text: str) -> str:
    """A title as it may be shown, empty when nothing of it can be seen."""
    return str(displayable(text)).strip()


def outward(url: str) -> str:
    """The address when it leads to a web site, else nothing: no `javascript:`, no `file:`."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc or _NOT_IN_A_LINK.search(url):
        return ""
    return url


def highlighted(text: str, highlights: Iterable[Highlight]) -> Markup:
    """One stretch of text, escaped, with its highlights."""
    return _stretch(text, 0, len(text), list(_tidy(highlights, len(text))), 0, numbered=False)


@dataclass(frozen=True, slots=True)
class HighlightedText:
    """A long text as paragraphs, the language of each, and its highlights, perhaps numbered (`m1`, `m2`…)."""

    paragraphs: tuple[Markup, ...]
    languages: tuple[str, ...]
    highlights: tuple[Highlight, ...]

    @property
    def matches(self) -> int:
        """How many highlights there are."""
        return len(self.highlights)


def highlighted_text(
    text: str, highlights: Iterable[Highlight], language: str = "", *, numbered: bool = True
) -> HighlightedText:
    """A whole text in `language` as paragraphs. A highlight over a line end is cut there, with one number.

    Blank lines part paragraphs, single line ends (a poem, an address) stay line breaks. In a text
    without any blank line, as scraped pages are, each line is a paragraph.
    """
    tidy = list(_tidy(highlights, len(text)))
    ends = [end for _, end in tidy]
    airy = any(not line.strip() for line in text.strip().splitlines())
    paragraphs: list[list[Markup]] = [[]]
    spans: list[list[int]] = [[0, 0]]
    start = 0
    for line in text.splitlines(keepends=True):
        if not (airy and line.strip()):
            paragraphs.append([])
            spans.append([start, start])
        if line.strip():
            first = bisect_right(ends, start)
            html = _stretch(text, start, start + len(line), tidy, first, numbered=numbered)
            paragraphs[-1].append(html)
            spans[-1][1] = start + len(line)
        start += len(line)
    return HighlightedText(
        tuple(Markup("<br>").join(lines) for lines in paragraphs if lines),
        tuple(
            passage_language(text[begin:end], language)
            for lines, (begin, end) in zip(paragraphs, spans, strict=True)
            if lines
        ),
        tuple(tidy),
    )


def listed_matches(text: str, highlights: Iterable[Highlight]) -> list[Markup]:
    """The first matches in a text, each with the words around it on one line, for a list of links."""
    tidy = list(_tidy(highlights, len(text)))
    found = []
    for start, end in tidy[:MAX_LISTED]:
        before = " ".join(text[max(0, start - AROUND) : start].split(" ")[start > AROUND :])
        after = text[end : end + AROUND]
        if end + AROUND < len(text):
            after = after.rpartition(" ")[0] or after
        found.append(
            Markup("{}{}<mark>{}</mark>{}{}").format(
                "…\xa0" if start > AROUND else "",
                _LINE_END.sub(" ", before),
                text[start:end],
                _LINE_END.sub(" ", after),
                "\xa0…" if end + AROUND < len(text) else "",
            )
        )
    return found


def _stretch(
    text: str, start: int, end: int, tidy: Sequence[Highlight], first: int, *, numbered: bool
) -> Markup:
    """The characters from start to end with the highlights that reach into them, from `tidy[first]` on."""
    html: list[str] = []  # each piece escaped; joined as plain strings, or Markup would escape all anew
    reached = start
    for number in range(first, len(tidy)):
        mark_start, mark_end = tidy[number]
        if mark_start >= end:
            break
        html += (
            escape(text[reached:mark_start]),
            f'<mark id="m{number + 1}">' if numbered and mark_start >= start else "<mark>",
            escape(text[max(mark_start, start) : min(mark_end, end)]),
            "</mark>",
        )
        reached = mark_end
    html.append(escape(text[reached:end]))
    return Markup("".join(html))  # noqa: S704 - see above


def _tidy(highlights: Iterable[Highlight], length: int) -> Iterator[Highlight]:
    """The highlights in order, inside the text and apart, whatever came in."""
    reached = 0
    for mark_start, mark_end in sorted(highlights):
        start, end = max(mark_start, reached), min(mark_end, length)
        if start < end:
            yield start, end
            reached = end
