"""Web pages: the article is read, the page around it is kept aside."""

import io
import quopri

import pytest

from indexer.readers.formats import html, mhtml
from indexer.readers.record import Item, Record, Unreadable

HEAD = """<!doctype html><html lang="vi-VN"><head><meta charset="utf-8">
<title>Bến đò ngang chở chuyến cuối | Bản tin Cửa Biển</title>
<meta property="og:title" content="Bến đò ngang chở chuyến cuối">
<meta property="og:site_name" content="Bản tin Cửa Biển">
<meta name="author" content="Lê Thị Mận">
<meta property="article:published_time" content="2024-03-15T08:00:00+07:00">
<link rel="canonical" href="https://cuabien.example/ben-do"></head>"""
ARTICLE = """<main><article><h1>Bến đò ngang chở chuyến cuối</h1>
<p>Sáng nay, người lái đò chở lượt khách cuối cùng qua sông trước khi cây cầu mới <em>thông xe</em>.</p>
<p>Bà con hai bên bờ mang theo hoa, chụp ảnh với con thuyền gỗ đã chạy hơn bốn mươi năm.</p>
<h2>Cây cầu mới</h2><p>Cầu dài 320 mét, khởi công năm 2021,<br>do huyện góp vốn.</p>
<table><tr><th>Năm</th><th>Lượt khách</th></tr><tr><td>2022</td><td>18.400</td></tr></table>
<ul><li>Miễn phí cho học sinh</li><li>Cấm xe quá tải</li></ul></article></main>"""
AROUND = """<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/tin">Tin tức</a></li></ul></nav>
<aside><h3>Tin cùng chuyên mục</h3><ul><li><a href="/a">Chợ nổi giữa mùa nước</a></li></ul></aside>
<footer>© 2026 Bản tin Cửa Biển. Giữ bản quyền nội dung trên trang này, ghi rõ nguồn khi dẫn lại bài.</footer>
<script>theoDoi("không phải chữ")</script><div style="display:none">ẩn đi</div>"""
PAGE = f"{HEAD}<body>{AROUND}{ARTICLE}</body></html>"


def read(page: str | bytes) -> Record:
    data = page.encode() if isinstance(page, str) else page
    [found] = html.read(Item("a.html", "kho/a.html", "a.html", io.BytesIO(data)))
    assert isinstance(found, Record)
    return found


def test_the_article_is_read_and_the_page_is_not() -> None:
    document = read(PAGE).document
    assert document.title == "Bến đò ngang chở chuyến cuối"
    assert document.text.startswith("Sáng nay, người lái đò")
    assert "trước khi cây cầu mới thông xe." in document.text
    assert "Cây cầu mới\n\nCầu dài 320 mét, khởi công năm 2021,\ndo huyện góp vốn." in document.text
    assert "2022 18.400" in document.text
    assert "Cấm xe quá tải" in document.text
    for around in ("Trang chủ", "Chợ nổi", "©", "theoDoi", "ẩn đi"):
        assert around not in document.text


def test_what_stands_around_the_article_is_kept_aside() -> None:
    boilerplate = read(PAGE).document.boilerplate.split("\n")
    assert {"Trang chủ", "Tin tức", "Chợ nổi giữa mùa nước"} <= set(boilerplate)
    assert not any("theoDoi" in line or "ẩn đi" in line for line in boilerplate)


def test_what_the_page_says_about_itself() -> None:
    document = read(PAGE).document
    assert document.language == "vi"
    assert document.date == "2024-03-15"
    assert document.source == "Bản tin Cửa Biển"
    assert document.author == "Lê Thị Mận"
    assert document.url == "https://cuabien.example/ben-do"


