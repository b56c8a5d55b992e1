"""What can be typed, set or asked for is told, and what is told is there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from programs import PARSERS, commands, options
from web_stub import StubEngine

from search.query import fields, keywords
from web import create_app
from web.catalogues import LANGUAGES
from web.guide import rows, sections

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")

CHAPTERS = {
    "indexer": "Your own archive",
    "search": "In the terminal",
    "search.evaluate": "How good, how fast",
    "web": "Running the site",
}
"""Where README has the table of a program's options."""

SITE_VARIABLE = re.compile(r"SONGNGU_[A-Z_]+|PROMETHEUS_MULTIPROC_DIR")

SPELLINGS = {
    "OR": {"en": "OR", "fr": "OU", "vi": "HOẶC"},
    "AND": {"en": "AND", "fr": "ET", "vi": "VÀ"},
    "NOT": {"en": "NOT", "fr": "SAUF", "vi": "KHÔNG"},
    "TITLE": {"en": "title:", "fr": "titre:", "vi": "tiêu đề:"},
    "LANGUAGE": {"en": "lang:", "fr": "langue:", "vi": "ngôn ngữ:"},
    "SOURCE": {"en": "source:", "fr": "source:", "vi": "nguồn:"},
    "DATE": {"en": "date:", "fr": "date:", "vi": "ngày:"},
}
"""How each operator and field of the query language is written in each language of the interface."""


def chapter(title: str) -> str:
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def table(title: str, starts: str) -> dict[str, list[str]]:
    """The rows of a chapter whose first cell holds names that start so: name → the other cells."""
    found: dict[str, list[str]] = {}
    for line in re.findall(rf"^\| `{starts}.*", chapter(title), re.MULTILINE):
        first, *others = (cell.strip() for cell in line.strip("|").split(" | "))
        for name in re.findall(rf"`({starts}[\w-]*)", first):
            assert name not in found, name
            found[name] = others
    return found


def spelled(operator: str) -> set[str]:
    """All that the parser understands as an operator or a field, as it is typed."""
    if known := getattr(fields, operator, None):
        return {f"{name}:" for name in known}
    return set(getattr(keywords, operator))


def sources() -> Iterator[ast.Module]:
    for program in ("search", "indexer", "web"):
        for path in (ROOT / program).rglob("*.py"):
            yield ast.parse(path.read_text("utf-8"))


def variables(tree: ast.Module) -> Iterator[str]:
    """The variables of the environment that a module reads."""

    def is_environment(node: ast.expr) -> bool:
        return ast.unparse(node) in ("os.environ", "environment")

    for node in ast.walk(tree):
        keys: list[ast.expr] = []
        match node:
            case ast.Call(func=ast.Attribute(value=read, attr="get" | "pop" | "setdefault"), args=[key, *_]):
                keys = [key] if is_environment(read) else []
            case ast.Call(func=ast.Attribute(attr="getenv") | ast.Name(id="getenv"), args=[key, *_]):
                keys = [key]
            case ast.Subscript(value=read, slice=key):
                keys = [key] if is_environment(read) else []
            case ast.Compare(left=key, ops=[ast.In() | ast.NotIn()], comparators=[read]):
                keys = [key] if is_environment(read) else []
            case ast.Constant(value=str(text)) if SITE_VARIABLE.fullmatch(text):
                yield text  # however it is read
        for key in keys:
            assert isinstance(key, ast.Constant), (
                f"{ast.unparse(node)}: a variable has its name where it is read"
            )
            yield str(key.value)


def test_every_command_of_the_indexer_is_told() -> None:
    told = set(re.findall(r"^python -m indexer (\w+)", chapter("Your own archive"), re.MULTILINE))
    assert told == set(commands(PARSERS["indexer"]()))


def test_every_option_of_the_indexer_is_told_with_its_commands() -> None:
    parsers = commands(PARSERS["indexer"]())
    assert not options(PARSERS["indexer"]())
    told = {
        (command, option)
        for option, cells in table(CHAPTERS["indexer"], "--").items()
        for command in (parsers if cells[0] == "all" else re.findall(r"\w+", cells[0]))
    }
    assert told == {(command, option) for command, parser in parsers.items() for option in options(parser)}


@pytest.mark.parametrize("program", [program for program in PARSERS if program != "indexer"])
def test_every_option_is_told(program: str) -> None:
    assert set(table(CHAPTERS[program], "--")) == options(PARSERS[program]())


def test_options_in_examples_are_there() -> None:
    every = {"--version"}.union(*map(options, [parser() for parser in PARSERS.values()]))
    every = every.union(*map(options, commands(PARSERS["indexer"]()).values()))
    for line in re.findall(r"python -m (?:indexer|search|web)\b[^\n#`]*", README):
        assert set(re.findall(r"(?<!\S)--[a-z-]+", line)) <= every, line


def test_every_variable_of_the_environment_is_told() -> None:
    read = {name for tree in sources() for name in variables(tree)}
    assert read >= {"SONGNGU_INDEX", "PROMETHEUS_MULTIPROC_DIR", "NO_COLOR"}
    own = {name for name in read if SITE_VARIABLE.fullmatch(name)}
    assert set(table("Running the site", "[A-Z]")) == own
    for name in read - own:
        assert f"`{name}`" in README, name


def test_every_spelling_of_the_query_language_is_in_the_readme() -> None:
    told = chapter("What can be typed").replace("\\|", "|")
    codes = re.findall(r"`([^`]+)`", told)
    words = {word for code in codes for word in (code, *re.findall(r"[^\W\d_]+:|[^\s()]+", code))}
    for operator in SPELLINGS:
        assert spelled(operator) <= words, operator


def test_each_spelling_is_one_that_the_query_language_knows() -> None:
    known = set[str]().union(*map(spelled, SPELLINGS))
    assert known == keywords.KEYWORDS | {f"{name}:" for name in fields.FIELDS}
    for operator, spellings in SPELLINGS.items():
        assert set(spellings) == set(LANGUAGES)
        assert set(spellings.values()) <= spelled(operator)


@pytest.mark.parametrize("ui", LANGUAGES)
def test_the_help_page_has_a_spelling_in_each_language_for_each_operator(ui: str) -> None:
    with create_app(engine=StubEngine()).test_request_context(f"/help?ui={ui}"):
        told = " ".join(" ".join([*part.examples, part.text]) for part in (*rows(), *sections()))
    for spellings in SPELLINGS.values():
        for spelling in spellings.values():
            assert re.search(rf"(?<!\w){re.escape(spelling)}(?:(?<=:)|\b)", told), spelling


def test_the_example_in_python_works_as_it_stands(
    sample_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = re.search(r"```python\n(.*?)```", chapter("From Python"), re.DOTALL)
    assert found
    code = found[1].replace("/srv/index", str(sample_index))
    exec(compile(code, "README.md", "exec"), {})
    assert "quyền" in capsys.readouterr().out.lower()
