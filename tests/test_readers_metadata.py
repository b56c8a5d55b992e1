"""What files say about themselves: front matter, source lines, dates."""

import unicodedata
from pathlib import Path

import pytest

from indexer import readers
from indexer.readers import Record
from indexer.readers.metadata import front_matter, source_line
from indexer.readers.metadata.fields import Metadata, metadata
from search.dates import date_number, iso_date
from search.document import Document


def read(path: Path, text: str) -> Document:
    path.write_text(text, encoding="utf-8")
    [found] = readers.read(path, path.name)
    assert isinstance(found, Record), found
    return found.document


@pytest.mark.parametrize("name", ["thư.txt", "thư.md"])
def test_front_matter_fills_the_fields_and_leaves_the_text(tmp_path: Path, name: str) -> None:
    document = read(
        tmp_path / name,
        "---\ntitle: Thư gửi chị\ndate: 3/2/2021\nsource: Tập san Cây Đa\nauthor: [Lê An, Đỗ Bình]\n"
        "url: https://example.org/thu\nlang: VI-vn\ntags:\n  - thư\n---\n\nChị ơi, trời đã trở lạnh.\n",
    )
    assert document == Document(
        id=name,
        title="Thư gửi chị",
        text="Chị ơi, trời đã trở lạnh.",
        language="vi",
        url="https://example.org/thu",
        source="Tập san Cây Đa",
        author="Lê An, Đỗ Bình",
        date="2021-02-03",
    )


@pytest.mark.parametrize(
    "first", ["Thư gửi chị", "# Thư gửi chị", unicodedata.normalize("NFD", "Thư gửi chị")]
)
def test_a_first_line_that_repeats_the_front_matter_title_is_dropped(tmp_path: Path, first: str) -> None:
    name = "a.md" if first.startswith("#") else "a.txt"
    assert read(tmp_path / name, f"---\ntitle: Thư gửi chị\n---\n{first}\n\nChị ơi.").text == "Chị ơi."


def test_a_colon_in_a_title_does_not_spoil_the_front_matter(tmp_path: Path) -> None:
    document = read(tmp_path / "a.txt", "---\ntitle: Sa Pa: sương sớm\ndate: 2020-01\n---\nĐường trơn.")
    assert (document.title, document.date) == ("Sa Pa: sương sớm", "2020-01")


def test_values_stay_what_was_typed() -> None:
    fields, _ = front_matter.split("---\ntitle: 1984\nlang: no\ndate: 2024-03-15\nauthor: Yes\n---\n")
    assert fields == {"title": "1984", "lang": "no", "date": "2024-03-15", "author": "Yes"}


@pytest.mark.parametrize(
    "text",
    [
        "---\nUn trait, puis du texte.\n---\nEncore.",
        "---\njamais fermé: oui\n",
        "Avant.\n---\ntitle: non\n---\n",
        "---\n- a\n- b\n---\nSuite.",
        "---\n" + "[" * 5000 + "\n---\nSuite.",
    ],
)
def test_rules_around_text_are_no_front_matter(text: str) -> None:
    assert front_matter.split(text) == ({}, text)


