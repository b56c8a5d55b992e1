"""From a document to its terms: tokens → languages of its paragraphs → five kinds of terms."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from itertools import groupby
from typing import Any

import numpy as np

from search.analysis import acronyms, compounds, registry
from search.analysis.document import AnalyzedDocument, TermStream
from search.analysis.language import detect, may_lack_diacritics
from search.analysis.normalize import fold, surface
from search.analysis.resemblance import signature
from search.analysis.segmentation import Segmentations
from search.analysis.stems import stemming
from search.analysis.token import Token, tokenize
from search.document import Document, encodable
from search.schema import Kind, Part, field_name

Posting = tuple[str, int]
"""A term and its position."""


def warm() -> None:
    """Load what analysis needs, once, before threads or work arrive."""
    compounds.load()


def analyze(document: Document, segmentations: Segmentations | None = None) -> AnalyzedDocument:
    """The terms of a document. Documents without any word get empty streams; nothing raises.

    With `segmentations`, what was segmented before is not segmented again.
    """
    document = _encodable(document)
    streams: dict[str, TermStream] = {}
    lengths: dict[Part, int] = {}
    declared = document.language.lower().partition("-")[0]
    weights: Counter[str] = Counter()
    # the body first: it knows the language that a title of two names does not show
    for part, text in ((Part.BODY, document.text), (Part.TITLE, document.title)):
        tokens = _readable(tokenize(text))
        spoken = declared or (weights.most_common(1)[0][0] if weights else "")
        paragraphs = [(detect(group, text, spoken), group) for group in _paragraphs(tokens, text)]
        for language, group in paragraphs:
            weights[language] += len(group)
        lengths[part] = len(tokens)
        postings = _postings(tokens, paragraphs)
        postings[Kind.WORD] = compounds.document_compounds(text, tokens, paragraphs, spoken, segmentations)
        defined = acronyms.terms(text) if part is Part.BODY else ()
        postings[Kind.ACRONYM] = [(term, number) for number, term in enumerate(defined)]
        for kind, found in postings.items():
            streams[field_name(part, kind)] = _stream(found)
    language = declared or (weights.most_common(1)[0][0] if weights else registry.OTHER)
    resembles = signature(streams[field_name(Part.BODY, Kind.SURFACE)])
    return AnalyzedDocument(document, language, streams, lengths, resembles)


def _encodable(document: Document) -> Document:
    """The same document in what UTF-8 can write."""
    changed: dict[str, Any] = {}
    for field in fields(document):
        value = getattr(document, field.name)
        if isinstance(value, str) and (written := encodable(value)) != value:
            changed[field.name] = written
    return replace(document, **changed) if changed else document


def _readable(tokens: Iterable[Token]) -> list[Token]:
    """Tokens that are more than invisible characters."""
    return [token for token in tokens if surface(token.text)]


def _paragraphs(tokens: Sequence[Token], text: str) -> Iterator[Sequence[Token]]:
    """The tokens line by line: scraped text often has one newline between paragraphs."""
    line = 0
    previous = 0

    def line_of(token: Token) -> int:
        nonlocal line, previous
        line += text.count("\n", previous, token.start)
        previous = token.start
        return line

    for _, group in groupby(tokens, key=line_of):
        yield list(group)


def _postings(
    tokens: Sequence[Token], paragraphs: Iterable[tuple[str, Sequence[Token]]]
) -> dict[Kind, list[Posting]]:
    known = stemming(registry.LANGUAGES)
    surfaces = [(surface(token.text), token.position) for token in tokens]
    return {
        Kind.SURFACE: surfaces,
        Kind.FOLDED: [(fold(term), position) for term, position in surfaces],
        Kind.STEM: [
            (stem, token.position)
            for language, group in paragraphs
            if language in known
            for stems in [known[language].stems]  # looked up once a paragraph
            for token in group
            for stem in stems(surface(token.text))
        ],
        Kind.BARE: [
            (word, token.position)
            for language, group in paragraphs
            for words in [[surface(token.text) for token in group]]
            if may_lack_diacritics(language, words)
            for word, token in zip(words, group, strict=True)
            if word == fold(word)
        ],
    }


def _stream(postings: Sequence[Posting]) -> TermStream:
    numbers: dict[str, int] = {}
    ids = np.fromiter(
        (numbers.setdefault(term, len(numbers)) for term, _ in postings), np.uint32, len(postings)
    )
    positions = np.fromiter((position for _, position in postings), np.uint32, len(postings))
    return TermStream(tuple(numbers), ids, positions)
