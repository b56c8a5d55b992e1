"""The headers of every answer, and what a browser may keep."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from web_page import page
from web_stub import DROITS, NOTE, RIGHTS, StubEngine

from web import create_app


@pytest.fixture
def app() -> Flask:
    return create_app(engine=StubEngine([RIGHTS, DROITS, NOTE]))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize(
    "url", ["/", "/?q=quyen", "/nowhere", "/healthz", "/static/style.css", "/document/x"]
)
def test_every_answer_has_the_security_headers(client: FlaskClient, url: str) -> None:
    with client.get(url) as response:
        headers = response.headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_pages_respect_their_own_policy(client: FlaskClient) -> None:
    for url in ("/", "/?q=quyen", "/document/vi/nhan-quyen.txt?q=quyen", "/nowhere"):
        text = client.get(url).text
        assert not re.search(r"<style|\sstyle=|\son\w+=", text)
        scripts = re.findall(r"<script.*?</script>", text, re.DOTALL)
        own = r'<script type="module" src="/static/site\.js\?v=[0-9a-f]{12}"></script>'
        assert [script for script in scripts if not re.fullmatch(own, script)] == []
        assert not re.search(r'(src|href)="(https?:)?//(?!example\.org/nhan-quyen)', text)


def test_static_files_are_kept_forever_and_pages_asked_for_again(client: FlaskClient) -> None:
    text = page(client, "/")
    style = re.search(r'<link rel="stylesheet" href="(/static/style\.css\?v=[0-9a-f]{12})">', text)
    assert style
    with client.get(style[1]) as response:
        assert response.status_code == 200
        assert "max-age=31536000" in response.headers["Cache-Control"]
    with client.get("/static/style.css?v=0123456789ab") as response:  # another version of it
        assert "immutable" not in response.headers["Cache-Control"]
    with client.get("/static/style.css") as response:
        assert "no-cache" in response.headers["Cache-Control"]
    assert "no-cache" in client.get("/").headers["Cache-Control"]


def test_files_outside_static_stay_private(client: FlaskClient) -> None:
    for url in ("/static/../views.py", "/static/%2e%2e/views.py", "/static//etc/passwd"):
        assert client.get(url).status_code == 404


def test_stylesheet_asks_nobody_else(app: Flask) -> None:
    assert app.static_folder
    for file in Path(app.static_folder).glob("*.css"):
        assert "url(" not in file.read_text(encoding="utf-8")
        assert "@import" not in file.read_text(encoding="utf-8")
