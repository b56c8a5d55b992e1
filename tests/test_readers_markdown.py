"""Markdown files: the text as a reader sees it."""

from pathlib import Path

import pytest

from indexer import readers
from indexer.readers import Record
from indexer.readers.formats.markdown import plain
from search.document import Document


def read(path: Path, text: str) -> Document:
    path.write_text(text, encoding="utf-8")
    [found] = readers.read(path, path.name)
    assert isinstance(found, Record), found
    return found.document


def test_the_heading_is_the_title(tmp_path: Path) -> None:
    document = read(tmp_path / "a.md", "# Gốm *Thổ Hà*\n\nLò nung đỏ lửa.\n\n## Men nâu\n\nĐất sét.\n")
    assert document.title == "Gốm Thổ Hà"
    assert document.text == "Lò nung đỏ lửa.\n\nMen nâu\n\nĐất sét."


def test_a_heading_that_is_not_the_title_stays_in_the_text(tmp_path: Path) -> None:
    document = read(tmp_path / "a.md", "---\ntitle: Gốm\n---\n# Lò nung\n\nĐỏ lửa.")
    assert (document.title, document.text) == ("Gốm", "Lò nung\n\nĐỏ lửa.")


def test_without_a_heading_the_first_line_is_the_title(tmp_path: Path) -> None:
    document = read(tmp_path / "a.md", "Gốm Thổ Hà\n\nĐỏ lửa.")
    assert (document.title, document.text) == ("Gốm Thổ Hà", "Đỏ lửa.")


def test_markdown_without_text_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("<!-- à écrire -->\n\n[a]: https://example.org\n")
    [found] = readers.read(path, "a.md")
    assert not isinstance(found, Record)
    assert found.reason == "empty"


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        (
            "Un **mot** et un _autre_, `code_ici`, nom_de_fichier.",
            "Un mot et un autre, code_ici, nom_de_fichier.",
        ),
        ("Voir [la carte](https://example.org/carte-des-ports) du port.", "Voir la carte du port."),
        ("Voir [la carte][1].\n\n[1]: https://example.org/carte", "Voir la carte."),
        ("![Thuyền trên sông](song.jpg)", "Thuyền trên sông"),
        ("Une ligne\ncoupée en deux.", "Une ligne coupée en deux."),
        ("Un vers  \nl’autre vers", "Un vers\nl’autre vers"),
        ("- muối\n- tiêu", "- muối\n\n- tiêu"),
        ("3. ba\n4. bốn", "3. ba\n\n4. bốn"),
        ("> Lời mẹ dặn", "Lời mẹ dặn"),
        ("```\nx = 1\n```\nSuite", "x = 1\n\nSuite"),
        ("Trước<br>sau <b>đậm</b>&nbsp;!", "Trước\nsau đậm\xa0!"),
        ("<div class='x'>Encadré</div>", "Encadré"),
        ("| Cá | Giá |\n|---|---|\n| thu | 90 |", "Cá Giá\n\nthu 90"),
        ("2 * 3 * 4 = 24 \\* fin", "2 * 3 * 4 = 24 * fin"),
        ("Trước\n\n---\n\nSau", "Trước\n\nSau"),
    ],
)
def test_markup_goes_and_text_stays(marked: str, text: str) -> None:
    assert plain(marked) == ("", text)


def test_quotations_nested_thirty_deep_are_kept() -> None:
    assert plain("> " * 30 + "Tận cùng") == ("", "Tận cùng")


@pytest.mark.parametrize("marked", ["[" * 5000, "*a " * 5000, "![[" * 3000, "<a" * 5000])
def test_pathological_markup_keeps_its_text(marked: str) -> None:
    assert len(plain(marked)[1]) >= len(marked) - 2
