"""Headers of every answer: what a browser may load, and how long it may keep what it got."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; "
        "form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # a query is nobody's business but the visitor's
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "browsing-topics=()",
}
FOREVER = "public, max-age=31536000, immutable"
FRESH = "private, no-cache"


@lru_cache(maxsize=64)
def _digest(path: Path, changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _version_of(app: Flask, filename: str) -> str | None:
    """What the address of a static file ends in; None when there is no such file."""
    path = Path(app.static_folder or "", filename)
    return _digest(path, path.stat().st_mtime_ns) if app.static_folder and path.is_file() else None


def install(app: Flask) -> None:
    """Add the headers, and the digest of its content to the address of each static file."""

    @app.url_defaults
    def _version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and (version := _version_of(app, values["filename"])):
            values["v"] = version

    @app.after_request
    def _headers(response: Response) -> Response:
        response.headers.update(SECURITY)
        version = (
            request.args.get("v") if request.endpoint == "static" and response.status_code < 400 else None
        )
        current = version and version == _version_of(app, (request.view_args or {})["filename"])
        response.headers["Cache-Control"] = FOREVER if current else FRESH
        return response
