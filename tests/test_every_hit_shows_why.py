"""No result without a highlighted reason, however its words were typed and wherever they stand."""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import IndexWriter

import search
from indexer.readers import Record, read
from search import Engine, Hit, SearchRequest, fold
from search.document import Document
from search.results import How

CORPUS = Path(__file__).parent.parent / "corpus"
TONES = "\u0300\u0301\u0303\u0309\u0323"
FILLER = "Trời mưa suốt đêm, nước lên đến bậc thềm, ai cũng thức. " * 100
LONG = "Le vent tourne, la pluie bat les volets, on attend le matin. " * 100


def toneless(text: str) -> str:
    kept = (char for char in unicodedata.normalize("NFD", text) if char not in TONES)
    return unicodedata.normalize("NFC", "".join(kept))


def reasons(hit: Hit) -> list[str]:
    """What is highlighted, as it stands in the title and in the snippet."""
    return [hit.title[start:end] for start, end in hit.title_highlights] + [
        hit.snippet[start:end] for start, end in hit.snippet_highlights
    ]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, make_index: IndexWriter) -> Engine:
    records = [
        record
        for path in sorted(CORPUS.glob("[vf][ir]/*"))
        for record in read(path, path.stem)
        if isinstance(record, Record)
    ]
    assert len(records) == 68
    documents = [record.document for record in records]
    return search.open(make_index(tmp_path_factory.mktemp("corpus"), documents))


@pytest.fixture
def shelf(tmp_path: Path, make_index: IndexWriter) -> Callable[..., Engine]:
    """An engine over the texts of a test: `shelf(a="Bán hàng.")`; a text before a line end is the title."""

    def opened(**texts: str) -> Engine:
        documents = [
            Document(id, title, text)
            for id, whole in texts.items()
            for title, _, text in [whole.partition("\n")]
        ]
        return search.open(make_index(tmp_path / "index", documents))

    return opened


@pytest.mark.parametrize("typed", [str, fold, toneless], ids=["typed", "unaccented", "toneless"])
def test_no_hit_is_without_a_reason(corpus: Engine, typed: Callable[[str], str]) -> None:
    """Ninety judged queries, each typed in three ways, and what only function words or figures find."""
    lines = (CORPUS / "relevance" / "queries.tsv").read_text(encoding="utf-8").splitlines()
    queries = [line.split("\t")[1] for line in lines] + [
        "của các",
        "de la",
        "UBND",
        "15/6/2023",
        "article L. 312-4",
    ]
    bare = [
        (query, hit.id)
        for query in queries
        for hit in corpus.search(SearchRequest(typed(query), limit=30, collapse=False)).hits
        if not reasons(hit)
    ]
    assert bare == []


@pytest.mark.parametrize(
    ("query", "text", "reason"),
    [
        ("hexagone abonner", f"x\n{LONG}Un abonnement cher.", "abonnement"),  # a stem, past the first lines
        ("bến đỗ xe", "Bến\nĐò về.", "Bến"),
        ("15/6/2023", f"x\n{LONG}Le 15 juin 2023, il neigeait.", "15 juin 2023"),
        ("hanoi", f"x\n{FILLER}Về Hà Nội thôi. {FILLER}", "Hà Nội"),
    ],
)
def test_the_reason_is_shown_wherever_it_stands(
    shelf: Callable[..., Engine], query: str, text: str, reason: str
) -> None:
    others = {f"o{number}": f"y\nĐò ngang sang sông, vua xưa của ta, {number}." for number in range(3)}
    engine = shelf(a=text, b="z\nHà Nội, Hà Nội xe.", **others)
    (hit,) = (hit for hit in engine.search(SearchRequest(query, collapse=False)).hits if hit.id == "a")
    assert reason in reasons(hit)


MARKED = "Đám cưới có ban nhạc đến từ phố huyện, ai cũng thích."
BARE = "Cho que toi: ban ca, ban gao, mua muoi."


def test_an_unaccented_word_shows_for_an_accented_one_only_where_marks_may_be_missing(
    shelf: Callable[..., Engine],
) -> None:
    engine = shelf(a=f"x\n{MARKED}\n{BARE}\nMua và bán.", b=f"y\n{MARKED}\n{BARE}", c=f"z\n{MARKED}")
    hits = {hit.id: hit for hit in engine.search(SearchRequest("bán")).hits}
    assert reasons(hits["a"]) == ["bán"]
    assert reasons(hits["b"]) == ["ban", "ban"]
    assert "ban nhạc" not in {
        hits["b"].snippet[start : end + 5] for start, end in hits["b"].snippet_highlights
    }
    assert [each.how for each in hits["b"].explanation] == [How.UNACCENTED]
    # with other diacritics, as a last resort, it is a word like *bạn*
    assert "c" not in hits or [each.how for each in hits["c"].explanation] == [How.OTHER_DIACRITICS]


