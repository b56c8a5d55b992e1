"""`.epub`: the chapters of a book in reading order, as one document.

Read from its XML: ebooklib, the library for it, is under the AGPL, which would bind this project too.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from indexer.readers.formats import office
from indexer.readers.formats.article import document
from indexer.readers.formats.blocks import blocks, declared_charset, flat, parse
from indexer.readers.metadata.fields import Metadata, language_code, line_of
from indexer.readers.metadata.title import split_title, without_title
from indexer.readers.record import Found, Item, Record, Unreadable
from indexer.readers.text.decode import MAX_TEXT, decoded, too_long
from search.dates import iso_date

_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = ("application/xhtml+xml", "text/html")
_FONT = (b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC")


def read(item: Item) -> Iterator[Found]:
    """The one document of a book."""
    with office.opened(item.stream, "epub") as parts:
        _check_encryption(parts)
        package_name = _package(parts)
        package = office.xml(office.part(parts, package_name))
        chapters: list[str] = []
        repairs: list[str] = []
        losses: list[str] = []
        length = 0
        for name in _spine(package, posixpath.dirname(package_name)):
            try:
                chapter, mended = _chapter(parts, name)
            except Unreadable as error:  # a book does not go for one of its chapters
                losses.append(f"chapter {posixpath.basename(name)} is left out: {error}")
                continue
            chapters.append(chapter)
            repairs += (f"{posixpath.basename(name)}: {each}" for each in mended)
            length += len(chapter)
            if length > MAX_TEXT:
                raise Unreadable(too_long())
    text = "\n\n".join(filter(None, chapters))
    if not text and losses:
        raise Unreadable(losses[0])
    if not text:
        raise Unreadable("empty: no text in it; if its pages are pictures, run them through OCR first")
    said = _metadata(package)
    title, text = (said.title, without_title(text, said.title)) if said.title else split_title(text)
    made = document(item.id, title, text, said, Metadata())
    yield Record(made, item.file, repairs=tuple(repairs), losses=tuple(losses))


def _check_encryption(parts: zipfile.ZipFile) -> None:
    """Scrambled fonts are no obstacle, scrambled chapters are."""
    if "META-INF/encryption.xml" not in parts.namelist():
        return
    for method in office.xml(office.part(parts, "META-INF/encryption.xml")).iter("{*}EncryptionMethod"):
        if (method.get("Algorithm") or "").encode() not in _FONT:
            raise Unreadable("a book protected by DRM; only its publisher can give one that is readable")


def _package(parts: zipfile.ZipFile) -> str:
    container = office.xml(office.part(parts, "META-INF/container.xml"))
    root = container.find(".//{*}rootfile")
    if root is None or not root.get("full-path"):
        raise Unreadable("damaged: it does not say where its contents are; save it again")
    return str(root.get("full-path"))


def _spine(package: etree._Element, folder: str) -> Iterator[str]:
    """The names of the chapters' parts, in reading order."""
    items = {entry.get("id"): entry for entry in package.iter("{*}item")}
    for reference in package.iter("{*}itemref"):
        entry = items.get(reference.get("idref"))
        if entry is not None and (entry.get("media-type") or "") in _PAGES and entry.get("href"):
            yield posixpath.normpath(posixpath.join(folder, unquote(str(entry.get("href")))))


def _chapter(parts: zipfile.ZipFile, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of a chapter, and what was mended in it. Raises Unreadable."""
    if name not in parts.namelist():
        return "", ()
    data = office.part(parts, name)
    if not data.strip():
        return "", ()
    page = decoded(data, declared_charset(data))
    tree = parse(page.text)
    found = flat(page.text) if tree is None else blocks(tree)
    return "\n\n".join(block.text for block in found), page.repairs


def _metadata(package: etree._Element) -> Metadata:
    def said(name: str) -> list[str]:
        return [line_of(found.text or "") for found in package.iter(f"{_DC}{name}")]

    return Metadata(
        title=next(iter(said("title")), ""),
        language=language_code(next(iter(said("language")), "")),
        source=next(iter(said("publisher")), ""),
        author=", ".join(filter(None, said("creator"))),
        date=iso_date(next(iter(said("date")), "")),
    )
