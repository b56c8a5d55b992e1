"""What the site says when it cannot answer: a page in the visitor's language, never a traceback."""

import logging
from http import HTTPStatus

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from search.errors import DocumentMissing, IndexMissing, SearchError
from web.interface import strings
from web.live import live_index
from web.problems import for_machines, problem
from web.settings import DEFAULT_INDEX

RETRY_AFTER = "10"
"""Seconds a client should wait for an index that is not there yet."""

logger = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Answer every error with a page of ours."""
    app.register_error_handler(DocumentMissing, _no_document)
    app.register_error_handler(SearchError, _no_index)
    app.register_error_handler(HTTPException, _refused)


def _no_document(error: Exception) -> ResponseReturnValue:
    if for_machines():
        return problem(HTTPStatus.NOT_FOUND, str(error))
    t = strings()
    page = render_template("error.html", title=t.no_document, text=t.no_document_text)
    return page, HTTPStatus.NOT_FOUND


def _no_index(error: Exception) -> ResponseReturnValue:
    """The index cannot be used. Its place on our disk goes to the log, not to the visitor."""
    live = live_index()
    live.forget()
    logger.error("%s", error)
    t = strings()
    missing = isinstance(error, IndexMissing)
    if for_machines():
        response = problem(
            HTTPStatus.SERVICE_UNAVAILABLE, "there is no index yet" if missing else "the index cannot be read"
        )
        response.headers["Retry-After"] = RETRY_AFTER
        return response
    page = render_template(
        "error.html",
        title=t.no_index if missing else t.bad_index,
        text=t.no_index_text if missing else t.bad_index_text,
        command="python -m indexer build PATH" + (" --index INDEX" if live.path != DEFAULT_INDEX else ""),
    )
    return page, HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": RETRY_AFTER}


def _refused(error: Exception) -> ResponseReturnValue:
    """Everything HTTP has a number for; Flask has logged an unforeseen exception as a 500."""
    assert isinstance(error, HTTPException)
    response = error.get_response()
    if response.status_code < HTTPStatus.BAD_REQUEST:
        return response  # a redirection
    if for_machines():
        answer = problem(response.status_code, error.description or error.name)
        for name in ("Allow", "Retry-After"):
            if name in response.headers:
                answer.headers[name] = response.headers[name]
        return answer
    t = strings()
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        title, text = t.failure, t.failure_text
    elif response.status_code == HTTPStatus.NOT_FOUND:
        title, text = t.not_found, t.not_found_text
    elif response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        title, text = t.too_many, t.too_many_text
    else:
        title, text = t.bad_request, t.bad_request_text
    response.set_data(render_template("error.html", title=title, text=text))
    response.content_type = "text/html; charset=utf-8"
    return response