@pytest.mark.parametrize(
    ("line", "source", "url", "date"),
    [
        ("Nguồn: Bản tin Mũi Né, 15/3/2024", "Bản tin Mũi Né", "", "2024-03-15"),
        ("Source : L’Écho du quai, 15 mars 2024", "L’Écho du quai", "", "2024-03-15"),
        ("Source: L’Écho du quai du 1er août 2023.", "L’Écho du quai", "", "2023-08-01"),
        ("(Nguồn: Bản tin Mũi Né, ngày 5 tháng 9 năm 2023)", "Bản tin Mũi Né", "", "2023-09-05"),
        ("NGUỒN TIN : Bản tin Mũi Né", "Bản tin Mũi Né", "", ""),
        (
            "Source : https://www.example.org/quai-3.html",
            "example.org",
            "https://www.example.org/quai-3.html",
            "",
        ),
        ("Source : L’Écho (https://example.org/a), 2019", "L’Écho", "https://example.org/a", "2019"),
        ("*Source : [L’Écho](https://example.org/a_b)*", "L’Écho", "https://example.org/a_b", ""),
        ("Nguồn: Báo cáo 2024", "Báo cáo 2024", "", ""),
        ("Source : procès du 3 mai 1954 au Havre", "procès du 3 mai 1954 au Havre", "", ""),
        ("Sources : https://[cassé", "https://[cassé", "https://[cassé", ""),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_source_line(tmp_path: Path, line: str, source: str, url: str, date: str, form: str) -> None:
    text = unicodedata.normalize(form, f"Tựa\n\nThân bài.\n\n{line}\n")  # type: ignore[arg-type]
    document = read(tmp_path / ("a.md" if "](" in line else "a.txt"), text)
    assert (document.source, document.url, document.date) == (source, url, date)
    assert unicodedata.normalize("NFC", document.text) in ("Thân bài.", "Tựa\n\nThân bài.")
    assert "Nguồn" not in document.text


def test_a_source_line_is_found_above_what_a_scraper_leaves(tmp_path: Path) -> None:
    document = read(tmp_path / "a.txt", "Titre\nCorps.\nSource : L’Écho\nPartager\nCommentaires (0)")
    assert (document.source, document.text) == ("L’Écho", "Corps.")


@pytest.mark.parametrize(
    "text",
    [
        "Corps.\nLa source : une eau claire.\nFin.",
        "Source : L’Écho\n1\n2\n3\n4\n5",
        "Corps.\nSource : " + "un récit qui continue longtemps " * 10,
        "Corps.\nSource :",
        "Corps.\nLes sources du fleuve",
    ],
)
def test_text_about_sources_stays_text(text: str) -> None:
    assert source_line.take(text) == (Metadata(), text)


def test_front_matter_goes_before_the_source_line(tmp_path: Path) -> None:
    document = read(tmp_path / "a.txt", "---\nsource: A\ntitle: T\n---\nCorps.\n\nSource : B, 2/5/2011")
    assert (document.source, document.date, document.text) == ("A", "2011-05-02", "Corps.")


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024-12-12", "2024-12-12"),
        ("2024-12-12T08:30:00Z", "2024-12-12"),
        ("2024/3/5", "2024-03-05"),
        ("20240305", "2024-03-05"),
        ("5/3/2024", "2024-03-05"),
        ("05-03-2024", "2024-03-05"),
        ("05.03.2024 lúc 7 giờ", "2024-03-05"),
        ("Thứ Ba, 5/3/2024", "2024-03-05"),
        ("5 mars 2024", "2024-03-05"),
        ("le 1er FÉVRIER 2024", "2024-02-01"),
        ("1 fevrier 2024", "2024-02-01"),
        ("ngày 5 tháng 3 năm 2024", "2024-03-05"),
        ("5 thang 3 nam 2024", "2024-03-05"),
        ("5 tháng Ba, 2024", "2024-03-05"),
        ("tháng mười hai năm 1999", "1999-12"),
        ("tháng Năm năm 1999", "1999-05"),
        ("août 2020", "2020-08"),
        ("tháng 8/2020", "2020-08"),
        ("8/2020", "2020-08"),
        ("2020-08", "2020-08"),
        ("2020", "2020"),
        ("năm 2020", "2020"),
        ("31/2/2024", ""),
        ("29/2/2023", ""),
        ("2024-13-40", ""),
        ("hôm qua", ""),
        ("version 3.2.20245", ""),
        ("", ""),
    ],
)
def test_dates_become_iso(written: str, iso: str) -> None:
    assert iso_date(written) == iso
    assert bool(date_number(iso)) == bool(iso)
    assert iso_date(unicodedata.normalize("NFD", written)) == iso


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ("vi", "vi"),
        ("FR", "fr"),
        ("fr-CA", "fr"),
        ("vi_VN", "vi"),
        ("vie", "vi"),
        ("Tiếng Việt", ""),
        ("", ""),
    ],
)
def test_languages_become_two_letters(declared: str, code: str) -> None:
    assert metadata({"lang": declared}).language == code


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("../fr/lettre.md", ("fr/lettre.md",)),
        ("./lettre.md", ("vi/lettre.md",)),
        ("lettre.md", ("lettre.md",)),
        ("https://example.org/lettre", ("https://example.org/lettre",)),
        (
            "[../fr/lettre.md, https://example.org/a, ../fr/lettre.md]",
            ("fr/lettre.md", "https://example.org/a"),
        ),
        ("\n  - fr/a b.md\n  - 12", ("fr/a b.md", "12")),
        ("../../dehors.md", ()),
        ("", ()),
        ("{fr: lettre.md}", ()),
        ("[[lettre.md], {a: b}]", ()),
        ("x" * 3000, ()),
        (str([f"n{number}" for number in range(80)]), tuple(f"n{number}" for number in range(50))),
    ],
)
def test_front_matter_names_the_same_story_in_other_languages(
    tmp_path: Path, written: str, names: tuple[str, ...]
) -> None:
    path = tmp_path / "thư.md"
    path.write_text(f"---\ntitle: Thư\nalternates: {written}\n---\nChị ơi.", encoding="utf-8")
    [found] = readers.read(path, "vi/thư.md")
    assert isinstance(found, Record)
    assert found.document.alternates == names
