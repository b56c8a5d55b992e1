"""How the tests read a page: its words and its links, as a visitor would."""

import html
import re

from flask.testing import FlaskClient


def page(client: FlaskClient, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.text
    assert response.text.count("<h1") == 1
    assert "Traceback" not in response.text
    return response.text


def words(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", "", markup)))


def links(markup: str) -> dict[str, str]:
    """The links of a page: what they say → where they lead."""
    found = re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', markup, re.DOTALL)
    return {words(text).strip(): html.unescape(url) for url, text in found}
