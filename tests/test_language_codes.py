"""Only search/analysis/ knows languages by name: the rest asks its table."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from search.analysis import registry

ROOT = Path(__file__).parents[1]
EXCEPTIONS = {
    "search/bridge/bilingual.py": "the two languages of the lexicon",
    "search/bridge/names.py": "the names that CLDR has in the two",
    "search/cli.py": "what the two are called in the terminal",
    "web/templates/bridge.html": "whole sentences with the name of a language in them",
    "web/catalogues.py": "the languages of the interface: those that have a catalogue",
    "web/interface.py": "the language of the interface where the browser asks for none of them",
    "web/formats.py": "how dates are written in the languages of the interface",
    "web/views.py": "queries offered on the first page, each in its own language",
    "web/templates/base.html": "the name of the site is Vietnamese",
    "web/templates/error.html": "the name of the site is Vietnamese",
}
CODES = {*registry.codes(), *registry.short_codes(), registry.OTHER}
QUOTED = re.compile(rf"""(["'`])({"|".join(CODES)})\1""")


def codes_in(path: Path) -> Iterator[str]:
    """The codes that stand alone as a string in a file: prose and docstrings have them between others."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield from (found[2] for found in QUOTED.finditer(text))
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and node.value in CODES:
            yield str(node.value)


def test_no_file_outside_the_analysis_names_a_language() -> None:
    naming = {
        path.relative_to(ROOT).as_posix()
        for folder in ("search", "indexer", "web")
        for suffix in ("py", "html", "js")  # examples of openapi.yaml are examples
        for path in (ROOT / folder).rglob(f"*.{suffix}")
        if "search/analysis" not in path.as_posix() and any(codes_in(path))
    }
    assert naming == set(EXCEPTIONS)
