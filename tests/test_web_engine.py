"""The site over a real index: from files on disk to marks on the page."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import pytest
from web_server import ROOT, served

Get = Callable[[str], tuple[int, str]]


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Get]:
    """Asks a site that was started before anything was indexed: status and text of a page."""
    folder = tmp_path_factory.mktemp("site")
    texts = folder / "texts"
    texts.mkdir()
    (texts / "quyen.txt").write_text(
        "Hội nghị về quyền con người\n\nTỉnh Hòa Bình bảo vệ quyền con người.\n", "utf-8"
    )
    (texts / "droits.txt").write_text("Les droits de l’homme\n\nUne conférence <b> à Ha Nam.\n", "utf-8")
    with served("--index", str(folder / "index")) as (_, address):

        def get(url: str) -> tuple[int, str]:
            try:
                with urllib.request.urlopen(address + url, timeout=30) as response:
                    return response.status, response.read().decode()
            except urllib.error.HTTPError as error:
                with error as response:
                    return error.code, response.read().decode()

        assert get("/?q=quyen")[0] == 503
        command = [sys.executable, "-m", "indexer", "build", str(texts), "--index", str(folder / "index")]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
        yield get


def test_unaccented_query_finds_and_marks_accented_text(get: Get) -> None:
    text = get("/?q=quyen+con+nguoi")[1]
    assert "1 kết quả" in text
    assert "Hội nghị về <mark>quyền con người</mark>" in text


def test_a_result_opens_its_document_with_the_matches_numbered(get: Get) -> None:
    assert 'href="/document/quyen.txt?q=hoa+binh"' in get("/?q=hoa+binh")[1]
    assert 'Tỉnh <mark id="m1">Hòa Bình</mark> bảo vệ' in get("/document/quyen.txt?q=hoa+binh")[1]


def test_languages_are_counted_and_filter(get: Get) -> None:
    both = get("/?q=nghi+OR+homme")[1]
    assert "2 kết quả" in both
    french = get("/?q=nghi+OR+homme&lang=fr")[1]
    assert "1 kết quả" in french
    assert "quyen.txt" not in french


@pytest.mark.parametrize(
    "query", ["%00", "%ED%A0%80", "(" * 10_000, "'" * 999, "%22", "*", "-", "date:x", "%F0%9F%8D%9C"]
)
def test_no_query_breaks_the_page(get: Get, query: str) -> None:
    assert get(f"/?q={query}")[0] == 200
    assert get(f"/document/droits.txt?q={query}")[0] == 200


def test_an_unknown_document_is_a_404(get: Get) -> None:
    assert get("/document/none.txt?q=quyen")[0] == 404
    assert get("/document/%00%ED%A0%80")[0] == 404


def test_monitors_see_what_is_indexed(get: Get) -> None:
    assert json.loads(get("/healthz")[1])["documents"] == 2
