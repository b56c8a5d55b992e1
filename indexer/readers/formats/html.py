"""`.html`: the article of a page with its metadata; what stands around it is kept as boilerplate.

trafilatura tells the article from the page. Running text that it leaves out stays all the same, unless the
page itself marks it as navigation, footer or the like: a menu too much does less harm than a paragraph lost.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import trafilatura
from lxml.html import HtmlElement

from indexer import dateline
from indexer.clean import clean
from indexer.readers.formats.article import document
from indexer.readers.formats.blocks import Block, blocks, declared_charset, flat, parse
from indexer.readers.metadata.alternates import linked, resolved
from indexer.readers.metadata.fields import Metadata, language_code, line_of
from indexer.readers.metadata.title import split_title, without_title
from indexer.readers.record import Found, Item, Record, Unreadable
from indexer.readers.text.decode import MAX_TEXT, Decoded, decoded, too_long
from search.dates import iso_date

_MAX_CHARACTERS = 2_000_000  # characters; trafilatura takes seconds and a gigabyte for more
_MAX_BOILERPLATE = 100_000
_RUNNING_TEXT = 80  # characters from which a block that ends as a sentence does is text, not a label
_MOSTLY_LINKS = 0.4
_SENTENCE_END = (".", "!", "?", "…", "»", "”", '"', ":", ";")
_LETTERS = re.compile(r"\W+")
_LONG = 40
_NEAR = 5  # blocks


@dataclass(frozen=True, slots=True)
class SavedPage:
    """What a page says, and what is around it."""

    said: Metadata
    text: str
    boilerplate: str


def read(item: Item) -> Iterator[Found]:
    """The one document of a page."""
    data = item.stream.read(MAX_TEXT + 1)
    if len(data) > MAX_TEXT:
        raise Unreadable(too_long())
    yield record(item, decoded(data, declared_charset(data)))


def record(item: Item, page: Decoded, url: str = "") -> Record:
    """The document of a page; `url` is where it was saved from, if the file says so."""
    found = understood(page.text)
    if not found.text:
        raise Unreadable("empty: no text in the page")
    title, text = found.said.title, found.text
    title, text = (title, without_title(text, title)) if title else split_title(text)
    url = url or found.said.url
    said = replace(found.said, url=url, alternates=resolved(found.said.alternates, url, item.id))
    made = document(item.id, title, text, said, Metadata())
    return Record(replace(made, boilerplate=found.boilerplate), item.file, repairs=page.repairs)


def understood(page: str) -> SavedPage:
    """The article of a page, its metadata and the rest."""
    tree = parse(page)
    if tree is None:
        return _page(Metadata(), list(flat(page)), [])
    seen = list(blocks(tree))
    said = _metadata(tree)
    if len(page) > _MAX_CHARACTERS:
        article = [block for block in seen if not (block.around or block.boxed)]
    else:
        article = _article(tree, seen)
    if not article:  # a page of a few words, or one that calls everything navigation
        article = [block for block in seen if not (block.around or block.boxed)] or seen
    kept = set(map(id, article))
    said = said if said.date else replace(said, date=_date_above(seen, kept))
    return _page(said, article, [block for block in seen if id(block) not in kept])


def _page(said: Metadata, article: Sequence[Block], rest: Sequence[Block]) -> SavedPage:
    cleaned = clean("\n\n".join(block.text for block in article))
    around = "\n".join(filter(None, (*(block.text for block in rest), cleaned.boilerplate)))
    return SavedPage(said, cleaned.text.strip(), around[:_MAX_BOILERPLATE])


def _article(tree: HtmlElement, seen: Sequence[Block]) -> list[Block]:
    found = trafilatura.extract(
        tree, favor_recall=True, include_comments=False, include_tables=True, include_formatting=False
    )
    lines = {_letters(line) for line in (found or "").split("\n")}
    whole = _letters(found or "")
    if not whole:
        return []
    inside = [place for place, block in enumerate(seen) if _is_article(block, lines, whole)]
    if not inside:
        return []
    # what stands between two pieces of an article belongs to it, if it is no link and in no menu
    kept, between = set(inside), range(inside[0], inside[-1])
    return [
        block for place, block in enumerate(seen) if place in kept or (place in between and _belongs(block))
    ]


def _date_above(seen: Sequence[Block], kept: set[int]) -> str:
    """The date of a line that holds nothing else, close above the article or at its head."""
    start = next((place for place, block in enumerate(seen) if id(block) in kept), 0)
    near = [block for block in seen[max(0, start - _NEAR) : start + 1] if not block.around]
    return next((date for block in reversed(near) if (date := dateline.alone(block.text))), "")


def _belongs(block: Block) -> bool:
    """Whether a block between two pieces of an article is one: a note in a box is, a box of links is not."""
    return not block.around and block.linked < _MOSTLY_LINKS and (not block.boxed or _is_running(block))


def _is_running(block: Block) -> bool:
    return len(block.text) >= _RUNNING_TEXT and block.text.endswith(_SENTENCE_END)


def _is_article(block: Block, lines: set[str], whole: str) -> bool:
    letters = _letters(block.text)
    if letters in lines:
        return not (block.around or block.boxed) or len(letters) > _LONG
    if len(letters) > _LONG and letters in whole:
        return True
    return _is_running(block) and not (block.around or block.boxed) and block.linked < _MOSTLY_LINKS


def _letters(text: str) -> str:
    return _LETTERS.sub("", text)


def _metadata(tree: HtmlElement) -> Metadata:
    """Open Graph, JSON-LD, `<meta>`, `<time>`, the canonical link: what trafilatura knows to find."""
    # Only dates that the page states: the extensive search would take one from a footer or a picture's name.
    dates = {"extensive_search": False, "original_date": True}
    found = trafilatura.extract_metadata(tree, date_config=dates)
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return Metadata(
        title=line_of(found.title or ""),
        language=language_code(language),
        url=line_of(found.url or ""),
        source=line_of(found.sitename or ""),
        author=line_of(found.author or "").replace(";", ","),
        date=iso_date(found.date or ""),
        alternates=linked(tree),
    )
