"""French stems: Snowball's own, and both ways around the accents."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search.analysis.languages.fr import FRENCH
from search.analysis.normalize import fold
from search.analysis.stems import FOLDED_MARK, accented_stems, folded_stems, other_number, stems

SAMPLE = Path(__file__).parent / "golden" / "french_stems.txt"


def pairs() -> list[tuple[str, str]]:
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    return [(word, stem) for word, stem in (line.split() for line in lines if line[0] != "#")]


@pytest.mark.parametrize(("word", "stem"), pairs())
def test_stems_are_those_that_snowball_publishes(word: str, stem: str) -> None:
    assert accented_stems(word)[0] == stem


def test_folded_stems_go_both_ways_around_the_accents() -> None:
    """The stem without its accents, and the stem of the word without its accents."""
    assert unmarked("aimées") == ["aim", "aime"]
    assert unmarked("côtés") == ["cot"]
    assert unmarked("droits") == ["droit"]


def unmarked(word: str) -> list[str]:
    """The folded stems of a word; each also stands for the words that have diacritics in it."""
    found = folded_stems(word)
    half = len(found) // 2
    assert found[half:] == tuple(stem + FOLDED_MARK for stem in found[:half])
    return list(found[:half])


def test_the_accented_stem_tells_words_apart() -> None:
    assert "pêcheur" in accented_stems("pêcheurs")
    assert "pécheur" in accented_stems("pécheurs")
    assert not set(accented_stems("pêcheurs")) & set(accented_stems("pécheurs"))
    assert folded_stems("pêcheurs") == folded_stems("pécheurs")


def test_a_stem_that_lost_its_accents_is_told_from_one_that_had_none() -> None:
    """Snowball makes *chât* of *châtiment*, which is no reason to find it for *chat*."""
    assert not set(accented_stems("chat")) & set(stems("châtiment"))
    assert set(folded_stems("chat")) & set(stems("châtiment"))


@pytest.mark.parametrize("word", [*(word for word, _ in pairs()), "aimées", "élevé", "côtés", "répété", "où"])
def test_a_word_typed_without_accents_meets_the_accented_one(word: str) -> None:
    assert set(folded_stems(fold(word))) & set(stems(word))
    assert set(accented_stems(word)) <= set(stems(word))
    assert len(set(stems(word))) == len(stems(word))


@pytest.mark.parametrize("word", ["l", "y", "à", "2024", "½", "漢", "x" * 100, "aujourd'hui"])
def test_every_token_has_a_stem(word: str) -> None:
    assert stems(word)
    assert all(stems(word))
    assert all(stem == fold(stem) for stem in folded_stems(word))


def test_a_vietnamese_name_in_a_french_text_has_no_stem() -> None:
    """Else *thìa* finds *Thị*, whose stem is *thi* like its own, and no one could be shown why."""
    assert stems("thị") == ()
    assert "thi" in folded_stems("thìa")


def test_threads_stem_at_the_same_time() -> None:
    """PyStemmer's objects must not be shared."""
    words = [f"{word}{number}" for number in range(300) for word, _ in pairs()[:6]]
    stem = FRENCH.stem
    assert stem
    alone = [stem(word) for word in words]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(stem, words)) == alone


NUMBERS = """
loi lois, emploi emplois, délai délais, essai essais, élu élus, menu menus, ami amis, photo photos,
vélo vélos, feu feux, lieu lieux, enjeu enjeux, voeu voeux, pneu pneus, noyau noyaux, préau préaux,
matériau matériaux, bureau bureaux, journal journaux, festival festivals, travail travaux,
bail baux, vitrail vitraux, émail émaux, détail détails, bijou bijoux, clou clous,
étranger étrangers, foyer foyers, oeil yeux, ciel cieux, monsieur messieurs, leçon leçons,
pigeon pigeons, opinion opinions, conflit conflits, cour cours, an ans
"""


@pytest.mark.parametrize("pair", NUMBERS.replace("\n", " ").strip().split(", "))
def test_singular_and_plural_are_one_word(pair: str) -> None:
    one, several = pair.split()
    assert several in other_number(one)
    assert one in other_number(several)
    assert set(accented_stems(one)) & set(accented_stems(several))
    assert set(accented_stems(fold(one))) & set(accented_stems(fold(several)))


@pytest.mark.parametrize(
    "word",
    ["temps", "français", "procès", "heureux", "prix", "avais", "bois", "express", "mais", "10", "vous"],
)
def test_what_is_no_plural_has_no_singular(word: str) -> None:
    assert other_number(word) == ()


def test_a_month_is_no_conjunction() -> None:
    assert "mais" not in other_number("mai")
    assert not set(stems("mai")) & set(stems("mais"))


KIN = """
actif active, acteur actrice, public publique, grec grecque, long longue, blanc blanche,
frais fraîche, sec sèche, vendeur vendeuse, directeur directrices, étranger étrangère, élus élue,
nouveau nouvelle, naïf naïve, manger mangeons, placer plaçons, juif juive, beau belles,
gros grosses, favori favorite, neuf neuves, doux douce, petit petite, entier entière,
habilité habilitée, interdit interdites, soumis soumise, premier premières
"""


@pytest.mark.parametrize("pair", KIN.replace("\n", " ").strip().split(", "))
def test_masculine_and_feminine_have_a_stem_in_common(pair: str) -> None:
    one, other = pair.split()
    assert set(accented_stems(one)) & set(accented_stems(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rive", "rif"),
        ("mérite", "mer"),
        ("valise", "val"),
        ("leçons", "lecer"),
        ("boutons", "bout"),
        ("organe", "organisation"),
    ],
)
def test_no_rule_joins_other_words(one: str, other: str) -> None:
    assert not set(accented_stems(one)) & set(accented_stems(other))
