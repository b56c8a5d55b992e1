"""A word that no document has is searched for as what was meant; all others are left as they were typed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import IndexWriter

import search
from search import Page, SearchRequest
from search.document import Document
from search.query.typing import is_plainly_typed
from search.results import How

TEXTS = [
    ("Licenciement", "Le licenciement économique est contesté devant le juge."),
    ("Con đường làng", "Con đường làng rợp bóng tre."),
    ("Scrutin", "La loi est votée, l’environnement attendra."),
    ("Ao nhà", "Con cá ở ao, chị bán hàng ở chợ."),
    ("Un étranger", "Un étranger arrive au village de Saint-Denis."),
    ("Song", "Hope is the thing with feathers."),
    ("Hội nghị", "Quyền con người được bàn suốt buổi."),
    ("La charrette", "Une charrette de foin traverse le pont de pierre."),
    ("Glossaire", "Un adressage sans mot rare."),
    ("Nhật ký", "Bộ phim chiếu ở rạp cũ."),
]

Ask = Callable[..., Page]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, make_index: IndexWriter) -> Ask:
    documents = [Document(str(number), *each) for number, each in enumerate(TEXTS)]
    engine = search.open(make_index(tmp_path_factory.mktemp("correct"), documents))
    return lambda text, **rest: engine.search(SearchRequest(text, **rest))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("charette de fion", "charrette de foin"),
        ("charette qwrtpsdfgh", "charrette qwrtpsdfgh"),
        ("quyen conn nguoi", "quyen con nguoi"),
        ("quyền conn nguoi", "quyền con nguoi"),
        ("quyền conn NGUOI", "quyền con NGUOI"),
        ("l’étrnager", "l’étranger"),
        ("charette OR fooin", "charrette OR foin"),
        ("+charette", "+charrette"),
        ("(charette, fooin)", "(charrette, foin)"),
        ("le juge de Saintt-Denis", "le juge de Saint-Denis"),
        ("le juge Adresage", "le juge Adressage"),
        ("hcarrette", "charrette"),
        ("bans hangf", "bán hàng"),
        ("quyeenf con nguwowif 2024", "quyền con người 2024"),
    ],
)
def test_only_the_words_that_no_document_has_are_changed(ask: Ask, typed: str, meant: str) -> None:
    page = ask(typed)
    assert (page.query, page.corrected, page.searched) == (typed, meant, meant)
    assert page.hits == ask(meant).hits


@pytest.mark.parametrize(
    "typed",
    [
        "con đường làng",
        '"charette"',
        "-charette",
        "foin -charette",
        "charette:",
        "chợ lang:",
        "site:charette",
        "charette123",
        "charette@foin.fr",
        "foin CARRET",
        "shopee",
        "mot rare NATO",
        "luôn",
        "le juge Ponts arrive",
        "le juge Charentes arrive",
        "đường Chong",
        "sans chong",
        "port",
        "étrang",
        "etrang",
        "licenciem",
        "char*",
        "qwrtpsdfgh",
        "",
    ],
)
def test_what_is_known_or_means_itself_is_never_changed(ask: Ask, typed: str) -> None:
    page = ask(typed)
    assert (page.corrected, page.suggestions, page.searched) == ("", (), typed)


def test_what_was_typed_is_searched_for_on_request(ask: Ask) -> None:
    page = ask("charette de foin", verbatim=True)
    assert page.corrected == ""
    assert [each.query for each in page.suggestions] == ["charrette de foin"]


def test_a_correction_that_finds_nothing_is_not_made(ask: Ask) -> None:
    page = ask("charette", languages=("vi",))
    assert (page.corrected, page.suggestions) == ("", ())
    assert ask("charette", languages=("fr",)).corrected == "charrette"


def test_a_french_word_is_no_telex_beside_french_ones(ask: Ask) -> None:
    assert ask("cas").corrected == "cá"
    assert ask("dans les cas").corrected == ""


def test_what_only_a_keyboard_sends_shows() -> None:
    assert all(map(is_plainly_typed, ("quyeenf", "ddi", "tw", "nha2", "vij", "cooo")))
    assert not any(map(is_plainly_typed, ("lois", "cas", "prix", "chef", "hangf", "word")))


def test_the_matches_of_a_correction_are_highlighted_in_the_document(
    tmp_path: Path, make_index: IndexWriter
) -> None:
    engine = search.open(make_index(tmp_path, [Document("a", "", "La charrette de foin", "fr")]))
    assert engine.highlighted("a", "charette").text_highlights == ((3, 12),)
    assert engine.highlighted("a", "charette", verbatim=True).text_highlights == ()


# unfinished words


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("licenciem", "Licenciement"),
        ("juge licenciem", "Licenciement"),
        ("con duo", "Con đường làng"),
        ("con đươ", "Con đường làng"),
        ("gloss", "Glossaire"),
        ("quyen con ngu", "Hội nghị"),
    ],
)
def test_the_last_word_is_found_as_a_beginning(ask: Ask, typed: str, first: str) -> None:
    hit = ask(typed).hits[0]
    assert hit.title == first
    assert [each.how for each in hit.explanation][-1] is How.PREFIX


@pytest.mark.parametrize("typed", ["duo con", '"licenciem"', "-licenciem", "mot", "d"])
def test_other_words_than_an_unknown_last_one_are_no_beginnings(ask: Ask, typed: str) -> None:
    assert not [
        each for hit in ask(typed, limit=50).hits for each in hit.explanation if each.how is How.PREFIX
    ]


def test_a_beginning_honours_the_marks_that_were_typed(ask: Ask) -> None:
    assert [hit.title for hit in ask("cha").hits] == ["La charrette"]
    assert ask("chă").hits == ()


def test_what_goes_on_behind_the_word_before_comes_first(tmp_path: Path, make_index: IndexWriter) -> None:
    texts = ["con đường", "đại dương", "đại dương", "con đường", "một con vật, dương"]
    documents = [Document(str(number), "", f"{text} và nhiều chữ khác") for number, text in enumerate(texts)]
    engine = search.open(make_index(tmp_path, documents))
    assert {hit.id for hit in engine.search(SearchRequest("con duo")).hits[:2]} == {"0", "3"}
    assert {hit.id for hit in engine.search(SearchRequest("dai duo")).hits[:2]} == {"1", "2"}
