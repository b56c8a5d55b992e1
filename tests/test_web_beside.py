"""Two documents side by side: paragraphs that say the same stand beside each other."""

from pathlib import Path

import pytest
from conftest import IndexWriter
from flask.testing import FlaskClient
from web_page import page, words

import search
from search.document import Document
from web import create_app
from web.beside import aligned

LONG, SHORT = "Un paragraphe assez long qui raconte toute la crue de la rivière. " * 4, "Fin."


def rows(left: list[str], right: list[str]) -> list[tuple[list[int], list[int]]]:
    return [(list(row.left), list(row.right)) for row in aligned(left, right)]


def test_paragraphs_of_one_length_stand_beside_each_other() -> None:
    assert rows([LONG, SHORT], [LONG, SHORT]) == [([0], [0]), ([1], [1])]


def test_one_paragraph_stands_beside_the_two_that_it_became() -> None:
    assert rows([SHORT, LONG + LONG], [SHORT, LONG, LONG]) == [([0], [0]), ([1], [1, 2])]


@pytest.mark.parametrize(
    ("left", "right"), [([], []), ([LONG], []), ([], [LONG]), ([SHORT] * 900, [LONG] * 300)]
)
def test_no_paragraph_is_lost(left: list[str], right: list[str]) -> None:
    found = rows(left, right)
    assert [at for own, _ in found for at in own] == list(range(len(left)))
    assert [at for _, own in found for at in own] == list(range(len(right)))


@pytest.fixture
def client(tmp_path: Path, make_index: IndexWriter) -> FlaskClient:
    documents = [
        Document(
            "vi/lu.txt",
            "Lũ đêm",
            "Nước lên trong đêm.\n\nBệnh viện mở cửa.",
            "vi",
            alternates=("fr/crue.txt",),
        ),
        Document("fr/crue.txt", "La crue", "L’eau monte la nuit.\n\nL’hôpital ouvre.", "fr"),
    ]
    return create_app(engine=search.open(make_index(tmp_path / "index", documents))).test_client()


def test_matches_are_highlighted_in_both_languages(client: FlaskClient) -> None:
    text = page(client, "/beside?id=fr/crue.txt&other=vi/lu.txt&q=hôpital&ui=fr")
    assert "<mark>hôpital</mark>" in text
    assert "<mark>Bệnh viện</mark>" in text
    assert text.index("L’eau monte") < text.index("Nước lên") < text.index("ouvre") < text.index("mở cửa")


def test_a_document_leads_to_its_story_side_by_side(client: FlaskClient) -> None:
    text = page(client, "/document/fr/crue.txt?ui=fr")
    assert "côte à côte" in words(text)
    assert "/beside?id=fr/crue.txt&amp;other=vi/lu.txt" in text


@pytest.mark.parametrize("address", ["/beside", "/beside?id=fr/crue.txt", "/beside?id=fr/crue.txt&other=no"])
def test_a_missing_document_is_said_to_be_missing(client: FlaskClient, address: str) -> None:
    page(client, address, status=404)
