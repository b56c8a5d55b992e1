"""Which formats are read, and what does a file of each say?"""

from dataclasses import dataclass
from enum import Enum, auto


class Handling(Enum):
    """How far the content of a file tells its format, and how it is read."""

    TEXT = auto()
    """Any text could be it: the name decides."""
    MARKUP = auto()
    """Text that shows its format by its tags."""
    SEEKING = auto()
    """Bytes, read from their end, which a decompressor does slowly: of a compressed file a copy is read."""
    STREAMED = auto()
    """Bytes, read from their beginning."""
    REFUSED = auto()
    """Bytes that nothing here reads; missed only under a name of ours, for many programs pack theirs so."""


@dataclass(frozen=True, slots=True)
class Format:
    """A line of the table.

    `reader` is a module of this folder, imported when the first such file is met, for some take a second.
    An archive has none: its files are read. `mimetype` and `parts` tell a document that is a zip file from
    an archive: what it says at its beginning or, if it says nothing there, what is inside; `word/` stands for
    any part in that folder. `magic` is what other documents begin with.
    """

    name: str
    suffixes: tuple[str, ...]
    handling: Handling
    reader: str = ""
    mimetype: str = ""
    parts: frozenset[str] = frozenset()
    magic: bytes = b""


_PACKAGE = "[Content_Types].xml"
_WORD_PARTS = frozenset((_PACKAGE, "word/"))
_SLIDES_PARTS = frozenset((_PACKAGE, "ppt/"))
_SHEETS_PARTS = frozenset((_PACKAGE, "xl/"))
_EPUB_PARTS = frozenset(("META-INF/container.xml",))
_ODT_PARTS = frozenset(("content.xml", "META-INF/manifest.xml"))

TABLE = (
    Format("txt", (".txt",), Handling.TEXT, "text"),
    Format("md", (".md",), Handling.TEXT, "markdown"),
    Format("jsonl", (".jsonl",), Handling.TEXT, "jsonl"),
    Format("html", (".html", ".htm", ".xhtml"), Handling.MARKUP, "html"),
    Format("mhtml", (".mhtml", ".mht"), Handling.MARKUP, "mhtml"),
    Format("pdf", (".pdf",), Handling.SEEKING, "pdf"),
    Format("docx", (".docx", ".docm", ".dotx"), Handling.SEEKING, "docx", parts=_WORD_PARTS),
    Format("pptx", (".pptx", ".pptm", ".ppsx"), Handling.SEEKING, "pptx", parts=_SLIDES_PARTS),
    Format("xlsx", (".xlsx", ".xlsm"), Handling.SEEKING, "xlsx", parts=_SHEETS_PARTS),
    Format("rtf", (".rtf",), Handling.STREAMED, "rtf", magic=b"{\\rtf"),
    Format(
        "ole", (".doc", ".xls", ".ppt"), Handling.REFUSED, "ole", magic=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    ),
    Format("eml", (".eml",), Handling.TEXT, "mail"),
    Format("epub", (".epub",), Handling.SEEKING, "epub", "application/epub+zip", _EPUB_PARTS),
    Format("odt", (".odt",), Handling.SEEKING, "odt", "application/vnd.oasis.opendocument.text", _ODT_PARTS),
    Format("ods", (".ods",), Handling.SEEKING, "odt", "application/vnd.oasis.opendocument.spreadsheet"),
    Format("odp", (".odp",), Handling.SEEKING, "odt", "application/vnd.oasis.opendocument.presentation"),
    Format("csv", (".csv",), Handling.TEXT, "table"),
    Format("zip", (".zip",), Handling.SEEKING),
    Format("tar", (".tar",), Handling.STREAMED),
)
"""All that must be known of a format before it is read: a new one is a file in this folder and a line here.

The parts of an upper line go before those of a lower one: a book may hold a manifest as an .odt does.
"""

IGNORED_NAME = "readme.md"
"""A README tells about a folder of documents; it is none of them."""