def test_a_stem_shows_in_the_lines_that_have_stems(shelf: Callable[..., Engine]) -> None:
    """The line tells, not the paragraph, and a French one may be full of Vietnamese names."""
    names = "Les abonnements de Đồng Phú, de Hưng Yên et de Bưởi sont arrivés par le train du matin."
    engine = shelf(a=f"x\nNgười ta kể chuyện ở bến đò, đường về xa.\n{names}")
    (hit,) = engine.search(SearchRequest("abonner")).hits
    assert reasons(hit) == ["abonnements"]


# Which words are missing


@pytest.mark.parametrize(
    ("query", "text", "missing"),
    [
        ("bến đò", f"x\n{FILLER}Bến vắng.", ("đò",)),
        ("bến của đò", f"x\n{FILLER}Bến vắng.", ("đò",)),  # nobody misses a function word
        ("ben do", "x\nBến vắng.", ("do",)),
        ("bến thuyền vắng", f"x\n{LONG}Bến vắng.", ("thuyền",)),
        ('"bến đò" xuồng', "x\nBến này, đò kia. Xuồng.", ("“bến đò”",)),
        ("xuồng khac*", "x\nXuồng.", ("khac*",)),
        ("xuồng hanoi", "x\nHà Nội.", ("xuồng",)),
        ("abonner chevaux", f"x\n{LONG}Un abonnement cher.", ("chevaux",)),
    ],
)
def test_an_incomplete_hit_tells_what_it_lacks(
    shelf: Callable[..., Engine], query: str, text: str, missing: tuple[str, ...]
) -> None:
    engine = shelf(
        a=text,
        b="y\nBến đò, thuyền và xuồng, khách về Hà Nội, xe đông. Hà Nội thuyền.",
        c="z\nMon abonnement de chevaux, mes chevaux, hanoi.",
        d="w\nĐò dọc.",
    )
    (hit,) = (hit for hit in engine.search(SearchRequest(query)).hits if hit.id == "a")
    assert (hit.complete, hit.missing) == (False, missing)


def test_a_complete_hit_lacks_nothing(corpus: Engine) -> None:
    hits = corpus.search(SearchRequest("quyền con người", limit=50)).hits
    assert {hit.complete for hit in hits} == {True, False}
    assert all(bool(hit.missing) is not hit.complete for hit in hits)


# Where words stand


def test_why_names_title_and_phrase(shelf: Callable[..., Engine]) -> None:
    engine = shelf(
        whole="Chợ nổi Cái Răng\nGhe thuyền họp từ sáng sớm.",
        title="Chuyện chợ nổi\nỞ Cái Răng, ghe thuyền họp.",
        text="Ghe\nChợ xa, nước nổi. Cái gì, răng nào?",
    )
    for query in ("chợ nổi cái răng", "cho noi cai rang"):
        hits = {hit.id: hit for hit in engine.search(SearchRequest(query)).hits}
        whole, title, text = (hits[id] for id in ("whole", "title", "text"))
        assert (whole.whole_title, title.whole_title, text.whole_title) == (True, False, False)
        assert whole.phrases == ("Chợ nổi Cái Răng",)
        assert title.phrases == ("chợ nổi", "Cái Răng")
        assert text.phrases == ()
        assert [each.in_title for each in title.explanation] == [True, True, False, False]
    # other diacritics than those typed are another title
    assert not any(hit.whole_title for hit in engine.search(SearchRequest("chó nổi cái răng")).hits)


def test_a_word_that_comes_twice_in_a_query_breaks_no_phrase(shelf: Callable[..., Engine]) -> None:
    engine = shelf(a="x\nQuyền con người và con vật nuôi là chuyện dài.")
    (hit,) = engine.search(SearchRequest("quyền con người và con vật nuôi")).hits
    assert hit.phrases == ("Quyền con người và con vật nuôi",)


def test_no_hit_in_the_other_language_is_without_a_reason(corpus: Engine) -> None:
    """All titles and each eleventh word of the sample, asked as they stand."""
    queries: set[str] = set()
    for path in CORPUS.glob("[vf][ir]/*"):
        words = re.findall(r"\w+", path.read_text(encoding="utf-8"))
        queries |= {*words[:800:11], " ".join(words[2:8])}
    found = 0
    for query in sorted(queries):
        page = corpus.search(SearchRequest(query))
        for hit in page.crossed.hits if page.crossed else ():
            assert reasons(hit), (query, hit.id)
            found += 1
    assert found > 500


def test_a_word_of_a_phrase_is_shown_by_itself_where_it_stands_alone(shelf: Callable[..., Engine]) -> None:
    """*nulle* is a word of *match nulle*, and a form of *nul*, which is a draw too."""
    page = shelf(a="On ne le voit nulle part.").search(SearchRequest("hòa"))
    assert page.crossed
    assert [reasons(hit) for hit in page.crossed.hits] == [["nulle"]]
