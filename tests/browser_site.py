"""The site of the sample in a real browser: fixtures of the tests that look at it as a visitor does."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from web_server import served

from search.document import Document

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: apt-get install chromium")

if CHROMIUM:
    from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LONG = "vi/nhat-ky-ben-do"
"""The id of a document of several screens."""
WAIT = 10_000
"""ms: a machine at work on something else must not fail a test."""

Opener = Callable[..., "Page"]


@pytest.fixture(scope="module")
def site(
    tmp_path_factory: pytest.TempPathFactory, sample: dict[str, Document], make_index: Callable[..., Path]
) -> Iterator[str]:
    """The address of the sample's site."""
    lines = [f"Chuyến thứ {n}: nước lên chậm, bến vắng, gió thổi về phía cửa sông." for n in range(120)]
    lines[3] = lines[60] = lines[110] = "Thuyền về đến bến lúc trời chưa sáng."
    long = Document(LONG, "Nhật ký một bến đò", "\n\n".join(lines), "vi")
    index = make_index(tmp_path_factory.mktemp("browser") / "index", [*sample.values(), long])
    with served("--index", str(index), SONGNGU_RATE="off") as (_, address):
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Chromium, without a window. Its event loop runs meanwhile: other tests would not like that."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: "Browser", site: str) -> Iterator[Opener]:
    """Opens an address in a new browser profile; fails on any complaint of the browser.

    `missing=True` is for an address that is meant to lead nowhere, which browsers complain about.
    """
    complaints: list[str] = []
    contexts = []

    def open(address: str, *, missing: bool = False, **options: object) -> "Page":
        options.setdefault("locale", "vi-VN")
        context = browser.new_context(**options)  # type: ignore[arg-type]
        context.set_default_timeout(WAIT)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text)
                if said.type == "error" and not (missing and "404" in said.text)
                else None
            ),
        )
        page.on(
            "request",
            lambda asked: None if asked.url.startswith((site, "data:")) else complaints.append(asked.url),
        )
        page.goto(site + address)
        return page

    yield open
    for context in contexts:
        context.close()
    assert complaints == [], complaints


def ending(address: str) -> re.Pattern[str]:
    """What an address that ends so looks like."""
    return re.compile(re.escape(address) + "$")
