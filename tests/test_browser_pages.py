"""The pages as they are seen: on any screen, in each language, with and without scripts, by everyone."""

import gzip

import pytest
from browser_site import CHROMIUM, LONG, Opener, ending, needs_chromium

pytestmark = needs_chromium

if CHROMIUM:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import expect


FOUND = {"vi-VN": "kết quả", "fr-FR": "résultat", "en-GB": "result"}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WAYS: dict[str, dict[str, object]] = {
    "scripts": {},
    "no scripts": {"java_script_enabled": False},
    "phone in the dark": {**PHONE, "color_scheme": "dark"},
    "small phone, no scripts": {"viewport": {"width": 320, "height": 640}, "java_script_enabled": False},
}


@pytest.mark.parametrize("locale", FOUND)
@pytest.mark.parametrize("way", WAYS)
def test_from_a_query_to_a_document_and_back(visit: Opener, locale: str, way: str) -> None:
    page = visit("/", locale=locale, **WAYS[way])
    heading = page.locator("h1")
    assert page.locator("html").get_attribute("lang") == locale[:2]
    page.locator("#q").fill("the")
    page.locator("form.search button").click()
    expect(heading).to_contain_text(FOUND[locale])
    everything = heading.inner_text()
    # narrow, and undo
    page.locator(".facet a", has_text="Français").click()
    expect(page).to_have_url(ending("lang=fr"))
    assert {badge.inner_text() for badge in page.locator(".hit .badge").all()} == {"Français"}
    page.locator(".facet a", has_text="Français").click()
    expect(page.locator(".facet a[aria-current]")).to_have_count(1)
    page.locator(".sort a").nth(1).click()
    expect(page).to_have_url(ending("sort=newest"))
    page.locator(".dates summary").click()
    page.locator(".range input[name=since]").fill("2020")
    page.locator(".range button").click()
    expect(page.locator(".range input[name=since]")).to_have_value("2020")
    page.locator(".range a").click()
    expect(heading).to_contain_text(everything.split()[0])
    # a document, its matches, and back to the same list
    page.get_by_role("link", name="Bản đồ thế giới").click()
    page.locator(".listed summary").click()
    page.locator(".listed a").nth(1).click()
    expect(page).to_have_url(ending("#m2"))
    page.locator(".back a").click()
    expect(page).to_have_url(ending("sort=newest"))
    # the same page in another language
    page.locator("footer a[hreflang=en]").click()
    expect(heading).to_contain_text(FOUND["en-GB"])
    assert page.locator("#q").input_value() == "the"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_without_scripts_nothing_is_offered_that_needs_them(visit: Opener) -> None:
    page = visit("/document/vi/ban-hoc?q=ban", java_script_enabled=False)
    assert page.locator("#keys-open").is_hidden()
    assert page.locator(".steps button:visible").count() == 0


PAGES = (
    "/",
    "/?q=the",
    "/?q=ban&since=2020&sort=newest",
    "/?q=bán",
    "/?q=khongcogi",
    "/?q=quyeenf",
    "/document/vi/ban-hoc?q=ban",
    f"/document/{LONG}?q=thuyen",
    "/help",
)
NOWHERE = "/document/nowhere"


@pytest.mark.parametrize("address", [*PAGES, NOWHERE])
def test_nothing_is_wider_than_a_small_phone(visit: Opener, address: str) -> None:
    page = visit(address, missing=address == NOWHERE, viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", [*PAGES, NOWHERE])
def test_axe_finds_nothing(visit: Opener, address: str, scheme: str) -> None:
    page = visit(address, missing=address == NOWHERE, color_scheme=scheme, bypass_csp=True)
    for details in page.locator("details").all():  # what is folded away is looked at too
        details.evaluate("element => (element.open = true)")
    found = Axe().run(page)  # a script of its own, hence bypass_csp
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


def test_nothing_that_blocks_the_first_paint_is_a_script(visit: Opener) -> None:
    page = visit("/?q=ban")
    kinds = page.locator("script").evaluate_all("scripts => scripts.map(script => script.type)")
    assert kinds == ["module"]  # modules wait for the page
    assert page.evaluate("performance.getEntriesByType('resource').length") <= 10


def test_scripts_are_small(visit: Opener) -> None:
    page = visit("/?q=ban")
    sources = [
        page.request.get(url).body()
        for url in page.evaluate(
            "performance.getEntriesByType('resource').map(e => e.name).filter(name => name.includes('.js'))"
        )
    ]
    assert len(sources) >= 4
    assert sum(len(gzip.compress(source)) for source in sources) <= 30_000


def test_printed_a_document_is_its_text(visit: Opener) -> None:
    page = visit(f"/document/{LONG}?q=thuyen", viewport={"width": 1200, "height": 800})
    page.emulate_media(media="print")
    for gone in ("form.search", ".minimap", ".steps", "footer", ".back"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.locator("article h1")).to_be_visible()
