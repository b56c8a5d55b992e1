"""`python -m web` as it is run from a terminal."""

import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from web_server import ROOT, served

from web.cli import parser


def test_site_starts_without_an_index_and_says_what_to_run(tmp_path: Path) -> None:
    with served("--index", str(tmp_path / "none")) as (_, address):
        with pytest.raises(urllib.error.HTTPError) as error:
            urllib.request.urlopen(address, timeout=10)
        with error.value as response:
            assert response.status == 503
            assert b"python -m indexer build" in response.read()
            assert not response.headers["Server"]


def test_a_body_that_nobody_asked_for_is_not_taken(tmp_path: Path) -> None:
    with served("--index", str(tmp_path / "none")) as (_, address):
        with pytest.raises(urllib.error.HTTPError) as error:
            urllib.request.urlopen(address, data=b"x" * 200_000, timeout=10)
        with error.value as response:
            assert response.status == 413


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_site_stops_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with served(SONGNGU_INDEX=str(tmp_path / "none")) as (process, _):
        process.send_signal(number)
        _, errors = process.communicate(timeout=10)
        assert process.returncode == 0
        assert "Traceback" not in errors
        assert str(tmp_path / "none") in errors  # where the index was looked for


def refused(*arguments: str) -> str:
    """What is said when the site cannot be served."""
    command = [sys.executable, "-m", "web", "--index", "none", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_taken_port_is_told_plainly() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"port {port} of 127.0.0.1 is taken" in refused("--port", str(port))


def test_an_unknown_host_is_told_plainly() -> None:
    assert "cannot listen on no such host" in refused("--host", "no such host", "--port", "0")


@pytest.mark.parametrize("port", ["abc", "-1", "65536", "٣", ""])
def test_a_port_that_is_none_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args([f"--port={port}"])
    assert "must be a port number from 0 to 65535" in capsys.readouterr().err


def test_options_have_defaults() -> None:
    options = parser().parse_args([])
    assert (options.host, options.port) == ("127.0.0.1", 5000)
    assert parser().parse_args(["--port", "8124"]).port == 8124
