"""The pages: the search with its results, one document, the help."""

from http import HTTPStatus

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from search import Order
from web.beside import aligned
from web.corrections import ambiguous_words, meant_queries
from web.crossing import bridge_of, interleaved
from web.facets import language_choices, source_choices, year_choices
from web.guide import rows, sections, with_code
from web.highlights import highlighted, highlighted_text, listed_matches
from web.live import live_index
from web.minimap import HEIGHT, TICK, ticks
from web.notes import notes
from web.paging import Pager
from web.requests import Search
from web.searching import page_of
from web.sections import sections as hit_sections

pages = Blueprint("pages", __name__)

EXAMPLES = (
    ("quyen con nguoi", "vi"),
    ("bán hàng", "vi"),
    ("Hòa Bình", "vi"),
    ("droits de l’homme", "fr"),
    ("pate", "fr"),
)
"""Queries to try, with and without diacritics, each with its language. All find something in `corpus/`."""


@pages.get("/")
def results() -> ResponseReturnValue:
    """The home page, or the results of `?q=`."""
    asked = Search.asked(request.args)
    if not asked.text:
        return render_template("home.html", status=live_index().engine().status(), examples=EXAMPLES)
    page = page_of(asked)
    return render_template(
        "results.html",
        page=page,
        pager=Pager.of(page, asked),
        languages=language_choices(page, asked),
        sources=source_choices(page, asked),
        years=year_choices(page, asked),
        ambiguous=ambiguous_words(page, asked),
        meant=meant_queries(page, asked),
        notes=notes(page.warnings, page.searched),
        orders=tuple(Order),
        sections=hit_sections(page),
        bridge=bridge_of(page, asked),
        mixed=list(interleaved(page.hits, page.crossed)) if asked.mixed else [],
        highlighted=highlighted,
        examples=EXAMPLES,
    )


@pages.get("/document")
@pages.get("/document/<path:document_id>")
def document(document_id: str = "") -> ResponseReturnValue:
    """A whole document with what matches `?q=` highlighted; `?id=` is for ids that no path can hold."""
    id = document_id or request.args.get("id", "")
    if not id:
        abort(HTTPStatus.NOT_FOUND)
    asked = Search.asked(request.args)
    found = live_index().engine().highlighted(id, asked.text, asked.verbatim)
    text = highlighted_text(found.document.text, found.text_highlights, found.document.language)
    return render_template(
        "document.html",
        document=found.document,
        alternates=found.alternates,
        counterparts=[each.document for each in found.counterparts],
        similar=found.similar,
        similar_total=found.similar_total,
        title=highlighted(found.document.title, found.title_highlights),
        text=text,
        ticks=ticks(found.document.text, text.highlights),
        map_height=HEIGHT,
        tick_height=TICK,
        matches=listed_matches(found.document.text, found.text_highlights),
        in_title=bool(found.title_highlights),
    )


@pages.get("/beside")
def beside() -> ResponseReturnValue:
    """Two documents side by side, `?id=` and `?other=`, with what matches `?q=` highlighted in both."""
    ids = request.args.get("id", ""), request.args.get("other", "")
    if not all(ids):
        abort(HTTPStatus.NOT_FOUND)
    asked = Search.asked(request.args)
    both = [live_index().engine().highlighted(id, asked.text, asked.verbatim) for id in ids]
    texts = [
        highlighted_text(each.document.text, each.text_highlights, each.document.language, numbered=False)
        for each in both
    ]
    rows = aligned(*([each.striptags() for each in text.paragraphs] for text in texts))
    return render_template(
        "beside.html",
        documents=[each.document for each in both],
        titles=[highlighted(each.document.title, each.title_highlights) for each in both],
        texts=texts,
        rows=rows,
    )


@pages.get("/help")
def help() -> ResponseReturnValue:
    """What can be typed, on one page; it needs no index."""
    return render_template("help.html", rows=rows(), sections=sections(), with_code=with_code)
