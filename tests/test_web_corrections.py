"""What the results page offers beside its hits: accents, corrections, explanations."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from web_page import links, page, words
from web_stub import DROITS, NOTE, RIGHTS, StubEngine

from search import SearchRequest
from search.document import Document
from search.results import Hit, How, LikelyAccents, Page, Spelling, Suggestion, Why, WordFound
from web import create_app
from web.catalogues import LANGUAGES

Site = Callable[..., FlaskClient]


class Answering(StubEngine):
    """The stub with parts of its pages and hits replaced."""

    def __init__(self, hits: Callable[[Hit], Hit] = lambda hit: hit, **parts: Any) -> None:
        super().__init__([RIGHTS, DROITS, NOTE])
        self.hits = hits
        self.parts = parts
        self.verbatim: list[bool] = []

    def search(self, request: SearchRequest) -> Page:
        found = super().search(request)
        self.verbatim.append(request.verbatim)
        return replace(found, hits=tuple(self.hits(hit) for hit in found.hits), **self.parts)


def site(hits: Callable[[Hit], Hit] = lambda hit: hit, **parts: Any) -> FlaskClient:
    return create_app(engine=Answering(hits, **parts)).test_client()


def accents(word: str, *spellings: tuple[str, int], query: str = "{}") -> LikelyAccents:
    found = tuple(Spelling(text, count, 0.5, query.format(text)) for text, count in spellings)
    return LikelyAccents(word, 0, len(word), found)


DUONG = accents("duong", ("đường", 1200), ("dương", 34), ("duong", 9))


# Likely accents


def test_the_readings_of_a_word_are_links_likeliest_first() -> None:
    text = page(site(likely_accents=(DUONG,)), "/?q=duong")
    assert "duong có thể là đường · dương · duong" in words(text)
    assert links(text)["đường"] == "/?q=%C4%91%C6%B0%E1%BB%9Dng"
    assert "duong" not in links(text), "what was typed leads nowhere else"


def test_a_reading_keeps_the_filters_and_starts_at_the_first_page() -> None:
    text = page(site(likely_accents=(DUONG,)), "/?q=duong&lang=fr&source=Courrier&page=2&ui=fr")
    url = links(text)["dương"]
    assert url.startswith("/?q=d%C6%B0%C6%A1ng&lang=fr&source=Courrier")
    assert url.endswith("&ui=fr")
    assert "page=" not in url


def test_readings_do_not_claim_a_language() -> None:
    text = page(site(likely_accents=(DUONG,)), "/?q=duong")
    assert re.search(r'<a href="[^"]*" lang="" class="likeliest">đường</a>', text)
    assert '<span class="word" lang="">duong</span>' in text


def test_a_word_with_one_reading_has_no_line() -> None:
    text = page(site(likely_accents=(accents("nguoi", ("người", 50)),)), "/?q=nguoi")
    assert "người" not in links(text)
    assert 'class="accents"' not in text


def test_each_word_has_one_line_and_three_words_have_one() -> None:
    many = [accents(word, (word + "a", 2), (word + "b", 1)) for word in ("mot", "mot", "hai", "ba", "tu")]
    text = words(page(site(likely_accents=tuple(many)), "/?q=mot+hai+ba+tu"))
    assert text.count("có thể là") == 3
    assert text.count("mot có thể là") == 1
    assert "tu có thể là" not in text


@pytest.mark.parametrize(
    ("ui", "line"),
    [
        ("vi", "duong có thể là đường ·"),
        ("fr", "duong peut être đường ·"),
        ("en", "duong may be đường ·"),
    ],
)
def test_accents_are_offered_in_each_language(ui: str, line: str) -> None:
    assert line in words(page(site(likely_accents=(DUONG,)), f"/?q=duong&ui={ui}"))


def test_what_was_typed_cannot_inject_anything() -> None:
    hostile = accents("<b>{word}", ("<i>", 2), ("{query}", 1))
    wanted = Suggestion("<script>{0}</script>", Why.TYPO)
    text = page(site(likely_accents=(hostile,), suggestions=(wanted,), corrected="<i>{0}</i>"), "/?q=quyen")
    assert "&lt;b&gt;{word}" in text
    assert "&lt;script&gt;{0}&lt;/script&gt;" in text
    assert not re.search("<script>|<b>|<i>", text)
    assert text.count("<script") == 1  # ours


# Did you mean


@pytest.mark.parametrize(
    ("ui", "why", "line"),
    [
        ("vi", Why.TYPO, "Có phải bạn tìm chợ đêm?"),
        ("fr", Why.TYPO, "Vouliez-vous dire chợ đêm ?"),
        ("en", Why.TYPO, "Did you mean chợ đêm?"),
        ("vi", Why.KEYBOARD, "Có lẽ bạn gõ kiểu Telex hoặc VNI mà chưa bật bộ gõ. Tìm chợ đêm"),
        ("fr", Why.KEYBOARD, "Vous avez peut-être tapé en Telex ou en VNI : chợ đêm"),
        ("en", Why.KEYBOARD, "Perhaps you typed this in Telex or VNI: chợ đêm"),
    ],
)
def test_another_query_is_offered_as_a_link(ui: str, why: Why, line: str) -> None:
    text = page(site(suggestions=(Suggestion("chợ đêm", why),)), f"/?q=xyz&lang=vi&ui={ui}")
    found = re.search(r'<ul class="meant"[^>]*>(.*?)</ul>', text, re.DOTALL)
    assert found
    assert words(found[1]).strip() == line
    assert links(text)["chợ đêm"] == f"/?q=ch%E1%BB%A3+%C4%91%C3%AAm&lang=vi&ui={ui}"


def test_a_query_is_offered_once_and_never_itself() -> None:
    offers = (Suggestion("a b", Why.KEYBOARD), Suggestion("a b", Why.TYPO), Suggestion("quyen", Why.TYPO))
    text = page(site(suggestions=offers), "/?q=quyen")
    assert text.count(">a b</a>") == 1
    assert "Có phải bạn tìm" not in words(text)


def test_a_long_correction_is_shown_short() -> None:
    text = page(site(suggestions=(Suggestion("chợ " * 400, Why.TYPO),)), "/?q=cho")
    assert len(words(text)) < 2000


# What was searched for instead

CORRECTED: dict[str, Any] = {"corrected": "chợ đêm", "suggestions": (Suggestion("chợ đêm", Why.TYPO),)}


@pytest.mark.parametrize(
    ("ui", "line"),
    [
        ("vi", "Kết quả cho chợ đêm. Vẫn tìm quyen"),
        ("fr", "Résultats pour chợ đêm. Chercher plutôt quyen"),
        ("en", "Results for chợ đêm. Search for quyen instead"),
    ],
)
def test_what_was_searched_for_instead_is_said_with_a_way_back(ui: str, line: str) -> None:
    text = page(site(**CORRECTED), f"/?q=quyen&lang=vi&page=2&ui={ui}")
    found = re.search(r'<p class="corrected">(.*?)</p>', text, re.DOTALL)
    assert found
    assert words(found[1]).strip() == line
    assert links(text)["quyen"] == f"/?q=quyen&lang=vi&verbatim=1&ui={ui}"
    assert 'class="meant"' not in text, "it is not offered once more"


def test_what_was_typed_stays_what_is_searched_for() -> None:
    """On other pages, with other filters and in lists to take away, until something else is typed."""
    engine = Answering(suggestions=CORRECTED["suggestions"])
    text = page(create_app(engine=engine).test_client(), "/?q=quyen&verbatim=1")
    assert 'class="corrected"' not in text
    assert engine.verbatim == [True]
    kept = [url for url in links(text).values() if "q=quyen" in url]
    assert kept
    assert all("verbatim=1" in url for url in kept)
    assert links(text)["chợ đêm"] == "/?q=ch%E1%BB%A3+%C4%91%C3%AAm"
    page(create_app(engine=engine).test_client(), "/?q=quyen")
    assert engine.verbatim == [True, False]


# Other marks


def test_hits_with_other_diacritics_stand_apart_and_say_so_once() -> None:
    text = page(site(hits=lambda hit: replace(hit, other_diacritics=hit.id == NOTE.id)), "/?q=quyen")
    assert words(text).count("Với dấu khác") == 1
    assert text.index("Hội nghị") < text.index("Conférence") < text.index("Với dấu khác")
    assert text.index("Với dấu khác") < text.index("(Không có tiêu đề)")
    assert re.search(r'<ol class="hits" start="3" aria-labelledby="others">', text)


@pytest.mark.parametrize(
    ("ui", "label"),
    [("vi", "Với dấu khác"), ("fr", "Avec d’autres accents"), ("en", "With different accents")],
)
def test_a_page_with_nothing_else_begins_with_the_label(ui: str, label: str) -> None:
    text = page(site(hits=lambda hit: replace(hit, other_diacritics=True)), f"/?q=quyen&ui={ui}")
    assert label in words(text)
    assert text.count('<ol class="hits"') == 1


def test_hits_that_honour_the_marks_have_no_label() -> None:
    text = page(site(), "/?q=quyen")
    assert "Với dấu khác" not in text
    assert text.count('<ol class="hits"') == 1


# Why


def test_a_hit_explains_itself_on_demand() -> None:
    found = (WordFound("quyen", "quyền", How.RESTORED), WordFound("con", "con", How.EXACT))
    text = page(site(hits=lambda hit: replace(hit, explanation=found)), "/?q=quyen")
    details = re.findall(r'<details class="why">(.*?)</details>', text, re.DOTALL)
    assert len(details) == 3
    assert words(details[0]).strip() == "Vì sao? quyen → quyền đã thêm dấu con → con đúng như đã gõ"
    assert '<b lang="vi">quyền</b>' in details[0]
    assert '<b lang="fr">quyền</b>' in details[1]


@pytest.mark.parametrize("ui", LANGUAGES)
def test_every_way_to_match_has_words_of_its_own(ui: str) -> None:
    found = tuple(WordFound("a", "à", how) for how in How)
    text = page(site(hits=lambda hit: replace(hit, explanation=found)), f"/?q=quyen&ui={ui}")
    said = re.findall(r'<span class="how">(.+?)</span>', text)
    assert len(set(said)) == len(How)


def test_a_hit_without_an_explanation_offers_none() -> None:
    assert 'class="why"' not in page(site(), "/?q=quyen")


def test_a_document_of_an_unknown_language_explains_itself_too() -> None:
    found = (WordFound("a<", "à", How.STEM),)
    engine = StubEngine([Document("x", "quyen", "", language="other")])
    hit = replace(engine.search(SearchRequest("quyen")).hits[0], explanation=found)
    text = page(site(hits=lambda _: hit), "/?q=quyen")
    assert '<b lang="">à</b>' in text
    assert "a&lt;" in text
