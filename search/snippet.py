"""The passage of a text that shows best why it was found."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from search.highlight import Match, merged
from search.results import Highlight

SNIPPET = 260
"""Characters of a snippet, about."""
LONG = 3_000
"""Characters beyond which a text is not read as a whole for a snippet's sake."""
_BLOCK = 1_000
_SPACE = re.compile("[^\\S\u00a0\u202f]")
_RUN = re.compile("[^\\S\u00a0\u202f]{2}")
_AT_MOST = 1.5 + 1e-6
"""What a match can be worth in a passage beside what it is worth alone; a little more, for rounding."""


def snippet(
    text: str, matches: Sequence[Match], importance: Sequence[float], width: int = SNIPPET
) -> tuple[str, tuple[Highlight, ...]]:
    """The best passages of a text, about `width` characters in all, and the highlights in them.

    `importance` has one entry for each word of the query.
    """
    if not matches:
        spans = [(0, _cut_back(text, 0, min(len(text), width)))]
    else:
        spans = _passages(text, matches, importance, width)
    pieces: list[str] = []
    highlights: list[Highlight] = []
    length = 0
    for start, end in spans:
        joint = "… " if not pieces and start > 0 else (" … " if pieces else "")
        passage, places = _one_line(text, start, end)
        pieces += (joint, passage)
        length += len(joint)
        highlights += [
            (places[m.start - start] + length, places[m.end - start] + length)
            for m in matches
            if start <= m.start and m.end <= end
        ]
        length += len(passage)
    if spans[-1][1] < len(text.rstrip()):
        pieces.append(" …")
    snippet = "".join(pieces)
    return snippet, merged(highlights, snippet)


def _passages(
    text: str, matches: Sequence[Match], importance: Sequence[float], width: int
) -> list[Highlight]:
    """One long passage if it shows all words that the text has, else the two best short ones."""
    wanted = {match.word for match in matches}
    first, covered = _best(matches, importance, width, {})
    if covered == wanted or len(text) <= width:
        return [_widened(text, *first, width)]
    half = width // 2
    first, covered = _best(matches, importance, half, {})
    one = _widened(text, *first, half)
    rest = [match for match in matches if match.end <= one[0] or match.start >= one[1]]
    if not rest:
        return [_widened(text, *first, width)]
    second, _ = _best(rest, importance, half, dict.fromkeys(covered, 0.1))
    two = _widened(text, *second, half)
    if two[0] <= one[1] and one[0] <= two[1]:
        return [_widened(text, min(first[0], second[0]), max(first[1], second[1]), width)]
    return sorted([one, two])


def _best(
    matches: Sequence[Match], importance: Sequence[float], width: int, discount: Mapping[int, float]
) -> tuple[Highlight, set[int]]:
    """The stretch between matches, at most `width` long, that tells most: its span and its words."""
    starts = [match.start for match in matches]
    best: tuple[float, Highlight, set[int]] = (-1.0, (matches[0].start, matches[0].end), set())
    worths = [
        importance[match.word] * (1.0 if match.rank == 0 else 0.5) * discount.get(match.word, 1.0)
        for match in matches
    ]
    summed = [0.0, *accumulate(worths)]
    for index, first in enumerate(matches):
        if index and first.position == matches[index - 1].position + 1:
            continue  # better begun at the word before
        last = max(bisect_right(starts, first.start + width, lo=index), index + 1)
        if _AT_MOST * (summed[last] - summed[index]) < best[0]:
            continue
        value = 0.0
        words: set[int] = set()
        previous = None
        end = first.end
        for match, worth in zip(matches[index:last], worths[index:last], strict=True):
            if match.end > first.start + width and match is not first:
                break
            value += worth if match.word not in words else 0.1 * worth
            if previous and match.position == previous.position + 1 and match.word == previous.word + 1:
                value += 0.5 * worth
            words.add(match.word)
            previous = match
            end = match.end
        if value > best[0]:
            best = (value, (first.start, end), words)
    return best[1], best[2]


def _one_line(text: str, start: int, end: int) -> tuple[str, Sequence[int]]:
    """A passage with each run of white space as one space, and where each of its characters went."""
    if not _RUN.search(text, start, end) and not text[start : start + 1].isspace():
        return _SPACE.sub(" ", text[start:end]), range(end - start + 1)  # all stay where they are
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


def _widened(text: str, start: int, end: int, width: int) -> Highlight:
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


def telling_parts(
    text: str, needles: Sequence[Sequence[str]], importance: Sequence[float]
) -> list[Highlight]:
    """The parts of a long text worth reading: where most words stand together, and where each is first.

    `needles` are the spellings of each word of the query, in lower case. Plain search, a hundred times
    as fast as tokens; that it also finds *bán* in *bánh* hardly matters for where most words are.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        return [(0, len(text))]  # İ: places would not be the same
    blocks: dict[int, set[int]] = {}
    firsts: list[int] = []
    for word, own in enumerate(needles):
        first = whole = len(text)
        for needle in own:
            at = lowered.find(needle)
            while at >= 0:
                blocks.setdefault(at // _BLOCK, set()).add(word)
                first = min(first, at)
                if at < whole and _is_whole(lowered, at, at + len(needle)):
                    whole = at
                # of a block one place is enough, once it is known where the word stands by itself
                on = at + len(needle)
                at = lowered.find(needle, on if at < whole else max(on, (at // _BLOCK + 1) * _BLOCK))
        if first < len(text):
            firsts.append((whole if whole < len(text) else first) // _BLOCK)
    if not blocks:
        return [(0, LONG)]

    def worth(block: int) -> float:
        return sum(importance[word] for word in blocks[block] | blocks.get(block + 1, set()))

    best = sorted(blocks, key=lambda block: (-worth(block), block))[:2]
    return _parts(text, (*best, *firsts))


def parts_around(text: str, places: Sequence[int], parts: Sequence[Highlight] = ()) -> list[Highlight]:
    """Parts of a text, and those that some places are in."""
    return _united([*parts, *_parts(text, [place // _BLOCK for place in places])])


def _parts(text: str, blocks: Sequence[int]) -> list[Highlight]:
    """Some blocks and those behind them; no word is cut."""
    wanted = {each for block in blocks for each in (block, block + 1)}
    return _united(
        [
            (_between_words(text, block * _BLOCK), _between_words(text, (block + 1) * _BLOCK))
            for block in wanted
        ]
    )


def _united(parts: Sequence[Highlight]) -> list[Highlight]:
    """Parts in order, those that touch as one."""
    united: list[Highlight] = []
    for start, end in sorted(parts):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        elif start < end:
            united.append((start, end))
    return united


def _is_whole(lowered: str, start: int, end: int) -> bool:
    """Whether a stretch is no part of a longer word."""
    return not (lowered[start - 1 : start].isalnum() or lowered[end : end + 1].isalnum())


def _between_words(text: str, place: int) -> int:
    """The first place from there on where no word is cut."""
    while 0 < place < len(text) and not text[place].isspace():
        place += 1
    return min(place, len(text))
