"""What keeps the code a house to live in: files and functions that can be read at one sitting."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("search", "indexer", "web", "tests", "benchmarks")
MAX_LINES = 300
MAX_FUNCTION = 60


def sources(*suffixes: str) -> Iterator[Path]:
    for room in ROOMS:
        yield from (path for path in sorted((ROOT / room).rglob("*")) if path.suffix in suffixes)


def test_no_file_is_too_long() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources(".py", ".js", ".css", ".html")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    }
    assert long == {}


def test_no_function_is_too_long() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in sources(".py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= MAX_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("room", ["search", "indexer", "web"])
def test_each_room_says_which_question_it_answers(room: str) -> None:
    """Every package has a docstring, the first thing that a newcomer reads there."""
    silent = [
        str(path.relative_to(ROOT))
        for path in (ROOT / room).rglob("__init__.py")
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_every_path_can_be_checked_out_anywhere() -> None:
    """No name that Windows refuses, and nothing that a test wrote beside the code."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    assert [name for name in listed.stdout.split("\0") if set(name) & set(':*?"<>|\\')] == []
