"""Segmentations are remembered, so that a killed build goes on where it was; and nothing else changes."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.segmentations import FILE, SegmentationCache, remembering
from search.analysis import vietnamese
from search.analysis.analyzer import analyze
from search.analysis.compounds import segmentation_key
from search.analysis.segmentation import pack, unpack
from search.document import Document

STORY = Document(
    "1",
    "Hội đồng nhân dân thành phố họp phiên cuối năm",
    "Hội đồng nhân dân thông qua nghị quyết về nhà ở xã hội.\n"
    "Le conseil a voté.\nQuyền con người được nhắc lại.",
)


def rows(index: Path) -> int:
    with closing(sqlite3.connect(index / FILE)) as connection:
        return int(connection.execute("select count(*) from segmentation").fetchone()[0])


@given(
    st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 8)), max_size=40).map(
        lambda gaps: [(sum(gap for gap, _ in gaps[: n + 1]), count) for n, (_, count) in enumerate(gaps)]
    )
)
def test_packed_runs_come_back(runs: list[tuple[int, int]]) -> None:
    assert list(unpack(pack(runs))) == runs


def test_what_was_segmented_once_is_not_segmented_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [first] = remembering(tmp_path).outcomes([STORY])
    assert rows(tmp_path) == 2  # its title and its text
    monkeypatch.delattr(vietnamese, "_segment")
    [second] = remembering(tmp_path).outcomes([STORY])
    assert not isinstance(first, str)
    assert not isinstance(second, str)
    for name, stream in first.streams.items():
        assert stream.terms == second.streams[name].terms
        assert stream.ids.tolist() == second.streams[name].ids.tolist()
        assert stream.positions.tolist() == second.streams[name].positions.tolist()


def test_the_memory_gives_what_segmenting_gives(tmp_path: Path) -> None:
    plain = analyze(STORY)
    for _ in range(2):
        [remembered] = remembering(tmp_path).outcomes([STORY])
        assert not isinstance(remembered, str)
        assert {name: stream.terms for name, stream in plain.streams.items()} == {
            name: stream.terms for name, stream in remembered.streams.items()
        }


def test_another_language_is_another_segmentation() -> None:
    assert segmentation_key("chat", "vi") != segmentation_key("chat", "fr")
    assert segmentation_key("chat", "vi") != segmentation_key("chats", "vi")


def test_what_was_not_used_for_longest_is_forgotten_first(tmp_path: Path) -> None:
    for day, key in enumerate((b"old", b"newer", b"newest")):
        cache = SegmentationCache(tmp_path / FILE, clock=lambda day=day: day * 86_400.0)  # type: ignore[misc]
        if not day:
            remembering(tmp_path)
        cache.put(key, b"\1\2" * 50)
        cache.close()
    remembering(tmp_path, limit=250)
    cache = SegmentationCache(tmp_path / FILE)
    assert cache.get(b"old") is None
    assert cache.get(b"newer") is not None
    assert cache.get(b"newest") is not None
    cache.close()


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 300])
def test_a_damaged_memory_is_begun_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / FILE).write_bytes(damage)
    remembering(tmp_path)
    [again] = remembering(tmp_path).outcomes([STORY])
    assert not isinstance(again, str)


def test_a_memory_damaged_while_it_is_used_is_done_without(tmp_path: Path) -> None:
    analysis = remembering(tmp_path)
    (tmp_path / FILE).write_bytes(b"garbage" * 1000)
    [outcome] = analysis.outcomes([STORY])
    assert not isinstance(outcome, str)
    assert outcome.streams["body_word"].terms