def test_json_ld_is_understood() -> None:
    said = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
      "headline": "Le bac fait son dernier voyage", "datePublished": "2024-03-15",
      "author": {"@type": "Person", "name": "Paul Lhermitte"}}</script>"""
    page = f"<html lang=fr><head>{said}</head><body>{ARTICLE}</body></html>"
    document = read(page).document
    assert (document.date, document.author) == ("2024-03-15", "Paul Lhermitte")


def test_no_date_is_guessed_from_a_footer() -> None:
    assert read(f"<html><body>{ARTICLE}{AROUND}</body></html>").document.date == ""


def test_running_text_is_never_lost_whatever_it_stands_in() -> None:
    odd = "<p>Chị Sáu đứng trên bờ nhìn theo, nói rằng từ mai sẽ nhớ tiếng mái chèo khua nước mỗi sớm.</p>"
    page = f"<html><body>{AROUND}{ARTICLE}<div class='hop-la'><section>{odd}</section></div></body></html>"
    assert "tiếng mái chèo khua nước" in read(page).document.text


def test_a_page_of_a_few_words_is_read_whole() -> None:
    document = read("<html><title>Thông báo</title><body><p>Nghỉ lễ.</p></body></html>").document
    assert (document.title, document.text) == ("Thông báo", "Nghỉ lễ.")


@pytest.mark.parametrize("page", ["", "<html></html>", "<script>x = 1</script>"])
def test_a_page_without_text_says_so(page: str) -> None:
    with pytest.raises(Unreadable, match="empty"):
        read(page)


def test_the_declared_encoding_is_used() -> None:
    page = '<html><head><meta charset="windows-1252"></head><body><p>Déjà l’été à Nîmes.</p></body></html>'
    assert "Déjà l’été à Nîmes." in read(page.encode("cp1252")).document.title


BROKEN = (
    "<p>Xin chào <b>các bạn <i>đọc giả</p><p>Đoạn hai",
    "<html><body>" + "<div>" * 50_000 + "Đáy sâu" + "</div>" * 50_000,
    "<table>" * 300 + "<tr><td>Ô cuối" + "</table>" * 300,
    '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body>XHTML</body></html>',
    "<html><body>\x00Chữ\x01 lạ" + " và dài" * 40 + "</body></html>",
    "&#0;&#xFFFFFF;&notareal; Ký tự",
)


@pytest.mark.parametrize("page", BROKEN, ids=range(len(BROKEN)))
def test_broken_pages_give_what_can_be_read(page: str) -> None:
    assert read(page).document.title


def test_a_very_long_page_is_read_to_its_end() -> None:
    lines = "".join(
        f"<p>Đoạn {n} kể chuyện bến sông, chuyện những người chờ đò mỗi sớm mai.</p>" for n in range(60_000)
    )
    document = read(f"<html><body>{lines}<p>Hết.</p></body></html>").document
    assert document.text.endswith("Hết.")
    assert document.text.count("Đoạn") == 59_999  # and one is the title


LINKS = """<link rel="alternate" hreflang="vi" href="https://cuabien.example/ben-do/">
<link rel="alternate" hreflang="fr" href="/fr/le-bac">
<LINK REL="Alternate nofollow" HREFLANG="en" HREF="/en/ferry">
<link rel="alternate" hreflang="x-default" href="/"><link rel="alternate" href="/m/ben-do">
<link rel="alternate" hreflang="de" type="application/rss+xml" href="/de/feed">
<link rel="alternate" hreflang="de" type="text/html; charset=utf-8" href="https://[broken">
<link rel="alternate" hreflang="it" href="mailto:a@cuabien.example">
<link rel="next" hreflang="it" href="/it">"""


def test_a_page_names_the_same_story_in_other_languages() -> None:
    page = PAGE.replace("</head>", f"{LINKS}</head>")
    assert read(page).document.alternates == (
        "https://cuabien.example/fr/le-bac",
        "https://cuabien.example/en/ferry",
    )
    moved = page.replace("<head>", '<head><base href="https://khac.example/x/">')
    assert "https://khac.example/fr/le-bac" in read(moved).document.alternates


def test_a_page_that_tells_no_address_names_the_files_beside_it() -> None:
    links = "".join(
        f'<link rel="alternate" hreflang="fr" href="{target}">'
        for target in ("../fr/le%20bac.html", "/fr/", "?l=fr", "https://champ.example/bac", "../../../x", "")
    )
    page = f"<html><head>{links}</head><body>{ARTICLE}</body></html>"
    [found] = html.read(Item("kho/vi/a.html", "a.html", "a.html", io.BytesIO(page.encode())))
    assert isinstance(found, Record)
    assert found.document.alternates == ("kho/fr/le bac.html", "https://champ.example/bac")


def saved(encoding: str = "quoted-printable") -> bytes:
    body = quopri.encodestring(PAGE.encode()).decode()
    return f"""From: <Saved by Blink>
