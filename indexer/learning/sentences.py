"""Pairs of sentences: read from files, and cut into the words that may translate each other."""

import lzma
from collections.abc import Iterable, Iterator, Sequence
from gzip import open as open_gzip
from pathlib import Path
from typing import NamedTuple, TextIO, cast

from search.analysis import registry
from search.analysis.language import detect, is_function_word
from search.analysis.normalize import surface
from search.analysis.token import tokenize
from search.bridge.bilingual import FRENCH, VIETNAMESE
from search.errors import SearchError

MAX_WORDS = 80
"""Words of a sentence: longer ones hardly tell which word is which, and cost the square of their length."""
_LOOKED_AT = 200
"""Lines that tell which column is French."""


class PairsUnreadable(SearchError):
    """A file of sentence pairs cannot be used."""


class Sentence(NamedTuple):
    """The words of a sentence in both languages, compounds of Vietnamese as one word with spaces."""

    fr: tuple[str, ...]
    vi: tuple[str, ...]


def read_sentences(path: Path, faults: list[str]) -> Iterator[Sentence]:
    """The pairs of a file, two columns with a tab between, the languages in either order.

    What is wrong with a line is added to `faults`, with the file and its number; the others are used.
    Raises PairsUnreadable.
    """
    lines = list(_columns(path, faults))
    turned = _is_turned([columns for _, columns in lines[:_LOOKED_AT]], path) if lines else False
    for number, columns in lines:
        fr, vi = reversed(columns) if turned else columns
        sentence = Sentence(tuple(_words(fr, FRENCH)), tuple(_words(vi, VIETNAMESE)))
        if len(sentence.fr) > MAX_WORDS or len(sentence.vi) > MAX_WORDS:
            faults.append(f"{path}:{number}: more than {MAX_WORDS} words")
        elif sentence.fr and sentence.vi:
            yield sentence


def _columns(path: Path, faults: list[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    try:
        with _opened(path) as file:
            for number, line in enumerate(file, 1):
                columns = [each.strip() for each in line.rstrip("\r\n").split("\t")]
                if len(columns) >= 2 and columns[0] and columns[1]:
                    yield number, (columns[0], columns[1])
                elif line.strip():
                    faults.append(f"{path}:{number}: two sentences with a tab between them are expected")
    except (OSError, UnicodeDecodeError, EOFError, lzma.LZMAError) as error:
        raise PairsUnreadable(f"{path} cannot be read as UTF-8 text: {error}") from error


def _opened(path: Path) -> TextIO:
    if path.suffix == ".xz":
        return cast(TextIO, lzma.open(path, "rt", encoding="utf-8"))
    if path.suffix == ".gz":
        return cast(TextIO, open_gzip(path, "rt", encoding="utf-8"))
    return path.open(encoding="utf-8")


def _is_turned(lines: Sequence[tuple[str, str]], path: Path) -> bool:
    """Whether the first column is the Vietnamese one. Raises PairsUnreadable where neither is."""
    first, second = (_language(" ".join(column)) for column in zip(*lines, strict=True))
    if {first, second} != {FRENCH, VIETNAMESE}:
        raise PairsUnreadable(
            f"{path}: one column in French and one in Vietnamese are expected, "
            f"these look like “{first}” and “{second}”"
        )
    return first == VIETNAMESE


def _language(text: str) -> str:
    return detect(list(tokenize(text)), text, "")


def _words(text: str, language: str) -> Iterator[str]:
    """The words that tell something, in order: no function words, no numbers."""
    tokens = list(tokenize(text))
    forms = [surface(token.text) for token in tokens]
    known = registry.find(language)
    segmenter = known.segmenter if known else None
    counts = dict(segmenter.runs(text, tokens)) if segmenter else {}
    at = 0
    while at < len(forms):
        count = counts.get(at, 1)
        yield from _telling(forms[at : at + count])
        at += count


def _telling(forms: Iterable[str]) -> Iterator[str]:
    word = " ".join(form for form in forms if form)
    if any(map(str.isalpha, word)) and not is_function_word(word):
        yield word
