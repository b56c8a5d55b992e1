"""`.odt`: the text of OpenDocument in its order, title and the like from `meta.xml`.

Read from its XML: odfpy, the library for it, has had no release since 2020 and parses with entities on.
"""

from collections.abc import Iterator

from lxml import etree

from indexer.readers.formats import office
from indexer.readers.formats.article import document
from indexer.readers.metadata.fields import Metadata, language_code, line_of
from indexer.readers.metadata.title import split_title, without_title
from indexer.readers.record import Found, Item, Record, Unreadable
from indexer.readers.text.decode import MAX_TEXT, clean, too_long
from search.dates import iso_date

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_SPACES = {f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n", f"{_TEXT}s": " "}
_UNREAD = frozenset((f"{_TEXT}tracked-changes", f"{_TEXT}sequence-decls", f"{_OFFICE}annotation"))
_BLOCKS = (f"{_TEXT}p", f"{_TEXT}h", f"{_TABLE}table-row")


def read(item: Item) -> Iterator[Found]:
    """The one document of a text document."""
    with office.opened(item.stream, "odt") as parts:
        names = parts.namelist()
        if "META-INF/manifest.xml" in names and b"encryption-data" in office.part(
            parts, "META-INF/manifest.xml"
        ):
            raise Unreadable("encrypted; save it without its password")
        content = office.xml(office.part(parts, "content.xml"))
        meta = office.xml(office.part(parts, "meta.xml")) if "meta.xml" in names else None
    text = clean("\n\n".join(filter(None, _blocks(content)))).strip()
    if len(text) > MAX_TEXT:
        raise Unreadable(too_long())
    if not text:
        raise Unreadable("empty: no text in it; if its pages are pictures, run them through OCR first")
    said = _metadata(meta) if meta is not None else Metadata()
    title, text = (said.title, without_title(text, said.title)) if said.title else split_title(text)
    yield Record(document(item.id, title, text, said, Metadata()), item.file)


def _blocks(content: etree._Element) -> Iterator[str]:
    """Paragraphs, headings and rows of tables; the outermost of each, for a row holds paragraphs."""
    body = content.find(f".//{_OFFICE}text")
    within: etree._Element | None = None
    unread = 0
    for event, element in etree.iterwalk(body if body is not None else content, events=("start", "end")):
        if element.tag in _UNREAD:
            unread += 1 if event == "start" else -1
        if element.tag not in _BLOCKS or unread:
            continue
        if event == "start" and within is None:
            within = element
            if element.tag == f"{_TABLE}table-row":
                yield "  ".join(filter(None, (_inline(each) for each in element.iter(*_BLOCKS[:2]))))
            else:
                yield _inline(element)
        elif event == "end" and element is within:
            within = None


def _inline(block: etree._Element) -> str:
    parts: list[str] = []
    unread = 0
    for event, element in etree.iterwalk(block, events=("start", "end")):
        if event == "start":
            unread += element.tag in _UNREAD
            parts += [] if unread else [_SPACES.get(element.tag, ""), element.text or ""]
        else:
            unread -= element.tag in _UNREAD
            parts += [] if unread or element is block else [element.tail or ""]
    return "\n".join(" ".join(line.split()) for line in "".join(parts).split("\n")).strip()


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
