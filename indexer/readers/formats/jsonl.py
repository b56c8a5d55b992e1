"""`.jsonl`: one JSON object a line; a broken line is one failure, and the rest goes on."""

import io
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from indexer.readers.metadata.fields import line_of, metadata
from indexer.readers.metadata.title import one_line, shorten
from indexer.readers.record import Failure, Found, Item, Record, Unreadable
from indexer.readers.text.decode import MAX_TEXT, UTF_16, clean, legacy, too_long
from indexer.readers.text.mend import mended
from search.document import Document

_NOT_UTF_8 = re.compile("[\udc80-\udcff]")  # what surrogateescape makes of a byte that is not UTF-8
_LINES = ("title", "source", "author")  # fields of one line that hold words
_LINE_END = re.compile("[\r\n]")

_MAX_ID = 1000
_MAX_BLANK_LINES = 1_000_000  # a decompression bomb of line ends would keep us busy for minutes


def read(item: Item) -> Iterator[Found]:
    """One document or failure for each line that is not blank; only one line is in memory."""
    nothing = True
    blank = 0
    for number, line in enumerate(_lines(item.stream), 1):
        if not line.strip():
            blank += 1
            if blank > _MAX_BLANK_LINES:
                raise Unreadable(f"more than {_MAX_BLANK_LINES:,} blank lines: no collection of documents")
            continue
        nothing = False
        try:
            document, repairs = _document(line, f"{item.id}#{number}")
            yield Record(document, item.file, number, repairs=repairs)
        except Unreadable as error:
            yield Failure(item.file, str(error), number)
    if nothing:
        raise Unreadable("empty")


def _lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of a file, in bounded memory: of one that is too long, only a beginning that is too long."""
    is_utf_16 = stream.read(2) in UTF_16
    stream.seek(0)
    encoding, errors = ("utf-16", "replace") if is_utf_16 else ("utf-8-sig", "surrogateescape")
    text = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="\n")
    try:
        while line := text.readline(MAX_TEXT + 1):
            rest = line
            while len(rest) > MAX_TEXT and not rest.endswith("\n"):
                rest = text.readline(MAX_TEXT + 1)
            yield line.rstrip("\n")
    finally:
        text.detach()  # the stream belongs to the caller, who closes it


def _document(line: str, place: str) -> tuple[Document, tuple[str, ...]]:
    line, repairs = _as_utf_8(line)
    fields, more = _mended(_object(line))
    said = metadata(fields, place)
    body = clean(str(fields["text"])).strip()
    # A record's text is what it calls its text: a title made of its beginning takes nothing away.
    title = said.title or shorten(one_line(body.partition("\n")[0]))
    if not title:
        raise Unreadable("empty: neither title nor text")
    document = Document(
        id=_id(fields) or place,
        title=title,
        text=body,
        language=said.language,
        url=said.url,
        source=said.source,
        author=said.author,
        date=said.date,
        alternates=said.alternates,
    )
    return document, repairs + more


def _mended(fields: dict[str, object]) -> tuple[dict[str, object], tuple[str, ...]]:
    """The fields, set right together: a title is too short to show by itself what is wrong with all of them.

    Before anything cleans them, for half of the signs that tell it are control characters.
    """
    text = _text(fields)
    lines = {name: said for name in _LINES if isinstance(said := fields.get(name), str)}
    whole, repairs = mended("\n".join((*(_LINE_END.sub(" ", said) for said in lines.values()), text)))
    if not repairs:
        return fields, ()
    *heads, text = whole.split("\n", len(lines))
    return fields | dict(zip(lines, heads, strict=True)) | {"text": text}, repairs


def _as_utf_8(line: str) -> tuple[str, tuple[str, ...]]:
    """The line; if it is not UTF-8, in the encoding that the evidence speaks for."""
    if len(line) > MAX_TEXT or not _NOT_UTF_8.search(line):
        return line, ()
    found = legacy(line.encode("utf-8", "surrogateescape"))
    if found is None:
        raise Unreadable("not UTF-8 text; save the file as UTF-8")
    return found.text, found.repairs


def _object(line: str) -> dict[str, object]:
    if len(line) > MAX_TEXT:
        raise Unreadable(too_long())
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise Unreadable(f"broken JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:  # a number of 10,000 digits, 10,000 brackets
        raise Unreadable(f"broken JSON: {error}") from error
    if not isinstance(fields, dict):
        raise Unreadable('not a JSON object; a line looks like {"id": …, "title": …, "text": …}')
    return fields


def _id(fields: dict[str, object]) -> str:
    id = fields.get("id")
    written = clean(id).strip() if isinstance(id, str) else line_of(id)
    if len(written) > _MAX_ID:
        raise Unreadable(f'"id" is longer than {_MAX_ID} characters')
    return written


def _text(fields: dict[str, object]) -> str:
    """The text as it is written."""
    text = fields.get("text")
    if text is None:
        raise Unreadable('no "text"; a line looks like {"id": …, "title": …, "text": …}')
    if not isinstance(text, str):
        raise Unreadable(f'"text" is not a string but {type(text).__name__}')
    return text
