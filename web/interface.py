"""The language of the interface: chosen for each request, kept in the addresses once chosen by hand."""

from typing import Any

from flask import Flask, Response, g, request, url_for

from web import formats
from web.marks import outward
from web.requests import Search
from web.strings import LANGUAGES, Strings

DEFAULT = "vi"


def strings() -> Strings:
    """The words of the interface for this request: `?ui=fr`, else what the browser prefers."""
    if "strings" not in g:
        preferred = request.accept_languages.best_match(LANGUAGES, DEFAULT)
        g.strings = LANGUAGES.get(request.args.get("ui", ""), LANGUAGES[preferred or DEFAULT])
    words = g.strings
    assert isinstance(words, Strings)
    return words


def language_links() -> list[tuple[Strings, str]]:
    """Each language of the interface with the address of this very page in it."""
    endpoint = request.endpoint
    if endpoint not in ("pages.results", "pages.document", "pages.help"):  # an error page
        return [(words, url_for("pages.results", ui=code)) for code, words in LANGUAGES.items()]
    here = Search.asked(request.args).parameters() | (request.view_args or {})
    if endpoint == "pages.document" and "id" in request.args:
        here["id"] = request.args["id"]
    return [(words, url_for(endpoint, **{**here, "ui": code})) for code, words in LANGUAGES.items()]


def install(app: Flask) -> None:
    """Give the templates the words, the formats and the state of the search."""

    @app.context_processor
    def _words() -> dict[str, Any]:
        words = strings()
        return {
            "t": words,
            "asked": Search.asked(request.args),
            "chosen_ui": request.args.get("ui") if request.args.get("ui") in LANGUAGES else None,
            "language_links": language_links,
            "date": lambda iso: formats.date(iso, words.code),
            "typed_day": lambda iso: "/".join(str(int(part)) for part in reversed(iso.split("-")) if part),
            "number": lambda value: formats.number(value, words.code),
            "duration": lambda milliseconds: formats.duration(milliseconds, words.code),
            "language_tag": formats.language_tag,
            "language_name": lambda code: formats.language_name(code) or words.other_language,
            "outward": outward,
        }

    @app.url_defaults
    def _keep_interface(endpoint: str, values: dict[str, Any]) -> None:
        # Only what the visitor chose: pages reached by Accept-Language keep short addresses.
        if endpoint != "static" and request and request.args.get("ui") in LANGUAGES:
            values.setdefault("ui", request.args["ui"])

    @app.after_request
    def _vary(response: Response) -> Response:
        if request.endpoint != "static":
            response.vary.add("Accept-Language")
        return response
