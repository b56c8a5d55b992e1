"""`.docx`: paragraphs and tables in their order, notes below, title and the like from its properties.

Read from its XML: python-docx leaves out content controls, text boxes, tables in tables and notes.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from indexer.readers.formats import office
from indexer.readers.formats.article import document
from indexer.readers.formats.flow import Flow
from indexer.readers.formats.opc import Package, first, local, value, walk
from indexer.readers.metadata.fields import Metadata, line_of
from indexer.readers.metadata.title import split_title, without_title
from indexer.readers.record import Found, Item, Record, Unreadable
from indexer.readers.text.decode import MAX_TEXT, clean, mended_text, too_long
from indexer.readers.text.fonts import kind

_USUAL = "word/document.xml"
_TITLES = ("title", "heading 1")
_PROGRAMS = ("python-docx", "Word Document")  # what a program writes where a person did not
_MAX_STYLES = 50  # one based on the other
_PAGE_NUMBER = re.compile(r"\W*+(?:page|trang|p\.)?+[\s\d/–-]*+(?:sur|of|de)?+[\s\d]*+\W*+", re.IGNORECASE)


def read(item: Item) -> Iterator[Found]:
    """The one document of a Word file."""
    with office.opened(item.stream, "docx") as parts:
        package = Package(parts, _USUAL)
        main = package.xml(package.main)
        if local(main) != "document":
            raise Unreadable("damaged docx file: no text where it should be; save it again")
        styles = _Styles(package)
        body, aside, margins = Flow(), Flow(), Flow()
        walk(main, body, lambda run: styles.font(run, body.paragraph))
        for flow, kinds in (
            (body, ("footnotes", "endnotes")),
            (aside, ("comments",)),
            (margins, ("header", "footer")),
        ):
            for name in (name for each in kinds for name in package.related(package.main, each)):
                for note in _notes(package.xml(name)):
                    walk(note, flow, lambda run, flow=flow: styles.font(run, flow.paragraph))  # type: ignore[misc]
        said = package.properties()
    yield _record(item, said, styles, body, aside, margins)


def _record(item: Item, said: Metadata, styles: "_Styles", body: Flow, aside: Flow, margins: Flow) -> Record:
    fonts = body.fonts(aside, margins)
    blocks = list(body.texts(fonts))
    # a letterhead is on every page, and is read once, after what the pages say
    edges = dict.fromkeys(text for text, _ in margins.texts(fonts) if not _PAGE_NUMBER.fullmatch(text))
    found = mended_text("\n\n".join((*(text for text, _ in blocks), *edges)))
    text = clean(found.text).strip()
    if len(text) > MAX_TEXT:
        raise Unreadable(too_long())
    if not text:
        raise Unreadable("empty: no text in it; if its pages are pictures, run them through OCR first")
    heading = next((text for text, paragraph in blocks if styles.is_heading(paragraph)), "")
    title = ("" if said.title in _PROGRAMS else said.title) or line_of(mended_text(heading).text)
    title, text = (title, without_title(text, title)) if title else split_title(text)
    said = replace(said, author="" if said.author in _PROGRAMS else said.author)
    made = document(item.id, title, text, said, Metadata())
    comments = clean("\n".join(text for text, _ in aside.texts(fonts)))
    return Record(replace(made, boilerplate=comments), item.file, repairs=(*fonts.repairs, *found.repairs))


def _notes(part: etree._Element) -> Iterator[etree._Element]:
    """The notes of a part; a header is one. The lines that part notes from the text are none."""
    if local(part) not in ("footnotes", "endnotes", "comments"):
        yield part
        return
    yield from (note for note in part if "eparator" not in value(note, "type"))


class _Styles:
    """What the styles of a file say of its paragraphs: which are headings, and in which font they are."""

    def __init__(self, package: Package) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default = ""
        self._kinds: dict[str, str] = {}
        self._plain = ""
        for name in package.related(package.main, "styles")[:1]:
            root = package.xml(name)
            self._styles = {value(each, "styleId"): each for each in root if local(each) == "style"}
            self._plain = _font(first(root, "docDefaults", "rPrDefault", "rPr"))
            self._default = next(
                (
                    id
                    for id, style in self._styles.items()
                    if value(style, "type") == "paragraph" and value(style, "default") in ("1", "true", "on")
                ),
                "",
            )

    def font(self, run: etree._Element, paragraph: object) -> str:
        """The kind of font of a run: its own, that of its style, or that of its paragraph's style."""
        properties = first(run, "rPr")
        font = _font(properties) or self._of_style(_named(properties, "rStyle"))
        return kind(font or self._of_style(self._style_of(paragraph) or self._default) or self._plain)

    def is_heading(self, paragraph: object) -> bool:
        """Whether a paragraph is the title of the text or of its first part."""
        style = self._styles.get(self._style_of(paragraph))
        return style is not None and _named(style, "name").lower() in _TITLES

    def _style_of(self, paragraph: object) -> str:
        return _named(first(paragraph, "pPr"), "pStyle") if isinstance(paragraph, etree._Element) else ""

    def _of_style(self, id: str) -> str:
        if id not in self._kinds:
            font, style = "", self._styles.get(id)
            for _ in range(_MAX_STYLES):  # two may be based on each other
                if style is None or font:
                    break
                font = _font(first(style, "rPr"))
                style = self._styles.get(_named(style, "basedOn"))
            self._kinds[id] = font
        return self._kinds[id]


def _font(properties: etree._Element | None) -> str:
    """The font that properties of a run name; empty when they name none."""
    fonts = first(properties, "rFonts") if properties is not None else None
    return (value(fonts, "ascii") or value(fonts, "hAnsi")) if fonts is not None else ""


def _named(properties: etree._Element | None, name: str) -> str:
    found = first(properties, name) if properties is not None else None
    return value(found, "val") if found is not None else ""
