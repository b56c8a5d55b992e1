"""The fields of an index: four kinds of terms, each for title and body, and what documents are called."""

from enum import StrEnum


class Kind(StrEnum):
    """One kind of terms made from the same tokens."""

    SURFACE = "surface"
    """The lossless form: exact diacritics, no stop words, one-letter words kept."""
    FOLDED = "folded"
    """The surface without its diacritics: decides what matches."""
    STEM = "stem"
    """French stems, in French paragraphs only."""
    WORD = "word"
    """underthesea compounds joined by `_`, in Vietnamese paragraphs only."""
    ACRONYM = "acronym"
    """What a body defines, from both sides: `ubnd=ủy_ban_nhân_dân`; asked of the lexicon, never searched."""


class Part(StrEnum):
    """The part of a document that a field covers."""

    TITLE = "title"
    BODY = "body"


class Name(StrEnum):
    """What a document is called, and what it calls its alternates: looked up whole, never searched."""

    ID = "id"
    ADDRESS = "address"
    """A web address in the form that `search.document.address` gives it."""
    ALTERNATE = "alternate"
    """The id or the address of the same story in another language, as the document declares it."""


POSITIONAL = frozenset({Kind.SURFACE})
"""Kinds whose positions are kept; folded positions are those of the surfaces that fold to the term."""


def field_name(part: Part, kind: Kind) -> str:
    """The name of a field in the index: `body_surface`."""
    return f"{part}_{kind}"


FIELDS = {field_name(part, kind): (part, kind) for part in Part for kind in Kind}
"""The part and the kind of each field of terms, by its name."""
FIELD_NAMES = tuple(FIELDS)
NAME_FIELDS = tuple(map(str, Name))
"""Fields of whole names."""
