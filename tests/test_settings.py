"""Where the index is and which version runs: every program says so alike."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from programs import PARSERS

from search.settings import default_index
from search.version import VERSION

ROOT = Path(__file__).parent.parent

MIN_SHINGLES = {"indexer": ["status"], "search": ["quyền"], "search.evaluate": ["judged"], "web": []}
"""The fewest arguments that each program understands."""

each_program = pytest.mark.parametrize("program", PARSERS)


def read(program: str, *options: str) -> dict[str, Any]:
    return vars(PARSERS[program]().parse_args([*MIN_SHINGLES[program], *options]))


@each_program
def test_the_option_goes_before_the_environment(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SONGNGU_INDEX", "/srv/index")
    assert read(program, "--index", "opensearch://host:9200/name")["index"] == "opensearch://host:9200/name"


@pytest.mark.parametrize("program", [program for program in PARSERS if program != "search.evaluate"])
def test_the_environment_goes_before_the_default(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SONGNGU_INDEX", "/srv/index")
    assert read(program)["index"] == "/srv/index"
    monkeypatch.setenv("SONGNGU_INDEX", "")
    assert read(program)["index"] == ".index"
    monkeypatch.delenv("SONGNGU_INDEX")
    assert read(program)["index"] == ".index"


def test_an_evaluation_leaves_the_usual_index_to_folders_without_a_corpus() -> None:
    assert read("search.evaluate")["index"] is None
    assert default_index({"SONGNGU_INDEX": "/srv/index"}) == "/srv/index"
    assert default_index({}) == ".index"


@each_program
def test_variables_that_any_program_might_set_are_not_read(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read(program)
    monkeypatch.setenv("INDEX", "/elsewhere")
    monkeypatch.setenv("PORT", "1")
    assert read(program) == before


@each_program
def test_help_names_the_variable_and_the_default(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read(program, "--help")
    text = " ".join(capsys.readouterr().out.split())
    assert "--index ADDRESS the index: a folder or another address (default: " in text
    assert "$SONGNGU_INDEX, else .index)" in text


@pytest.mark.parametrize("program", ["indexer", "search", "web"])
def test_programs_tell_their_version_even_where_it_cannot_be_shown_well(program: str) -> None:
    def told(encoding: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", program, "--version"],
            cwd=ROOT,
            env=os.environ | {"PYTHONIOENCODING": encoding},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    assert told("utf-8") == f"Song Ngữ {VERSION}\n"
    assert told("ascii").endswith(f" {VERSION}\n")


def test_there_is_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == VERSION
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    newest = re.search(r"^## (\d+\.\d+\.\d+) – \d{4}-\d\d-\d\d$", changelog, re.MULTILINE)
    assert newest
    assert newest[1] == VERSION
