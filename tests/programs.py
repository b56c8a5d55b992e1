"""The programs that are run from a terminal, and what can be typed after each."""

import argparse
from collections import defaultdict
from collections.abc import Callable

import indexer.arguments
import search.cli
import search.evaluate
import web.cli

PARSERS: dict[str, Callable[[], argparse.ArgumentParser]] = {
    "indexer": lambda: indexer.arguments.parser(defaultdict(lambda: _nothing)),
    "search": search.cli.parser,
    "search.evaluate": search.evaluate.parser,
    "web": web.cli.parser,
}


def _nothing(options: argparse.Namespace) -> int:
    return 0


def options(parser: argparse.ArgumentParser) -> set[str]:
    """The options that a parser knows by their long names, but `--help` and `--version`."""
    names = {name for action in parser._actions for name in action.option_strings}
    return {name for name in names if name.startswith("--")} - {"--help", "--version"}


def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The parser of each subcommand."""
    [found] = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(found.choices)
