"""How much one client may ask for, and who the client is behind a proxy."""

import math
import time
from http import HTTPStatus
from ipaddress import ip_address, ip_network

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import parse_many
from werkzeug.middleware.proxy_fix import ProxyFix

from web.settings import BadSetting, Settings

MAX_BODY = 64 * 1024
"""Bytes of a request's body: no page reads one."""

DOWNLOAD_COST = 20
"""Requests that one list of up to 10,000 hits counts for: it takes a processor for seconds."""
DOWNLOADS = ("exports.as_csv", "exports.as_json_lines")
UNLIMITED = ("static", "operations.healthz", "operations.metrics")


def _client() -> str:
    """Whom a request is counted for: its address, or the /64 of an IPv6 one, which one household has."""
    text = get_remote_address()
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if address.version == 4:
        return text
    return str(ip_network((address, 64), strict=False))


def install(app: Flask, settings: Settings) -> None:
    """Refuse with 429 what goes past the rate. Raises BadSetting when the rate is none.

    Each process counts for itself: with several workers a client has as many times the rate.
    """
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops, 0, hops)  # type: ignore[method-assign]
    if settings.rate.lower() == "off":
        return
    try:
        least = min(limit.amount for limit in parse_many(settings.rate))
    except ValueError as error:
        raise BadSetting(f"SONGNGU_RATE={settings.rate}: write “600 per minute”, or off") from error
    download_cost = min(DOWNLOAD_COST, least)  # with a low rate one is still possible

    limiter = Limiter(
        _client,
        app=app,
        application_limits=[settings.rate],
        application_limits_cost=lambda: download_cost if request.endpoint in DOWNLOADS else 1,
        storage_uri="memory://",
    )

    @limiter.request_filter
    def _unlimited() -> bool:
        return request.endpoint in UNLIMITED

    @app.after_request
    def _come_back(response: Response) -> Response:
        limit = limiter.current_limit
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS and limit:
            response.headers["Retry-After"] = str(max(1, math.ceil(limit.reset_at - time.time())))
        return response
