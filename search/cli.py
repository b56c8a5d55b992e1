"""Search from the terminal: colours on a terminal, plain text in a pipe, JSON on request."""

import argparse
import io
import json
import os
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, replace

import search
from search.analysis import registry
from search.bridge.files import lexicon_with
from search.config import Config
from search.errors import SearchError
from search.request import SearchRequest
from search.results import Crossed, Highlight, Hit, Page, Section
from search.settings import add_index_option, add_lexicon_option, add_synonyms_option, default_lexicons
from search.synonyms import SynonymsFile
from search.version import add_version_option

_ABOVE = {Section.SOME: "with some of the words", Section.OTHERS: "with other diacritics"}
_LANGUAGES = {"fr": "French", "vi": "Vietnamese"}
_HIGHLIGHT, _TITLE, _DIM, _RESET = "\x1b[1;33m", "\x1b[1m", "\x1b[2m", "\x1b[0m"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one search; 0 when something was found, 1 when nothing was, 2 on an error."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # LANG=C must not end in a traceback
    options = parser().parse_args(arguments)
    try:
        config = Config(synonyms=SynonymsFile(options.synonyms)) if options.synonyms else Config()
        if lexicons := options.lexicon or default_lexicons():
            config = replace(config, lexicon=lexicon_with(lexicons))
        engine = search.open(options.index, config)
        text = " ".join(options.query)
        languages = tuple(options.lang)
        request = SearchRequest(
            text,
            options.limit,
            options.offset,
            languages,
            verbatim=options.verbatim,
            cross=not options.no_cross,
        )
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
    return 0 if page.total or (page.crossed and page.crossed.total) else 1


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
    add_lexicon_option(parser)
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
    parser.add_argument(
        "--no-cross", action="store_true", help="do not look for what words are called in the other language"
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
    section = Section.FIRST
    for number, hit in enumerate(page.hits, page.offset + 1):
        if page.section(hit) != section:
            section = page.section(hit)
            print(f"     {_wrapped(f'— {_ABOVE[section]} —', _DIM, colour)}\n")
        _print_hit(f"{number:>3}.", hit, colour, explain)
    if page.crossed:
        _print_crossed(page.crossed, colour, explain)
    for word in page.likely_accents:
        readings = " · ".join(f"{spelling.text} ({spelling.count})" for spelling in word.spellings)
        print(_wrapped(_clean(f"likely diacritics: {word.word} → {readings}"), _DIM, colour))
    if page.corrected:
        said = f"results for: {page.corrected} (--verbatim searches for: {page.query})"
        print(_wrapped(_clean(said), _DIM, colour))
    for suggestion in page.suggestions:
        if suggestion.query != page.corrected:
            print(_wrapped(_clean(f"did you mean: {suggestion.query}"), _DIM, colour))
    print(_wrapped(f"{_counts(page)}, {page.took_ms:.0f} ms", _DIM, colour))


def _print_hit(number: str, hit: Hit, colour: bool, explain: bool) -> None:
    title = _painted(hit.title, hit.title_highlights, colour, _TITLE) if hit.title else _clean(hit.id)
    print(f"{number} {title}")
    about = (hit.id, hit.language, hit.source, hit.date, hit.url)
    print(f"     {_wrapped(' · '.join(_clean(part) for part in about if part), _DIM, colour)}")
    if explain and (why := _why(hit)):
        print(f"     {_wrapped(_clean(f'why: {why}'), _DIM, colour)}")
    if hit.missing:
        print(f"     {_wrapped(_clean('without: ' + ', '.join(hit.missing)), _DIM, colour)}")
    if hit.snippet:
        print(f"     {_painted(hit.snippet, hit.snippet_highlights, colour, '')}")
    print()


def _print_crossed(crossed: Crossed, colour: bool, explain: bool) -> None:
    """The hits in the other language, and by which words they were found."""
    named = "; ".join(f"{term.text} → {' · '.join(term.translations)}" for term in crossed.terms)
    found = f"also in {_LANGUAGES.get(crossed.language, crossed.language)}: {crossed.total}"
    print(_wrapped(_clean(f"{found} ({named})"), _DIM, colour))
    if crossed.hits:
        print()
    for hit in crossed.hits:
        _print_hit("  +", hit, colour, explain)


def _counts(page: Page) -> str:
    documents = "document" if (page.complete or page.total) == 1 else "documents"
    if not page.incomplete:
        return f"{page.total} {documents}"
    if not page.complete:
        return f"no document with all words, {page.total} with some"
    others = "other" if page.incomplete == 1 else "others"
    return f"{page.complete} {documents} with all words, {page.incomplete} {others} with some"


def _why(hit: Hit) -> str:
    """The title that is the query, how and where each word was found, and which stand side by side."""
    found = [
        f"{each.word} → {each.found} ({', '.join((each.how.replace('_', ' '), *where))})"
        for each in hit.explanation
        for where in [("in the title",) if each.in_title else ()]
    ]
    title = ["the title is the query"] if hit.whole_title else []
    phrases = [f"side by side: {phrase}" for phrase in hit.phrases]
    return ", ".join((*title, *found, *phrases))


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
