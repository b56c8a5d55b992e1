"""Where the index is: every program says so alike."""

import argparse
from collections import defaultdict
from collections.abc import Callable

import pytest

import indexer.arguments
import search.cli
import search.evaluate
import web.cli
from search.settings import default_index

PARSERS: dict[str, tuple[Callable[[], argparse.ArgumentParser], list[str]]] = {
    "indexer": (lambda: indexer.arguments.parser(defaultdict(lambda: lambda _: 0)), ["status"]),
    "search": (search.cli.parser, ["quyền"]),
    "search.evaluate": (search.evaluate.parser, ["judged"]),
    "web": (web.cli.parser, []),
}
"""Each program's parser, and the fewest arguments that it understands."""

each_program = pytest.mark.parametrize("program", PARSERS)


def index(program: str, *options: str) -> str | None:
    parser, arguments = PARSERS[program]
    found: str | None = parser().parse_args([*arguments, *options]).index
    return found


@each_program
def test_the_option_goes_before_the_environment(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SONGNGU_INDEX", "/srv/index")
    assert index(program, "--index", "opensearch://host:9200/name") == "opensearch://host:9200/name"


@pytest.mark.parametrize("program", [program for program in PARSERS if program != "search.evaluate"])
def test_the_environment_goes_before_the_default(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SONGNGU_INDEX", "/srv/index")
    assert index(program) == "/srv/index"
    monkeypatch.setenv("SONGNGU_INDEX", "")
    assert index(program) == ".index"
    monkeypatch.delenv("SONGNGU_INDEX")
    assert index(program) == ".index"


def test_an_evaluation_leaves_the_usual_index_to_folders_without_a_corpus() -> None:
    assert index("search.evaluate") is None
    assert default_index({"SONGNGU_INDEX": "/srv/index"}) == "/srv/index"
    assert default_index({}) == ".index"


@each_program
def test_variables_that_any_program_might_set_are_not_read(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = vars(PARSERS[program][0]().parse_args(PARSERS[program][1]))
    monkeypatch.setenv("INDEX", "/elsewhere")
    monkeypatch.setenv("PORT", "1")
    after = vars(PARSERS[program][0]().parse_args(PARSERS[program][1]))
    assert {name: value for name, value in after.items() if name != "command"} == {
        name: value for name, value in before.items() if name != "command"
    }


@each_program
def test_help_names_the_variable_and_the_default(program: str, capsys: pytest.CaptureFixture[str]) -> None:
    parser, arguments = PARSERS[program]
    with pytest.raises(SystemExit):
        parser().parse_args([*arguments[: program == "indexer"], "--help"])
    text = " ".join(capsys.readouterr().out.split())
    assert "--index ADDRESS the index: a folder or another address (default: " in text
    assert "$SONGNGU_INDEX, else .index)" in text
