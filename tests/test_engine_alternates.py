"""The same story in another language: found from both sides, whichever of them says so."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import Archive, EngineKind, IndexWriter

import search
from search import SearchRequest
from search.alternates import alternates
from search.analysis.analyzer import analyze
from search.document import Copy, Document, address

CHAMP = "https://champ.example/marche"
CHO = Document("vi/cho.md", "Chợ nổi cuối năm", "Ghe xuồng tụ về bến.", "vi", "https://cho.example/noi")
MARCHE = Document("fr/marche.md", "Le marché flottant", "Les barques se rassemblent.", "fr", CHAMP)
AUTRE = Document("fr/autre.md", "Autre chose", "Rien de commun.", "fr", "https://champ.example/autre")


def naming(document: Document, *names: str) -> Document:
    return replace(document, alternates=names)


class Shelf:
    """An index of one engine, committed to step by step, and who is whose alternate in it."""

    def __init__(self, kind: EngineKind, folder: Path) -> None:
        self.archive = Archive(kind, folder)

    def commit(
        self,
        *documents: Document,
        deleted: Iterable[str] = (),
        copies: Iterable[tuple[str, Copy]] = (),
    ) -> None:
        with self.archive.writing() as writer:
            for id in deleted:
                assert writer.delete(id)
            for document in documents:
                writer.add(analyze(document))
            for original, copy in copies:
                writer.add_copy(original, copy)

    def alternates(self, id: str) -> list[str]:
        """The ids of a document's alternates."""
        searcher, handle = self.archive.searcher, self.archive.handle(id)
        assert handle is not None
        found = next(alternates(searcher, [handle], searcher.fetch([handle])))
        assert handle not in found
        assert len(found) == len(set(found))
        return [document.id for document in searcher.fetch(found)]


@pytest.fixture
def shelf(kind: EngineKind, tmp_path: Path) -> Shelf:
    return Shelf(kind, tmp_path / "index")


@pytest.mark.parametrize(
    "name", [MARCHE.id, MARCHE.url, "http://CHAMP.example/marche/#haut"], ids=["id", "address", "spelled"]
)
def test_a_page_that_names_its_translation_is_found_from_both_sides(shelf: Shelf, name: str) -> None:
    shelf.commit(naming(CHO, name), AUTRE, MARCHE)
    assert shelf.alternates(CHO.id) == [MARCHE.id]
    assert shelf.alternates(MARCHE.id) == [CHO.id]
    assert shelf.alternates(AUTRE.id) == []


def test_an_id_that_is_an_address_is_found_however_it_is_written(shelf: Shelf) -> None:
    page = Document(CHAMP, "Le marché", "Sans autre adresse.", "fr")
    shelf.commit(naming(CHO, CHAMP + "/"), page)
    assert shelf.alternates(CHO.id) == [CHAMP]
    assert shelf.alternates(CHAMP) == [CHO.id]


def test_two_that_name_each_other_are_one_pair(shelf: Shelf) -> None:
    shelf.commit(naming(CHO, MARCHE.id, MARCHE.url), naming(MARCHE, CHO.url))
    assert shelf.alternates(CHO.id) == [MARCHE.id]
    assert shelf.alternates(MARCHE.id) == [CHO.id]


def test_what_a_document_names_may_come_later_or_never(shelf: Shelf) -> None:
    shelf.commit(naming(CHO, MARCHE.id, "fr/jamais.md", "", "https://[brisé"))
    assert shelf.alternates(CHO.id) == []
    shelf.commit(MARCHE)
    assert shelf.alternates(CHO.id) == [MARCHE.id]
    assert shelf.alternates(MARCHE.id) == [CHO.id]


def test_a_document_is_never_its_own_alternate(shelf: Shelf) -> None:
    shelf.commit(naming(CHO, CHO.id, CHO.url))
    assert shelf.alternates(CHO.id) == []


def test_one_that_is_deleted_or_no_longer_says_so_is_left_out(shelf: Shelf) -> None:
    shelf.commit(naming(CHO, MARCHE.id), naming(MARCHE, CHO.url), naming(AUTRE, CHO.id))
    shelf.commit(deleted=[AUTRE.id])
    assert shelf.alternates(CHO.id) == [MARCHE.id]
    shelf.commit(CHO)
    assert shelf.alternates(CHO.id) == [MARCHE.id]  # which still says so
    shelf.commit(MARCHE)
    assert shelf.alternates(CHO.id) == []
    assert shelf.alternates(MARCHE.id) == []


