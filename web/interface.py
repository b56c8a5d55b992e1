"""The language of the interface: chosen for each request, kept in the addresses once chosen by hand."""

from typing import Any

from flask import Flask, Response, request, url_for
from flask_babel import get_locale, pgettext

from search import passage_language
from web import catalogues, formats
from web.catalogues import LANGUAGES
from web.highlights import legible, outward
from web.requests import Search

DEFAULT = "vi"


def language() -> str:
    """The language of the interface for this request: `?ui=fr`, else what the browser prefers."""
    locale = get_locale()
    assert locale
    return locale.language


def _asked() -> str:
    asked = request.args.get("ui", "")
    return asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES, DEFAULT) or DEFAULT


def language_links() -> list[tuple[str, str]]:
    """Each language of the interface with the address of this very page in it."""
    endpoint = request.endpoint
    if endpoint not in ("pages.results", "pages.document", "pages.help"):  # an error page
        return [(code, url_for("pages.results", ui=code)) for code in LANGUAGES]
    here = Search.asked(request.args).parameters() | (request.view_args or {})
    if endpoint == "pages.document" and "id" in request.args:
        here["id"] = request.args["id"]
    return [(code, url_for(endpoint, **{**here, "ui": code})) for code in LANGUAGES]


def install(app: Flask) -> None:
    """Give the templates the words, the formats and the state of the search."""
    catalogues.install(app, _asked)
    app.add_template_filter(legible)

    @app.context_processor
    def _words() -> dict[str, Any]:
        ui = language()
        return {
            "ui": ui,
            "asked": Search.asked(request.args),
            "chosen_ui": request.args.get("ui") if request.args.get("ui") in LANGUAGES else None,
            "language_links": language_links,
            "date": lambda iso: formats.date(iso, ui),
            "typed_day": lambda iso: "/".join(str(int(part)) for part in reversed(iso.split("-")) if part),
            "number": lambda value: formats.number(value, ui),
            "duration": lambda milliseconds: formats.duration(milliseconds, ui),
            "language_tag": formats.language_tag,
            "passage_language": passage_language,
            "language_name": lambda code: formats.language_name(code) or pgettext("language", "Other"),
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
