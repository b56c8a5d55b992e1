"""The command that serves the site: `python -m web [--index ADDRESS] [--host HOST] [--port N]`."""

import argparse
import errno
import io
import logging
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from types import FrameType
from typing import NoReturn

from flask import Flask
from waitress.server import create_server

from search import (
    SearchError,
    add_index_option,
    add_lexicon_option,
    add_synonyms_option,
    add_version_option,
)
from web import create_app
from web.limits import MAX_BODY
from web.live import LiveIndex
from web.settings import BadSetting, Settings

THREADS = 4
"""Searches share one interpreter: more would only wait for each other. Waitress itself feeds slow readers."""

CONNECTIONS = 1000
"""Browsers keep theirs open; past this number new ones wait."""

MAX_ADDRESS = 1 << 20
"""A query of 100 kB in Vietnamese is 300 kB once escaped in an address."""


def parser() -> argparse.ArgumentParser:
    """The options."""
    options = argparse.ArgumentParser(prog="python -m web", description="Serve the search site.")
    add_version_option(options)
    add_index_option(options)
    add_synonyms_option(options)
    add_lexicon_option(options)
    options.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    options.add_argument(
        "--port",
        type=_port,
        default=5000,
        metavar="N",
        help="port to listen on, 0 for any free one (default: %(default)s)",
    )
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until Ctrl-C or SIGTERM; 1 when the address cannot be listened on."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that cannot show ữ
    options = parser().parse_args(arguments)
    for number in (signal.SIGTERM, signal.SIGINT):  # a shell's background job is born deaf to SIGINT
        signal.signal(number, _stop)
    try:
        settings = replace(Settings.read(), synonyms=options.synonyms)
        if options.lexicon:
            settings = replace(settings, lexicons=tuple(options.lexicon))
        return serve(create_app(options.index, settings=settings), options.host, options.port)
    except (BadSetting, SearchError) as error:
        print(f"python -m web: {error}", file=sys.stderr)
        return 1
    except SystemExit:
        return 0  # stopped while the index was being opened


def serve(app: Flask, host: str, port: int) -> int:
    """Serve an application through waitress, in threads."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a line for each request that waits
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            connection_limit=CONNECTIONS,
            ident=None,
            max_request_header_size=MAX_ADDRESS,
            max_request_body_size=MAX_BODY,
            clear_untrusted_proxy_headers=False,  # SONGNGU_PROXIES says how many of them are believed
        )
    except (OSError, ValueError) as error:  # waitress answers ValueError to a host it cannot resolve
        print(f"python -m web: {_why_not(error, host, port)}", file=sys.stderr)
        return 1
    address = f"[{host}]" if ":" in host else host
    print(f"Serving on http://{address}:{_listening_port(server, port)} (Ctrl-C stops)", flush=True)
    server.run()  # returns at SystemExit, once running requests are worked out: slow readers are cut off
    server.close()
    index = app.extensions[LiveIndex.NAME]
    index.close()
    return 0


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} must be a port number from 0 to 65535")
    return int(text)


def _listening_port(server: object, asked: int) -> int:
    """The port in use. A name with several addresses (localhost) gives several servers, all on `asked`."""
    port = getattr(server, "effective_port", asked)
    return int(port)


def _why_not(error: OSError | ValueError, host: str, port: int) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EADDRINUSE:
        return f"port {port} of {host} is taken; choose another with --port"
    if number == errno.EACCES:
        return f"port {port} needs administrator rights; choose one above 1023 with --port"
    return f"cannot listen on {host}, port {port}: {error}"


def _stop(signal_number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
