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
  0    everything is indexed, or nothing had changed
  1    error, or no document could be read: the index is unchanged
  2    the command is not valid
  3    some documents failed and are listed with the reason; all others are indexed
  130  interrupted: the index is unchanged
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
            "index files and folders; the new index then replaces the old one",
            f"Make an index of all files in these formats, plain or compressed as .gz or .xz:\n{_FORMATS}.\n"
            "The old index answers searches until the new one replaces it.",
        )
    )
    _update(
        add(
            "update",
            "index only what was added, changed or removed in files and folders",
            "Bring the index up to date: only files that have changed are read again.\n"
            "The documents of a file that cannot be read any more stay in the index.",
        )
    )
    remove = add("remove", "remove documents, named by their id, file or folder")
    remove.add_argument("names", nargs="+", metavar="ID|PATH")
    _dry_run(remove)
    _quiet(remove)
    _json(add("rollback", "return to the previous version of the index"))
    _json(add("verify", "check that every file of the index is intact"))
    _json(add("status", "show what is indexed and how the last run went"))
    _learn(subparsers, commands["learn"])
    return parser


def _learn(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]", command: Command) -> None:
    """It needs no index."""
    learn = subparsers.add_parser(
        "learn",
        help="learn translations that the lexicon lacks from sentences in both languages",
        description="Read files with a French and a Vietnamese sentence on each line, a tab between them,\n"
        "and write the words that translate each other and that the lexicon does not know, as a lexicon.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    learn.add_argument(
        "pairs", nargs="+", type=Path, metavar="PAIRS", help="a file of sentences, plain or as .gz or .xz"
    )
    learn.add_argument(
        "--output", type=Path, required=True, metavar="FILE", help="where the new entries are written (TSV)"
    )
    _quiet(learn)
    learn.set_defaults(command=command)


def _build(build: argparse.ArgumentParser) -> None:
    _paths(build)
    build.add_argument("--if-stale", action="store_true", help="do nothing when no file has changed")
    build.add_argument(
        "--keep-boilerplate",
        action="store_true",
        help="index menus and links to other articles too; later updates do the same",
    )
    build.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help="write a table (CSV) of what was cut, repaired, found twice or not indexed",
    )
    _quiet(build)


def _update(update: argparse.ArgumentParser) -> None:
    _paths(update)
    _dry_run(update)
    update.add_argument(
        "--watch", action="store_true", help="keep running and index every change, until Ctrl-C"
    )
    _quiet(update)


def _paths(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a folder or a file")
    command.add_argument(
        "--workers",
        type=_positive,
        default=available_cores(),
        metavar="N",
        help="number of processes (default: one for each core)",
    )


def _dry_run(command: argparse.ArgumentParser) -> None:
    command.add_argument("--dry-run", action="store_true", help="list what would be done, and do nothing")


def _quiet(command: argparse.ArgumentParser) -> None:
    command.add_argument("--quiet", action="store_true", help="print only what went wrong")


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print one JSON document")


def _positive(value: str) -> int:
    number = int(value) if value.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{value} must be a whole number from 1 up")
    return number
