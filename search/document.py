"""What is indexed: one document, as a reader of files hands it over."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Copy:
    """Another place where the same document stands, word for word: what is different there."""

    id: str
    url: str = ""
    source: str = ""
    author: str = ""
    date: str = ""
    alternates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One document; empty strings stand for what is not known.

    `id` is unique in an index. `language` is an ISO 639-1 code that the source declares; when
    empty it is detected. `date` is ISO 8601, whole or partial: `2024-12-12`, `2024-12`, `2024`.
    `boilerplate` is what was taken out of the text (menus, links to other articles): kept, not searched.
    `alternates` are the ids or the addresses under which the same story is told in another language, as
    `<link rel="alternate" hreflang>` names them: declared, never guessed.
    `copies` are the other documents with the same title and text: they are found as this one.
    """

    id: str
    title: str
    text: str
    language: str = ""
    url: str = ""
    source: str = ""
    author: str = ""
    date: str = ""
    boilerplate: str = ""
    alternates: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()


def encodable(text: str) -> str:
    """The same text, character for character, that UTF-8 can write: a lone surrogate becomes `?`."""
    return text.encode("utf-8", "replace").decode()


def address(url: str) -> str:
    """The form in which two web addresses compare; empty when it is none.

    http is https, host in any case, without fragment and last slash: `HTTP://Ex.org/a/#b` → `//ex.org/a`.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # `https://[broken`
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    query = f"?{parts.query}" if parts.query else ""
    return f"//{parts.netloc.lower()}{parts.path.rstrip('/')}{query}"


def addresses(document: Document | Copy) -> list[str]:
    """The web addresses of a document, in the form in which they compare; its id may be one too."""
    return [found for name in (document.url, document.id) if (found := address(name))]


def alternate_key(name: str) -> str:
    """The form in which names of alternates compare: that of an address, or an id as it is."""
    return address(name) or name
