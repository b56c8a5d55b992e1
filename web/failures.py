"""What the site says when it cannot answer: a page in the visitor's language, never a traceback."""

import logging
from http import HTTPStatus

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext, pgettext
from werkzeug.exceptions import HTTPException

from search import DEFAULT_INDEX, DocumentMissing, IndexMissing, SearchError
from web.live import live_index
from web.problems import for_machines, problem

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
    page = render_template(
        "error.html",
        title=gettext("Document not found"),
        text=gettext("This document is no longer here, or the address is wrong. You can search for it here:"),
    )
    return page, HTTPStatus.NOT_FOUND


def _no_index(error: Exception) -> ResponseReturnValue:
    """The index cannot be used. Its place on our disk goes to the log, not to the visitor."""
    live = live_index()
    live.forget()
    logger.error("%s", error)
    missing = isinstance(error, IndexMissing)
    if for_machines():
        response = problem(
            HTTPStatus.SERVICE_UNAVAILABLE, "there is no index yet" if missing else "the index cannot be read"
        )
        response.headers["Retry-After"] = RETRY_AFTER
        return response
    if missing:
        title = gettext("Nothing to search yet")
        text = gettext("No document has been indexed. Run the command below, then reload this page.")
    else:
        title = gettext("The index cannot be read")
        text = gettext(
            "The index is damaged, or was made by another version of the software. "
            "Build it again with the command below, then reload this page."
        )
    command = ["python -m indexer build", pgettext("command", "PATH")]
    if live.path != DEFAULT_INDEX:
        command += ["--index", pgettext("command", "INDEX")]
    page = render_template("error.html", title=title, text=text, command=" ".join(command))
    return page, HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": RETRY_AFTER}


def _refused(error: Exception) -> ResponseReturnValue:
    """Everything HTTP has a number for; Flask has logged an unforeseen exception as a 500."""
    assert isinstance(error, HTTPException)
    response = error.get_response()
    if response.status_code < HTTPStatus.BAD_REQUEST:
        return response  # a redirection
    if for_machines():
        answer = problem(response.status_code, _why(error))
        for name in ("Allow", "Retry-After"):
            if name in response.headers:
                answer.headers[name] = response.headers[name]
        return answer
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        title = gettext("Something went wrong")
        text = gettext(
            "Our server made an error, which has been recorded. Please try again in a few minutes."
        )
    elif response.status_code == HTTPStatus.NOT_FOUND:
        title = gettext("Page not found")
        text = gettext("There is no page at this address. You can search again here:")
    elif response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        title = gettext("Too many requests")
        text = gettext("Too many requests have come from your network. Wait a minute, then search again:")
    else:
        title = gettext("Bad request")
        text = gettext("The server did not understand this request. You can search again here:")
    response.set_data(render_template("error.html", title=title, text=text))
    response.content_type = "text/html; charset=utf-8"
    return response


def _why(error: HTTPException) -> str:
    """What the API says of an error, in our own words where HTTP's own speak of a browser."""
    if error.code == HTTPStatus.NOT_FOUND:
        return "there is nothing at this address; /api/openapi.json lists the addresses there are"
    if error.code == HTTPStatus.TOO_MANY_REQUESTS:
        return "too many requests from your network; wait as long as Retry-After says, then try again"
    if error.code == HTTPStatus.METHOD_NOT_ALLOWED:
        return "this address accepts only GET"
    if error.code == HTTPStatus.INTERNAL_SERVER_ERROR:
        return "our server made an error, which has been recorded; try again in a few minutes"
    return error.description or error.name
