"""One word in several forms: number, gender, i and y, inclusive writing, characters that look otherwise."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import IndexWriter

import search
from search import Hit, SearchRequest
from search.document import Document
from search.results import How

Found = Callable[..., list[Hit]]


@pytest.fixture
def found(tmp_path: Path, make_index: IndexWriter) -> Found:
    """The hits of a query among texts, whose ids are their places."""

    def find(query: str, *texts: str) -> list[Hit]:
        documents = [Document(str(place), "", text) for place, text in enumerate(texts)]
        return list(search.open(make_index(tmp_path, documents)).search(SearchRequest(query)).hits)

    return find


def ids(hits: list[Hit]) -> str:
    return "".join(hit.id for hit in hits)


def marked(hit: Hit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.snippet_highlights]


OTHER = "La boulangerie ouvre ses portes à sept heures."


@pytest.mark.parametrize(
    ("query", "text", "word"),
    [
        ("loi", "Les lois de l’hospitalité sont anciennes.", "lois"),
        ("lois", "La loi de l’hospitalité est ancienne.", "loi"),
        ("travaux", "Le travail de nuit est pénible.", "travail"),
        ("élu", "Les élus du canton se réunissent.", "élus"),
        ("elu", "Les élus du canton se réunissent.", "élus"),
        ("hopitaux", "Un hôpital neuf est prévu.", "hôpital"),
        ("pneus", "Le pneu est crevé.", "pneu"),
        ("œil", "Ses yeux brillaient.", "yeux"),
    ],
)
def test_a_singular_finds_its_plural_and_the_reader_is_told(
    found: Found, query: str, text: str, word: str
) -> None:
    (hit,) = found(query, OTHER, text)
    assert marked(hit) == [word]
    assert [(each.found, each.how) for each in hit.explanation] == [(word, How.FORM)]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("actif", "La vie active commence tôt."),
        ("publique", "Le jardin public ferme à la nuit."),
        ("actrices", "L’acteur salue la salle."),
        ("vendeur", "La vendeuse range les étals."),
        ("placer", "Nous plaçons les chaises en cercle."),
        ("mangeons", "Il faut manger des légumes."),
        ("frais", "De l’eau fraîche pour tous."),
    ],
)
def test_masculine_and_feminine_find_each_other(found: Found, query: str, text: str) -> None:
    assert ids(found(query, OTHER, text)) == "1"


def test_the_word_itself_comes_first_then_its_plural_then_its_kin(found: Found) -> None:
    texts = (
        "Le loyer est payé chaque mois dans cette ville du nord.",
        "Les lois sont votées chaque année dans cette ville du nord.",
        "La loi est votée chaque année dans cette ville du nord.",
    )
    assert ids(found("loi", *texts)) == "210"


def test_a_stem_without_accents_is_no_other_word(found: Found) -> None:
    """Snowball makes *chât* of *châtiment*."""
    assert ids(found("chat", "Le châtiment du coupable.", "Des chats gris dorment.")) == "1"


def test_a_form_has_the_accents_that_were_typed(found: Found) -> None:
    hits = found("pêcheur", "Les pécheurs se confessent.", "Les pêcheurs rentrent au port.")
    assert [(hit.id, hit.other_diacritics) for hit in hits] == [("1", False), ("0", True)]


def test_what_is_not_wanted_is_only_the_form_that_was_typed(found: Found) -> None:
    assert ids(found("canton -loi", "Les lois du canton.", "La loi du canton.")) == "0"


@pytest.mark.parametrize(
    ("query", "text", "mark"),
    [
        ("kĩ thuật", "Sổ tay kỹ thuật trồng lúa.", "kỹ thuật"),
        ("kỹ thuật", "Sổ tay kĩ thuật trồng lúa.", "kĩ thuật"),
        ("ky thuat", "Sổ tay kĩ thuật trồng lúa.", "kĩ thuật"),
        ("vật lý", "Thầy dạy môn vật lí ở trường làng.", "vật lí"),
        ("nước Mĩ", "Thư gửi từ nước Mỹ xa xôi.", "nước Mỹ"),
        ("công ti", "Anh làm ở công ty may.", "công ty"),
        ("qui định", "Theo quy định của làng.", "quy định"),
        ("tỉ lệ", "Pha nước theo tỷ lệ một ba.", "tỷ lệ"),
        ('"quý giá"', "Món quà quí giá của bà.", "quí giá"),
    ],
)
def test_i_and_y_are_two_spellings_of_one_word(found: Found, query: str, text: str, mark: str) -> None:
    near = "Xưởng mỹ thuật, nước Nga, vật nuôi, công viên, nhất định và luật lệ, giá cả."
    hits = found(query, near, near, text)
    assert ids(hits)[0] == "2"
    assert marked(hits[0]) == [mark]


def test_the_vowel_that_was_typed_comes_first(found: Found) -> None:
    texts = ("Sổ tay kỹ thuật trồng lúa.", "Sổ tay kĩ thuật trồng lúa.")
    assert ids(found("kĩ thuật", *texts)) == "10"
    assert ids(found("kỹ thuật", *texts)) == "01"


def test_a_french_word_is_no_other_spelling_of_a_vietnamese_one(found: Found) -> None:
    texts = ("Ceux qui vivront verront, et ceux qui dorment.", "Theo quy định của làng.")
    assert ids(found("quy", *texts)) == "1"
    assert ids(found("ceux qui dorment", *texts)) == "0"


def test_the_other_vowel_is_no_absent_word(tmp_path: Path, make_index: IndexWriter) -> None:
    engine = search.open(make_index(tmp_path, [Document("1", "", "Thư gửi từ nước Mỹ, kèm gói mì.")]))
    page = engine.search(SearchRequest("nước Mĩ"))
    assert page.total == 1
    assert not page.warnings
    assert not page.suggestions


@pytest.mark.parametrize("query", ["acteurs", "actrices", "acteur", "actrice"])
@pytest.mark.parametrize("dot", "·•‧.")
def test_inclusive_writing_is_found_by_either_gender(found: Found, query: str, dot: str) -> None:
    hits = found(query, OTHER, f"Les acteur{dot}rice{dot}s jouent dehors.")
    assert ids(hits) == "1"
    assert marked(hits[0])[0].startswith("acteur")


@pytest.mark.parametrize("query", ["agriculteurs", "agricultrice"])
def test_parentheses_hold_the_feminine(found: Found, query: str) -> None:
    assert ids(found(query, OTHER, "Les agriculteurs(trices) du canton.")) == "1"


@pytest.mark.parametrize(
    ("query", "text", "mark"),
    [
        ("m2", "Un terrain de 300 m² au bord du fleuve.", "m²"),
        ("CO₂", "Le CO2 monte chaque année.", "CO2"),
        ("XIXe", "Une maison du XIXᵉ siècle.", "XIXᵉ"),
        ("no 12", "Décret nº 12 du canton.", "nº 12"),
        ("n° 12", "Décret nº 12 du canton.", "nº 12"),
        ("IV", "Le roi Henri Ⅳ chassait.", "Ⅳ"),
        ("1/2", "Ajouter ½ litre de lait.", "½"),
        ("½", "Ajouter 1/2 litre de lait.", "1|2"),
        ("fidèle", "Un ami ﬁdèle.", "ﬁdèle"),
        ("2024", "Rapport de ２０２４.", "２０２４"),
        ("convention", "La convention¹ fut signée.", "convention¹"),
        ("l’homme", "Les droits de lʹhomme.", "l|homme"),
    ],
)
def test_characters_that_look_otherwise_are_the_same(found: Found, query: str, text: str, mark: str) -> None:
    hits = found(query, OTHER, text)
    assert ids(hits) == "1"
    assert mark in "|".join(marked(hits[0]))


def test_c_plus_plus_is_not_c_sharp(found: Found) -> None:
    texts = ("Le langage C++ est difficile.", "Le langage C# est simple.", "Le langage C est ancien.")
    assert [ids(found(query, *texts)) for query in ("C++", "C#")] == ["0", "1"]
