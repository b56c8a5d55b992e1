"""Stories told in both languages: found when an index is written, and right or not shown at all."""

from pathlib import Path

import pytest
from conftest import IndexWriter
from test_seeds import SEEDS

import search
from indexer import sources
from indexer.cli import main
from indexer.readers import Record
from search.document import Document

CORPUS = Path(__file__).parent.parent / "corpus"


def records(*folders: Path) -> list[Document]:
    found = sources.records(sources.find(folders).files)
    return [each.document for each in found if isinstance(each, Record)]


def pairs(engine: search.Engine, ids: list[str]) -> set[frozenset[str]]:
    return {
        frozenset((id, each.document.id)) for id in ids for each in engine.highlighted(id, "").counterparts
    }


def undeclared(documents: list[Document]) -> list[Document]:
    """The same documents as if their files named no translation."""
    names = [field for field in Document.__dataclass_fields__ if field not in ("alternates",)]
    return [Document(**{name: getattr(each, name) for name in names}) for each in documents]


def test_most_stories_of_the_sample_are_found_and_no_other(make_index: IndexWriter, tmp_path: Path) -> None:
    documents = records(CORPUS)
    known = {each.id for each in documents}
    declared = {
        frozenset((each.id, other)) for each in documents for other in each.alternates if other in known
    }
    assert len(declared) == 23
    engine = search.open(make_index(tmp_path / "index", undeclared(documents)))
    found = pairs(engine, sorted(known))
    assert found <= declared
    assert len(found) >= 22


def test_what_is_declared_is_not_said_twice(make_index: IndexWriter, tmp_path: Path) -> None:
    documents = records(CORPUS)
    engine = search.open(make_index(tmp_path / "index", documents))
    for each in documents:
        shown = engine.highlighted(each.id, "")
        others = [other.id for other in (*shown.alternates, *(own.document for own in shown.counterparts))]
        assert len(others) == len(set(others))


@pytest.mark.skipif(not SEEDS.is_dir(), reason="needs the five articles in ../shared/data/seeds")
@pytest.mark.parametrize("others", [(), (CORPUS,)])
def test_the_two_reports_of_the_seeds_find_each_other(
    make_index: IndexWriter, tmp_path: Path, others: tuple[Path, ...]
) -> None:
    documents = records(SEEDS, *others)
    engine = search.open(make_index(tmp_path / "index", documents))
    seeds = sorted(each.id for each in documents if each.id.startswith("00"))
    (pair,) = pairs(engine, seeds)
    assert {id[:3] for id in pair} == {"000", "004"}


def test_an_update_keeps_a_pair_and_forgets_it_with_its_document(tmp_path: Path) -> None:
    archive, index = tmp_path / "archive", str(tmp_path / "index")
    told = {each.id: each for each in undeclared(records(CORPUS))}
    here, there = "vi/ruong-giay-to-o-saint-malo.md", "fr/la-malle-de-saint-servan.md"
    archive.mkdir()
    for number, (id, document) in enumerate(told.items()):
        name = {here: "here", there: "there"}.get(id, str(number))
        (archive / f"{name}.txt").write_text(f"{document.title}\n\n{document.text}", "utf-8")
    assert main(["build", str(archive), "--index", index, "--quiet"]) == 0

    def other() -> list[str]:
        engine = search.open(index)
        try:
            return [each.document.id for each in engine.highlighted("here.txt", "").counterparts]
        finally:
            engine.close()

    assert other() == ["there.txt"]
    (archive / "new.txt").write_text("Bản tin mới\n\nChợ phiên mở lại sau Tết.", "utf-8")
    assert main(["update", str(archive), "--index", index, "--quiet"]) == 0
    assert other() == ["there.txt"]
    (archive / "there.txt").unlink()
    assert main(["update", str(archive), "--index", index, "--quiet"]) == 0
    assert other() == []
