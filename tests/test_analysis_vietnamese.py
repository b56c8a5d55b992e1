"""Compounds: found through underthesea, aligned to our tokens, its traps contained."""

import logging
import subprocess
import sys
import time
from pathlib import Path

import pytest

from search.analysis import vietnamese
from search.analysis.analyzer import analyze
from search.analysis.compounds import compounds
from search.analysis.token import Token, tokenize
from search.analysis.vietnamese import MAX_SYLLABLES
from search.document import Document

ROOT = Path(__file__).parent.parent
SENTENCE = "Học sinh trường làng nghỉ hè, bà con nông dân gặt lúa trên cánh đồng rộng. "


def found(text: str) -> dict[str, str]:
    """Each compound of a text, and the original characters that it stands for."""
    tokens = list(tokenize(text))
    at: dict[int, int] = {token.position: index for index, token in enumerate(tokens)}
    spans = {}
    for term, position in compounds(text, tokens):
        covered: list[Token] = tokens[at[position] : at[position] + term.count("_") + 1]
        spans[term] = text[covered[0].start : covered[-1].end]
    return spans


def test_compounds_stand_where_their_syllables_stand() -> None:
    assert found("Hội nghị bàn về con người.") == {"hội_nghị": "Hội nghị", "con_người": "con người"}


@pytest.mark.parametrize(
    ("text", "term", "original"),
    [
        ("mua 2Kg cam cho học sinh", "học_sinh", "học sinh"),
        ("Giá 10.000đ/1Kg; học sinh giảm giá", "học_sinh", "học sinh"),
        ("a@b.vn https://a.b/c học sinh", "học_sinh", "học sinh"),
        ("tỉnh Hoà Bình", "hòa_bình", "Hoà Bình"),
        ("Ðường phố và đường\u00a0phố", "đường_phố", "đường\u00a0phố"),
        ("ho\u0323c sinh", "học_sinh", "ho\u0323c sinh"),
        ("học \u200b sinh 2Kg", "học_sinh", "học \u200b sinh"),
        ("x" * 150 + " học sinh", "học_sinh", "học sinh"),
        ("… “học   sinh”", "học_sinh", "học   sinh"),
    ],
)
def test_compounds_stay_aligned_where_underthesea_changes_the_text(
    text: str, term: str, original: str
) -> None:
    assert found(text)[term] == original


def test_a_compound_stays_inside_its_line() -> None:
    assert "học_sinh" in found("Chúng em là học sinh trường làng")
    assert "học_sinh" not in found("Chúng em là học\nsinh trường làng")


def test_every_compound_has_its_syllables(sample: dict[str, Document]) -> None:
    for document in sample.values():
        tokens = list(tokenize(document.text))
        for term, position in compounds(document.text, tokens):
            syllables = term.split("_")
            assert 2 <= len(syllables) <= MAX_SYLLABLES
            assert position in {token.position for token in tokens}


def test_no_tokens_no_compounds() -> None:
    assert list(compounds("", [])) == []
    assert list(compounds("…", list(tokenize("…")))) == []


@pytest.mark.parametrize(
    "text",
    [
        "a." * 20_000,
        "quyền-" * 10_000,
        "ạ" * 200_000,
        "\u00ad" * 100_000 + "quyền",
        "quyền" + " " * 500_000 + "người",
        "quyền" + "…" * 100_000 + "người",
    ],
    ids=["a.a.", "hyphens", "one word", "soft hyphens", "spaces", "dots"],
)
def test_long_runs_do_not_hang(text: str) -> None:
    began = time.process_time()
    analyze(Document("1", "", text, "vi"))
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "text", ["a." * 20_000, "quyền-" * 3_000, "ạ" * 9_000, SENTENCE * 200, "ạ" * 150 + "\u00ad-" * 500 + "b"]
)
def test_underthesea_is_handed_no_long_run_and_no_long_line(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[str] = []

    def record(line: str) -> list[str]:
        handed.append(line)
        return line.split()

    monkeypatch.setattr(vietnamese, "load", lambda: vietnamese.LoadedModel(record))
    list(compounds(text, list(tokenize(text))))
    assert handed
    assert max(len(line) for line in handed) <= 10_000
    assert max(len(run) for line in handed for run in line.split()) <= 200


def test_a_line_of_200_kilobytes_does_not_hang_or_lose_compounds() -> None:
    """Handed over whole it would take ten seconds, one of 1 MB a minute and gigabytes."""
    line = SENTENCE * (200_000 // len(SENTENCE.encode()))
    began = time.process_time()
    words = analyze(Document("1", "", line, "vi")).streams["body_word"]
    assert time.process_time() - began < 5
    often = (words.ids == words.terms.index("học_sinh")).sum()
    assert often >= 0.99 * line.count("Học sinh")


def test_the_root_logger_is_left_alone() -> None:
    code = """
import logging
before = logging.getLogger().handlers[:], logging.getLogger().level, logging.root.filters[:]
from search.analysis.analyzer import warm
warm()
assert before == (logging.getLogger().handlers[:], logging.getLogger().level, logging.root.filters[:])
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)
    assert logging.getLogger().level == logging.WARNING


def test_the_first_use_may_come_from_many_threads_at_once() -> None:
    code = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from search.analysis.analyzer import analyze
from search.document import Document
together = Barrier(8)
def first(number):
    together.wait()
    stream = analyze(Document(str(number), "", "Học sinh nghỉ hè.")).streams["body_word"]
    return stream.terms
with ThreadPoolExecutor(8) as pool:
    assert set(pool.map(first, range(8))) == {("học_sinh", "nghỉ_hè")}
"""
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=60)
