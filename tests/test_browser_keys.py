"""Without a mouse: from the first key to the last match of a document."""

import re

from browser_site import CHROMIUM, LONG, Opener, ending, needs_chromium

pytestmark = needs_chromium

if CHROMIUM:
    from playwright.sync_api import expect


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
    expect(page.locator("button[data-match]").first).to_be_visible()  # the scripts are there
    total = page.locator(".text mark[id]").count()
    assert total > 1
    page.keyboard.press("n")
    expect(page.locator("#match-number")).to_have_text(f"1 / {total}")
    page.keyboard.press("n")
    expect(page.locator("#m2")).to_be_focused()  # Tab goes on from here
    expect(page.locator("#said")).to_have_text(f"2 / {total}")  # a screen reader hears where it is
    expect(page).to_have_url(ending("#m2"))
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(page.locator("#match-number")).to_have_text(f"{total} / {total}")
    page.go_back()  # not through all the matches
    expect(page).to_have_url(ending("/?q=the"))


def test_a_link_to_a_match_tells_which_it_is_and_n_goes_on_from_it(visit: Opener) -> None:
    page = visit(f"/document/{LONG}?q=thuyen#m2")
    expect(page.locator("#match-number")).to_have_text("2 / 3")
    page.keyboard.press("n")
    expect(page).to_have_url(ending("#m3"))
    assert page.locator(".text mark:target").count() == 1


def test_back_from_a_document_is_where_one_was(visit: Opener) -> None:
    page = visit("/?q=the", viewport={"width": 390, "height": 500})
    opened = page.locator(".hit h2 a").nth(3)
    opened.click()
    expect(page.locator("article")).to_be_visible()
    page.wait_for_load_state("load")
    page.keyboard.press("n")
    page.locator(".back a").click()
    expect(page).to_have_url(ending("/?q=the"))
    expect(opened).to_be_focused()
    assert page.evaluate("scrollY") > 100


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
