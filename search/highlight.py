"""Which characters matched: from our own tokens and offsets, with the predicate that ranked."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.analysis.french import stems
from search.analysis.normalize import fold, surface
from search.analysis.token import locate, paragraphs, spellings, tokenize
from search.query.resolve import WordMatch
from search.results import Mark

SNIPPET = 260
"""Characters of a snippet, about."""
_OTHER_MARKS, _STEM = 2, 3
_STEM_START = 2
_WEAK = 0.25
"""A word with less than this share of the best word's importance is marked only beside another one."""


@dataclass(frozen=True, slots=True)
class Match:
    """One token that matches: where it stands, which word of the query it is, how well (0 best)."""

    start: int
    end: int
    position: int
    word: int
    tier: int


class Highlighter:
    """Finds the matches of one query. Remembers each spelling it has met; not shared between threads."""

    def __init__(self, words: Sequence[WordMatch], importance: Sequence[float]) -> None:
        self._words = words
        self._importance = importance
        self._known: dict[str, tuple[int, int] | None] = {}
        self._by_folded: dict[str, list[int]] = {}
        self._prefixed = [index for index, word in enumerate(words) if word.prefix]
        for index, word in enumerate(words):
            if not word.prefix:
                self._by_folded.setdefault(word.folded, []).append(index)
        # a stem shares its first letters with its word: most words of a text need not be stemmed
        self._stem_starts = {stem[:_STEM_START] for word in words for stem in word.stems}

    def matches(self, text: str) -> list[Match]:
        """The tokens of a text that match, in order.

        Where a better spelling of a word is found, its worse ones are not marked: a text with *bán*
        does not show *bạn* for it.
        """
        found: list[Match] = []
        position = 0
        for start, end in paragraphs(text):
            raws = spellings(text, start, end)
            if raws is None:
                tokens = list(tokenize(text[start:end]))
                raws = [token.text for token in tokens]
                spans = [(token.start + start, token.end + start) for token in tokens]
            else:
                spans = []
            self._learn(raws)
            at = start
            for index, raw in enumerate(raws):
                match = self._known[raw]
                if match is None:
                    continue
                if spans:
                    span = spans[index]
                else:
                    at = locate(raw, text, at, end)
                    span = (at, at + len(raw))
                    at += len(raw)
                found.append(Match(*span, position + index, *match))
            position += len(raws) + 1
        best: dict[int, int] = {}
        for match_ in found:
            best[match_.word] = min(best.get(match_.word, 9), match_.tier)
        found = [m for m in found if m.tier == best[m.word] or m.tier == _STEM]
        return [m for index, m in enumerate(found) if self._tells(found, index)]

    def _tells(self, found: Sequence[Match], index: int) -> bool:
        """Whether a match is worth a mark: *de* and *l’* of *droits de l’homme* only beside another word."""
        match = found[index]
        if self._strong(match):
            return True
        before = after = index
        while before > 0 and found[before - 1].position == found[before].position - 1:
            before -= 1
            if self._strong(found[before]):
                return True
        while after + 1 < len(found) and found[after + 1].position == found[after].position + 1:
            after += 1
            if self._strong(found[after]):
                return True
        return False

    def _strong(self, match: Match) -> bool:
        return self._importance[match.word] >= _WEAK * max(self._importance)

    def _learn(self, raws: Sequence[str]) -> None:
        known = self._known
        for raw in set(raws).difference(known):
            known[raw] = self._classify(surface(raw))

    def _classify(self, word: str) -> tuple[int, int] | None:
        folded = fold(word)
        candidates: list[tuple[int, int]] = []
        for index in self._by_folded.get(folded, ()):
            match = self._words[index]
            if word in match.spellings:
                candidates.append((match.spellings[word], index))
            elif not match.strict:
                candidates.append((_OTHER_MARKS if match.spellings else 0, index))
        for index in self._prefixed:
            match = self._words[index]
            if (word if match.strict else folded).startswith(match.prefix):
                candidates.append((0, index))
        if not candidates and folded[:_STEM_START] in self._stem_starts:
            own = stems(word)
            candidates += [
                (_STEM, index) for index, match in enumerate(self._words) if not match.stems.isdisjoint(own)
            ]
        if not candidates:
            return None
        tier, index = min(candidates)
        return index, tier

    def snippet(self, text: str, width: int = SNIPPET) -> tuple[str, tuple[Mark, ...]]:
        """The best passages of a text, about `width` characters in all, and the marks in them."""
        matches = self.matches(text)
        if not matches:
            spans = [(0, _cut_back(text, 0, min(len(text), width)))]
        else:
            spans = self._passages(text, matches, width)
        pieces: list[str] = []
        marks: list[Mark] = []
        length = 0
        for start, end in spans:
            joint = "… " if not pieces and start > 0 else (" … " if pieces else "")
            passage, places = _one_line(text, start, end)
            pieces += (joint, passage)
            length += len(joint)
            marks += [
                (places[m.start - start] + length, places[m.end - start] + length)
                for m in matches
                if start <= m.start and m.end <= end
            ]
            length += len(passage)
        if spans[-1][1] < len(text.rstrip()):
            pieces.append(" …")
        snippet = "".join(pieces)
        return snippet, merged(marks, snippet)

    def _passages(self, text: str, matches: Sequence[Match], width: int) -> list[Mark]:
        """One long passage if it shows all words that the text has, else the two best short ones."""
        wanted = {match.word for match in matches}
        first, covered = self._best(matches, width, {})
        if covered == wanted or len(text) <= width:
            return [_widened(text, *first, width)]
        half = width // 2
        first, covered = self._best(matches, half, {})
        one = _widened(text, *first, half)
        rest = [match for match in matches if match.end <= one[0] or match.start >= one[1]]
        if not rest:
            return [_widened(text, *first, width)]
        second, _ = self._best(rest, half, dict.fromkeys(covered, 0.1))
        two = _widened(text, *second, half)
        if two[0] <= one[1] and one[0] <= two[1]:
            return [_widened(text, min(first[0], second[0]), max(first[1], second[1]), width)]
        return sorted([one, two])

    def _best(
        self, matches: Sequence[Match], width: int, discount: Mapping[int, float]
    ) -> tuple[Mark, set[int]]:
        """The stretch between matches, at most `width` long, that tells most: its span and its words."""
        starts = [match.start for match in matches]
        best: tuple[float, Mark, set[int]] = (-1.0, (matches[0].start, matches[0].end), set())
        for index, first in enumerate(matches):
            last = max(bisect_right(starts, first.start + width, lo=index), index + 1)
            value = 0.0
            words: set[int] = set()
            previous = None
            end = first.end
            for match in matches[index:last]:
                if match.end > first.start + width and match is not first:
                    break
                worth = self._importance[match.word] * (1.0 if match.tier == 0 else 0.5)
                worth *= discount.get(match.word, 1.0)
                value += worth if match.word not in words else 0.1 * worth
                if previous and match.position == previous.position + 1 and match.word == previous.word + 1:
                    value += 0.5 * worth
                words.add(match.word)
                previous = match
                end = match.end
            if value > best[0]:
                best = (value, (first.start, end), words)
        return best[1], best[2]


