"""The fields of an index: five kinds of terms, each for title and body, and what documents are called."""

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
    BARE = "bare"
    """Surfaces without diacritics in lines whose writer may have left them out: *ban* for *bán*."""
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
    TITLE = "title"
    """All surfaces of the title with spaces between them: a title that is typed whole comes first."""
    FOLDED_TITLE = "folded_title"
    """The same without diacritics."""


LEAD = 80
"""Positions at the beginning of a body where a word counts more: who writes says there what it is about."""
MAX_LEAD_FREQUENCY = 3
"""Occurrences in the lead that are counted: a posting has two bits for them."""

POSITIONAL = frozenset({Kind.SURFACE})
"""Kinds whose positions are kept; folded positions are those of the surfaces that fold to the term."""


def field_name(part: Part, kind: Kind) -> str:
    """The name of a field in the index: `body_surface`."""
    return f"{part}_{kind}"


def whole_field(kind: Kind) -> str:
    """The name under which a Plan asks for title and body together: `whole_surface`."""
    return f"whole_{kind}"


FIELDS = {field_name(part, kind): ((part,), kind) for part in Part for kind in Kind} | {
    whole_field(kind): (tuple(Part), kind) for kind in Kind
}
"""The parts and the kind of each field that a Plan may name."""
FIELD_NAMES = tuple(field_name(part, kind) for part in Part for kind in Kind)
"""The fields of terms that an index has."""
NAME_FIELDS = tuple(map(str, Name))
"""Fields of whole names."""
