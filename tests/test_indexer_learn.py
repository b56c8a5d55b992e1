"""What sentences in both languages teach: `python -m indexer learn`."""

import gzip
import math
from pathlib import Path

import numpy as np
import pytest

from indexer.cli import main
from indexer.learning.alignment import aligned
from indexer.learning.association import CERTAIN, log_likelihood
from indexer.learning.learn import MAX_WEIGHT, learned
from indexer.learning.sentences import Sentence, read_sentences
from search.bridge.bilingual import BilingualLexicon
from search.bridge.entries import Entry, read_entries

_NAMES = """
renard cáo, mouette hải âu, hérisson nhím, loutre rái cá, pomme táo, neige tuyết, rivière sông,
montagne núi, pont cầu, jardin vườn, bateau thuyền, cheval ngựa, poire lê, fenêtre cửa sổ,
marché chợ, puits giếng, lune mặt trăng, forêt rừng, chien chó, tortue rùa, grenouille ếch,
corbeau quạ, tigre hổ, éléphant voi, bambou tre, lotus sen, maison nhà, école trường học,
sel muối, poivre hạt tiêu
"""
NAMES = [tuple(name.strip().split(maxsplit=1)) for name in _NAMES.split(",")]
SENTENCES = [
    (f"On voit {one} devant {other}.", f"Người ta thấy {vi} trước {vi2}.")
    for place, (one, vi) in enumerate(NAMES)
    for other, vi2 in (NAMES[(place + step) % len(NAMES)] for step in (1, 2, 4))
]
"""Each word stands in six of ninety sentences, beside six others."""


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "câu.tsv"
    path.write_text("".join(f"{fr}\t{vi}\n" for fr, vi in SENTENCES * 2), encoding="utf-8")
    return path


def sentences(*rows: tuple[str, str]) -> list[Sentence]:
    return [Sentence(tuple(fr.split()), tuple(vi.split())) for fr, vi in rows]


def taught(pairs: Path, known: BilingualLexicon) -> dict[str, str]:
    faults: list[str] = []
    entries = learned(list(read_sentences(pairs, faults)), known)
    assert not faults
    return {entry.fr: entry.vi for entry in reversed(entries)}


def test_words_that_stand_in_the_same_sentences_are_learned_as_translations(pairs: Path) -> None:
    found = taught(pairs, BilingualLexicon(()))
    right = sum(found.get(fr) == vi for fr, vi in NAMES)
    assert right >= len(NAMES) - 4, found
    assert found["fenêtre"] == "cửa sổ", "a compound is one word"


def test_a_word_that_is_in_every_sentence_teaches_nothing(pairs: Path) -> None:
    assert "voit" not in taught(pairs, BilingualLexicon(()))


def test_what_the_lexicon_knows_is_not_learned_again_in_whatever_form(pairs: Path) -> None:
    everything = taught(pairs, BilingualLexicon(()))
    known = BilingualLexicon([Entry("pommes", everything["pomme"]), Entry("renard", "cáo")])
    assert "pomme" not in taught(pairs, known)
    assert "neige" in taught(pairs, known)


def test_learned_entries_weigh_less_than_written_ones(pairs: Path) -> None:
    entries = learned(list(read_sentences(pairs, [])), BilingualLexicon(()))
    assert entries
    assert all(0 < entry.weight <= MAX_WEIGHT and entry.domain == "learned" for entry in entries)


def test_the_languages_may_stand_in_either_order_and_the_file_may_be_compressed(tmp_path: Path) -> None:
    path = tmp_path / "vi-fr.tsv.gz"
    path.write_bytes(gzip.compress("".join(f"{vi}\t{fr}\n" for fr, vi in SENTENCES).encode()))
    found = list(read_sentences(path, []))
    assert len(found) == len(SENTENCES)
    assert "renard" in found[0].fr


def test_a_broken_line_is_named_and_the_others_are_used(
    pairs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pairs.open("a", encoding="utf-8") as file:
        file.write("une phrase toute seule\n")
    output = tmp_path / "learned.tsv"
    assert main(["learn", str(pairs), "--output", str(output)]) == 3
    told = capsys.readouterr()
    assert f"{pairs}:{2 * len(SENTENCES) + 1}: " in told.err
    assert f"{2 * len(SENTENCES)} pairs of sentences read" in told.out
    faults: list[str] = []
    entries = list(read_entries(output.read_text(encoding="utf-8").splitlines(), output.name, faults))
    assert not faults
    assert all(entry.domain == "learned" for entry in entries)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"The fox sleeps under the snow.\tThe gull eats an apple on the bridge.\n" * 9, "one in Vietnamese"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_a_file_that_teaches_nothing_is_refused_with_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, told: str
) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_bytes(content)
    output = tmp_path / "learned.tsv"
    assert main(["learn", str(path), "--output", str(output)]) == 1
    assert told in capsys.readouterr().err
    assert not output.exists()


def test_an_output_that_cannot_be_written_says_what_to_do(
    pairs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["learn", str(pairs), "--output", str(tmp_path / "no" / "folder.tsv")]) == 1
    assert "name another --output" in capsys.readouterr().err


def test_probabilities_of_a_word_add_up_to_one_at_most() -> None:
    _, _, together = aligned(sentences(("a b", "x y"), ("a c", "x z"), ("b", "y")))
    assert (np.bincount(together.fr, together.fr_to_vi) <= 1 + 1e-9).all()
    assert (np.bincount(together.vi, together.vi_to_fr) <= 1 + 1e-9).all()
    likely = dict(zip(zip(together.fr, together.vi, strict=True), together.fr_to_vi, strict=True))
    assert likely[1, 1] > likely[1, 2], "a is x: they share both sentences"


def test_sentences_with_both_words_are_counted_once_each() -> None:
    fr, _, together = aligned(sentences(("a a b", "x x"), ("a", "y")))
    counts = dict(zip(zip(together.fr, together.vi, strict=True), together.sentences, strict=True))
    assert counts[1, 1] == 1
    assert fr.sentences.tolist() == [0, 2, 1]


def test_association_is_dunnings_statistic() -> None:
    def plain(both: int, left: int, right: int, all_: int) -> float:
        cells = [
            (both, left * right / all_),
            (left - both, left * (all_ - right) / all_),
            (right - both, (all_ - left) * right / all_),
            (all_ - left - right + both, (all_ - left) * (all_ - right) / all_),
        ]
        return 2 * sum(seen * math.log(seen / expected) for seen, expected in cells if seen)

    rows = np.array([[8, 10, 12, 1000], [3, 3, 3, 50], [2, 20, 30, 400]])
    found = log_likelihood(rows[:, 0], rows[:, 1], rows[:, 2], 1000)
    expected = [plain(*row[:3], 1000) for row in rows.tolist()]
    assert found == pytest.approx(expected)
    assert found[0] > CERTAIN
    apart = log_likelihood(np.array([1]), np.array([500]), np.array([500]), 1000)
    assert apart[0] < 0, "words that avoid each other"
