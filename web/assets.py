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


def _is_current(app: Flask) -> bool:
    """Whether the address of a static file names the content that is sent."""
    path = Path(app.static_folder or "", (request.view_args or {}).get("filename", ""))
    return request.args.get("v") == _digest(path, path.stat().st_mtime_ns)


def install(app: Flask) -> None:
    """Add the headers, and the digest of its content to the address of each static file."""

    @app.url_defaults
    def _version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and app.static_folder:
            path = Path(app.static_folder, values["filename"])
            if path.is_file():
                values["v"] = _digest(path, path.stat().st_mtime_ns)

    @app.after_request
    def _headers(response: Response) -> Response:
        response.headers.update(SECURITY)
        versioned = request.endpoint == "static" and response.status_code < 400 and _is_current(app)
        response.headers["Cache-Control"] = FOREVER if versioned else FRESH
        return response
