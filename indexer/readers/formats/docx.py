"""`.docx`: paragraphs and tables in their order, footnotes below, title and the like from its properties."""

from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from indexer.readers.formats import office
from indexer.readers.formats.article import document
from indexer.readers.metadata.fields import Metadata, language_code, line_of
from indexer.readers.metadata.title import split_title, without_title
from indexer.readers.record import Found, Item, Record, Unreadable
from indexer.readers.text.decode import MAX_TEXT, clean, too_long

_TITLES = ("Title", "Heading 1")
_FOOTNOTES = "word/footnotes.xml"


def read(item: Item) -> Iterator[Found]:
    """The one document of a Word file."""
    with office.opened(item.stream, "docx") as parts:
        for name in parts.namelist():
            if name.endswith(".xml") and name.startswith("word/"):
                office.part(parts, name)  # bounded here, for the library would read anything
        notes = _footnotes(office.part(parts, _FOOTNOTES)) if _FOOTNOTES in parts.namelist() else []
    item.stream.seek(0)
    try:
        word = docx.Document(BytesIO(item.stream.read()))
    except (OpcError, KeyError, ValueError) as error:
        raise Unreadable(f"damaged docx file ({error}); save it again") from error
    text = clean("\n\n".join(filter(None, (*_blocks(word), *notes)))).strip()
    if len(text) > MAX_TEXT:
        raise Unreadable(too_long())
    if not text:
        raise Unreadable("empty: no text in it; if its pages are pictures, run them through OCR first")
    said = _metadata(word)
    title = said.title or _first_heading(word)
    title, text = (title, without_title(text, title)) if title else split_title(text)
    yield Record(document(item.id, title, text, said, Metadata()), item.file)


def _blocks(word: WordDocument) -> Iterator[str]:
    for block in word.iter_inner_content():
        if isinstance(block, Paragraph):
            yield _text(block)
        else:
            yield from _rows(block)


def _text(paragraph: Paragraph) -> str:
    # not `paragraph.text`: it leaves out what stands in tracked insertions
    kinds = {
        qn("w:t"): None,
        qn("w:tab"): " ",
        qn("w:br"): "\n",
        qn("w:cr"): "\n",
        qn("w:noBreakHyphen"): "‑",
    }
    return "".join(
        (node.text or "") if kinds[node.tag] is None else str(kinds[node.tag])
        for node in paragraph._p.iter(*kinds)
    ).strip()


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells: dict[object, str] = {}
        for cell in row.cells:  # merged cells come once for each column they cover
            cells.setdefault(cell._tc, " ".join(filter(None, map(_text, cell.paragraphs))))
        yield "  ".join(filter(None, cells.values()))


def _footnotes(data: bytes) -> list[str]:
    notes = office.xml(data).iter(qn("w:footnote"))
    return ["".join(node.text or "" for node in note.iter(qn("w:t"))).strip() for note in notes]


def _metadata(word: WordDocument) -> Metadata:
    properties = word.core_properties
    written = properties.created or properties.modified
    return Metadata(
        title=line_of(properties.title or ""),
        language=language_code(properties.language or ""),
        author=line_of(properties.author if properties.author != "python-docx" else ""),
        date=written.date().isoformat() if written else "",
    )


def _first_heading(word: WordDocument) -> str:
    for paragraph in word.paragraphs:
        if paragraph.style is not None and paragraph.style.name in _TITLES and _text(paragraph):
            return line_of(_text(paragraph))
    return ""
