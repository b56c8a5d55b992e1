"""Judged sets made of other documents: pieces of matched length, guides and articles without their titles."""

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from typing import TypeVar

from search.document import Document

LAWS = 8
"""One article of so many is in `law-head`: 5,163 of them."""
PIECES = 5
"""One piece of so many is in a matched mix: about as many as the documents they are cut from."""
_SENTENCES = re.compile(r"(?<=[.!?…;:])\s+")
_HEADING = re.compile(r"(.+?) — Điều \S+?\.? (.+)")
_SEED = 5
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query and its relevant documents with their grades."""

    id: str
    text: str
    relevant: Mapping[str, int]

    @property
    def kind(self) -> str:
        """What a set calls queries of one kind: `title-fr` of `title-fr-167`."""
        return self.id.rpartition("-")[0]


def pieces(documents: Iterable[Document], like: Iterable[Document]) -> Iterator[Document]:
    """The documents cut at ends of lines and sentences, into pieces about as long as the others are.

    The lengths of the others are asked for in turn, in an order that only chance gives them. What is left
    at the end of a document and shorter than half of what is asked for is left out.
    """
    lengths = [len(document.text.split()) for document in like]
    random.Random(_SEED).shuffle(lengths)
    wanted = cycle(lengths)
    for document in documents:
        for number, text in enumerate(_cut(document.text, wanted)):
            yield replace(document, id=f"{document.id}#{number}", text=text)


def _cut(text: str, lengths: Iterator[int]) -> Iterator[str]:
    wanted = next(lengths)
    piece: list[str] = []
    held = 0
    for unit in _units(text):
        count = len(unit.split())
        # the end that is nearer to the length wanted: before this sentence or after it
        if piece and held + count - wanted > wanted - held:
            yield "".join(piece).strip()
            wanted, piece, held = next(lengths), [], 0
        piece.append(unit)
        held += count
        if held >= wanted:
            yield "".join(piece).strip()
            wanted, piece, held = next(lengths), [], 0
    if held and held >= wanted / 2:
        yield "".join(piece).strip()


def _units(text: str) -> Iterator[str]:
    """Sentences and lines, each with the white space that follows it."""
    for line in text.splitlines(keepends=True):
        start = 0
        for end in _SENTENCES.finditer(line):
            yield line[start : end.end()]
            start = end.end()
        if line[start:].strip():
            yield line[start:]


def untitled(documents: Iterable[Document]) -> Iterator[Document]:
    """The documents without their titles."""
    return (replace(document, title="") for document in documents)


def titles(documents: Iterable[Document], most: int) -> list[JudgedQuery]:
    """The titles that only one document has, as queries for it."""
    return _asked(((document.title, document.id) for document in documents), most)


def without_headings(documents: Iterable[Document]) -> Iterator[Document]:
    """Articles of law that have the name of the law as their title, and no heading."""
    for document in documents:
        if found := _HEADING.fullmatch(document.title):
            yield replace(document, title=found[1])


def headings(documents: Iterable[Document], most: int) -> list[JudgedQuery]:
    """Heading and name of the law, in small letters, as people ask for an article that only one can be."""
    named = ((_HEADING.fullmatch(document.title), document.id) for document in documents)
    return _asked(((f"{found[2]} {found[1].lower()}", id) for found, id in named if found), most)


def _asked(named: Iterable[tuple[str, str]], most: int) -> list[JudgedQuery]:
    documents: dict[str, list[str]] = {}
    for text, id in named:
        documents.setdefault(text.strip(), []).append(id)
    alone = [(text, ids[0]) for text, ids in documents.items() if text and len(ids) == 1]
    return [JudgedQuery(f"q{number}", text, {id: 1}) for number, (text, id) in enumerate(spread(alone, most))]


def spread(items: Sequence[Item], most: int) -> Sequence[Item]:
    """At most so many of the items, at equal distances."""
    return [items[place * len(items) // most] for place in range(most)] if len(items) > most else items
