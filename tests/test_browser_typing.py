"""Typing: results and completions as they come, Back, nothing out of order."""

import re

from browser_site import CHROMIUM, Opener, ending, needs_chromium

pytestmark = needs_chromium

if CHROMIUM:
    from playwright.sync_api import Page, expect


def first_hit(page: "Page") -> str:
    return page.locator(".hit h2").first.inner_text()


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
    expect(page.locator("h1")).to_contain_text("có đủ các từ")
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


def test_back_returns_to_a_search_that_stood_for_a_while(visit: Opener) -> None:
    page = visit("/")
    page.locator("#q").press_sequentially("the", delay=20)
    expect(page).to_have_url(ending("/?q=the"))
    page.wait_for_timeout(1700)
    page.keyboard.press("Control+a")
    page.keyboard.type("ban", delay=20)
    expect(page.locator("#completions")).to_be_visible()
    expect(page).to_have_url(ending("/?q=ban"))
    page.go_back()
    expect(page).to_have_url(ending("/?q=the"))
    expect(page.locator("#completions")).to_be_hidden()
    page.go_back()
    expect(page.locator("body")).to_have_class("home")


def test_a_screen_reader_hears_how_many_and_what_was_meant_once_typing_rests(visit: Opener) -> None:
    page = visit("/", locale="fr-FR")
    page.locator("#q").press_sequentially("quyeenf con nguwowif", delay=20)
    said = page.locator("#said")
    expect(said).to_contain_text("Résultats pour quyền con người. Chercher plutôt quyeenf con nguwowif")
    page.locator("#q").fill("zzqqzz")
    expect(said).to_contain_text("Aucun résultat")
    page.locator("#q").fill("ban")
    expect(said).to_have_text(re.compile(r"^Résultats pour « ban » – \d+ résultats$"))


def test_the_results_do_not_jump_while_typing(visit: Opener) -> None:
    page = visit("/?q=the")
    heights = set()
    for text in ("ban", "bán", "ban hoc", "the", "duong"):  # several results each
        page.locator("#q").fill(text)
        expect(page).to_have_title(f"{text} – Song Ngữ")
        heights.add(page.locator(".hit").first.bounding_box()["y"])  # type: ignore[index]
    assert len(heights) == 1


def test_enter_tells_what_is_wrong_when_no_answer_comes(visit: Opener) -> None:
    page = visit("/?q=the", missing=True)
    page.route("**/?q=ban", lambda route: route.fulfill(status=404, body="gone", content_type="text/html"))
    page.locator("#q").fill("ban")
    page.wait_for_timeout(300)
    expect(page).to_have_url(ending("/?q=the"))
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_text("gone")


def test_what_says_the_same_without_punctuation_is_no_completion(visit: Opener) -> None:
    page = visit("/")
    offered = '{"query": "", "completions": [{"text": "45 2023"}, {"text": "45 2023 quyet"}]}'
    page.route("**/api/suggest**", lambda route: route.fulfill(body=offered, content_type="application/json"))
    page.locator("#q").press_sequentially("45/2023", delay=20)
    expect(page.locator("#completions [role=option]")).to_have_text(["45 2023 quyet"])


def test_going_back_on_a_key_gives_up_what_it_asked_for(visit: Opener) -> None:
    page = visit("/?q=ban")
    page.route("**/?q=bank", lambda route: (page.wait_for_timeout(500), route.continue_()))
    page.locator("#q").press("End")
    page.keyboard.type("k")
    page.wait_for_timeout(150)
    page.keyboard.press("Backspace")
    page.wait_for_timeout(800)
    expect(page).to_have_url(ending("/?q=ban"))
    expect(page).to_have_title("ban – Song Ngữ")


def test_arrows_never_take_away_what_was_typed(visit: Opener) -> None:
    page = visit("/")
    page.locator("#q").press_sequentially("ba", delay=30)
    expect(page.locator("#completions")).to_be_visible()
    page.route("**/api/suggest**", lambda route: (page.wait_for_timeout(500), route.continue_()))
    page.keyboard.type("n hoc")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_have_value("ban hoc")


def test_results_of_an_earlier_query_are_dimmed_while_an_answer_is_slow(visit: Opener) -> None:
    page = visit("/?q=the")
    page.route("**/?q=ban", lambda route: (page.wait_for_timeout(900), route.continue_()))
    page.locator("#q").fill("ban")
    expect(page.locator("main")).to_have_attribute("aria-busy", "true")
    expect(page).to_have_url(ending("/?q=ban"))
    expect(page.locator("main")).not_to_have_attribute("aria-busy", "true")


def test_the_feed_that_the_browser_offers_is_that_of_the_query_shown(visit: Opener) -> None:
    page = visit("/")
    page.locator("#q").fill("ban")
    expect(page.locator("link[rel=alternate]")).to_have_attribute("href", "/feed.atom?q=ban")
    page.locator("#q").fill("the")
    expect(page.locator("link[rel=alternate]")).to_have_attribute("href", "/feed.atom?q=the")
