"""`python -m indexer COMMAND`: build, update, remove, rollback, verify, status."""

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import search
from indexer import generations
from indexer.build import Request, build
from indexer.changes import listed, told
from indexer.pipeline import available_cores
from indexer.report import counts, failures, summary
from indexer.update import Updated, remove, update
from search.engines.whoosh import verify_generation
from search.errors import SearchError
from search.manifest import current_generation, read_manifest

ALL, NOTHING, USAGE, SOME_FAILED, INTERRUPTED = 0, 1, 2, 3, 130
_EXIT_CODES = """\
exit codes:
  0    everything is indexed (or was already: --if-stale)
  1    nothing was done: an error, or no document could be read; a live index is as it was
  2    the command cannot be understood
  3    some documents failed, each is listed with its reason; the rest is indexed
  130  interrupted; a live index is as it was
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(
            errors="backslashreplace"
        )  # a terminal that cannot show ữ still gets its answer
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options)
        sys.stdout.flush()
    except SearchError as error:
        print(f"error: {error}", file=sys.stderr)
        return NOTHING
    except KeyboardInterrupt:
        print("interrupted; a live index is as it was", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # `… status | head -1`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ALL
    return code


def _build(options: argparse.Namespace) -> int:
    missing = [path for path in options.paths if not os.path.lexists(path)]
    if missing:  # a typing error must not replace a whole index by half of it
        raise SearchError(f"no such file or folder: {', '.join(map(str, missing))}")
    request = Request(tuple(options.paths), options.index, options.workers, options.if_stale, options.quiet)
    report = build(request, sys.stderr)
    for line in failures(report.failures):
        print(line, file=sys.stderr)
    if not report.documents and not report.fresh:
        raise SearchError(f"no document could be read in {', '.join(map(str, options.paths))}")
    if not options.quiet:
        for line in summary(report):
            print(line)
    return SOME_FAILED if report.failures else ALL


def _update(options: argparse.Namespace) -> int:
    done = update(
        tuple(options.paths),
        options.index,
        options.workers,
        sys.stderr,
        quiet=options.quiet,
        dry_run=options.dry_run,
    )
    return _updated(options, done)


def _remove(options: argparse.Namespace) -> int:
    return _updated(options, remove(tuple(options.names), options.index, dry_run=options.dry_run))


def _updated(options: argparse.Namespace, done: Updated) -> int:
    for line in failures(tuple(done.changes.failures)):
        print(line, file=sys.stderr)
    if options.dry_run:
        for line in listed(done.changes):
            print(line)
    if not options.quiet:
        print(told(done.changes, done.documents, done.seconds, options.dry_run))
    return SOME_FAILED if done.changes.failures else ALL


def _rollback(options: argparse.Namespace) -> int:
    with generations.writing(options.index):
        generation = generations.rollback(options.index)
        manifest = read_manifest(generation)
    print(f"generation {generation.name} is live again: {manifest.documents:,} documents")
    return ALL


def _verify(options: argparse.Namespace) -> int:
    generation = current_generation(options.index)
    manifest = read_manifest(generation)
    verify_generation(generation, manifest.documents)
    print(f"generation {generation.name} is whole: {manifest.documents:,} documents, all checksums hold")
    return ALL


def _status(options: argparse.Namespace) -> int:
    engine = search.open(options.index)
    try:
        status = engine.status()
    finally:
        engine.close()
    manifest = read_manifest(current_generation(options.index))
    if options.json:
        values = asdict(manifest) | asdict(status)
        print(json.dumps(values, ensure_ascii=False, indent=2))
        return ALL
    lines = {
        "index": f"{options.index} (generation {status.generation})",
        "documents": f"{status.documents:,}",
        "languages": counts(status.languages),
        "sources": counts(status.sources),
        "years": " · ".join(f"{year} {number:,}" for year, number in sorted(status.years.items())),
        "size": f"{status.bytes / 1e6:,.1f} MB",
        "built": status.created,
        "from": ", ".join(manifest.paths),
        "failures": f"{manifest.failures:,} in that build",
    }
    for name, value in lines.items():
        print(f"{name:<10} {value}")
    return ALL


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m indexer",
        description="Index folders of documents in Vietnamese and French.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    builder = commands.add_parser(
        "build",
        help="index files and folders anew, beside the live index, and switch to it",
        description="Read .txt, .md and .jsonl files, also as .gz or .xz, and make an index of them.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    builder.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a folder or a file")
    builder.add_argument(
        "--workers",
        type=_positive,
        default=available_cores(),
        metavar="N",
        help="processes (default: all cores)",
    )
    builder.add_argument("--if-stale", action="store_true", help="do nothing when no file has changed")
    builder.add_argument("--quiet", action="store_true", help="only say what went wrong")
    builder.set_defaults(command=_build)

    updater = commands.add_parser(
        "update",
        help="add, change and remove what has changed in files and folders",
        description="Make the index agree with files and folders: only what has changed is read again. "
        "A file that cannot be read now keeps the documents it gave before.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    updater.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a folder or a file")
    updater.add_argument(
        "--workers",
        type=_positive,
        default=available_cores(),
        metavar="N",
        help="processes (default: all cores)",
    )
    updater.set_defaults(command=_update)

    remover = commands.add_parser("remove", help="remove documents by their id, or by their file or folder")
    remover.add_argument("names", nargs="+", metavar="ID|PATH")
    remover.set_defaults(command=_remove)

    for command in (updater, remover):
        command.add_argument("--dry-run", action="store_true", help="only list what would be done")
        command.add_argument("--quiet", action="store_true", help="only say what went wrong")

    rollback = commands.add_parser("rollback", help="make the generation before the live one live again")
    rollback.set_defaults(command=_rollback)

    verify = commands.add_parser("verify", help="check every file of the live generation")
    verify.set_defaults(command=_verify)

    status = commands.add_parser("status", help="tell what is indexed")
    status.add_argument("--json", action="store_true", help="one JSON document")
    status.set_defaults(command=_status)

    for command in (builder, updater, remover, rollback, verify, status):
        command.add_argument(
            "--index",
            type=Path,
            default=Path(os.environ.get("INDEX") or ".index"),
            metavar="DIR",
            help="the index folder (default: $INDEX, else .index)",
        )
    return parser


def _positive(value: str) -> int:
    number = int(value) if value.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{value} is not a number of processes")
    return number
