"""The site in a real browser: typing, keys, Back, without scripts, on a phone, for everyone."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import read_documents, write_index
from web_server import served

from search.document import Document

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: apt-get install chromium")

if CHROMIUM:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Browser, Page, expect, sync_playwright

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


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    lines = [f"Chuyến thứ {n}: nước lên chậm, bến vắng, gió thổi về phía cửa sông." for n in range(120)]
    lines[3] = lines[60] = lines[110] = "Thuyền về đến bến lúc trời chưa sáng."
    long = Document(LONG, "Nhật ký một bến đò", "\n\n".join(lines), "vi")
    index = write_index(tmp_path_factory.mktemp("browser") / "index", [*read_documents(), long])
    with served("--index", str(index), SONGNGU_RATE="off") as (_, address):
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


Opener = Callable[..., "Page"]


@pytest.fixture
def visit(browser: "Browser", site: str) -> Iterator[Opener]:
    """Opens an address in a new browser profile; fails on any complaint of the browser."""
    complaints: list[str] = []
    contexts = []

    def open(address: str, **options: object) -> "Page":
        options.setdefault("locale", "vi-VN")
        context = browser.new_context(**options)  # type: ignore[arg-type]
        context.set_default_timeout(WAIT)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on(
            "request",
            lambda asked: None if asked.url.startswith((site, "data:")) else complaints.append(asked.url),
        )
        page.goto(site + address)
        return page

    yield open
    for context in contexts:
        context.close()
    assert complaints == []


def ending(address: str) -> re.Pattern[str]:
    return re.compile(re.escape(address) + "$")


def first_hit(page: "Page") -> str:
    return page.locator(".hit h2").first.inner_text()


# Typing


def test_results_come_while_typing_and_the_address_follows(visit: Opener) -> None:
    page = visit("/")
    page.locator("#q").press_sequentially("ban trai", delay=30)
    expect(page.locator(".hit").first).to_be_visible()
    expect(page).to_have_url(ending("/?q=ban+trai"))
    assert page.locator("#q").evaluate("field => field === document.activeElement")
    assert page.locator("#q").input_value() == "ban trai"
    assert page.title().startswith("ban trai")


def test_back_returns_to_the_page_before_typing(visit: Opener) -> None:
    page = visit("/?q=the")
    before = first_hit(page)
    page.locator("#q").fill("quyen")
    expect(page).to_have_url(ending("/?q=quyen"))
    page.go_back()
    expect(page).to_have_url(ending("/?q=the"))
    expect(page.locator("#q")).to_have_value("the")
    expect(page.locator(".hit h2").first).to_have_text(before)


def test_a_slow_answer_never_overtakes_a_newer_one(visit: Opener) -> None:
    page = visit("/")
    page.route("**/?q=ban", lambda route: (page.wait_for_timeout(500), route.continue_()))
    page.locator("#q").fill("ban")
    page.wait_for_timeout(100)
    page.locator("#q").fill("quyen")
    expect(page).to_have_url(ending("/?q=quyen"))
    page.wait_for_timeout(700)
    assert page.title().startswith("quyen")


def test_emptying_the_field_leads_home_without_losing_the_focus(visit: Opener) -> None:
    page = visit("/?q=the")
    page.locator("#q").focus()
    page.locator("#q").fill("")
    expect(page.locator("body")).to_have_class("home")
    assert page.locator("#q").evaluate("field => field === document.activeElement")


def test_filters_stay_while_typing(visit: Opener) -> None:
    page = visit("/?q=the&lang=fr")
    page.locator("#q").fill("droits")
    expect(page).to_have_url(ending("/?q=droits&lang=fr"))


def test_completions_are_chosen_with_arrows_and_enter(visit: Opener) -> None:
    page = visit("/")
    page.locator("#q").press_sequentially("ban", delay=30)
    expect(page.locator("#completions [role=option]").first).to_be_visible()
    offered = page.locator("#completions [role=option]").first.inner_text()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#q")).to_have_value(offered)
    page.keyboard.press("Enter")
    expect(page.locator("#completions")).to_be_hidden()
    expect(page.locator("h1")).to_contain_text("kết quả")
    expect(page.locator("#q")).to_have_value(offered)


def test_escape_closes_completions_and_keeps_what_was_typed(visit: Opener) -> None:
    page = visit("/")
    page.locator("#q").press_sequentially("ban", delay=30)
    expect(page.locator("#completions")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#completions")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("ban")


def test_escape_is_meant_for_completions_that_are_still_on_their_way(visit: Opener) -> None:
    page = visit("/")
    page.route("**/api/suggest**", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.locator("#q").press_sequentially("ban", delay=30)
    page.wait_for_timeout(150)
    page.keyboard.press("Escape")
    page.wait_for_timeout(600)
    expect(page.locator("#completions")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("ban")


# Keys


def test_a_search_from_first_key_to_document_without_a_mouse(visit: Opener) -> None:
    page = visit("/?q=ban")
    page.keyboard.press("/")
    page.keyboard.type("the")
    expect(page).to_have_url(ending("/?q=the"))
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator(".hit h2 a").nth(1)
    assert second.evaluate("link => link === document.activeElement")
    title = second.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("article h1")).to_have_text(title)


def test_n_and_p_go_along_the_matches_of_a_document(visit: Opener) -> None:
    page = visit("/?q=the")
    page.get_by_role("link", name="Bản đồ thế giới").click()
    total = page.locator(".text mark[id]").count()
    assert total > 1
    page.keyboard.press("n")
    expect(page.locator("#match-number")).to_have_text(f"1 / {total}")
    page.keyboard.press("n")
    expect(page.locator("#m2")).to_have_class("current")
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(page.locator("#match-number")).to_have_text(f"{total} / {total}")


def test_a_long_document_has_a_map_that_leads_to_its_matches(visit: Opener) -> None:
    page = visit(f"/document/{LONG}?q=thuyen", viewport={"width": 1200, "height": 800})
    ticks = page.locator(".minimap a")
    assert ticks.count() >= 2
    apart = page.evaluate(
        """() => {
            const text = document.querySelector(".text").getBoundingClientRect();
            return [...document.querySelectorAll(".minimap a")].map(link => {
                const mark = document.querySelector(link.getAttribute("href")).getBoundingClientRect();
                const tick = link.firstElementChild.y.baseVal.value / 1000;
                return Math.abs((mark.top - text.top) / text.height - tick);
            });
        }"""
    )
    assert max(apart) < 0.01
    ticks.last.locator("rect").click()
    expect(page).to_have_url(re.compile(r"#m\d+$"))
    assert page.evaluate("scrollY") > 800
    expect(page.locator(".matches")).to_be_in_viewport()  # the steps stay at hand


def test_the_map_stays_away_from_short_texts_and_fingers(visit: Opener) -> None:
    assert visit("/document/vi/ban-hoc?q=ban").locator(".minimap").count() == 0
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    expect(visit(f"/document/{LONG}?q=thuyen", **phone).locator(".minimap")).to_be_hidden()


def test_the_keys_are_listed_and_can_be_turned_off(visit: Opener) -> None:
    page = visit("/?q=the")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.locator("#keys input").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.reload()
    page.keyboard.press("/")
    assert page.locator("#q").evaluate("field => field !== document.activeElement")


# Without scripts, small, dark


def test_everything_works_without_scripts(visit: Opener) -> None:
    page = visit("/", java_script_enabled=False)
    page.locator("#q").fill("the gioi")
    page.locator("form.search button").click()
    page.get_by_role("link", name="Bản đồ thế giới").click()
    page.locator(".passages summary").click()
    page.locator(".passages a").nth(1).click()
    expect(page).to_have_url(ending("#m2"))
    assert page.locator("#keys-open").is_hidden()


@pytest.mark.parametrize("address", ["/", "/?q=the", "/?q=the&since=2020", "/help", "/nowhere"])
def test_nothing_is_wider_than_a_small_phone(visit: Opener, address: str) -> None:
    context = {"viewport": {"width": 320, "height": 640}}
    page = visit("/", **context)
    page.goto(page.url.rstrip("/") + address) if address != "/nowhere" else page.locator(
        "footer .help"
    ).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize(
    ("locale", "found"), [("vi-VN", "kết quả"), ("fr-FR", "résultat"), ("en-GB", "result")]
)
def test_the_journey_in_each_language(visit: Opener, locale: str, found: str) -> None:
    page = visit("/", locale=locale)
    assert page.locator("html").get_attribute("lang") == locale[:2]
    page.locator("#q").fill("the")
    expect(page.locator("h1")).to_contain_text(found)
    page.keyboard.press("Enter")
    page.locator(".hit h2 a").first.click()
    page.locator(".back a").click()
    expect(page.locator("h1")).to_contain_text(found)


PAGES = ("/", "/?q=ban&since=2020", "/?q=khongcogi", "/document/vi/ban-hoc?q=ban", "/help")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(visit: Opener, address: str, scheme: str) -> None:
    page = visit(address, color_scheme=scheme, bypass_csp=True)  # axe is a script of its own
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_page_of_results_is_light_and_does_not_shift(visit: Opener) -> None:
    page = visit("/?q=ban")
    sizes = page.evaluate(
        "performance.getEntries().filter(e => e.transferSize).reduce((sum, e) => sum + e.transferSize, 0)"
    )
    assert 0 < sizes <= 100_000
    shift = page.evaluate(
        """() => new Promise(done => {
            let sum = 0;
            new PerformanceObserver(list => list.getEntries().forEach(e => (sum += e.value)))
                .observe({ type: "layout-shift", buffered: true });
            setTimeout(() => done(sum), 300);
        })"""
    )
    assert shift == 0


def test_screens_for_the_eye(visit: Opener, tmp_path: Path) -> None:
    """No page is blank: the picture of each is more than paper."""
    for number, address in enumerate(PAGES):
        picture = visit(address).screenshot(path=tmp_path / f"{number}.png")
        assert len(picture) > 10_000
