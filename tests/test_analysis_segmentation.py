"""The fast segmentation: the tags of underthesea's public call, or that call itself."""

import logging
from pathlib import Path

import pytest
import underthesea
from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import crf, vietnamese
from search.analysis.wordlist import read_lines

CORPUS = Path(__file__).parent.parent / "corpus" / "vi"
MODEL = (
    Path(underthesea.__file__).parent / "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727/models.bin"
)


def public(line: str) -> list[str]:
    words: list[str] = underthesea.word_tokenize(line, use_token_normalize=False)
    return words


def test_the_installed_model_is_read_directly() -> None:
    assert vietnamese.load().slow == ""


def test_every_line_of_the_corpus_is_segmented_as_by_the_public_call() -> None:
    lines = [line for path in sorted(CORPUS.glob("*")) for line in path.read_text("utf-8").splitlines()]
    assert len(lines) > 300
    words = vietnamese.load().words
    assert [words(line) for line in lines] == [public(line) for line in lines]


ODD = (
    "học sinh Học SINH trường Nguyễn Văn , . ( 12/12 2024 … Maria Nora BOS EOS ß H&M -> ½ đ a A 'x "
    "2147483648 0007 9780415547949"
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(ODD.split()), max_size=12).map(" ".join))
def test_odd_rows_of_words_are_segmented_as_by_the_public_call(line: str) -> None:
    assert vietnamese.load().words(line) == public(line)


def test_equally_good_readings_are_left_to_the_public_call() -> None:
    tagger = crf.Tagger(MODEL, frozenset())
    tagger._stay = tagger._enter = tagger._leave = tagger._go_on = 0.0
    assert tagger._best_path([0.0]) is None
    assert tagger._best_path([1.0, -2.0]) == [True, False]


def test_a_model_of_another_kind_is_refused(tmp_path: Path) -> None:
    for data in (b"", b"lCRF" * 4, MODEL.read_bytes()[:5_000], MODEL.read_bytes().replace(b"I-W", b"I-X")):
        (tmp_path / "models.bin").write_bytes(data)
        with pytest.raises(crf.Unsupported):
            crf.Tagger(tmp_path / "models.bin", frozenset())


def test_segmentation_falls_back_and_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def contrary(tagger: crf.Tagger, tokens: list[str]) -> list[bool]:
        return [True] * len(tokens)

    monkeypatch.setattr(crf.Tagger, "begins", contrary)
    with caplog.at_level(logging.WARNING):
        segmenter = vietnamese._load.__wrapped__()
    assert "several times slower" in segmenter.slow
    assert segmenter.slow in caplog.text
    line = read_lines("segmentation_check.txt")[0]
    assert segmenter.words(line) == public(line)
