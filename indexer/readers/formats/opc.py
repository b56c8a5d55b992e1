"""Office Open XML packages (.docx, .pptx, .xlsx): parts that name each other, whatever they are called.

Names of elements are compared without their namespaces, of which there are two sets: ECMA-376, and strict
ISO 29500.
"""

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from lxml import etree

from indexer.readers.formats import office
from indexer.readers.formats.flow import Flow
from indexer.readers.metadata.fields import Metadata, language_code, line_of
from search.dates import iso_date

_MAX_PARTS = 5_000
_UNREAD = frozenset(
    (
        *("del", "moveFrom", "delText", "delInstrText"),  # what a reviewer took out or moved elsewhere
        *("instrText", "sdtPr", "pPr", "rPr", "tblPr", "trPr", "tcPr", "tblGrid", "sectPr", "endParaRPr"),
        "Fallback",  # the same text again, for programs that do not know text boxes
        "rt",  # how a word is read, above it
    )
)
_WRITTEN = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "‑"}


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: etree._Element, name: str) -> str:
    """An attribute by its name without namespace; empty when there is none."""
    return next((str(said) for key, said in element.attrib.items() if key.rpartition("}")[2] == name), "")


def first(element: etree._Element, *names: str) -> etree._Element | None:
    """The first element on a path of children, by names without namespaces."""
    found: etree._Element | None = element
    for name in names:
        found = next((child for child in found if local(child) == name), None) if found is not None else None
    return found


def walk(root: etree._Element, flow: Flow, font: Callable[[etree._Element], str]) -> None:
    """Put the text below an element into a flow; `font` tells the kind of font of a run."""
    walker = etree.iterwalk(root, events=("start", "end"))
    kind = ""
    for event, element in walker:
        name = local(element)
        if event == "end":
            if name == "p":
                flow.end_paragraph()
            elif name == "tr":
                flow.end_row()
            continue
        if name in _UNREAD or (name == "sdt" and first(element, "sdtPr", "showingPlcHdr") is not None):
            walker.skip_subtree()
        elif name == "p":
            flow.start_paragraph(element)
        elif name == "tr":
            flow.start_row()
        elif name == "tc":
            flow.start_cell()
        elif name == "r":
            kind = font(element)
        elif name == "t":
            flow.add(element.text or "", kind)
        elif name in _WRITTEN:
            flow.add(_WRITTEN[name], kind)


class Package:
    """The parts of one file, by what they are to each other; `main` is the one that holds the text."""

    def __init__(self, parts: zipfile.ZipFile, usual: str) -> None:
        self._parts = parts
        self._names = {name.lower(): name for name in parts.namelist()}  # names are equal in any case
        self.main = next(iter(self.related("", "officeDocument")), usual)

    def related(self, source: str, kind: str) -> list[str]:
        """The names of the parts that a part names as its `footnotes`, `header` …, in their order."""
        return [target for _, found, target in self._relations(source) if found == kind]

    def targets(self, source: str) -> dict[str, str]:
        """The parts that a part names, by the ids it has for them."""
        return {id: target for id, _, target in self._relations(source)}

    def xml(self, name: str) -> etree._Element:
        """A part as XML. Raises Unreadable when it is missing, too large or nothing."""
        return office.xml(office.part(self._parts, self._names.get(name.lower(), name)))

    def properties(self) -> Metadata:
        """Title, author, date and language, as the file says them of itself."""
        said: dict[str, str] = {}
        for name in self.related("", "core-properties")[:1]:
            said = {local(each): line_of(each.text or "") for each in self.xml(name)}
        return Metadata(
            title=said.get("title", ""),
            language=language_code(said.get("language", "")),
            author=said.get("creator", ""),
            date=iso_date(said.get("created", "") or said.get("modified", "")),
        )

    def _relations(self, source: str) -> Iterator[tuple[str, str, str]]:
        """Id, kind and target of each part that a part names and that is there."""
        folder, name = posixpath.split(source)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations.lower() not in self._names:
            return
        for number, each in enumerate(self.xml(relations)):
            if number == _MAX_PARTS:
                return
            target = unquote(value(each, "Target"))
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if value(each, "TargetMode") != "External" and target.lower() in self._names:
                yield value(each, "Id"), value(each, "Type").rpartition("/")[2], target
