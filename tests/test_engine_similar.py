"""Near-duplicates: one stands for all in the results, none is lost."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import IndexWriter

import search
from search import SearchRequest
from search.analysis.analyzer import analyze
from search.analysis.resemblance import MIN_SHINGLES, PERMUTATIONS, signature
from search.document import Document
from search.duplicates import Groups, representatives
from search.query.plan import Order

WORDS = (
    "hợp tác xã ký hợp đồng thuê đất với từng hộ trong thôn thời hạn mười năm tiền thuê trả mỗi năm một lần "
    "vào tháng giêng bên thuê giữ bờ ruộng mương nước và trả lại đất như khi nhận nếu trả chậm quá ba tháng "
    "bên cho thuê có quyền lấy lại đất trước hạn sau khi báo bằng giấy hai bên cùng ký trước mặt trưởng thôn "
    "người làm chứng giữ một bản ủy ban xã giữ một bản mọi tranh chấp đem ra hòa giải ở đình trước khi kiện"
)
CONTRACT = Document("goc", "Hợp đồng thuê đất", WORDS)


def amended(id: str, place: int, word: str) -> Document:
    words = WORDS.split()
    words[place] = word
    return replace(CONTRACT, id=id, text=" ".join(words))


DOCUMENTS = [
    CONTRACT,
    amended("tam", 17, "tám"),
    amended("bay", 17, "bảy"),
    Document("khac", "Hợp đồng mua trâu", "Bên mua trả tiền. " + " ".join(reversed(WORDS.split()))),
    Document("ngan", "Hợp đồng miệng", "Hợp đồng thuê đất"),
    Document("ngan2", "Hợp đồng miệng khác", "Hợp đồng thuê đất"),
]


@pytest.fixture
def engine(tmp_path: Path, index_anywhere: IndexWriter) -> search.Engine:
    return search.open(index_anywhere(tmp_path / "index", DOCUMENTS[:2], DOCUMENTS[2:]))


def test_one_of_several_near_duplicates_stands_for_them(engine: search.Engine) -> None:
    page = engine.search(SearchRequest("hợp đồng thuê đất"))
    ids = [hit.id for hit in page.hits]
    assert len(set(ids) & {"goc", "tam", "bay"}) == 1
    assert {"khac", "ngan", "ngan2"} <= set(ids)
    assert (page.total, page.collapsed) == (6, 2)
    [hit] = [hit for hit in page.hits if hit.similar]
    assert hit.similar_total == 2
    assert {hit.id, *(other.id for other in hit.similar)} == {"goc", "tam", "bay"}


def test_the_one_that_matches_best_stands_for_the_others(engine: search.Engine) -> None:
    assert engine.search(SearchRequest("tám")).hits[0].id == "tam"
    assert engine.search(SearchRequest("bảy")).hits[0].id == "bay"


def test_the_one_that_comes_first_stands_for_the_others(tmp_path: Path, index_anywhere: IndexWriter) -> None:
    years = {"goc": "2001", "tam": "2003", "bay": "2002"}
    dated = [replace(each, date=years.get(each.id, "")) for each in DOCUMENTS]
    engine = search.open(index_anywhere(tmp_path / "dated", dated))
    assert engine.search(SearchRequest("hợp đồng thuê đất", order=Order.NEWEST)).hits[0].id == "tam"
    assert engine.search(SearchRequest("hợp đồng thuê đất", order=Order.OLDEST)).hits[0].id == "goc"


def test_all_of_them_are_listed_on_demand(engine: search.Engine) -> None:
    page = engine.search(SearchRequest("hợp đồng thuê đất", collapse=False))
    assert {"goc", "tam", "bay"} <= {hit.id for hit in page.hits}
    assert page.collapsed == 0


def test_pages_of_collapsed_hits_join_without_gap_or_repetition(engine: search.Engine) -> None:
    whole = [hit.id for hit in engine.search(SearchRequest("hợp đồng")).hits]
    parts = [
        hit.id
        for offset in range(0, 6, 2)
        for hit in engine.search(SearchRequest("hợp đồng", limit=2, offset=offset)).hits
    ]
    assert parts == whole


def test_a_document_knows_its_near_duplicates(engine: search.Engine) -> None:
    found = engine.highlighted("tam", "đất")
    assert [other.id for other in found.similar] == ["goc", "bay"]
    assert engine.highlighted("khac", "đất").similar == ()


def test_short_texts_are_never_near_duplicates() -> None:
    short = Document("1", "", " ".join(f"từ{number}" for number in range(MIN_SHINGLES)))
    assert analyze(short).signature == b""
    assert len(analyze(CONTRACT).signature) == PERMUTATIONS


def test_equal_values_of_two_signatures_estimate_the_runs_in_common() -> None:
    words = [f"w{number}" for number in range(2000)]
    for replaced in (0, 20, 100, 300):
        picks = random.Random(5).sample(range(len(words)), replaced)
        other = [f"x{place}" if place in set(picks) else word for place, word in enumerate(words)]
        ours, theirs = (
            np.frombuffer(
                signature(analyze(Document("1", "", " ".join(text))).streams["body_surface"]), np.uint8
            )
            for text in (words, other)
        )
        runs = [{tuple(text[at : at + 4]) for at in range(len(text) - 3)} for text in (words, other)]
        resemblance = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
        assert abs((ours == theirs).mean() - resemblance) < 0.15


def test_deleted_documents_stand_for_nothing() -> None:
    rows = np.ones((3, PERMUTATIONS), np.uint8)
    rows[2] = 7
    live = np.array([False, True, True])
    assert representatives(rows, live).tolist() == [0, 1, 2]
    assert representatives(rows, np.ones(3, bool)).tolist() == [0, 0, 2]


def test_a_chain_of_small_changes_does_not_tie_its_ends_together() -> None:
    rows = np.tile(np.arange(PERMUTATIONS, dtype=np.uint8), (40, 1))
    for number in range(40):  # each differs from the one before in one value more
        rows[number, :number] += 100
    first = representatives(rows, np.ones(40, bool))
    for doc, leader in enumerate(first):
        assert (rows[doc] == rows[leader]).mean() >= 0.84


def test_of_equal_scores_the_first_document_is_kept() -> None:
    groups = Groups(np.array([0, 0, 2, 0, 2]))
    assert groups.hidden(np.array([1, 1, 3, 1, 2], np.float32)).tolist() == [1, 3, 4]
    assert groups.hidden(np.array([0, 1, 0, 1, 2], np.float32)).tolist() == [3]
    assert groups.members(3).tolist() == [0, 1, 3]
    assert len(Groups(np.arange(4))) == 0
    assert len(Groups(np.empty(0, np.int64))) == 0
