"""Who asks, behind which proxies, by which name of ours, and what only operators may read."""

import re
from collections.abc import Callable, Iterable
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING, Any

from flask import Flask, abort, request
from werkzeug.middleware.proxy_fix import ProxyFix

from web.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

OPERATORS_ONLY = ("operations.metrics", "api.status", "api_versioned.status")
_OWN_NAMES = ("localhost", "127.0.0.1", "[::1]")
_PREFIX = re.compile(r"(?:/[A-Za-z0-9._~-]+)*+/?", re.ASCII)
"""A path of ours: neither `//elsewhere.example` nor what an attribute of a page would end at."""
_FORWARDED = ("X-Forwarded-For", "Forwarded")


def address() -> IPv4Address | IPv6Address | None:
    """The address of who asks; an IPv4 one as such, also where it comes as ::ffff:192.0.2.1."""
    try:
        found = ip_address(request.remote_addr or "")
    except ValueError:
        return None  # a socket of this machine
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def install(app: Flask, settings: Settings) -> None:
    """Believe so many proxies, answer to our own names only, and keep what operators read to them."""
    if settings.proxies:
        hops = settings.proxies
        inner = _with_checked_prefix(app.wsgi_app)
        app.wsgi_app = ProxyFix(inner, hops, hops, hops, 0, hops)  # type: ignore[method-assign]
    if settings.hosts:
        names = (*settings.hosts, *_OWN_NAMES)

        @app.before_request
        def _answer_to_our_names() -> None:
            if not _is_one_of(_without_port(request.host), names):
                abort(HTTPStatus.BAD_REQUEST, "this site does not answer to the host name of the request")

    networks = settings.operators
    if networks is not None:

        @app.before_request
        def _operators_only() -> None:
            if request.endpoint not in OPERATORS_ONLY:
                return
            whose = address()
            # what a proxy hands on that nobody told us of seems to come from this machine
            unknown_proxy = not settings.proxies and any(name in request.headers for name in _FORWARDED)
            if unknown_proxy or whose is None or not any(whose in network for network in networks):
                abort(HTTPStatus.NOT_FOUND)


def _with_checked_prefix(app: Any) -> "WSGIApplication":
    """Refuses a prefix that is no path: links would lead to another site."""

    def checked(environ: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
        prefix = environ.get("SCRIPT_NAME", "")
        if not _PREFIX.fullmatch(prefix):
            start_response("400 Bad Request", [("Content-Type", "text/plain")])
            return [b"X-Forwarded-Prefix must be a path, as /search\n"]
        environ["SCRIPT_NAME"] = prefix.rstrip("/")
        answer: Callable[[dict[str, Any], StartResponse], Iterable[bytes]] = app
        return answer(environ, start_response)

    return checked


def _without_port(host: str) -> str:
    return host.lower().rpartition("]")[0] + "]" if host.startswith("[") else host.lower().partition(":")[0]


def _is_one_of(host: str, names: Iterable[str]) -> bool:
    host = host.rstrip(".")
    return any(host == name.lstrip(".") or (name.startswith(".") and host.endswith(name)) for name in names)
