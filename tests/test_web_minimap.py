"""The column of ticks beside a long document."""

from hypothesis import given
from hypothesis import strategies as st

from web.minimap import HEIGHT, TICK, ticks

LONG = "\n".join(["một dòng chữ dài vừa đủ để đo chiều cao của nó trên trang này"] * 100)


def test_a_text_that_fits_on_a_screen_has_no_map() -> None:
    assert ticks("Quyền con người.", [(0, 5)]) == []


def test_ticks_stand_where_the_matches_do() -> None:
    middle = len(LONG) // 2
    first, second, third = ticks(LONG, [(0, 3), (middle, middle + 3), (len(LONG) - 3, len(LONG))])
    assert (first.match, second.match, third.match) == (1, 2, 3)
    assert first.y == 0
    assert abs(second.y - HEIGHT / 2) < 10
    assert HEIGHT - 15 < third.y <= HEIGHT - TICK


def test_short_lines_take_as_much_height_as_long_ones() -> None:
    text = "a\n" * 60 + "b" * 64 * 60
    [tick] = ticks(text, [(120, 121)])  # the first b: below sixty lines of one letter each
    assert 550 < tick.y < 650


def test_matches_side_by_side_are_one_tick() -> None:
    highlights = [(at, at + 1) for at in range(0, len(LONG), 2)]
    found = ticks(LONG, highlights)
    assert 100 < len(found) <= HEIGHT / TICK
    assert found[0].match == 1


@given(st.text(alphabet="ab \n\r\u2028", max_size=3000), st.lists(st.integers(0, 3000), max_size=50))
def test_ticks_are_in_order_and_inside(text: str, places: list[int]) -> None:
    highlights = [(min(place, len(text)), min(place + 2, len(text))) for place in places]
    heights = [tick.y for tick in ticks(text * 30, highlights)]
    assert heights == sorted(set(heights))
    assert all(0 <= y <= HEIGHT - TICK for y in heights)
