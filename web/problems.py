"""What the API says when it cannot answer: problem details (RFC 9457), in English."""

import json
from http import HTTPStatus

from flask import Response, request

PREFIX = "/api/"


def for_machines() -> bool:
    """Whether this request is one of the API."""
    return f"{request.path}/".startswith(PREFIX)


def problem(status: int, detail: str) -> Response:
    """An error as `application/problem+json`."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return Response(json.dumps(body), status, content_type="application/problem+json")
