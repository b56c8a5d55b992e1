"""The fields of the index: four kinds of terms, each for the title and for the body."""

from enum import StrEnum


class Kind(StrEnum):
    """One kind of terms made from the same tokens."""

    SURFACE = "surface"
    """The lossless form: exact accents, no stop words, one-letter words kept."""
    FOLDED = "folded"
    """The surface without its diacritics: decides what matches."""
    STEM = "stem"
    """French stems, in French paragraphs only."""
    WORD = "word"
    """underthesea compounds joined by `_`, in Vietnamese paragraphs only."""


class Part(StrEnum):
    """The part of a document that a field covers."""

    TITLE = "title"
    BODY = "body"


POSITIONAL = frozenset({Kind.SURFACE})
"""Kinds whose positions are kept; folded positions are those of the surfaces that fold to the term."""


def field_name(part: Part, kind: Kind) -> str:
    """The name of a field in the index: `body_surface`."""
    return f"{part}_{kind}"


FIELD_NAMES = tuple(field_name(part, kind) for part in Part for kind in Kind)
