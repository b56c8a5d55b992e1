"""What a page and the search box offer: accents, spellings, completions, and why a hit is there."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import IndexWriter
from hypothesis import given, settings
from hypothesis import strategies as st

import search
from search import SearchRequest
from search.document import Document
from search.results import Completion, How, LikelyAccents, Why

TEXTS = {
    "duong-1": ("Con đường làng", "Con đường lát gạch dẫn ra bến sông. Đường nào cũng rợp bóng tre."),
    "duong-2": ("Sửa đường", "Con đường mới mở giúp xe chở mía chạy nhanh hơn."),
    "duong-3": ("Đại dương", "Rác nhựa trôi trên đại dương, đại dương kêu cứu."),
    "duong-4": ("Thầy Dưỡng", "Thầy Trần Xuân Dưỡng dạy chữ cho trẻ chài lưới."),
    "duong-5": ("Un maître d’école", "Tran Xuan Duong enseignait le calcul aux enfants du port."),
    "quyen-1": ("Quyền con người", "Quyền con người và quyền trẻ em được bàn suốt buổi."),
    "quyen-2": ("Một quyển sách", "Ông giáo bọc lại quyển sách cũ, con người ấy quý sách."),
    "ban-1": ("Chợ sớm", "Chị bán hàng ở chợ nổi, bán trái cây theo mùa."),
    "ban-2": ("Thư", "Người bạn cũ gửi thư, bạn hàng cũng gửi thư."),
    "ecole-1": ("Les écoles du fleuve", "Les écoles du fleuve ferment pendant la crue."),
    "peche-1": ("Le port", "Le pêcheur vend du poisson frais au port chaque matin."),
    "peche-2": ("Sermon", "Le pécheur repenti écoute le sermon en silence."),
    "charrette": ("La charrette", "Une charrette de foin traverse le pont de pierre."),
}

Completions = Callable[..., list[str]]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, index_anywhere: IndexWriter) -> search.Engine:
    documents = [Document(id, title, text) for id, (title, text) in TEXTS.items()]
    return search.open(index_anywhere(tmp_path_factory.mktemp("suggest"), documents))


@pytest.fixture
def completions(engine: search.Engine) -> Completions:
    return lambda prefix, limit=8: [each.text for each in engine.suggest(prefix, limit)]


def accents(engine: search.Engine, query: str) -> dict[str, LikelyAccents]:
    return {each.word: each for each in engine.search(SearchRequest(query)).likely_accents}


# did you mean


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("charette", "charrette"),
        ("Charette de foin", "Charrette de foin"),
        ("CHARETTE", "CHARRETTE"),
        ("quyền conn người", "quyền con người"),
        ("poison frais", "poisson frais"),
        ("nguwời bạn", "người bạn"),
        ("pêchuer", "pêcheur"),
        ("pécheurr", "pécheur"),
    ],
)
def test_a_slip_is_offered_as_the_word_meant(engine: search.Engine, typed: str, meant: str) -> None:
    page = engine.search(SearchRequest(typed))
    assert [(each.query, each.why) for each in page.suggestions] == [(meant, Why.TYPO)]
    assert (page.query, page.corrected) == (typed, meant)
    assert page.hits == engine.search(SearchRequest(meant)).hits


@pytest.mark.parametrize(
    ("typed", "meant"), [("bán hànng", "bán hàng"), ("dại dươnng", "dại dương"), ("mới dườngg", "mới đường")]
)
def test_a_wrong_mark_costs_less_than_a_wrong_letter(engine: search.Engine, typed: str, meant: str) -> None:
    assert [each.query for each in engine.search(SearchRequest(typed)).suggestions] == [meant]


def test_neighbours_decide_between_words_that_are_as_near(
    tmp_path: Path, index_anywhere: IndexWriter
) -> None:
    texts = ["vieux moulin de pierre"] * 3 + ["pain au levain, moutin frais"] * 3
    engine = search.open(
        index_anywhere(tmp_path, [Document(str(n), "", text) for n, text in enumerate(texts)])
    )
    assert engine.search(SearchRequest("vieux mouxin")).suggestions[0].query == "vieux moulin"
    assert engine.search(SearchRequest("mouxin frais")).suggestions[0].query == "moutin frais"


@pytest.mark.parametrize("typed", ["qwrtpsdfgh", "12345", "quyen", "chợ sớm", "-qwrtpsdfgh", "", "*"])
def test_nothing_is_offered_where_nothing_is_near_or_missing(engine: search.Engine, typed: str) -> None:
    assert engine.search(SearchRequest(typed)).suggestions == ()


# likely accents


def test_the_readings_of_an_unaccented_word_are_links_that_narrow(engine: search.Engine) -> None:
    duong = accents(engine, "duong")["duong"]
    assert [(each.text, each.count) for each in duong.spellings][:2] == [("đường", 5), ("dương", 3)]
    assert {each.text for each in duong.spellings} == {"đường", "dương", "dưỡng", "duong"}
    assert sum(each.probability for each in duong.spellings) <= 1.000001
    all_ids = {hit.id for hit in engine.search(SearchRequest("duong")).hits}
    for each in duong.spellings:
        honoured = {
            hit.id for hit in engine.search(SearchRequest(each.query)).hits if not hit.other_diacritics
        }
        assert honoured <= all_ids
        assert (honoured == all_ids) <= (each.text == "duong"), each


def test_a_link_changes_one_word_and_nothing_else(engine: search.Engine) -> None:
    query = '  DUONG (lang:vi) -"gạch xanh" Duong'
    found = engine.search(SearchRequest(query)).likely_accents
    assert [query[each.start : each.end] for each in found] == [each.word for each in found]
    assert {"DUONG", "Duong"} <= {each.word for each in found}
    for each in found:
        for spelling in each.spellings:
            assert spelling.query == query[: each.start] + spelling.text + query[each.end :]
    texts = {each.word: [spelling.text for spelling in each.spellings] for each in found}
    assert "ĐƯỜNG" in texts["DUONG"]
    assert "Đường" in texts["Duong"]


@pytest.mark.parametrize(
    ("query", "likely", "first"),
    [("con duong", "đường", {"duong-1", "duong-2"}), ("dai duong", "dương", {"duong-3"})],
)
def test_neighbours_decide_which_reading_is_likely(
    engine: search.Engine, query: str, likely: str, first: set[str]
) -> None:
    offered = accents(engine, query).get("duong")
    assert offered is None or offered.spellings[0].text == likely  # nothing is offered where all is clear
    assert engine.search(SearchRequest(query)).hits[0].id in first


@pytest.mark.parametrize("query", ["đường", "ĐƯỜNG", "đuong", "charrette", "pont", "qwrtp", ""])
def test_no_accents_for_accented_words_and_for_those_with_one_reading(
    engine: search.Engine, query: str
) -> None:
    for form in ("NFC", "NFD"):
        assert engine.search(SearchRequest(unicodedata.normalize(form, query))).likely_accents == ()


# completion


def test_what_is_typed_without_diacritics_is_completed_with_them(completions: Completions) -> None:
    assert "quyền con người" in completions("quyen con ng")
    assert {"quyền", "quyển"} <= set(completions("quye"))
    assert "đường" in completions("duon")
    assert "écoles" in completions("ecol")


def test_typed_diacritics_are_honoured(completions: Completions) -> None:
    assert "quyển" not in completions("quyề")
    assert "quyền" in completions("quyề")
    assert all("quyển" in text.lower() for text in completions("quyển s"))


def test_what_a_mac_sends_is_completed_alike(completions: Completions) -> None:
    for prefix in ("quyề", "đường", "quyền con ngườ", "é"):
        assert completions(unicodedata.normalize("NFD", prefix)) == completions(prefix) != []


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("l’éco", "l’école"),
        ("un maître d'eco", "un maître d'école"),
        ("Saint-den", "saint-denis"),
        ("village de Saint-den", "village de saint-denis"),
        ("e-ma", "e-mail"),
        ("e ma", "e mail"),
        ("quyền  con ngư", "quyền con người"),
        ("chợ: quyền con ng", "chợ: quyền con người"),
    ],
)
def test_what_was_typed_between_words_stays(
    tmp_path: Path, index_anywhere: IndexWriter, typed: str, completed: str
) -> None:
    texts = ["Un e-mail de l’école de Saint-Denis.", "Un maître d’école au village de Saint-Denis."]
    documents = [Document(str(n), "", text) for n, text in enumerate([*texts, "chợ quyền con người"])]
    engine = search.open(index_anywhere(tmp_path, documents))
    assert engine.suggest(typed)[0].text == completed


def test_titles_are_completed_and_lead_to_their_document(engine: search.Engine) -> None:
    assert Completion("Les écoles du fleuve", "ecole-1") in engine.suggest("les ecol")
    assert Completion("Con đường làng", "duong-1") in engine.suggest("Con duong la")
    assert Completion("Un maître d’école", "duong-5") in engine.suggest("maitre d")
    for each in engine.suggest("con duo"):
        if each.document_id:
            assert engine.document(each.document_id).title == each.text


def test_a_completion_finds_something(engine: search.Engine) -> None:
    for prefix in ("d", "quye", "ban h", "con ng", "le po", "ecol"):
        for each in engine.suggest(prefix):
            assert engine.search(SearchRequest(each.text)).hits, each


@pytest.mark.parametrize("limit", [0, 1, 3, 8])
def test_no_more_are_offered_than_asked_for(engine: search.Engine, limit: int) -> None:
    for prefix in ("d", "con", "le", "quye"):
        found = engine.suggest(prefix, limit)
        assert len(found) <= limit
        assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    "text",
    ["", " ", "*", '"', "\x00", "\ud800", "\u0301", "đường " * 20_000, "q" * 100_000, "🙂", "(((", "title:"],
)
def test_any_text_can_be_completed(engine: search.Engine, text: str) -> None:
    assert all(each.text for each in engine.suggest(text))


@settings(max_examples=60)
@given(st.text('quyềndươngà "-*’\x00\u0301', max_size=30), st.integers(0, 9))
def test_any_typing_can_be_completed(engine: search.Engine, text: str, limit: int) -> None:
    assert len(engine.suggest(text, limit)) <= limit


# why a hit is there


def how(engine: search.Engine, query: str, id: str) -> dict[str, tuple[str, How]]:
    hit = next(hit for hit in engine.search(SearchRequest(query, limit=50)).hits if hit.id == id)
    return {each.word: (each.found, each.how) for each in hit.explanation}


@pytest.mark.parametrize(
    ("query", "id", "word", "found", "kind"),
    [
        ("đường", "duong-1", "đường", "đường", How.EXACT),
        ("fleuve", "ecole-1", "fleuve", "fleuve", How.EXACT),
        ("duong", "duong-1", "duong", "đường", How.RESTORED),
        ("đuong", "duong-2", "đuong", "đường", How.RESTORED),
        ("Dưỡng", "duong-5", "dưỡng", "duong", How.UNACCENTED),
        ("charr*", "charrette", "charr", "charrette", How.PREFIX),
        ("école", "ecole-1", "école", "écoles", How.FORM),
        ("quyền", "quyen-2", "quyền", "quyển", How.OTHER_DIACRITICS),
        ("pêcheur", "peche-2", "pêcheur", "pécheur", How.OTHER_DIACRITICS),
    ],
)
def test_each_word_is_explained(
    engine: search.Engine, query: str, id: str, word: str, found: str, kind: How
) -> None:
    assert how(engine, query, id) == {word: (found, kind)}


def test_each_word_of_a_query_has_its_own_explanation(engine: search.Engine) -> None:
    explained = how(engine, "quyen trẻ fleuve", "quyen-1")
    assert explained == {"quyen": ("quyền", How.RESTORED), "trẻ": ("trẻ", How.EXACT)}


@pytest.mark.parametrize("query", ["quyền", "bán", "bạn", "đường", "pêcheur", "dương", "Dưỡng"])
def test_hits_with_other_diacritics_come_last_and_say_so(engine: search.Engine, query: str) -> None:
    hits = engine.search(SearchRequest(query, limit=50)).hits
    flags = [hit.other_diacritics for hit in hits]
    assert flags == sorted(flags)
    assert set(flags) == {False, True}
    for hit in hits:
        kinds = {each.how for each in hit.explanation}
        assert (kinds == {How.OTHER_DIACRITICS}) <= hit.other_diacritics, hit
        assert hit.other_diacritics <= (How.OTHER_DIACRITICS in kinds), hit


@pytest.mark.parametrize("query", ["đường", "bán hàng", "quyền con người", "con đường sách", "bạn sách"])
def test_pages_of_hits_join_without_gap_or_repetition(engine: search.Engine, query: str) -> None:
    whole = [(hit.id, hit.other_diacritics) for hit in engine.search(SearchRequest(query, limit=50)).hits]
    pages = [engine.search(SearchRequest(query, limit=1, offset=offset)).hits for offset in range(len(whole))]
    assert [(hit.id, hit.other_diacritics) for hits in pages for hit in hits] == whole
    assert engine.search(SearchRequest(query)).total == len(whole)


def test_no_accents_are_offered_for_a_word_beside_one_with_accents(engine: search.Engine) -> None:
    assert engine.search(SearchRequest("duong")).likely_accents
    assert engine.search(SearchRequest("gạch duong")).likely_accents == ()
    assert engine.search(SearchRequest("duong gạch")).likely_accents == ()


def test_accents_that_no_document_has_are_said(engine: search.Engine) -> None:
    def absent(query: str) -> list[str]:
        return [
            query[each.start : each.end]
            for each in engine.search(SearchRequest(query)).warnings
            if each.code == "absent_diacritics"
        ]

    assert absent("dượng đường gạch") == ["dượng"]
    assert absent("duơng Dưỡng bán") == []  # ơ is in dương too
    assert absent("zzzzé") == []  # which is no matter of accents
