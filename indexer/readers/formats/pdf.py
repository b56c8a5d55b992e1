"""`.pdf`: the text layer, its lines joined to paragraphs; running heads and page numbers are boilerplate."""

import logging
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from pypdf import PageObject, PasswordType, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DecodedStreamObject, NameObject

from indexer.readers.formats.article import document
from indexer.readers.metadata.fields import Metadata, language_code, line_of
from indexer.readers.metadata.title import split_title, without_title
from indexer.readers.record import Found, Item, Record, Unreadable
from indexer.readers.text.decode import MAX_TEXT, clean, mended_text, too_long

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings would run through the progress bar

_MAX_PAGES = 5_000
_LINE_ENDS = re.compile("[\r\n\v\f\u2028\u2029]")
_EDGE = 3  # lines at the top and bottom of a page that may be a running head or foot
_REPEATED = 0.5  # of the pages: what stands on so many is no text
_MIN_PAGES = 3
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\W*+(?:page|trang|p\.)?+\s*+\d++\s*+(?:(?:/|sur|of|de)\s*+\d++)?+\W*+", re.IGNORECASE)
_HYPHENATED = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}+-$")
_SOFT = "\xad"  # a hyphen that is only there because the line ends
_LIGATURES = {
    ord(sign): letters
    for sign, letters in zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
}
_NO_SPACE = b"\n1 beginbfchar <ffff> <0020> endbfchar\n"
_ENDS = (".", "!", "?", "…", ":", ";", "»", "”", '"')
_FULL = 0.75  # of the longest usual line: a shorter one ends its paragraph
_LIST_ITEM = re.compile(r"(?:[-–—•*▪]|\d{1,3}[.)]|[a-zđ][.)]|[IVXLC]+[.)])\s")
_JUNK_TITLE = re.compile(
    r"microsoft (?:word|powerpoint)\b.*|.*\.(?:docx?|odt|pdf|indd|tex|rtf)"
    r"|(?:untitled|sans titre|document)\W*\d*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def read(item: Item) -> Iterator[Found]:
    """The one document of a PDF file."""
    try:
        pdf = PdfReader(item.stream, strict=False)
        if pdf.is_encrypted and pdf.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise Unreadable("encrypted PDF; save it without its password")
        pages, unread = _pages(pdf)
        said = _metadata(pdf)
    except (PyPdfError, RecursionError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        # pypdf fails in as many ways as there are places to cut a file
        raise Unreadable(f"damaged or truncated PDF ({_reason(error)}); copy it again") from error
    if not any(pages):
        raise Unreadable("scanned PDF without a text layer; run it through OCR first")
    losses = _losses(len(pages) - sum(map(bool, pages)) + unread, len(pages) + unread)
    pages, repairs = _mended(pages)
    running = _running(pages)
    kept, cut = _without_running(pages, running)
    text = "\n\n".join(_paragraphs([line for page in kept for line in [*page, ""]]))
    title = said.title
    title, text = (title, without_title(text, title)) if title else split_title(text)
    made = document(item.id, title, text, said, Metadata())
    made = replace(made, boilerplate="\n".join(dict.fromkeys(cut)))
    yield Record(made, item.file, repairs=repairs, losses=losses)


def _pages(pdf: PdfReader) -> tuple[list[list[str]], int]:
    """The lines of each page, and how many pages are damaged and left out, as long as another can be read."""
    pages: list[list[str]] = []
    length = 0
    unread = 0
    error: Exception | None = None
    if len(pdf.pages) > _MAX_PAGES:
        raise Unreadable(f"more than {_MAX_PAGES:,} pages; split it")
    for page in pdf.pages:
        try:
            _make_gaps_tell(page)
            text = page.extract_text()
        except (
            PyPdfError,
            RecursionError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            IndexError,
        ) as found:
            error = found
            unread += 1
            continue
        length += len(text)
        if length > MAX_TEXT:
            raise Unreadable(too_long())
        # control characters stay for now: text read in a wrong encoding is mended by them
        pages.append([line for line in _LINE_ENDS.split(text) if line.strip()])
    if error and not any(pages):
        raise error
    return pages, unread


def _make_gaps_tell(page: PageObject) -> None:
    """A font without a space draws words apart; pypdf would take whatever has code 32 for its space.

    With one at a code that nothing uses, it measures gaps by a width of its own.
    """
    resources: Any = page.get("/Resources")
    fonts: Any = resources.get_object().get("/Font") if resources is not None else None
    for named in fonts.get_object().values() if fonts is not None else ():
        font = named.get_object()
        unicode = font.get("/ToUnicode")
        if font.get("/Subtype") != "/Type0" or unicode is None:
            continue
        data = unicode.get_object().get_data()
        if _NO_SPACE not in data and b"endcmap" in data:
            made = DecodedStreamObject()
            made.set_data(data.replace(b"endcmap", _NO_SPACE + b"endcmap", 1))
            font[NameObject("/ToUnicode")] = made


def _mended(pages: Sequence[Sequence[str]]) -> tuple[list[list[str]], tuple[str, ...]]:
    """Lines in Unicode of today, before they become paragraphs: to a font of TCVN3 a soft hyphen is ư."""
    found = mended_text("\n".join(line for page in pages for line in page))
    lines = iter(found.text.split("\n"))
    set_right = [[" ".join(clean(next(lines)).translate(_LIGATURES).split()) for _ in page] for page in pages]
    return [list(filter(None, page)) for page in set_right], found.repairs


def _losses(empty: int, pages: int) -> tuple[str, ...]:
    return (f"{empty} of {pages} pages have no text; run the file through OCR",) if empty else ()


def _running(pages: Sequence[Sequence[str]]) -> set[str]:
    """The lines, their numbers left out, that stand at the edges of most pages."""
    if len(pages) < _MIN_PAGES:
        return set()
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_DIGITS.sub("#", line) for line in (*page[:_EDGE], *page[-_EDGE:])})
    return {line for line, count in counts.items() if count > len(pages) * _REPEATED}