def test_what_a_copy_is_called_and_what_it_names_counts_too(shelf: Shelf) -> None:
    copy = Copy("vi/cho-2.md", "https://khac.example/cho", alternates=(AUTRE.id,))
    named = [naming(MARCHE, copy.url), AUTRE, Document("fr/id.md", "Titre", "Corps.", alternates=(copy.id,))]
    shelf.commit(CHO, *named, copies=[(CHO.id, copy)])
    for id in (CHO.id, copy.id):
        assert set(shelf.alternates(id)) == {each.id for each in named}
    for each in named:
        assert shelf.alternates(each.id) == [CHO.id]
    shelf.commit(deleted=[CHO.id])
    assert shelf.alternates(MARCHE.id) == []


def test_names_survive_spills_and_merges(
    shelf: Shelf, kind: EngineKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind.lower(monkeypatch, "merges")
    if "spills" in kind.limits:
        monkeypatch.setattr(kind.limits["spills"][0], 12)
    copy = Copy("vi/cho-2.md", "https://khac.example/cho", alternates=(AUTRE.url,))
    filler = [Document(f"{number}.txt", "", f"số {number}") for number in range(8)]
    shelf.commit(*filler[:4], naming(CHO, MARCHE.url), *filler[4:], AUTRE, copies=[(CHO.id, copy)])
    shelf.commit(MARCHE, deleted=["1.txt"])
    for number in range(5):
        shelf.commit(Document(f"mới-{number}", "", "thêm một bài"), deleted=[f"{number + 2}.txt"])
    assert set(shelf.alternates(CHO.id)) == {MARCHE.id, AUTRE.id}
    assert shelf.alternates(MARCHE.id) == shelf.alternates(AUTRE.id) == [CHO.id]
    assert shelf.alternates(copy.id) == shelf.alternates(CHO.id)


def test_a_whole_document_comes_with_its_story_in_other_languages(
    tmp_path: Path, index_anywhere: IndexWriter
) -> None:
    vietnamese = Document("vi/khac.md", "Bản khác", "Cùng một thứ tiếng.", "vi")
    many = [Document(f"fr/{number}", f"Titre {number}", "Corps.", "fr") for number in range(9)]
    documents = [naming(CHO, vietnamese.id, MARCHE.url, *(each.id for each in many)), vietnamese, MARCHE]
    engine = search.open(index_anywhere(tmp_path / "index", documents, many))
    found = engine.highlighted(CHO.id, "chợ").alternates
    assert len(found) == 5
    assert (found[0].id, found[0].title, found[0].language) == (MARCHE.id, MARCHE.title, "fr")
    assert vietnamese.id not in {each.id for each in found}
    assert [each.id for each in engine.highlighted(MARCHE.id, "").alternates] == [CHO.id]
    assert engine.highlighted(vietnamese.id, "").alternates == ()
    assert engine.document(CHO.id).alternates == documents[0].alternates


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://Champ.Example/marche", "//champ.example/marche"),
        ("HTTP://champ.example/marche/#fin", "//champ.example/marche"),
        (" https://champ.example/?page=2#a ", "//champ.example?page=2"),
        ("https://champ.example", "//champ.example"),
        ("https://champ.example/Marche", "//champ.example/Marche"),
        ("ftp://champ.example/marche", ""),
        ("//champ.example/marche", ""),
        ("fr/marche.md", ""),
        ("https://[brisé", ""),
        ("", ""),
    ],
)
def test_addresses_are_compared_without_what_means_nothing(url: str, same: str) -> None:
    assert address(url) == same


def test_a_hit_names_the_same_story_in_the_other_language(
    index_anywhere: IndexWriter, tmp_path: Path
) -> None:
    engine = search.open(index_anywhere(tmp_path / "index", [naming(CHO, MARCHE.id), MARCHE, AUTRE]))
    hits = {hit.id: hit for hit in engine.search(SearchRequest("chợ marché", cross=False)).hits}
    assert [other.id for other in hits[CHO.id].alternates] == [MARCHE.id]
    assert [other.id for other in hits[MARCHE.id].alternates] == [CHO.id]
    engine.close()


def test_a_document_is_not_shown_twice_on_a_page(index_anywhere: IndexWriter, tmp_path: Path) -> None:
    both = Document("both", "", "Marché de gros, en vietnamien chợ đầu mối, ouvert la nuit.", "fr")
    engine = search.open(index_anywhere(tmp_path / "index", [CHO, both]))
    page = engine.search(SearchRequest("chợ"))
    assert page.crossed
    shown = [hit.id for hit in (*page.hits, *page.crossed.hits)]
    assert len(shown) == len(set(shown))
    assert "both" in shown
    engine.close()
