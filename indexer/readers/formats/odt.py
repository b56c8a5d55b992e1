"""`.odt`: the text of OpenDocument in its order, title and the like from `meta.xml`.

Read from its XML: odfpy, the library for it, has had no release since 2020 and parses with entities on.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from indexer.readers.formats import office
from indexer.readers.formats.article import document
from indexer.readers.formats.flow import Flow
from indexer.readers.metadata.fields import Metadata, language_code, line_of
from indexer.readers.metadata.title import split_title, without_title
from indexer.readers.record import Found, Item, Record, Unreadable
from indexer.readers.text.decode import MAX_TEXT, clean, mended_text, too_long
from indexer.readers.text.fonts import kind
from search.dates import iso_date

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_SPACES = {f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n", f"{_TEXT}s": " "}
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_ROW = f"{_TABLE}table-row"
_CELL = f"{_TABLE}table-cell"
_COMMENT = f"{_OFFICE}annotation"
_UNREAD = frozenset(
    (
        *(f"{_TEXT}tracked-changes", f"{_TEXT}sequence-decls", f"{_TEXT}note-citation", f"{_TEXT}ruby-text"),
        *(f"{_TEXT}page-number", f"{_TEXT}page-count", _COMMENT),
    )
)
_MARGINS = tuple(f"{_STYLE}{each}{side}" for each in ("header", "footer") for side in ("", "-left", "-first"))
_WHITE = re.compile("[ \t\r\n]+")
_MAX_STYLES = 50  # one based on the other


def read(item: Item) -> Iterator[Found]:
    """The one document of a text document."""
    with office.opened(item.stream, "odt") as parts:
        names = parts.namelist()
        if "META-INF/manifest.xml" in names and b"encryption-data" in office.part(
            parts, "META-INF/manifest.xml"
        ):
            raise Unreadable("encrypted; save it without its password")
        content = office.xml(office.part(parts, "content.xml"))
        meta, shared = (_optional(parts, name) for name in ("meta.xml", "styles.xml"))
    styles = _Styles([root for root in (shared, content) if root is not None])
    body, aside, margins = Flow(), Flow(), Flow()
    found = content.find(f".//{_OFFICE}body")
    _walk(content if found is None else found, body, styles)
    for comment in content.iter(_COMMENT):
        _walk(comment, aside, styles)
    for margin in shared.iter(*_MARGINS) if shared is not None else ():
        _walk(margin, margins, styles)
    yield _record(item, _metadata(meta) if meta is not None else Metadata(), body, aside, margins)


def _record(item: Item, said: Metadata, body: Flow, aside: Flow, margins: Flow) -> Record:
    fonts = body.fonts(aside, margins)
    edges = dict.fromkeys(text for text, _ in margins.texts(fonts))  # a letterhead is read once
    found = mended_text("\n\n".join((*(text for text, _ in body.texts(fonts)), *edges)))
    text = clean(found.text).strip()
    if len(text) > MAX_TEXT:
        raise Unreadable(too_long())
    if not text:
        raise Unreadable("empty: no text in it; if its pages are pictures, run them through OCR first")
    title, text = (said.title, without_title(text, said.title)) if said.title else split_title(text)
    made = document(item.id, title, text, said, Metadata())
    comments = clean("\n".join(text for text, _ in aside.texts(fonts)))
    return Record(replace(made, boilerplate=comments), item.file, repairs=(*fonts.repairs, *found.repairs))


def _optional(parts: zipfile.ZipFile, name: str) -> etree._Element | None:
    return office.xml(office.part(parts, name)) if name in parts.namelist() else None


def _walk(root: etree._Element, flow: Flow, styles: "_Styles") -> None:
    """Put the text below an element into a flow; frames and notes stand apart from their paragraph."""
    walker = etree.iterwalk(root, events=("start", "end"))
    kinds = [styles.plain]
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if tag in _UNREAD and element is not root:
                walker.skip_subtree()
                continue
            own = styles.kind(element)
            kinds.append(kinds[-1] if own is None else own)
            if tag in _PARAGRAPHS:
                flow.start_paragraph()
            elif tag == _ROW:
                flow.start_row()
            elif tag == _CELL:
                flow.start_cell()
            flow.add(_SPACES.get(tag, "") + _WHITE.sub(" ", element.text or ""), kinds[-1])
        else:
            if tag not in _UNREAD or element is root:
                kinds.pop()
            if tag in _PARAGRAPHS:
                flow.end_paragraph()
            elif tag == _ROW:
                flow.end_row()
            if element is not root:
                flow.add(_WHITE.sub(" ", element.tail or ""), kinds[-1])


class _Styles:
    """In which kind of font the styles of a document are."""

    def __init__(self, roots: list[etree._Element]) -> None:
        faces = {
            str(face.get(f"{_STYLE}name")): _family(face)
            for root in roots
            for face in root.iter(f"{_STYLE}font-face")
        }
        self._fonts: dict[str, str] = {}
        self._based: dict[str, str] = {}
        self.plain = ""
        for root in roots:
            for style in root.iter(f"{_STYLE}style", f"{_STYLE}default-style"):
                properties = style.find(f"{_STYLE}text-properties")
                named = "" if properties is None else str(properties.get(f"{_STYLE}font-name") or "")
                font = faces.get(named, named) or ("" if properties is None else _family(properties))
                if style.tag == f"{_STYLE}default-style":
                    self.plain = kind(font) or self.plain
                else:
                    name = str(style.get(f"{_STYLE}name"))
                    self._fonts[name] = font
                    self._based[name] = str(style.get(f"{_STYLE}parent-style-name") or "")

    def kind(self, element: etree._Element) -> str | None:
        """The kind of font of an element's own style; None when it has the font that is around it."""
        name = str(element.get(f"{_TEXT}style-name") or "")
        for _ in range(_MAX_STYLES):
            if font := self._fonts.get(name):
                return kind(font)
            name = self._based.get(name, "")
        return None


def _family(properties: etree._Element) -> str:
    """The family of fonts that an element names, whichever prefix its attributes have."""
    return next((str(said) for key, said in properties.attrib.items() if key.endswith("}font-family")), "")


def _metadata(meta: etree._Element) -> Metadata:
    def said(*tags: str) -> str:
        return next((line_of(found) for tag in tags if (found := meta.findtext(f".//{tag}") or "")), "")

    return Metadata(
        title=said(f"{_DC}title"),
        language=language_code(said(f"{_DC}language")),
        source=said(f"{_DC}publisher"),
        author=said(f"{_META}initial-creator", f"{_DC}creator"),
        date=iso_date(said(f"{_META}creation-date", f"{_DC}date")),
    )
