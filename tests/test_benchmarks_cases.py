"""Small cases are judged by what comes: what is wrong is told with what came instead."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import cases

BOATS = [
    {"id": "a", "title": "Bến đò", "text": "Con đò cũ nằm ở bến sông."},
    {"id": "b", "title": "Le bac", "text": "Le vieux bac traverse la rivière."},
]


@pytest.mark.parametrize(
    ("query", "expected", "said"),
    [
        ("bến sông", {"first": "a", "none": ["b"], "mark": "bến sông"}, ""),
        ("bac", {"first": "b", "markexact": ["bac"]}, ""),
        ("bac", {"first": "a"}, "a is not first of b"),
        ("bac", {"all": ["a", "b"]}, "a not found"),
        ("bac", {"none": ["b"]}, "b (bac as bac, exact) found"),
        ("bac", {"mark": "rivière"}, "'rivière' is not highlighted"),
        ("bac", "b", ""),
        ("bac lang:vi", "b", "b not found"),
    ],
)
def test_a_case_says_what_came_instead(
    query: str, expected: Any, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = {"n": 9001, "kind": "boats", "situation": "", "documents": BOATS, "query": query}
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(record | {"expected": expected}), encoding="utf-8")
    assert cases.main(["--cases", str(file)]) == 0
    out = capsys.readouterr().out
    assert f"boats    {0 if said else 1}/1" in out
    assert said in out


def test_a_case_without_documents_is_left_to_a_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = {"n": 9002, "kind": "boats", "situation": "", "documents": ["a file"], "query": "đò"}
    file = tmp_path / "cases.jsonl"
    file.write_text(json.dumps(record | {"expected": "found"}), encoding="utf-8")
    cases.main(["--cases", str(file)])
    assert "by hand: 9002 (boats)" in capsys.readouterr().out
