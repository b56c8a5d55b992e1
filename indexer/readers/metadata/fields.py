"""What a document says about itself, whichever format says it, in the form a Document wants."""

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.readers.metadata.alternates import declared
from indexer.readers.metadata.title import one_line
from indexer.readers.text.decode import clean
from search.analysis.registry import short_codes
from search.dates import iso_date

_ENGLISH = {"eng": "en"}  # the table need not have it for a document to be in it


@dataclass(frozen=True, slots=True)
class Metadata:
    """Empty strings stand for what is not said."""

    title: str = ""
    language: str = ""
    url: str = ""
    source: str = ""
    author: str = ""
    date: str = ""
    alternates: tuple[str, ...] = ()


def metadata(fields: Mapping[str, object], place: str = "") -> Metadata:
    """The fields `title lang url source author date alternates` of a front matter or a JSON object.

    `place` is the id of the file that has them.
    """
    return Metadata(
        title=line_of(fields.get("title")),
        language=language_code(line_of(fields.get("lang")) or line_of(fields.get("language"))),
        url=line_of(fields.get("url")),
        source=line_of(fields.get("source")),
        author=line_of(fields.get("author")),
        date=iso_date(line_of(fields.get("date"))),
        alternates=declared(fields.get("alternates"), place),
    )


def line_of(value: object) -> str:
    """A field as one clean line: a list of authors is joined, a number is written, all else is empty."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(line_of, value)))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return one_line(clean(str(value)))


def language_code(declared: str) -> str:
    """ISO 639-1: `vi` for `VI`, `vi-VN`, `vi_VN` and `vie`; empty (to be detected) for anything else."""
    code = declared.lower().replace("_", "-").split("-")[0].strip()
    code = (_ENGLISH | short_codes()).get(code, code)
    return code if len(code) == 2 and code.isascii() and code.isalpha() else ""
