"""Where a document says that its story is told in another language: by id, by address, by nearby file."""

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from indexer.readers.text.decode import clean
from search.document import address

_MAX_NAMES = 50  # a page of a site in all languages of the Union names half as many
_MAX_LENGTH = 2000  # characters
_PAGES = ("", "text/html", "application/xhtml+xml")  # not a feed, nor a printable file


def declared(value: object, place: str) -> tuple[str, ...]:
    """The names in a field, one or a list of them; `./` and `../` start from the folder of the file's id."""
    listed = value if isinstance(value, list) else [value]
    return _bounded(_nearby(name, place) for name in map(_name, listed))


def linked(tree: HtmlElement) -> tuple[str, ...]:
    """The targets of `<link rel="alternate" hreflang>` in a page, as far as the page alone resolves them."""
    base = next((str(found.get("href")) for found in tree.iter("{*}base") if found.get("href")), "")
    return _bounded(
        _joined(base, str(link.get("href") or "")) for link in tree.iter("{*}link") if _is_one(link)
    )


def resolved(targets: Sequence[str], page: str, place: str) -> tuple[str, ...]:
    """What a page's targets are: web addresses, not its own; files beside it when it tells no address."""
    page = page if address(page) else ""
    return _bounded(_resolved(targets, page, place))


def _resolved(targets: Sequence[str], page: str, place: str) -> Iterator[str]:
    for target in targets:
        absolute = _joined(page, target)
        if address(absolute):
            yield absolute if address(absolute) != address(page) else ""
        elif not page and (path := _relative_path(target)):
            yield _nearby(f"./{path}", place)


def _is_one(link: HtmlElement) -> bool:
    relations = str(link.get("rel") or "").lower().split()
    language = str(link.get("hreflang") or "").strip().lower()
    format = str(link.get("type") or "").partition(";")[0].strip().lower()
    return "alternate" in relations and language not in ("", "x-default") and format in _PAGES


def _joined(base: str, target: str) -> str:
    try:
        return urljoin(base, clean(target).strip())
    except ValueError:  # `https://[broken`
        return ""


def _relative_path(target: str) -> str:
    """The path of a target without scheme, host or query, as saved copies of sites have them."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    is_relative = not (parts.scheme or parts.netloc or parts.query or parts.path.startswith("/"))
    return clean(unquote(parts.path)) if is_relative else ""


def _name(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return clean(str(value)).strip()


def _nearby(name: str, place: str) -> str:
    """The id of a file by its path from another's; any other name as it is, nothing outside the root."""
    if not name.startswith(("./", "../")):
        return name
    path = posixpath.normpath(posixpath.join(posixpath.dirname(place), name))
    return "" if path.split("/")[0] in (".", "..") else path


def _bounded(names: Iterable[str]) -> tuple[str, ...]:
    """The first different names that are neither empty nor endless."""
    return tuple(dict.fromkeys(name for name in names if 0 < len(name) <= _MAX_LENGTH))[:_MAX_NAMES]
