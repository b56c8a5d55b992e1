"""`python -m indexer COMMAND`: build, update, remove, rollback, verify, status, learn."""

import argparse
import io
import json
import os
import signal
import sys
import threading
from collections.abc import Iterable, Sequence

from indexer.arguments import parser
from indexer.build import Request, build
from indexer.changes import listed, told
from indexer.report import failures, number_of, summary
from indexer.status import as_json, as_lines, state
from indexer.update import Updated, remove, update
from search.engines.base import Store
from search.engines.registry import open_store
from search.errors import SearchError

ALL, NOTHING, USAGE, SOME_FAILED, INTERRUPTED = 0, 1, 2, 3, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(
            errors="backslashreplace"
        )  # a terminal that cannot show ữ still gets its answer
    commands = {
        "build": _build,
        "update": _update,
        "remove": _remove,
        "rollback": _rollback,
        "verify": _verify,
        "status": _status,
        "learn": _learn,
    }
    options = parser(commands).parse_args(arguments)
    try:
        code: int = options.command(options)
        sys.stdout.flush()
    except SearchError as error:
        print(f"error: {error}", file=sys.stderr)
        return NOTHING
    except KeyboardInterrupt:
        print("interrupted; the index is unchanged", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # `… status | head -1`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ALL
    return code


def _build(options: argparse.Namespace) -> int:
    missing = [path for path in options.paths if not os.path.lexists(path)]
    if missing:  # a typing error must not replace a whole index by half of it
        raise SearchError(f"no such file or folder: {', '.join(map(str, missing))}")
    request = Request(
        tuple(options.paths),
        _store(options),
        options.workers,
        options.if_stale,
        options.quiet,
        options.keep_boilerplate,
        options.report,
    )
    report = build(request, sys.stderr)
    _say_failed(failures(report.failures))
    if not report.documents and not report.fresh:
        raise SearchError(f"no document could be read in {', '.join(map(str, options.paths))}")
    if not options.quiet:
        for line in summary(report):
            print(line)
    return SOME_FAILED if report.failures else ALL


def _update(options: argparse.Namespace) -> int:
    done = update(
        tuple(options.paths),
        _store(options),
        options.workers,
        sys.stderr,
        quiet=options.quiet,
        dry_run=options.dry_run,
    )
    code = _updated(options, done)
    return _watch(options) if options.watch and not options.dry_run else code


def _watch(options: argparse.Namespace) -> int:
    from indexer.watch import follow  # watches begin when they are asked for
    from search.analysis.analyzer import warm

    warm()
    store = _store(options)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    if not options.quiet:
        print("watching for changes; Ctrl-C stops", flush=True)
    try:
        for done in follow(
            options.paths,
            store.local,
            stop,
            # in this process, whose model is loaded: another would take a second to begin
            lambda changed: update(changed, store, 1, sys.stderr, quiet=True),
        ):
            if not done.changes.is_empty or done.changes.failures:
                _updated(options, done)
                sys.stdout.flush()
    except KeyboardInterrupt:
        pass
    return ALL


def _remove(options: argparse.Namespace) -> int:
    return _updated(options, remove(tuple(options.names), _store(options), dry_run=options.dry_run))


def _updated(options: argparse.Namespace, done: Updated) -> int:
    _say_failed(failures(done.changes.failures))
    if options.dry_run:
        for line in listed(done.changes):
            print(line)
    if not options.quiet:
        print(told(done.changes, done.documents, done.seconds, options.dry_run))
    return SOME_FAILED if done.changes.failures else ALL


def _rollback(options: argparse.Namespace) -> int:
    store = _store(options)
    with store.writing():
        generation = store.rollback()
    documents = generation.manifest.documents
    values = {"generation": generation.name, "documents": documents}
    told = f"back to the previous version of the index, {generation.name}: {number_of(documents, 'document')}"
    return _say(options, values, told)


def _verify(options: argparse.Namespace) -> int:
    generation = _store(options).verify()
    documents = generation.manifest.documents
    values = {"generation": generation.name, "documents": documents, "whole": True}
    counted = number_of(documents, "document")
    told = f"the index (version {generation.name}) is intact; all checksums match: {counted}"
    return _say(options, values, told)


def _status(options: argparse.Namespace) -> int:
    found = state(_store(options))
    return _say(options, as_json(found), *as_lines(found))


def _learn(options: argparse.Namespace) -> int:
    from indexer.learning.command import learn  # no other command needs it

    done = learn(tuple(options.pairs), options.output)
    _say_failed(done.faults)
    if not options.quiet:
        learned = "entry was" if done.entries == 1 else "entries were"
        print(
            f"{number_of(done.sentences, 'pair')} of sentences read; {done.entries:,} new {learned} written"
        )
    return SOME_FAILED if done.faults else ALL


def _store(options: argparse.Namespace) -> Store:
    return open_store(options.index)


def _say(options: argparse.Namespace, values: dict[str, object], *lines: str) -> int:
    print(json.dumps(values, ensure_ascii=False, indent=2) if options.json else "\n".join(lines))
    return ALL


def _say_failed(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, file=sys.stderr)
