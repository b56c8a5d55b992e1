"""`.pptx`: the slides of a presentation in their order, each with its notes.

Read from its XML: python-pptx would bring a library for pictures, of which nothing is read.
"""

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from indexer.readers.formats import office
from indexer.readers.formats.article import document
from indexer.readers.formats.flow import Flow
from indexer.readers.formats.opc import Package, first, local, value, walk
from indexer.readers.metadata.fields import Metadata
from indexer.readers.metadata.title import split_title, without_title
from indexer.readers.record import Found, Item, Record, Unreadable
from indexer.readers.text.decode import MAX_TEXT, clean, mended_text, too_long
from indexer.readers.text.fonts import kind

_USUAL = "ppt/presentation.xml"
_PROGRAMS = ("PowerPoint Presentation", "Présentation PowerPoint", "Bản trình bày PowerPoint")
_ON_EVERY_SLIDE = frozenset(("sldNum", "dt", "ftr", "hdr"))
_BESIDE = ("notesSlide", "diagramData")  # what the speaker says, and the words in a diagram


def read(item: Item) -> Iterator[Found]:
    """The one document of a presentation."""
    with office.opened(item.stream, "pptx") as parts:
        package = Package(parts, _USUAL)
        flow, aside = Flow(), Flow()
        for slide in _slides(package):
            for name in (slide, *(beside for each in _BESIDE for beside in package.related(slide, each))):
                walk(_without_margins(package.xml(name)), flow, _font)
            for name in package.related(slide, "comments"):
                walk(package.xml(name), aside, _font)
        said = package.properties()
    fonts = flow.fonts(aside)
    found = mended_text("\n\n".join(text for text, _ in flow.texts(fonts)))
    text = clean(found.text).strip()
    if len(text) > MAX_TEXT:
        raise Unreadable(too_long())
    if not text:
        raise Unreadable("empty: no text in it; if its slides are pictures, run them through OCR first")
    title = "" if said.title in _PROGRAMS else said.title
    title, text = (title, without_title(text, title)) if title else split_title(text)
    made = document(item.id, title, text, said, Metadata())
    comments = clean("\n".join(text for text, _ in aside.texts(fonts)))
    yield Record(replace(made, boilerplate=comments), item.file, repairs=(*fonts.repairs, *found.repairs))


def _slides(package: Package) -> Iterator[str]:
    """The names of the slides' parts, in the order in which they are shown."""
    listed = first(package.xml(package.main), "sldIdLst")
    targets = package.targets(package.main)
    for each in listed if listed is not None else ():
        # `id` is also an attribute without a namespace, a number
        relation = next((str(said) for key, said in each.attrib.items() if key.endswith("}id")), "")
        if name := targets.get(relation):
            yield name


def _without_margins(slide: etree._Element) -> etree._Element:
    """The slide without what stands on all of them: number, date, foot."""
    for mark in [
        each for each in slide.iter() if local(each) == "ph" and value(each, "type") in _ON_EVERY_SLIDE
    ]:
        shape = next((each for each in mark.iterancestors() if local(each) == "sp"), None)
        if shape is not None and (around := shape.getparent()) is not None:
            around.remove(shape)
    return slide


def _font(run: etree._Element) -> str:
    latin = first(run, "rPr", "latin")
    return kind(value(latin, "typeface")) if latin is not None else ""
