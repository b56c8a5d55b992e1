"""A list of results to take away: a table, JSON lines, or a feed to follow."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice

from flask import Blueprint, Response, abort, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_babel import pgettext

from search import Hit, Order, encodable, fold
from web.live import live_index
from web.requests import Search
from web.searching import all_hits, first_hits

exports = Blueprint("exports", __name__)

COLUMNS = ("id", "title", "language", "source", "date", "url", "snippet")
MISSING = "missing"
"""A column for the words of the query that a document lacks."""
LINK = "link"
"""One more column: where the document can be read on this site."""
FEED_SIZE = 30
_MAX_NAME = 40
"""Characters of a query in the name of a file."""

_FORMULA = re.compile(r"^[\s\x00\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]|;[=+\-@＝＋－＠]")
"""A semicolon begins a cell too, in French and Vietnamese spreadsheets."""
_BOM = "\ufeff"


@exports.get("/results.csv")
def as_csv() -> ResponseReturnValue:
    """All the hits as a table that spreadsheets open: UTF-8 with a byte order mark, as Excel needs it."""
    return _download(_csv_lines, "text/csv", "csv")


@exports.get("/results.jsonl")
def as_json_lines() -> ResponseReturnValue:
    """All the hits, one JSON object a line."""
    return _download(_json_lines, "application/jsonl", "jsonl")


@exports.get("/feed.atom")
def as_feed() -> ResponseReturnValue:
    """The newest documents that match, as an Atom feed (RFC 4287)."""
    asked = replace(_asked(), order=Order.NEWEST, page=1)
    page = first_hits(asked, FEED_SIZE)
    created = live_index().engine().status().created
    feed = render_template("feed.xml", asked=asked, page=page, created=created, moment=_moment)
    return Response(feed, content_type="application/atom+xml; charset=utf-8")


def _asked() -> Search:
    asked = Search.asked(request.args)
    if not asked.text:
        abort(400)
    return asked


def _download(
    lines: Callable[[Iterable[dict[str, str]]], Iterator[str]], mimetype: str, extension: str
) -> Response:
    asked = _asked()
    hits = all_hits(asked)
    first = list(islice(hits, 1))  # an index that cannot be read is told before the download begins
    words = "-".join(re.findall("[a-z0-9]+", fold(asked.text.lower())))[:_MAX_NAME].strip("-")
    return Response(
        stream_with_context(lines(_row(hit, asked) for hit in chain(first, hits))),
        content_type=f"{mimetype}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="song-ngu-{words or "0"}.{extension}"'},
    )


def _row(hit: Hit, asked: Search) -> dict[str, str]:
    row = {column: encodable(getattr(hit, column)) for column in COLUMNS}
    row |= {MISSING: encodable(", ".join(hit.missing))}
    return row | {LINK: asked.document_url(hit.id, external=True, bare=True)}


def _csv_lines(rows: Iterable[dict[str, str]]) -> Iterator[str]:
    yield _BOM + _csv_line(_headers())
    for row in rows:
        yield _csv_line(map(_inert, row.values()))


def _headers() -> tuple[str, ...]:
    """The names of the columns, in the language of the interface."""
    return (
        "id",
        pgettext("column", "title"),
        pgettext("column", "language"),
        pgettext("column", "source"),
        pgettext("column", "date"),
        pgettext("column", "url"),
        pgettext("column", "snippet"),
        pgettext("column", "missing words"),
        pgettext("column", "link"),
    )


def _csv_line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _inert(cell: str) -> str:
    """Text that a spreadsheet will not run as a formula (OWASP, “CSV injection”)."""
    return "'" + cell if _FORMULA.search(cell) else cell


def _json_lines(rows: Iterable[dict[str, str]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _moment(date: str, created: str) -> str:
    """A date as RFC 3339 wants it; a document without a whole date is as old as the index."""
    return f"{date}T00:00:00Z" if re.fullmatch(r"\d{4}-\d\d-\d\d", date) else created
