"""`.xlsx`: the sheets of a workbook in their order, a line for each row, as the cells show it.

Read from its XML, within the bounds of the other office files.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from lxml import etree

from indexer.readers.formats import office
from indexer.readers.formats.article import document
from indexer.readers.formats.opc import Package, first, local, value
from indexer.readers.metadata.fields import Metadata, line_of
from indexer.readers.metadata.title import shorten
from indexer.readers.record import Found, Item, Record, Unreadable
from indexer.readers.text.decode import MAX_TEXT, clean, mended_text, too_long

_USUAL = "xl/workbook.xml"
_DATES = frozenset(
    (*range(14, 18), 22, *range(27, 37), *range(50, 59))
)  # numbers that ECMA-376 gives to formats
_DATE_FORMAT = re.compile(r"[dy]", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*+(?:"|\Z)|\[[^\]]*+(?:\]|\Z)|\\.')
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_DAY = 2_958_465  # the end of the year 9999
_UNREAD = frozenset(("rPh", "phoneticPr"))


def read(item: Item) -> Iterator[Found]:
    """The one document of a workbook."""
    with office.opened(item.stream, "xlsx") as parts:
        package = Package(parts, _USUAL)
        workbook = package.xml(package.main)
        strings = _strings(package)
        dates = _date_styles(package)
        properties = first(workbook, "workbookPr")
        is_1904 = properties is not None and value(properties, "date1904") in ("1", "true")
        epoch = _EPOCH_1904 if is_1904 else _EPOCH
        lines: list[str] = []
        length = 0
        for name, part in _sheets(package, workbook):
            rows = list(_rows(package.xml(part), strings, dates, epoch))
            lines += [name, *rows] if rows else []
            length += sum(map(len, rows))
            if length > MAX_TEXT:
                raise Unreadable(too_long())
        said = package.properties()
    found = mended_text("\n\n".join(lines))
    text = clean(found.text).strip()
    if not text:
        raise Unreadable("empty: no text in its cells")
    title = said.title or shorten(
        line_of(text.split("\n\n")[1])
    )  # a sheet is called Sheet1, its first row is a heading
    yield Record(document(item.id, title, text, said, Metadata()), item.file, repairs=found.repairs)


def _sheets(package: Package, workbook: etree._Element) -> Iterator[tuple[str, str]]:
    """Name and part of each sheet that is shown."""
    targets = package.targets(package.main)
    listed = first(workbook, "sheets")
    for sheet in listed if listed is not None else ():
        relation = next((str(said) for key, said in sheet.attrib.items() if key.endswith("}id")), "")
        if relation in targets and value(sheet, "state") in ("", "visible"):
            yield line_of(value(sheet, "name")), targets[relation]


def _strings(package: Package) -> Sequence[str]:
    """The texts that cells share, by number."""
    names = package.related(package.main, "sharedStrings")
    return [_text(each) for each in package.xml(names[0]) if local(each) == "si"] if names else []


def _text(element: etree._Element) -> str:
    """A text of runs, without how its signs are read aloud."""
    parts: list[str] = []
    walker = etree.iterwalk(element, events=("start",))
    for _, each in walker:
        if local(each) in _UNREAD:
            walker.skip_subtree()
        elif local(each) == "t":
            parts.append(each.text or "")
    return "".join(parts)


def _date_styles(package: Package) -> frozenset[int]:
    """The styles of cells, by number, that show a number as a day."""
    names = package.related(package.main, "styles")
    if not names:
        return frozenset()
    root = package.xml(names[0])
    formats = first(root, "numFmts")
    custom = {
        value(each, "numFmtId"): bool(_DATE_FORMAT.search(_LITERAL.sub("", value(each, "formatCode"))))
        for each in (formats if formats is not None else ())
    }
    styles = first(root, "cellXfs")
    found = [value(each, "numFmtId") for each in (styles if styles is not None else ())]
    return frozenset(
        place
        for place, format in enumerate(found)
        if custom.get(format, format.isdecimal() and int(format) in _DATES)
    )


def _rows(
    sheet: etree._Element, strings: Sequence[str], dates: frozenset[int], epoch: datetime
) -> Iterator[str]:
    data = first(sheet, "sheetData")
    for row in data if data is not None else ():
        cells = (_cell(cell, strings, dates, epoch) for cell in row if local(cell) == "c")
        if line := "  ".join(filter(None, (shown.strip() for shown in cells))):
            yield line


def _cell(cell: etree._Element, strings: Sequence[str], dates: frozenset[int], epoch: datetime) -> str:
    """What a cell shows; of a formula, what it came to when the file was saved."""
    kind = value(cell, "t")
    if kind == "inlineStr":
        return _text(cell)
    found = first(cell, "v")
    held = (found.text or "") if found is not None else ""
    if kind == "s":
        return strings[int(held)] if held.isdecimal() and int(held) < len(strings) else ""
    if kind in ("b", "e"):
        return ""
    style = value(cell, "s")
    is_date = not kind and style.isdecimal() and int(style) in dates
    return _day(held, epoch) if is_date else _number(held) if kind in ("", "n") else held


def _day(held: str, epoch: datetime) -> str:
    """A day as both languages write it: 45366 → 15/03/2024."""
    try:
        days = float(held)
        return (epoch + timedelta(days=days)).strftime("%d/%m/%Y") if 0 < days < _LAST_DAY else _number(held)
    except ValueError:
        return held


def _number(held: str) -> str:
    """`1.0` and `3.1000000000000001` as they are shown."""
    try:
        number = float(held)
    except ValueError:
        return held
    return f"{number:.15g}" if "e" not in held.lower() or abs(number) < 1e15 else held
