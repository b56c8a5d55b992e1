"""Search from the terminal: colours on a terminal, plain text in a pipe, JSON on request."""

import argparse
import io
import json
import os
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict

import search
from search.analysis import registry
from search.config import Config
from search.errors import SearchError
from search.request import SearchRequest
from search.results import Highlight, Page
from search.settings import add_index_option, add_synonyms_option
from search.synonyms import SynonymsFile
from search.version import add_version_option

_HIGHLIGHT, _TITLE, _DIM, _RESET = "\x1b[1;33m", "\x1b[1m", "\x1b[2m", "\x1b[0m"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one search; 0 when something was found, 1 when nothing was, 2 on an error."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # LANG=C must not end in a traceback
    options = parser().parse_args(arguments)
    try:
        config = Config(synonyms=SynonymsFile(options.synonyms)) if options.synonyms else Config()
        engine = search.open(options.index, config)
        text = " ".join(options.query)
        languages = tuple(options.lang)
        request = SearchRequest(text, options.limit, options.offset, languages, verbatim=options.verbatim)
        page = engine.search(request)
    except SearchError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    try:
        if options.json:
            print(_printable(json.dumps(asdict(page), ensure_ascii=False, indent=2)))
        else:
            _print(page, sys.stdout.isatty() and "NO_COLOR" not in os.environ, options.explain)
        sys.stdout.flush()
    except BrokenPipeError:
        # `| head` has read enough; nothing more to say, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0 if page.total else 1


def parser() -> argparse.ArgumentParser:
    """The query and the options."""
    parser = argparse.ArgumentParser(
        prog="python -m search",
        description="Search an index from the terminal, with or without diacritics.",
        epilog='Query: words, "a phrase", -not, OR, prefix*, title:word, lang:vi, source:name, '
        "date:2023..2024. Exit status: 0 found, 1 nothing found, 2 error.",
    )
    parser.add_argument("query", nargs="+", help="what to search for")
    add_version_option(parser)
    add_index_option(parser)
    add_synonyms_option(parser)
    parser.add_argument("--limit", type=_count, default=10, help="number of results to show (default: 10)")
    parser.add_argument("--offset", type=_count, default=0, help="number of results to skip (default: 0)")
    parser.add_argument(
        "--lang",
        action="append",
        default=[],
        help=f"only this language: {', '.join((*registry.codes(), registry.OTHER))}; may be repeated",
    )
    parser.add_argument(
        "--verbatim", action="store_true", help="search for what was typed, even words that no document has"
    )
    parser.add_argument("--explain", action="store_true", help="show how each word of the query was found")
    parser.add_argument("--json", action="store_true", help="print one JSON document with the fields of Page")
    return parser


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} must be a whole number from 0 up")
    return int(text)


def _print(page: Page, colour: bool, explain: bool) -> None:
    for warning in page.warnings:
        print(f"note: {warning.message}", file=sys.stderr)
    for number, hit in enumerate(page.hits, page.offset + 1):
        title = _painted(hit.title, hit.title_highlights, colour, _TITLE) if hit.title else _clean(hit.id)
        print(f"{number:>3}. {title}")
        about = (hit.id, hit.language, hit.source, hit.date, hit.url)
        print(f"     {_wrapped(' · '.join(_clean(part) for part in about if part), _DIM, colour)}")
        if explain:
            found = (f"{each.word} → {each.found} ({each.how.replace('_', ' ')})" for each in hit.explanation)
            print(f"     {_wrapped(_clean('why: ' + ', '.join(found)), _DIM, colour)}")
        if hit.other_diacritics:
            print(f"     {_wrapped('with other diacritics', _DIM, colour)}")
        if hit.snippet:
            print(f"     {_painted(hit.snippet, hit.snippet_highlights, colour, '')}")
        print()
    for word in page.likely_accents:
        readings = " · ".join(f"{spelling.text} ({spelling.count})" for spelling in word.spellings)
        print(_wrapped(_clean(f"likely diacritics: {word.word} → {readings}"), _DIM, colour))
    if page.corrected:
        said = f"results for: {page.corrected} (--verbatim searches for: {page.query})"
        print(_wrapped(_clean(said), _DIM, colour))
    for suggestion in page.suggestions:
        if suggestion.query != page.corrected:
            print(_wrapped(_clean(f"did you mean: {suggestion.query}"), _DIM, colour))
    documents = "document" if page.total == 1 else "documents"
    print(_wrapped(f"{page.total} {documents}, {page.took_ms:.0f} ms", _DIM, colour))


def _painted(text: str, highlights: Sequence[Highlight], colour: bool, base: str) -> str:
    text = _clean(text)
    if not colour:
        return text
    pieces = [base]
    at = 0
    for start, end in highlights:
        pieces += [text[at:start], _HIGHLIGHT, text[start:end], _RESET, base]
        at = end
    return "".join([*pieces, text[at:], _RESET])


def _printable(text: str) -> str:
    """JSON with what a terminal would obey written as escapes: DEL, C1 controls, bidi marks."""
    return "".join(
        char if char == "\n" or unicodedata.category(char) not in ("Cc", "Cf") else f"\\u{ord(char):04x}"
        for char in text
    )


def _wrapped(text: str, style: str, colour: bool) -> str:
    return f"{style}{text}{_RESET}" if colour else text


def _clean(text: str) -> str:
    """The same length, without the control characters that a document could drive a terminal with."""
    return "".join(" " if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char for char in text)
