"""`.rtf`: the text of Rich Text Format, its notes below, title and the like from its own properties.

Read by a reader of our own: a font decides what bytes mean, Windows-1258 here and TCVN3 there, while
striprtf, the library for it, knows one encoding a file.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.readers.formats.article import document
from indexer.readers.formats.rtf_state import Reading, paired
from indexer.readers.metadata.fields import Metadata, line_of
from indexer.readers.metadata.title import split_title, without_title
from indexer.readers.record import Found, Item, Record, Unreadable
from indexer.readers.text.decode import MAX_TEXT, clean, mended_text, too_long

_MAX_FILE = 100_000_000  # bytes: pictures are inside, as text
_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,9})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)"
)


def read(item: Item) -> Iterator[Found]:
    """The one document of a file in Rich Text Format."""
    data = item.stream.read(_MAX_FILE + 1)
    if len(data) > _MAX_FILE:
        raise Unreadable(f"more than {_MAX_FILE // 1_000_000} MB; save it as .docx")
    if not data.startswith(b"{\\rtf"):
        raise Unreadable("damaged rtf file: not its beginning; save it again")
    reading = _read(data)
    body, notes, margins, comments = reading.flows()
    fonts = body.fonts(notes, margins, comments)
    edges = dict.fromkeys(text for text, _ in margins.texts(fonts))  # a letterhead is read once
    blocks = [text for flow in (body, notes) for text, _ in flow.texts(fonts)]
    found = mended_text(paired("\n\n".join((*blocks, *edges))))
    text = clean(found.text).strip()
    if len(text) > MAX_TEXT:
        raise Unreadable(too_long())
    if not text:
        raise Unreadable("empty: no text in it; if its pages are pictures, run them through OCR first")
    said = Metadata(
        title=line_of(reading.said("title")), author=line_of(reading.said("author")), date=reading.date
    )
    title, text = (said.title, without_title(text, said.title)) if said.title else split_title(text)
    made = document(item.id, title, text, said, Metadata())
    aside = clean("\n".join(text for text, _ in comments.texts(fonts)))
    yield Record(replace(made, boilerplate=aside), item.file, repairs=(*fonts.repairs, *found.repairs))


def _read(data: bytes) -> Reading:
    reading = Reading()
    place = 0
    while match := _TOKEN.match(data, place):
        place = match.end()
        if word := match["word"]:
            number = int(match["number"]) if match["number"] else None
            if word == b"bin":  # so many bytes of a picture, whatever they are
                place += max(0, number or 0)
            else:
                reading.word(word.decode("ascii"), number)
        elif match["byte"]:
            reading.characters(bytes.fromhex(match["byte"].decode("ascii")))
        elif match["sign"]:
            reading.sign(match["sign"].decode("latin-1"))
        elif match["brace"] == b"{":
            reading.open()
        elif match["brace"]:
            reading.close()
        elif match["text"]:
            reading.characters(match["text"])
    reading.end()
    return reading
