"""Which characters matched: from our own tokens and offsets, with the predicate that ranked."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from search.analysis.normalize import surface
from search.analysis.stems import stemless
from search.analysis.token import locate, paragraphs, token_texts, tokenize
from search.query.match import Matcher, WordMatch
from search.results import Highlight, How, WordFound

_LAST = 9
_SEVERAL = 5
"""Letters that only Vietnamese has in a paragraph that is not French: `stemless`."""
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
    """Finds the matches of one query in texts. Not shared between threads."""

    def __init__(self, words: Sequence[WordMatch], importance: Sequence[float]) -> None:
        self._words = words
        self._matcher = Matcher(words)
        self.typed = tuple(dict.fromkeys(word.typed for word in words))
        self.importance = importance
        self._least = _WEAK * max(importance, default=0.0)

    @property
    def needles(self) -> list[list[str]]:
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
            raws = token_texts(text, start, end)
            if raws is None:
                tokens = list(tokenize(text[start:end]))
                raws = [token.text for token in tokens]
                spans = [(token.start + start, token.end + start) for token in tokens]
            else:
                spans = []
            forms = self._matcher.forms(raws)
            without_stems: bool | None = None
            at = start
            for index, raw in enumerate(raws):
                form = forms[raw]
                if form is None:
                    continue
                if form.how is How.STEM:
                    if without_stems is None:
                        without_stems = stemless(text[start:end], _SEVERAL)
                    if without_stems:
                        continue
                if spans:
                    span = spans[index]
                else:
                    at = locate(raw, text, at, end)
                    span = (at, at + len(raw))
                    at += len(raw)
                found.append(Match(*span, position + index, form.word, form.rank, form.how))
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
            parts = phrase.words
            typed = [(one.position, self._words[one.word].part) for one in found]
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


def highlights(matches: Sequence[Match], text: str) -> tuple[Highlight, ...]:
    """What to highlight in a text for its matches."""
    return merged([(match.start, match.end) for match in matches], text)


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
