"""`.csv`: a document a row; the first row names the columns, in English, French or Vietnamese."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from indexer.readers.metadata.fields import metadata
from indexer.readers.metadata.title import one_line, shorten
from indexer.readers.record import Failure, Found, Item, Record, Unreadable
from indexer.readers.text.decode import MAX_TEXT, clean, decoded, too_long
from search.analysis.normalize import fold, surface
from search.document import Document

_MAX_FILE = 200_000_000
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "identifiant", "ma", "ma so"),
    "title": ("title", "titre", "tieu de", "ten", "nhan de"),
    "text": ("text", "content", "body", "texte", "contenu", "corps", "noi dung", "van ban"),
    "lang": ("lang", "language", "langue", "ngon ngu"),
    "url": ("url", "link", "lien", "adresse", "duong dan", "lien ket"),
    "source": ("source", "nguon"),
    "author": ("author", "auteur", "tac gia"),
    "date": ("date", "ngay", "ngay dang"),
    "alternates": ("alternates",),
}
_NAMES = {name: column for column, names in _COLUMNS.items() for name in names}
_DELIMITERS = ",;\t|"
_SAMPLE = 20_000


def read(item: Item) -> Iterator[Found]:
    """One document or failure for each row that is not blank."""
    data = item.stream.read(_MAX_FILE + 1)
    if len(data) > _MAX_FILE:
        raise Unreadable(f"more than {_MAX_FILE // 1_000_000} MB in one table; split it, or make it .jsonl")
    page = decoded(data)
    rows = csv.reader(io.StringIO(page.text, newline=""), delimiter=_delimiter(page.text), strict=False)
    csv.field_size_limit(MAX_TEXT)
    columns = _columns(next(rows, []))
    number = 0
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            reason = too_long() if "field larger" in str(error) else f"broken row: {error}"
            yield Failure(item.file, reason, line)
            continue
        if row is None:
            return
        if not any(cell.strip() for cell in row):
            continue
        number += 1
        try:
            yield Record(
                _document(row, columns, f"{item.id}#{number}"), item.file, line, repairs=page.repairs
            )
        except Unreadable as error:
            yield Failure(item.file, str(error), line)


def _delimiter(text: str) -> str:
    """The one that the header has most of: a text below is full of commas."""
    header = text[:_SAMPLE].partition("\n")[0]
    return max(_DELIMITERS, key=header.count)


def _columns(header: Sequence[str]) -> Sequence[str]:
    """The field of each column, or the header itself where it is none of ours."""
    names = [_NAMES.get(_folded(name), one_line(name)) for name in header]
    if "text" not in names and "title" not in names:
        raise Unreadable(
            "the first row names no column of texts; "
            "call one “text” (texte, nội dung) or “title” (titre, tiêu đề)"
        )
    return names


def _document(row: Sequence[str], columns: Sequence[str], place: str) -> Document:
    fields: dict[str, str] = {}
    others: list[str] = []
    for name, cell in zip(columns, row, strict=False):
        value = clean(cell).strip()
        if name in _COLUMNS and name not in fields:
            fields[name] = value
        elif value:
            others.append(f"{name}: {value}" if name else value)
    others += [value for cell in row[len(columns) :] if (value := clean(cell).strip())]
    text = "\n".join(filter(None, (fields.get("text", ""), *others)))
    said = metadata({**fields, "alternates": fields.get("alternates", "").split()}, place)
    title = said.title or shorten(one_line(text.partition("\n")[0]))
    if not title:
        raise Unreadable("empty: neither title nor text")
    return Document(
        id=one_line(fields.get("id", "")) or place,
        title=title,
        text=text,
        language=said.language,
        url=said.url,
        source=said.source,
        author=said.author,
        date=said.date,
        alternates=said.alternates,
    )


def _folded(name: str) -> str:
    return " ".join(fold(surface(word)) for word in name.replace("_", " ").split())
