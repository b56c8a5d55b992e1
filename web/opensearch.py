"""The site as a search engine of the browser's own search bar (OpenSearch 1.1)."""

import json

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from web.live import live_index

opensearch = Blueprint("opensearch", __name__)


@opensearch.get("/opensearch.xml")
def description() -> ResponseReturnValue:
    """What a browser reads to add the site to its search engines."""
    page = render_template("opensearch.xml")
    return Response(page, content_type="application/opensearchdescription+xml; charset=utf-8")


@opensearch.get("/opensearch/suggestions")
def suggestions() -> ResponseReturnValue:
    """Completions as search bars read them: the query, then a list of phrases."""
    text = request.args.get("q", "")
    found = live_index().engine().suggest(text) if text.strip() else ()
    phrases = [each.text for each in found if not each.document_id]
    return Response(json.dumps([text, phrases]), content_type="application/x-suggestions+json")