def _without_running(pages: Sequence[Sequence[str]], running: set[str]) -> tuple[list[list[str]], list[str]]:
    kept: list[list[str]] = []
    cut: list[str] = []
    for page in pages:
        own: list[str] = []
        for place, line in enumerate(page):
            at_edge = place < _EDGE or place >= len(page) - _EDGE
            is_number = place in (0, len(page) - 1) and len(pages) >= _MIN_PAGES and _NUMBER.fullmatch(line)
            (cut if is_number or (at_edge and _DIGITS.sub("#", line) in running) else own).append(line)
        kept.append(own)
    return kept, cut


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Lines of a layout → paragraphs: a full line goes on in the next one, across pages too."""
    lengths = sorted(len(line) for line in lines if line)
    full = lengths[len(lengths) * 9 // 10] * _FULL if lengths else 0
    # the pieces at the ends of lines are no witnesses
    words = {word.lower() for line in lines for word in _WORD.findall(line)[1:-1]}
    paragraph = ""
    page_ended = False
    for line in lines:
        if not line:
            page_ended = True
            continue
        last = paragraph.rpartition("\n")[2]
        goes_on = (
            paragraph
            and not _LIST_ITEM.match(line)
            and (len(last) >= full or _HYPHENATED.search(last) or last.endswith(_SOFT))
            and not (last.endswith(_ENDS) and (page_ended or len(last) < full))
        )
        page_ended = False
        if not goes_on:
            if paragraph:
                yield _whole(paragraph)
            paragraph = line
        elif last.endswith(_SOFT):
            paragraph += line
        elif _HYPHENATED.search(last) and line[0].islower():
            paragraph = _joined(paragraph, line, words)
        else:
            paragraph += "\n" + line
    if paragraph:
        yield _whole(paragraph)


def _whole(paragraph: str) -> str:
    return paragraph.replace("\n", " ").replace(_SOFT, "")


def _joined(paragraph: str, line: str, words: Collection[str]) -> str:
    """`déve-` and `loppement` are one word, `peut-` and `être` two: what the text has elsewhere decides."""
    left = paragraph[:-1].rpartition(" ")[2].rpartition("\n")[2]
    right = found[0] if (found := _WORD.match(line)) else line
    is_one = (left + right).lower() in words
    are_two = f"{left}-{right}".lower() in words or (left.lower() in words and right.lower() in words)
    return paragraph + line if are_two and not is_one else paragraph[:-1] + line


def _metadata(pdf: PdfReader) -> Metadata:
    info: Any = pdf.metadata or {}
    title = line_of(clean(str(info.get("/Title") or "")))
    root: Any = pdf.trailer.get("/Root")
    language = str(root.get_object().get("/Lang", "")) if root is not None else ""
    return Metadata(
        title="" if _JUNK_TITLE.fullmatch(title) else title,
        language=language_code(language),
        author=line_of(clean(str(info.get("/Author") or ""))),
        date=_date(str(info.get("/CreationDate") or "")),
    )


def _date(written: str) -> str:
    """`D:20240315080000+07'00'` → 2024-03-15; empty when it is none."""
    try:
        return datetime.strptime(written.removeprefix("D:")[:8], "%Y%m%d").date().isoformat()
    except ValueError:
        return ""


def _reason(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:100] or type(error).__name__