def merged(marks: Sequence[Mark], text: str) -> tuple[Mark, ...]:
    """Marks with only spaces between them as one: `quyền con người` is one stretch."""
    out: list[Mark] = []
    for start, end in sorted(marks):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif out and not text[out[-1][1] : start].strip(" \u00a0'’-") and start - out[-1][1] <= 2:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)


def _one_line(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """A passage with each run of white space as one space, and where each of its characters went."""
    line: list[str] = []
    places: list[int] = []
    for char in text[start:end]:
        places.append(len(line))
        if not char.isspace() or char in "\u00a0\u202f":
            line.append(char)
        elif line and line[-1] != " ":
            line.append(" ")
    places.append(len(line))
    return "".join(line), places


def _widened(text: str, start: int, end: int, width: int) -> Mark:
    """A stretch with words around it up to `width` characters; begins at a sentence if one is near."""
    room = max(0, width - (end - start))
    low = max(0, start - room // 2)
    line = text.rfind("\n", low, start) + 1
    sentence = max(text.rfind(stop, low, start) + 2 for stop in (". ", "! ", "? ", "; "))
    if line > low or sentence > low + 1:
        low = max(line, sentence if sentence > low + 1 else 0)
    elif low > 0:
        space = text.find(" ", low, start)
        low = space + 1 if space >= 0 else low
    high = min(len(text), max(end, low + width))
    if high < len(text):
        high = _cut_back(text, end, high)
    newline = text.find("\n\n", end, high)
    while low < start and text[low].isspace():
        low += 1
    while high > end and text[high - 1].isspace():
        high -= 1
    return low, high if newline < 0 or high - newline > width // 2 else newline


def _cut_back(text: str, least: int, end: int) -> int:
    """`end`, or the last space before it that is past `least`, so that no word is cut."""
    if end >= len(text) or text[end].isspace():
        return end
    for index in range(end, max(least, end - 60), -1):
        if text[index - 1].isspace():
            return index - 1
    return end
