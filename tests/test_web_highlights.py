"""Text with highlights becomes HTML: faithful, escaped, whatever highlights come in."""

import html
import random
import re

import pytest
from markupsafe import Markup

from web.highlights import MAX_LISTED, displayable, highlighted, highlighted_text, listed_matches, outward


def plain(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def test_highlights_wrap_exactly_their_characters() -> None:
    text = "Bán hàng & <b>bạn</b>"
    assert (
        highlighted(text, [(0, 3), (14, 17)])
        == "<mark>Bán</mark> hàng &amp; &lt;b&gt;<mark>bạn</mark>&lt;/b&gt;"
    )


def test_text_without_highlights_is_only_escaped() -> None:
    assert highlighted("a < b", []) == Markup("a &lt; b")
    assert highlighted("", [(0, 3)]) == ""


@pytest.mark.parametrize(
    "highlights", [[(5, 99)], [(-4, 2)], [(3, 3)], [(4, 2)], [(0, 4), (2, 6)], [(4, 6), (0, 1)]]
)
def test_odd_highlights_never_lose_or_repeat_text(highlights: list[tuple[int, int]]) -> None:
    assert plain(highlighted("quyền", highlights)) == "quyền"


def test_any_text_and_highlights_give_back_the_text() -> None:
    chance = random.Random(7)
    for _ in range(500):
        text = "".join(chance.choices("aế<&\"' \n\r", k=chance.randrange(40)))
        highlights = [
            (chance.randrange(-2, 42), chance.randrange(-2, 42)) for _ in range(chance.randrange(6))
        ]
        assert plain(highlighted(text, highlights)) == text
        shown = highlighted_text(text, highlights)
        assert "".join(plain(part) for part in shown.paragraphs).split() == text.split()
        for paragraph in shown.paragraphs:
            assert paragraph.count("<mark") == paragraph.count("</mark>")
        ids = re.findall(r'id="m(\d+)"', "".join(shown.paragraphs))
        assert ids == sorted(set(ids), key=int)
        assert len(ids) <= shown.matches


def test_blank_lines_part_paragraphs_and_line_ends_stay() -> None:
    poem = (
        "Trăm năm trong cõi người ta,\r\nChữ tài chữ mệnh khéo là ghét nhau.\n \n\nTrải qua một cuộc bể dâu,"
    )
    first, second = highlighted_text(poem, []).paragraphs
    assert re.fullmatch(r"Trăm .* ta,\s*<br>Chữ .* nhau\.\s*", first)
    assert second == "Trải qua một cuộc bể dâu,"


def test_without_blank_lines_each_line_is_a_paragraph() -> None:
    assert len(highlighted_text("\nMột.\nHai.\nBa.\n", []).paragraphs) == 3


def test_a_mark_over_a_line_end_is_cut_there_and_numbered_once() -> None:
    shown = highlighted_text("quyền con\nngười", [(6, 15)])
    assert shown.paragraphs[0].rstrip().startswith('quyền <mark id="m1">con')
    assert shown.paragraphs[1] == "<mark>người</mark>"
    assert shown.matches == 1


def test_a_long_text_with_many_highlights_is_fast() -> None:
    text = "một hai\n" * 60_000
    highlights = [(at, at + 3) for at in range(0, len(text), 8)]
    shown = highlighted_text(text, highlights)
    assert shown.matches == 60_000
    assert shown.paragraphs[-1].startswith('<mark id="m60000">')


@pytest.mark.parametrize(
    ("url", "leads_out"),
    [
        ("https://example.org/à?b#c", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("file:///etc/passwd", False),
        ("//example.org", False),
        ("https:/example.org", False),
        ("https://exa mple.org", False),
        ("https:\\\\example.org", False),
        ("https://[::1", False),
        ("\x01https://example.org", False),
        ("", False),
    ],
)
def test_only_web_addresses_lead_out(url: str, leads_out: bool) -> None:
    assert outward(url) == (url if leads_out else "")


def test_what_cannot_be_shown_is_taken_out_and_the_rest_kept() -> None:
    assert displayable("a\x00b\u202ec\ud800d\te\u0301\u200d") == "abc\ufffdd\te\u0301\u200d"
    assert displayable(12) == 12


def test_escaped_text_stays_escaped_once() -> None:
    cleaned = displayable(Markup("<mark>a\x00</mark>&lt;"))
    assert isinstance(cleaned, Markup)
    assert cleaned == "<mark>a</mark>&lt;"


def test_matches_are_listed_with_the_words_around_them() -> None:
    text = "Mở đầu dài dòng của một câu chuyện không có gì đáng kể. <Quyền>\ncon người ở đây. " + "x" * 80
    start = text.index("Quyền")
    [match] = listed_matches(text, [(start, start + 5)])
    assert "&lt;<mark>Quyền</mark>&gt; con người ở đây." in match
    assert match.startswith("…")
    assert match.endswith("…")
    assert "\n" not in match


def test_matches_at_the_ends_of_a_text_are_listed_without_dots() -> None:
    assert listed_matches("Quyền con người", [(0, 5), (10, 15)]) == [
        "<mark>Quyền</mark> con người",
        "Quyền con <mark>người</mark>",
    ]


def test_no_more_matches_are_listed_than_one_reads() -> None:
    assert len(listed_matches("a " * 500, [(at, at + 1) for at in range(0, 1000, 2)])) == MAX_LISTED
