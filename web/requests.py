"""What a visitor asks for, read from the address of the page and written back into addresses."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from flask import Request, g, url_for
from werkzeug.datastructures import MultiDict

from search import Order, typed_date
from web.live import live_index

PAGE_SIZE = 10
MAX_PAGE = 1_000_000
"""Past this, a page number is noise: `page=99999999999999999999`."""
MAX_CHOICES = 20
"""How many languages or sources one address may ask for."""
MAX_CHOICE = 300
"""Characters of a language or a source: longer ones are none, and links repeat them forty times a page."""
MAX_DATE = 40
"""Characters of a date that are read."""

_RAW_BYTE = re.compile(r"[^\x00-\x7f]")
_SAFE = "!$'()*,/:;?@"
"""What werkzeug leaves as it is in the query of an address (WHATWG, “URL”)."""
_SURROGATE = re.compile("[\ud800-\udfff]")


class TolerantRequest(Request):
    """A request whose query string may hold raw bytes, which old clients send unescaped."""

    def __init__(self, environ: dict[str, Any], populate_request: bool = True, shallow: bool = False) -> None:
        raw = environ.get("QUERY_STRING", "")  # PEP 3333: one character for each byte
        environ["QUERY_STRING"] = _RAW_BYTE.sub(lambda byte: f"%{ord(byte[0]):02X}", raw)
        super().__init__(environ, populate_request, shallow)


@dataclass(frozen=True, slots=True)
class BadDates:
    """What was typed for the first and the last day and is no date."""

    since: str = ""
    until: str = ""

    @property
    def any(self) -> tuple[str, ...]:
        """All of it, each text once."""
        return tuple(dict.fromkeys(text for text in (self.since, self.until) if text))


@dataclass(frozen=True, slots=True)
class Search:
    """One state of the search page: the query, the page of results and the filters chosen."""

    text: str = ""
    page: int = 1
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    ungrouped: bool = False
    """Each near-duplicate is a hit of its own."""
    since: str = ""
    until: str = ""
    """ISO dates, whole or partial, both included."""
    order: Order = Order.RELEVANCE
    verbatim: bool = False
    """Words that no document has are searched for as they were typed."""
    unreadable: BadDates = BadDates()
    cross: bool = True
    """Documents in the other language are searched for too."""
    mixed: bool = False
    """Those stand between the others instead of below them."""
    translations: tuple[tuple[str, str], ...] = ()
    """What some expressions are to be called there instead, with commas between several names."""

    @classmethod
    def asked(cls, args: MultiDict[str, str]) -> "Search":
        """The search that the parameters of an address ask for; never fails.

        They are `q`, `page`, `lang`, `source`, `since`, `until`, `sort`, `all` and `verbatim`;
        of the other language `cross`, `mix`, and pairs of `t`, an expression, and `as`, its translations.
        """
        typed = [args.get(name, "").strip()[:MAX_DATE] for name in ("since", "until")]
        since, until = map(typed_date, typed)
        if since and until and until < since[: len(until)]:
            since, until = until, since
        order = args.get("sort", "")
        return cls(
            text=args.get("q", "").strip(),
            page=_page_number(args.get("page", "")),
            languages=_choices(args.getlist("lang")),
            sources=_choices(args.getlist("source")),
            ungrouped=args.get("all") == "1",
            since=since,
            until=until,
            order=Order(order) if order in set(Order) else Order.RELEVANCE,
            verbatim=args.get("verbatim") == "1",
            cross=args.get("cross") != "0",
            mixed=args.get("mix") == "1",
            translations=_translations(args.getlist("t"), args.getlist("as")),
            unreadable=BadDates(*(text if text and not typed_date(text) else "" for text in typed)),
        )

    @property
    def offset(self) -> int:
        """How many hits the pages before this one hold."""
        return (self.page - 1) * PAGE_SIZE

    @property
    def filtered(self) -> bool:
        """Whether a filter hides some of the matches."""
        return bool(self.languages or self.sources or self.since or self.until)

    def on_page(self, page: int) -> "Search":
        """The same search, another page of it."""
        return replace(self, page=page)

    def with_text(self, text: str) -> "Search":
        """Another query with the same filters, from its first page."""
        return replace(self, text=text, verbatim=False, translations=(), page=1)

    def as_typed(self) -> "Search":
        """The same search for exactly what was typed, from its first page."""
        return replace(self, verbatim=True, page=1)

    def with_languages(self, languages: Iterable[str]) -> "Search":
        """The same search kept to other languages, from its first page."""
        return replace(self, languages=tuple(languages), page=1)

    def with_sources(self, sources: Iterable[str]) -> "Search":
        """The same search kept to other sources, from its first page."""
        return replace(self, sources=tuple(sources), page=1)

    def between(self, since: str, until: str) -> "Search":
        """The same search kept to dates from `since` to `until`, empty for open, from its first page."""
        return replace(self, since=since, until=until, unreadable=BadDates(), page=1)

    def ordered(self, order: Order) -> "Search":
        """The same search in another order, from its first page."""
        return replace(self, order=order, page=1)

    def regrouped(self, ungrouped: bool) -> "Search":
        """The same search with near-duplicates apart or together, from its first page."""
        return replace(self, ungrouped=ungrouped, page=1)

    def crossing(self, cross: bool) -> "Search":
        """The same search with or without documents in the other language."""
        return replace(self, cross=cross, translations=self.translations if cross else (), page=1)

    def mixing(self, mixed: bool) -> "Search":
        """The same search with the other language between the hits, or below them."""
        return replace(self, mixed=mixed)

    def translating(self, text: str, names: Iterable[str]) -> "Search":
        """The same search with other translations of an expression; without any it is not looked for."""
        chosen = dict(self.translations) | {text: ", ".join(names)}
        return replace(self, translations=tuple(chosen.items()), page=1)

    def unfiltered(self) -> "Search":
        """The same search without filters."""
        return replace(self, languages=(), sources=(), page=1).between("", "")

    def url(self) -> str:
        """The address of this page of results; the same state always has the same address.

        What `url_for` would say, in a quarter of its time: a page has forty of these.
        """
        if "results_address" not in g:
            g.results_address = url_for("pages.results").partition("?")
        path, _, rest = g.results_address
        pairs = [f"{name}={_escaped(value)}" for name, value in self._pairs()] + [rest] * bool(rest)
        return f"{path}?{'&'.join(pairs)}" if pairs else path

    def _pairs(self) -> Iterator[tuple[str, str]]:
        for name, value in self.parameters().items():
            if isinstance(value, list):
                yield from ((name, each) for each in value)
            elif value is not None:
                yield name, str(value)

    def document_url(self, document_id: str, *, external: bool = False, bare: bool = False) -> str:
        """The address of a document, seen from this search so that one can go back to it.

        `external` gives it with scheme and host; `bare` without the search.
        """
        rest: dict[str, Any] = {"ui": None} if bare else self.parameters()
        id = _SURROGATE.sub("\ufffd", document_id)  # an address is UTF-8, which cannot hold them
        if id.startswith("/") or "\n" in id or {"", ".", ".."} & set(id.split("/")):
            # Browsers rewrite such a path before they send it (a/../b → b), and no route has a line end.
            return url_for("pages.document", id=id, _external=external, **rest)
        return url_for("pages.document", document_id=id, _external=external, **rest)

    def parameters(self) -> dict[str, Any]:
        """This search as the parameters of an address."""
        # the engine reads no more, and links repeat the query some thirty times a page
        text = self.text[: live_index().caps.characters]
        return {
            "q": _SURROGATE.sub("\ufffd", text) or None,
            "page": self.page if self.page > 1 else None,
            "lang": list(self.languages),
            "source": [_SURROGATE.sub("\ufffd", source) for source in self.sources],
            "since": self.since or None,
            "until": self.until or None,
            "sort": None if self.order is Order.RELEVANCE else str(self.order),
            "all": 1 if self.ungrouped else None,
            "verbatim": 1 if self.verbatim else None,
            "cross": None if self.cross else 0,
            "mix": 1 if self.mixed else None,
            "t": [_SURROGATE.sub("\ufffd", text) for text, _ in self.translations],
            "as": [_SURROGATE.sub("\ufffd", names) for _, names in self.translations],
        }


@lru_cache(1024)
def _escaped(value: str) -> str:
    return quote_plus(value, safe=_SAFE)


def _page_number(text: str) -> int:
    try:
        return min(max(int(text), 1), MAX_PAGE)
    except ValueError:
        return 1


def _translations(texts: Iterable[str], names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Expressions and their translations, as far as there are both; none that is too long."""
    pairs = {text: own for text, own in zip(texts, names, strict=False) if 0 < len(text) <= MAX_CHOICE}
    return tuple((text, own[:MAX_CHOICE]) for text, own in pairs.items())[:MAX_CHOICES]


def named_by(names: str) -> tuple[str, ...]:
    """The translations in a field of a form, with commas between."""
    return tuple(name for each in names.split(",") if (name := each.strip()))


def _choices(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if 0 < len(value) <= MAX_CHOICE))[:MAX_CHOICES]
