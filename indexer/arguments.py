"""What can be typed after `python -m indexer`."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from indexer.pipeline import available_cores
from indexer.readers.detect import FORMATS
from search.settings import add_index_option
from search.version import add_version_option

Command = Callable[[argparse.Namespace], int]
"""Runs one command and returns its exit code."""

EXIT_CODES = """\
exit codes:
  0    everything is indexed (or was already: --if-stale)
  1    nothing was done: an error, or no document could be read; a live index is as it was
  2    the command cannot be understood
  3    some documents failed, each is listed with its reason; the rest is indexed
  130  interrupted; a live index is as it was
"""
_FORMATS = ", ".join(FORMATS)


def parser(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    """The parser; the function of a command is in `command` of what it returns."""
    parser = argparse.ArgumentParser(
        prog="python -m indexer",
        description="Index folders of documents in Vietnamese and French.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_version_option(parser)
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(name: str, help: str, description: str = "") -> argparse.ArgumentParser:
        command = subparsers.add_parser(
            name,
            help=help,
            description=description or help[0].upper() + help[1:] + ".",
            epilog=EXIT_CODES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        add_index_option(command)
        command.set_defaults(command=commands[name])
        return command

    _build(
        add(
            "build",
            "index files and folders anew, beside the live index, and switch to it",
            f"Read files of these formats, also as .gz or .xz, and make an index of them:\n{_FORMATS}.",
        )
    )
    _update(
        add(
            "update",
            "add, change and remove what has changed in files and folders",
            "Make the index agree with files and folders: only what has changed is read again.\n"
            "A file that cannot be read now keeps the documents it gave before.",
        )
    )
    remove = add("remove", "remove documents by their id, or by their file or folder")
    remove.add_argument("names", nargs="+", metavar="ID|PATH")
    _dry_run(remove)
    _quiet(remove)
    _json(add("rollback", "make the generation before the live one live again"))
    _json(add("verify", "check every file of the live generation"))
    _json(add("status", "tell what is indexed"))
    return parser


def _build(build: argparse.ArgumentParser) -> None:
    _paths(build)
    build.add_argument("--if-stale", action="store_true", help="do nothing when no file has changed")
    build.add_argument(
        "--keep-boilerplate",
        action="store_true",
        help="index menus and links to other articles too; updates go on to",
    )
    build.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help="write what was cut, repaired, found twice and refused to a table (CSV)",
    )
    _quiet(build)


def _update(update: argparse.ArgumentParser) -> None:
    _paths(update)
    _dry_run(update)
    update.add_argument("--watch", action="store_true", help="go on, and follow every change until Ctrl-C")
    _quiet(update)


def _paths(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a folder or a file")
    command.add_argument(
        "--workers",
        type=_positive,
        default=available_cores(),
        metavar="N",
        help="processes (default: all cores)",
    )


def _dry_run(command: argparse.ArgumentParser) -> None:
    command.add_argument("--dry-run", action="store_true", help="only list what would be done")


def _quiet(command: argparse.ArgumentParser) -> None:
    command.add_argument("--quiet", action="store_true", help="only say what went wrong")


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="one JSON document")


def _positive(value: str) -> int:
    number = int(value) if value.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{value} is not a number of processes")
    return number
