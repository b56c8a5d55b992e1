"""Cleaning scraped text: the page goes, the article stays whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.clean import Rule, clean

ARTICLE = (
    "Chợ nổi họp lại sau mùa nước\n\n"
    "Sáng sớm 3/11, hơn hai trăm ghe thuyền đã neo kín khúc sông trước bến. Người bán treo hàng lên cây bẹo "
    "để khách từ xa nhìn thấy; cam, bưởi và khóm được chuyền tay từ ghe này sang ghe khác.\n\n"
    "Bà Sáu, bán bún nước ở đây đã ba mươi năm, kể rằng năm nay khách về đông hơn mọi năm."
)


def why(text: str) -> list[Rule]:
    return [cut.why for cut in clean(text).cuts]


def test_an_article_alone_comes_back_as_it_was() -> None:
    assert clean(ARTICLE).text == ARTICLE
    assert clean(ARTICLE).cuts == ()


@pytest.mark.parametrize(
    "line",
    [
        "Skip to main content",
        "Aller au contenu principal",
        "fb zl tw",
        "Facebook | Twitter | Email",
        "Bình luận (12)",
        "Comment (0)",
        "Commentaires (3)",
        "cho-noi_01.JPG",
        "Chia sẻ",
    ],
)
def test_a_line_of_the_page_goes_wherever_it_stands(line: str) -> None:
    for text in (
        f"{line}\n\n{ARTICLE}",
        f"{ARTICLE}\n\n{line}",
        ARTICLE.replace("\n\n", f"\n\n{line}\n\n", 1),
    ):
        assert clean(text).text == ARTICLE
        assert clean(text).boilerplate == line


@pytest.mark.parametrize(
    "line",
    [
        "Ảnh chụp lưu trong tệp 111.jpg của bảo tàng.",
        "Facebook",
        "Chia sẻ niềm vui với bà con, đoàn đã tặng quà.",
        "Menu",
        "Comment (0) est un symbole.",
        "La photo pont.jpg a disparu",
    ],
)
def test_a_sentence_that_only_resembles_one_stays(line: str) -> None:
    assert clean(f"{ARTICLE}\n{line}").cuts == ()


def test_a_title_that_stands_twice_stands_once_without_its_breadcrumbs() -> None:
    title, _, body = ARTICLE.partition("\n\n")
    cleaned = clean(f"Skip Ribbon Commands\n{title}\n\nTrang chủ  Tin tổng hợp\n{title}\n{body}")
    assert cleaned.text.split("\n")[0] == title
    assert [cut.why for cut in cleaned.cuts] == [Rule.NAVIGATION, Rule.REPEATED, Rule.REPEATED]
    assert body in cleaned.text


def test_a_first_sentence_that_is_repeated_is_no_title() -> None:
    assert clean(f"Le bac est gratuit.\nLe bac est gratuit.\n\n{ARTICLE}").cuts == ()


def test_links_to_other_articles_go_with_their_teasers() -> None:
    teaser = "Hội đua ghe ngo năm nay có mười hai đội, mỗi đội năm mươi tay chèo, khởi tranh từ sáng sớm."
    tail = f"Có thể bạn quan tâm\n\nTin cùng chuyên mục\n\nĐua ghe ngo\n\nĐua ghe ngo\n\n{teaser}\n\nMưa muộn"
    cleaned = clean(f"{ARTICLE}\n\n{tail}")
    assert cleaned.text == ARTICLE
    assert teaser in cleaned.boilerplate
    assert set(why(f"{ARTICLE}\n\n{tail}")) == {Rule.RELATED}


def test_an_article_that_goes_on_below_such_a_heading_stays() -> None:
    text = f"{ARTICLE}\n\nÀ lire aussi\n\nLe marché flottant\n\nLe lendemain, la pluie a vidé les quais."
    assert clean(text).cuts == ()


def test_a_text_that_is_nothing_but_a_list_of_links_stays() -> None:
    assert clean("Tin liên quan\nĐua ghe ngo\nMưa muộn").cuts == ()


LINES = st.lists(
    st.sampled_from(
        [
            "",
            "Chợ nổi",
            "a.jpg",
            "fb tw",
            "Tin liên quan",
            "À lire aussi",
            "Một câu trọn vẹn, có dấu chấm.",
            " ",
            "Một đoạn dài hơn để đủ một bài báo, " * 8 + "hết.",
        ]
    ),
    max_size=14,
)


@given(LINES)
def test_every_line_is_in_the_article_or_among_the_cuts_in_order(lines: list[str]) -> None:
    cleaned = clean("\n".join(lines))
    kept = [line.strip() for line in cleaned.text.split("\n") if line.strip()]
    cut = [part.text for part in cleaned.cuts]
    assert sorted(kept + cut) == sorted(line.strip() for line in lines if line.strip())
    remaining = iter(line.strip() for line in lines)
    assert all(line in remaining for line in kept)


@given(LINES)
def test_what_was_cleaned_holds_no_line_of_the_page_by_itself(lines: list[str]) -> None:
    again = clean(clean("\n".join(lines)).text)
    assert not {cut.why for cut in again.cuts} & {Rule.IMAGE, Rule.SHARING} or not again.text.strip()
