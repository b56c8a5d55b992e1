"""Which characters matched: from our own tokens and offsets, with the predicate that ranked."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from search.analysis.french import stems
from search.analysis.language import vietnamese_letters
from search.analysis.normalize import fold, folded_surface, surface
from search.analysis.token import locate, paragraphs, spellings, tokenize
from search.query.resolve import WordMatch
from search.results import Highlight, How, WordFound

_OTHER, _LAST = 2, 9
_SEVERAL = 5
"""Letters that only Vietnamese has in a paragraph that is not French."""
_STEM_START = 2
_WEAK = 0.25
"""A word with less than this share of the best word's importance is highlighted only beside another one."""


class Match(NamedTuple):
    """One token that matches: where it stands, which word of the query it is, and how.

    `rank` orders the ways to find one word: 0 is its best reading. A page of results has hundreds.
    """

    start: int
    end: int
    position: int
    word: int
    rank: int
    how: How


class Highlighter:
    """Finds the matches of one query. Remembers each spelling it has met; not shared between threads."""

    def __init__(self, words: Sequence[WordMatch], importance: Sequence[float]) -> None:
        self._words = words
        self.typed = tuple(dict.fromkeys(word.typed for word in words))
        self.importance = importance
        self._least = _WEAK * max(importance, default=0.0)
        self._known: dict[str, tuple[int, int, How] | None] = {}
        self._by_folded: dict[str, list[int]] = {}
        self._prefixed = [index for index, word in enumerate(words) if word.prefix]
        for index, word in enumerate(words):
            if not word.prefix:
                self._by_folded.setdefault(word.folded, []).append(index)
        # a stem shares its first letters with its word: most words of a text need not be stemmed
        self._stem_starts = {fold(stem)[:_STEM_START] for word in words for stem in word.stems}

    @property
    def spellings(self) -> list[list[str]]:
        """The lower-case spellings that each word of the query is most likely found in."""
        return [[word.prefix] if word.prefix else [*word.readings] or [word.folded] for word in self._words]

    def matches(self, text: str, first: int = 0, last: int | None = None) -> list[Match]:
        """The tokens of a text, or of a part of it, that match, in order.

        Where a better spelling of a word is found, its worse ones are not highlighted: a text with *bán*
        does not show *bạn* for it.
        """
        found: list[Match] = []
        position = first  # a part's positions need only tell what stands side by side in it
        for start, end in paragraphs(text, first, last):
            raws = spellings(text, start, end)
            if raws is None:
                tokens = list(tokenize(text[start:end]))
                raws = [token.text for token in tokens]
                spans = [(token.start + start, token.end + start) for token in tokens]
            else:
                spans = []
            self._learn(raws)
            vietnamese: bool | None = None
            at = start
            for index, raw in enumerate(raws):
                match = self._known[raw]
                if match is None:
                    continue
                if match[2] is How.STEM:
                    if vietnamese is None:
                        vietnamese = vietnamese_letters(text[start:end]) >= _SEVERAL
                    if vietnamese:
                        continue
                if spans:
                    span = spans[index]
                else:
                    at = locate(raw, text, at, end)
                    span = (at, at + len(raw))
                    at += len(raw)
                word, rank, how = match
                found.append(Match(*span, position + index, word, rank, how))
            position += len(raws) + 1
        found = self._whole_phrases(found)
        best: dict[int, int] = {}
        for one in found:
            best[one.word] = min(best.get(one.word, _LAST), one.rank)
        found = [one for one in found if one.rank == best[one.word] or one.how is How.STEM]
        return self._telling(found)

    def _whole_phrases(self, found: list[Match]) -> list[Match]:
        """Without the words of a quoted phrase that stand apart from the rest of it."""
        phrases = {word.phrase for word in self._words if word.phrase is not None}
        if not phrases:
            return found
        kept = {one.position for one in found if self._words[one.word].phrase is None}
        for phrase in phrases:
            parts = [part[0] for part in phrase.parts]
            typed = [(one.position, self._words[one.word].typed) for one in found]
            places = {part: [position for position, word in typed if word == part] for part in set(parts)}
            for start in places[parts[0]]:
                run = [start]
                for part in parts[1:]:
                    later = bisect_right(places[part], run[-1])
                    if later == len(places[part]):
                        break
                    run.append(places[part][later])
                if len(run) == len(parts) and run[-1] - start < len(parts) + phrase.slop:
                    kept.update(run)
        return [one for one in found if one.position in kept]

    def explain(self, text: str, matches: Sequence[Match]) -> dict[str, WordFound]:
        """For each typed word that the matches of a text show: the best form it is found in."""
        best: dict[str, tuple[int, WordFound]] = {}
        for one in matches:
            typed = self._words[one.word].typed
            if typed not in best or one.rank < best[typed][0]:
                best[typed] = (one.rank, WordFound(typed, surface(text[one.start : one.end]), one.how))
        return {typed: found for typed, (_, found) in best.items()}

    def _telling(self, found: Sequence[Match]) -> list[Match]:
        """Those worth highlighting: *de* and *l’* of *droits de l’homme* only in a run with another word.

        One pass, for a table may be nothing but thousands of zeros.
        """
        kept: list[Match] = []
        begin = 0
        for end in range(1, len(found) + 1):
            if end < len(found) and found[end].position == found[end - 1].position + 1:
                continue
            run = found[begin:end]
            if any(self.importance[one.word] >= self._least for one in run):
                kept += run
            begin = end
        return kept

    def _learn(self, raws: Sequence[str]) -> None:
        known = self._known
        by_folded, stem_starts, prefixed = self._by_folded, self._stem_starts, self._prefixed
        for raw in set(raws).difference(known):
            folded = folded_surface(raw)
            if folded in by_folded or folded[:_STEM_START] in stem_starts or prefixed:
                known[raw] = self._classify(surface(raw), folded)
            else:
                known[raw] = None

    def _classify(self, word: str, folded: str) -> tuple[int, int, How] | None:
        """Which word of the query a surface form is, at what rank, and how."""
        candidates: list[tuple[int, int, How]] = []
        for index in self._by_folded.get(folded, ()):
            match = self._words[index]
            if word in match.readings:
                candidates.append((match.readings[word], index, _how(match, word)))
            elif not match.strict:
                rank = _OTHER if match.readings else 0
                candidates.append((rank, index, _how(match, word)))
        for index in self._prefixed:
            match = self._words[index]
            if (word if match.strict else folded).startswith(match.prefix):
                candidates.append((0, index, How.PREFIX))
        maybe = not candidates and folded[:_STEM_START] in self._stem_starts
        # the French stemmer makes *ho* of *hoa*, which is no reason to highlight *hồ*
        if maybe and not vietnamese_letters(word, 1):
            own = stems(word)
            candidates += [
                (_OTHER, index, How.STEM)
                for index, match in enumerate(self._words)
                if not match.stems.isdisjoint(own)
            ]
        if not candidates:
            return None
        rank, index, how = min(candidates)
        return index, rank, how


def _how(match: WordMatch, word: str) -> How:
    if word == match.typed:
        return How.EXACT
    if word == match.folded:
        return How.UNACCENTED
    return How.RESTORED if word in match.readings or match.typed == match.folded else How.OTHER_DIACRITICS


def merged(highlights: Sequence[Highlight], text: str) -> tuple[Highlight, ...]:
    """Highlights with only spaces between them as one: `quyền con người` is one stretch."""
    out: list[Highlight] = []
    for start, end in sorted(highlights):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif out and not text[out[-1][1] : start].strip(" \u00a0'’-") and start - out[-1][1] <= 2:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)
