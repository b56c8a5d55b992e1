"""Vietnamese compounds through underthesea, aligned to our tokens.

underthesea 9.5 has traps, all contained here: it changes the text it is given and inserts spaces
(`2Kg` → `2K g`), so we hand it normalised text and walk its pieces back; a long run without spaces
or a long line costs quadratic time, so both are capped; its first use is racy; it adds a handler to
the root logger. `fixed_words` mutates a global and is never used.

Its public call spends nine tenths of its time describing each token in 43 strings. We read its own
model (`crf`) and get the same tags several times as fast; where they cannot be the same, we ask it.
"""

import logging
import re
import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path

import joblib

from search.analysis import crf
from search.analysis.normalize import composed, surface
from search.analysis.segmentation import TokenSpan
from search.analysis.token import INVISIBLE, Token
from search.analysis.wordlist import read_lines

MAX_RUN = 200
"""Longest run without spaces handed over, in characters: `'a.' * 20000` would take 25 s."""
MAX_CHUNK = 5_000
"""Longest text handed over at once, in characters: a line of 1 MB would take 45 s and 2.2 GB."""
MAX_SEGMENTED = 2_000_000
"""Characters of one text that are segmented, about 3 s of work; a book's other chapters do without."""
MAX_SYLLABLES = 8
"""Longest compound indexed, in syllables."""

_MODEL = Path("pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727")
_CHECK = read_lines("segmentation_check.txt")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_INVISIBLE = str.maketrans(dict.fromkeys(INVISIBLE))
_loading = threading.Lock()


Segmentation = Callable[[str], list[str]]
"""From a line to its words: a word is one or more of its tokens, joined by spaces."""


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """How lines are segmented; `slow` is the reason why it has to be underthesea's public call, if so."""

    words: Segmentation
    slow: str = ""


@cache
def _load() -> LoadedModel:
    root = logging.getLogger()
    handlers = list(root.handlers)
    level = root.level
    import underthesea

    root.handlers[:] = handlers
    root.setLevel(level)

    def public(line: str) -> list[str]:
        words: list[str] = underthesea.word_tokenize(line, use_token_normalize=False)
        return words

    public("tải mô hình")
    try:
        fast = _fast(Path(underthesea.__file__).parent / _MODEL, public)
    except (crf.Unsupported, ImportError, OSError, AttributeError) as error:
        return _slow(public, str(error))
    for line in _CHECK:
        if fast(line) != public(line):
            return _slow(public, f"its model reads {line!r} in another way")
    return LoadedModel(fast)


def _fast(model: Path, public: Segmentation) -> Segmentation:
    """underthesea's own tokens, tagged with its own weights."""
    regex = import_module("underthesea.pipeline.word_tokenize.regex_tokenize")
    find, normalise = regex.patterns.finditer, regex.normalize_characters_in_text
    tagger = crf.Tagger(model / "models.bin", joblib.load(model / "dictionary.bin"))

    def words(line: str) -> list[str]:
        tokens = [found.group() for found in find(normalise(line))]
        begins = tagger.begins(tokens)
        if begins is None:
            return public(line)
        segmented: list[str] = []
        for token, is_first in zip(tokens, begins, strict=True):
            if is_first or not segmented:
                segmented.append(token)
            else:
                segmented[-1] += " " + token
        return segmented

    return words


def _slow(public: Segmentation, reason: str) -> LoadedModel:
    reason = f"Vietnamese is segmented by underthesea's public call, several times slower: {reason}"
    logging.getLogger(__name__).warning(reason)
    return LoadedModel(public, reason)


def load() -> LoadedModel:
    """The segmenter, its model loaded; one thread loads, the others wait."""
    with _loading:
        return _load()


def runs(text: str, tokens: Sequence[Token]) -> Iterator[TokenSpan]:
    """The compounds of a stretch of text, as places in `tokens`."""
    starts = [token.start for token in tokens]
    for line in _LINE.finditer(text, tokens[0].start if tokens else 0, tokens[-1].end if tokens else 0):
        first, last = bisect_left(starts, line.start()), bisect_left(starts, line.end())
        for begin, end in _chunks(tokens, first, last):
            if tokens[begin].start >= MAX_SEGMENTED:
                return
            for start, count in _segment(text, tokens[begin:end]):
                yield begin + start, count


def _chunks(tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The tokens of one line in stretches of at most MAX_CHUNK characters: where each begins and ends."""
    begin = first
    for index in range(first, last):
        if tokens[index].end - tokens[begin].start > MAX_CHUNK:
            if index > begin:
                yield begin, index
            begin = index
    if begin < last:
        yield begin, last


def _segment(text: str, tokens: Sequence[Token]) -> Iterator[TokenSpan]:
    line, spans = _normalised(text, tokens)
    index = 0
    for start, end in _word_spans(line, load().words(line)):
        while index < len(spans) and spans[index][0] < start:
            index += 1
        begin = index
        while index < len(spans) and spans[index][1] <= end:
            index += 1
        if 2 <= index - begin <= MAX_SYLLABLES:
            yield begin, index - begin


def _normalised(text: str, tokens: Sequence[Token]) -> tuple[str, list[tuple[int, int]]]:
    """The stretch as underthesea should read it, and the span of each token in it."""
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    length = 0
    run = 0
    previous = tokens[0].start
    for token in tokens:
        separator = text[previous : token.start].translate(_INVISIBLE)
        if len(separator) > MAX_RUN:
            separator = " "
        if any(char.isspace() for char in separator):
            run = 0
        word = _cased(token.text)
        run += len(separator) + len(word)
        if run > MAX_RUN:
            separator, run = " ", len(word)
        pieces.append(separator)
        pieces.append(word)
        length += len(separator)
        spans.append((length, length + len(word)))
        length += len(word)
        previous = token.end
    return "".join(pieces), spans


@lru_cache(maxsize=200_000)
def _cased(token: str) -> str:
    """The lossless form with the capitals of the token: they tell names from words."""
    spelled, lossless = composed(token), surface(token)
    if spelled == lossless:
        return lossless
    if len(spelled) > 1 and spelled.isupper():
        return lossless.upper()
    if spelled[:1].isupper():
        return lossless[:1].upper() + lossless[1:]
    return lossless


def _word_spans(line: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where each word of a segmentation stands in the line; stops where they part ways."""
    cursor = 0
    for word in words:
        start = -1
        for piece in word.split(" "):
            while cursor < len(line) and line[cursor].isspace():
                cursor += 1
            if not line.startswith(piece, cursor):
                return
            start = cursor if start < 0 else start
            cursor += len(piece)
        yield start, cursor
