"""How much one client may ask for."""

import math
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from http import HTTPStatus
from ipaddress import ip_network
from threading import Lock
from typing import Any

from flask import Flask, Response, abort, g, request
from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from web.clients import address
from web.settings import BadSetting, Settings

MAX_BODY = 64 * 1024
"""Bytes of a request's body: no page reads one."""

DOWNLOAD_COST = 20
"""Requests that one list of up to 10,000 hits counts for: it takes a processor for seconds."""
DOWNLOADS = "exports"
"""The blueprint whose answers count so much, and come one at a time."""
UNLIMITED = ("static", "operations.livez", "operations.readyz", "operations.healthz", "operations.metrics")
WAIT = 5
"""Seconds after which a second download may be tried again."""


def client() -> str:
    """Whom a request is counted for: its address, or the /64 of an IPv6 one, which one household has."""
    found = address()
    if found is None or found.version == 4:
        return str(found or request.remote_addr)
    return str(ip_network((found, 64), strict=False))


def install(app: Flask, settings: Settings) -> None:
    """Refuse with 429 what goes past the rate, and a second download beside a first.

    What is found nowhere counts too. Raises BadSetting when the rate is none. Each process counts for
    itself: with several workers a client has as many times the rate.
    """
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    if settings.rate.lower() != "off":
        try:
            _install_rate(app, parse_many(settings.rate))
        except ValueError as error:
            raise BadSetting(f"SONGNGU_RATE={settings.rate}: write “600 per minute”, or off") from error
    _install_turns(app)

    @app.after_request
    def _come_back(response: Response) -> Response:
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS and "again_at" in g:
            response.headers["Retry-After"] = str(max(1, math.ceil(g.again_at - time.time())))
        return response


def _install_rate(app: Flask, limits: Sequence[RateLimitItem]) -> None:
    counted = FixedWindowRateLimiter(MemoryStorage())
    download_cost = min(DOWNLOAD_COST, *(limit.amount for limit in limits))  # with a low rate one is possible

    @app.before_request
    def _count() -> None:
        if request.endpoint in UNLIMITED:
            return
        cost = download_cost if request.blueprint == DOWNLOADS else 1
        whose = client()
        refused = [limit for limit in limits if not counted.hit(limit, whose, cost=cost)]
        if refused:
            g.again_at = max(counted.get_window_stats(limit, whose).reset_time for limit in refused)
            abort(HTTPStatus.TOO_MANY_REQUESTS)


def _install_turns(app: Flask) -> None:
    """One download at a time for each client, from its first byte to its last."""
    running: set[str] = set()
    lock = Lock()

    @app.before_request
    def _take_turn() -> None:
        if request.blueprint != DOWNLOADS:
            return
        whose = client()
        with lock:
            if whose in running:
                g.again_at = time.time() + WAIT
                abort(HTTPStatus.TOO_MANY_REQUESTS)
            running.add(whose)
        g.turn = ExitStack()
        g.turn.callback(running.discard, whose)

    @app.after_request
    def _until_sent(response: Response) -> Response:
        if "turn" in g and response.is_streamed:
            turn = g.pop("turn")
            response.response = _ended(response.response, turn)
            response.call_on_close(turn.close)  # also where nobody reads it
        return response

    @app.teardown_request
    def _give_up(error: BaseException | None) -> None:
        if "turn" in g:  # all is made that is to be sent
            g.pop("turn").close()


def _ended(chunks: Iterable[Any], turn: ExitStack) -> Iterator[Any]:
    with turn:
        yield from chunks
