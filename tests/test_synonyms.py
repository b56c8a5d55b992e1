"""The synonyms that whoever runs the search names in a file."""

import logging
import os
from pathlib import Path

import pytest
from conftest import IndexWriter

import search
import search.cli
import web.cli
from search import Config, Hit, SearchRequest, SynonymsFile
from search.document import Document
from search.errors import SynonymsUnreadable
from search.results import How
from search.synonyms import parse

DOCUMENTS = [
    Document("rights", "", "Hội nghị bàn về quyền con người ở vùng cao.", "vi"),
    Document("human", "", "Báo cáo nhân quyền của vùng cao.", "vi"),
    Document("car", "", "Les automobiles anciennes défilent sur le quai.", "fr"),
    Document("cars", "", "Une voiture neuve est garée devant la mairie.", "fr"),
    Document("fund", "", "La caisse primaire d’assurance maladie rembourse les soins.", "fr"),
    Document("bare", "", "Trang web ban xe hoi cu gia re.", "vi"),
    Document("horse", "", "Con ngựa gặm cỏ trên đồi.", "vi"),
    Document("ghost", "", "Chuyện con ma trong ngôi nhà hoang.", "vi"),
]

FILE = """\
# an archive's own words
nhân quyền, quyền con người
voiture, automobile   # both ways
CPAM => caisse primaire d’assurance maladie
ô tô, xe hơi
mã, ngựa
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "synonyms.txt"
    path.write_text(FILE, "utf-8")
    return path


def found(make: IndexWriter, folder: Path, file: Path, query: str) -> dict[str, Hit]:
    engine = search.open(make(folder / "index", DOCUMENTS), Config(synonyms=SynonymsFile(file)))
    return {hit.id: hit for hit in engine.search(SearchRequest(query)).hits}


@pytest.mark.parametrize(
    ("query", "id", "marked"),
    [
        ("nhân quyền", "rights", "quyền con người"),
        ("quyền con người", "human", "nhân quyền"),
        ("quyen con nguoi", "human", "nhân quyền"),
        ("báo cáo nhân quyền", "rights", "quyền con người"),
        ("voiture", "car", "automobiles"),
        ("voitures", "car", "automobiles"),
        ("AUTOMOBILE", "cars", "voiture"),
        ("cpam", "fund", "caisse primaire d’assurance maladie"),
        ("ô tô", "bare", "xe hoi"),
        ("o to", "bare", "xe hoi"),
        ("mã", "horse", "ngựa"),
    ],
)
def test_a_synonym_is_found_and_told(
    tmp_path: Path, file: Path, index_anywhere: IndexWriter, query: str, id: str, marked: str
) -> None:
    hit = found(index_anywhere, tmp_path, file, query)[id]
    marks = [hit.snippet[start:end] for start, end in hit.snippet_highlights]
    assert marked in " ".join(marks).replace("d assurance", "d’assurance")
    assert How.SYNONYM in {each.how for each in hit.explanation}


@pytest.mark.parametrize(
    ("query", "id"),
    [
        ("caisse primaire d’assurance maladie", "cpam"),  # one way only
        ("ma", "horse"),  # a ghost is no horse: *ma* is a word of the archive
        ("quyền người", "human"),
    ],
)
def test_what_was_not_named_is_no_synonym(
    tmp_path: Path, file: Path, make_index: IndexWriter, query: str, id: str
) -> None:
    hits = found(make_index, tmp_path, file, query)
    assert hits
    assert id not in hits or How.SYNONYM not in {each.how for each in hits[id].explanation}


def test_what_is_unwanted_says_nothing_of_its_synonyms(
    tmp_path: Path, file: Path, make_index: IndexWriter
) -> None:
    assert "car" in found(make_index, tmp_path, file, "quai -voiture")


def test_its_own_word_comes_before_its_synonym(tmp_path: Path, file: Path, make_index: IndexWriter) -> None:
    assert list(found(make_index, tmp_path, file, "voiture")) == ["cars", "car"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a, b\nvoiture\n", "line 2: a group needs two"),
        ("a, b\n\nvoiture,, auto", "line 3: a synonym is missing"),
        ("=> b", "line 1: a synonym is missing"),
        ("a => b => c", "line 1: one => a line"),
        ("x, một hai ba bốn năm sáu bảy tám chín", "line 1: “một hai ba bốn năm sáu bảy tám chín” has more"),
    ],
)
def test_a_wrong_line_is_named(text: str, message: str) -> None:
    with pytest.raises(SynonymsUnreadable, match=message):
        parse(text)


def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("voiture, auto\névénement, fête\n".encode("latin-1"))
    with pytest.raises(SynonymsUnreadable, match=r"latin\.txt, line 2: not UTF-8"):
        SynonymsFile(path)


def test_a_changed_file_is_read_again_and_a_faulty_one_is_not_followed(
    tmp_path: Path, file: Path, make_index: IndexWriter, caplog: pytest.LogCaptureFixture
) -> None:
    engine = search.open(make_index(tmp_path / "index", DOCUMENTS), Config(synonyms=SynonymsFile(file)))

    def horses(text: str, at: int) -> int:
        file.write_text(text, "utf-8")
        os.utime(file, ns=(at, at))
        return engine.search(SearchRequest("lừa")).total

    assert horses("lừa, ngựa", 1_000) == 1
    with caplog.at_level(logging.WARNING):
        assert horses("lừa, ngựa\nlừa", 2_000) == 1
    assert "line 2" in caplog.text
    assert horses("lừa, trâu", 3_000) == 0
    file.unlink()
    assert engine.search(SearchRequest("lừa")).total == 0


def test_the_search_in_the_terminal_takes_a_file(
    tmp_path: Path, file: Path, make_index: IndexWriter, capsys: pytest.CaptureFixture[str]
) -> None:
    index = ["--index", make_index(tmp_path / "index", DOCUMENTS)]
    assert search.cli.main(["cpam", *index]) == 1
    assert search.cli.main(["cpam", *index, "--synonyms", str(file), "--explain"]) == 0
    assert "(synonym)" in capsys.readouterr().out
    assert search.cli.main(["cpam", *index, "--synonyms", str(tmp_path / "none.txt")]) == 2
    assert "cannot read the synonyms in" in capsys.readouterr().err


def test_the_site_takes_a_file_and_does_not_start_with_a_wrong_one(
    tmp_path: Path,
    file: Path,
    make_index: IndexWriter,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    index = make_index(tmp_path / "index", DOCUMENTS)
    monkeypatch.setenv("SONGNGU_SYNONYMS", str(file))
    answer = web.create_app(index).test_client().get("/?q=cpam&ui=en")
    assert "fund" in answer.text
    assert "synonym" in answer.text
    file.write_text("voiture", "utf-8")
    assert web.cli.main(["--index", index]) == 1
    assert "line 1" in capsys.readouterr().err
