"""HTML → blocks of text as a reader sees them: paragraphs, headings, list items, rows of tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from lxml import etree
from lxml.html import HtmlElement, document_fromstring
from lxml.html import HTMLParser as TreeParser

_UNSEEN = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "head",
        "iframe",
        "object",
        "select",
        "textarea",
        "math",
    )
)
_BREAKING = frozenset(
    (
        *("p", "div", "section", "article", "main", "body", "header", "footer", "nav", "aside", "form", "ul"),
        *(
            "ol",
            "li",
            "dl",
            "dt",
            "dd",
            "table",
            "tr",
            "caption",
            "blockquote",
            "pre",
            "figure",
            "figcaption",
        ),
        *("h1", "h2", "h3", "h4", "h5", "h6", "hr", "address", "fieldset", "details", "summary", "option"),
        *("center", "button", "thead", "tbody", "tfoot"),
    )
)
_CELLS = ("td", "th")
_AROUND = frozenset(("nav", "header", "footer", "form", "button"))
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "dialog"))
_NAMED_SO = re.compile(
    r"(?:^|[\s_-])(?:cookie|consent|newsletter|share|sharing|social|breadcrumb|menu|related|comments?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BOXED = re.compile(r"(?:^|[\s_-])sidebar(?:$|[\s_-])", re.IGNORECASE)
_ARTICLE = ("article", "main", "h1")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEAD = 4096
_CHARSET = re.compile(
    rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)|\A\s*<\?xml[^>]+encoding=["']([\w.:-]+)""", re.I
)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `linked` is the share of its characters in links; `around` tells the page from its text.

    What is only `boxed` may be either: a column of links beside an article, or a note inside it.
    """

    text: str
    linked: float = 0.0
    around: bool = False
    boxed: bool = False


def declared_charset(data: bytes) -> str:
    """The encoding that a page says it is in; empty when it says none."""
    match = _CHARSET.search(data[:_HEAD])
    return (match[1] or match[2]).decode("ascii", "replace") if match else ""


def parse(page: str) -> HtmlElement | None:
    """The tree of a page; None when it is nested deeper than libxml2 follows, or has no element at all."""
    parser = TreeParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = document_fromstring(_DECLARATION.sub("", page).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    # past that depth the rest of the page would be missing from the tree
    too_deep = any("depth" in entry.message for entry in parser.error_log)
    return None if too_deep else tree


def blocks(tree: HtmlElement) -> Iterator[Block]:
    """The visible blocks of a page, in order. Walks without recursion."""
    building = _Building()
    unseen = around = boxed = links = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        tag = tag.rpartition("}")[2].lower()  # XHTML has a namespace
        hides = tag in _UNSEEN or _is_hidden(element)
        if event == "start":
            if tag in _BREAKING:
                yield from building.end(around > 0, boxed > 0)
            elif tag == "br":
                building.add("\n", 0)
            elif tag in _CELLS:
                building.add(" ", 0)
            unseen += hides
            around += _is_around(element, tag)
            boxed += _is_boxed(element, tag)
            links += tag == "a"
            if not unseen:
                building.add(element.text or "", links)
        else:
            if tag in _BREAKING:
                yield from building.end(around > 0, boxed > 0)
            unseen -= hides
            around -= _is_around(element, tag)
            boxed -= _is_boxed(element, tag)
            links -= tag == "a"
            if not unseen:
                building.add(element.tail or "", links)
    yield from building.end(around > 0, boxed > 0)


def flat(page: str) -> Iterator[Block]:
    """The blocks of a page that `parse` gave up on, from its tags alone."""
    reader = _Flat()
    reader.feed(page)
    reader.close()
    yield from reader.found
    yield from reader.building.end(around=False)


@dataclass(slots=True)
class _Building:
    """The block that is being read."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0

    def add(self, text: str, links: int) -> None:
        if text:
            self.parts.append(text if text == "\n" else text.replace("\n", " "))
            self.linked += len(text.strip()) if links else 0

    def end(self, around: bool, boxed: bool = False) -> Iterator[Block]:
        lines = (" ".join(line.split()) for line in "".join(self.parts).split("\n"))
        text = "\n".join(filter(None, lines))
        if text:
            yield Block(text, min(1.0, self.linked / len(text)), around, boxed)
        self.parts, self.linked = [], 0


class _Flat(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.building = _Building()
        self.found: list[Block] = []
        self._unseen = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN and not self._unseen:
            self._unseen = tag
        if tag in _BREAKING:
            self.found += self.building.end(around=False)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""
        if tag in _BREAKING:
            self.found += self.building.end(around=False)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.building.add(data, 0)


def _is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _is_around(element: HtmlElement, tag: str) -> bool:
    if tag in ("html", "body", "main", "article"):
        return False
    if tag in _AROUND or (element.get("role") or "") in _ROLES:
        return True
    return bool(_NAMED_SO.search(_names(element))) and not _holds_article(element)


def _is_boxed(element: HtmlElement, tag: str) -> bool:
    if tag in ("html", "body", "main", "article"):
        return False
    is_named = bool(_BOXED.search(_names(element))) or element.get("role") == "complementary"
    return (tag == "aside" or is_named) and not _holds_article(element)


def _holds_article(element: HtmlElement) -> bool:
    """Whether the text itself is inside: a site may call the column of its articles `sidebar-1`."""
    return next(element.iter(*_ARTICLE), None) is not None


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
