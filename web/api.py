"""The API: what the pages show, as JSON. `web/openapi.yaml` describes it, and is tested against it."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from http import HTTPStatus
from itertools import zip_longest
from pathlib import Path
from typing import Any, NoReturn

import yaml
from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from search import Order, SearchRequest
from web.live import live_index
from web.operations import record_stages
from web.requests import MAX_CHOICE, MAX_CHOICES, named_by

VERSION = 1
DESCRIPTION = Path(__file__).with_name("openapi.yaml")
MAX_LIMIT = 100
MAX_COMPLETIONS = 20

_ISO = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")

_SEARCH = (
    *("q", "limit", "offset", "lang", "source", "since", "until", "sort", "collapse", "verbatim"),
    *("cross", "t", "as"),
)

api = Blueprint("api", __name__)


@api.get("/search")
def search() -> ResponseReturnValue:
    """The hits of a query."""
    _only(
        "q",
        "limit",
        "offset",
        "lang",
        "source",
        "since",
        "until",
        "sort",
        "collapse",
        "verbatim",
        "cross",
        "t",
        "as",
    )
    asked = SearchRequest(
        _text("q"),
        limit=_number("limit", 10, 1, MAX_LIMIT),
        offset=_number("offset", 0, 0, live_index().caps.results - 1),
        languages=_several("lang"),
        sources=_several("source"),
        since=_date("since"),
        until=_date("until"),
        order=Order(_one_of("sort", tuple(map(str, Order)))),
        collapse=_one_of("collapse", ("true", "false")) == "true",
        verbatim=_one_of("verbatim", ("false", "true", "1")) != "false",
        cross=_one_of("cross", ("true", "false")) == "true",
        translations=_translations(),
    )
    page = live_index().engine().search(asked)
    record_stages(page.stages_ms)
    found = asdict(page)
    del found["took_ms"], found["stages_ms"]  # else no two answers would be equal; see Server-Timing
    return _answer(found)


@api.get("/suggest")
def suggest() -> ResponseReturnValue:
    """How what is being typed may go on."""
    _only("q", "limit")
    text = _text("q")
    found = live_index().engine().suggest(text, _number("limit", 8, 1, MAX_COMPLETIONS))
    return _answer({"query": text, "completions": [asdict(each) for each in found]})


@api.get("/documents/<path:document_id>")
def document(document_id: str) -> ResponseReturnValue:
    """A whole document, with what matches `q` highlighted."""
    _only("q")
    return _answer(asdict(live_index().engine().highlighted(document_id, request.args.get("q", ""))))


@api.get("/status")
def status() -> ResponseReturnValue:
    """What the index holds."""
    _only()
    return _answer(asdict(live_index().engine().status()))


@api.get("/openapi.json")
def description() -> ResponseReturnValue:
    """The OpenAPI document of all this."""
    return _answer(_description())


@cache
def _description() -> dict[str, Any]:
    described: dict[str, Any] = yaml.safe_load(DESCRIPTION.read_text(encoding="utf-8"))
    return described


def _answer(body: dict[str, Any]) -> Response:
    """JSON that a client may keep and ask about again: `If-None-Match` gets 304 when nothing changed."""
    response = Response(json.dumps(body, default=dict), content_type="application/json")
    response.headers["API-Version"] = str(VERSION)
    response.add_etag()
    response.make_conditional(request)
    return response


def _only(*names: str) -> None:
    for name in request.args:
        if name not in names:
            _refuse(f"unknown parameter {name[:40]!r}; allowed: {', '.join(names) or 'none'}")
        if name not in ("lang", "source", "t", "as") and len(request.args.getlist(name)) > 1:
            _refuse(f"{name} must be given only once")


def _text(name: str) -> str:
    text = request.args.get(name, "")
    if not text.strip():
        _refuse(f"{name} is missing: it must say what to search for")
    most = live_index().caps.characters
    if len(text) > most:
        _refuse(f"{name} must be no longer than {most} characters")
    return text


def _number(name: str, default: int, least: int, most: int) -> int:
    text = request.args.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"\d{1,6}", text, re.ASCII) or not least <= int(text) <= most:
        _refuse(f"{name} must be a whole number from {least} to {most}")
    return int(text)


def _several(name: str, least: int = 1) -> tuple[str, ...]:
    values = request.args.getlist(name)
    if len(values) > MAX_CHOICES or not all(least <= len(value) <= MAX_CHOICE for value in values):
        _refuse(
            f"{name} must be given at most {MAX_CHOICES} times, each with {least} to {MAX_CHOICE} characters"
        )
    return tuple(values)


def _translations() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each `t` with its `as`; one without is left out."""
    texts, names = _several("t"), _several("as", least=0)
    return tuple((text, named_by(own)) for text, own in zip_longest(texts, names[: len(texts)], fillvalue=""))


def _date(name: str) -> str:
    text = request.args.get(name)
    if text is None:
        return ""
    if not _ISO.fullmatch(text):
        _refuse(f"{name} must be an ISO date, whole or partial: 2024, 2024-05 or 2024-05-12")
    return text


def _one_of(name: str, values: Iterable[str]) -> str:
    first, *others = values
    text = request.args.get(name, first)
    if text not in (first, *others):
        _refuse(f"{name} must be one of: {', '.join((first, *others))}")
    return text


def _refuse(detail: str) -> NoReturn:
    abort(HTTPStatus.BAD_REQUEST, detail)