Snapshot-Content-Location: https://cuabien.example/trang/15
Subject: trang
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="----bien"

------bien
Content-Type: text/html
Content-Transfer-Encoding: {encoding}
Content-Location: https://cuabien.example/trang/15

{body}
------bien
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://cuabien.example/111.png

iVBORw0KGgo=
------bien--
""".encode()


def test_a_page_saved_by_a_browser_is_read_with_its_address() -> None:
    [found] = mhtml.read(Item("a.mhtml", "kho/a.mhtml", "a.mhtml", io.BytesIO(saved())))
    assert isinstance(found, Record)
    assert found.document.title == "Bến đò ngang chở chuyến cuối"
    assert found.document.url == "https://cuabien.example/trang/15"
    assert "thông xe" in found.document.text


def test_a_saved_page_without_a_page_says_so() -> None:
    head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
    data = head + b"--x\nContent-Type: image/png\n\n\n--x--"
    with pytest.raises(Unreadable, match="no page"):
        list(mhtml.read(Item("a.mhtml", "a.mhtml", "a.mhtml", io.BytesIO(data))))


NOTE = "Có người kể rằng cây cầu đã xây xong từ năm ngoái, nhưng phải chờ con đường dẫn hai bên mới mở."


@pytest.mark.parametrize(
    "box", ["div class='sidebar'", "aside", "div role='complementary'", "div class='note'"]
)
def test_a_boxed_note_inside_an_article_is_text(box: str) -> None:
    tag = box.split()[0]
    page = PAGE.replace("<h2>Cây cầu mới</h2>", f"<{box}><p>{NOTE}</p></{tag}><h2>Cây cầu mới</h2>")
    assert NOTE in read(page).document.text
    assert "Chợ nổi" not in read(page).document.text


def test_a_box_of_links_inside_an_article_is_none() -> None:
    links = "".join(f"<li><a href='/{n}'>Tin số {n} về con sông và cây cầu</a></li>" for n in range(5))
    page = PAGE.replace("<h2>Cây cầu mới</h2>", f"<aside><ul>{links}</ul></aside><h2>Cây cầu mới</h2>")
    assert "Tin số" not in read(page).document.text


SITE = """<html lang="vi"><body><div class="menu-page"><header>Thứ hai, 6/5/2024</header><div
class="sidebar-1"><span class="date">Thứ sáu, 15/3/2024, 08:00 (GMT+7)</span><h1>Bến đò</h1>
<p class="lead">{}</p>{}</div></div></body></html>"""


def test_an_article_is_read_whole_whatever_its_column_is_called() -> None:
    document = read(SITE.format(NOTE, ARTICLE)).document
    assert NOTE in f"{document.title}\n{document.text}"


def test_a_line_close_above_the_article_that_holds_only_a_date_dates_it() -> None:
    assert read(SITE.format(NOTE, ARTICLE)).document.date == "2024-03-15"


def test_the_day_in_the_head_of_a_site_dates_nothing() -> None:
    page = f"<html><body><header><p>Thứ hai, 6/5/2024</p></header>{ARTICLE}</body></html>"
    assert read(page).document.date == ""
