"""Which characters matched: from our own tokens and offsets, with the predicate that ranked."""

import string
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from search.analysis.normalize import surface
from search.analysis.token import locate, paragraphs, spellings, token_texts, tokenize
from search.lines import Lines
from search.query.match import Matcher, WordMatch
from search.results import Highlight, How, WordFound

_LAST = 9
_OTHER = 2
"""The rank of other diacritics than those typed."""
_MAX_PHRASES = 3
"""Stretches of the query that are named."""
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

    def __init__(
        self, words: Sequence[WordMatch], importance: Sequence[float], weak: Collection[str] = ()
    ) -> None:
        """`weak` are the typed words that no document is expected to have."""
        self._words = words
        self._matcher = Matcher(words)
        self.typed = tuple(dict.fromkeys(word.typed for word in words))
        self._telling = [word.typed not in weak for word in words]
        self.wanted = tuple(
            dict.fromkeys(word.name for word in words if word.name and word.typed not in weak)
        )
        query = [word.typed for word in words if word.part == word.typed and " " not in word.typed]
        self._places = [
            frozenset(place for place, typed in enumerate(query) if typed == word.typed) for word in words
        ]
        self._names = [{word.name, *word.typed.split()} for word in words]
        self._doubtful = {
            index
            for index, word in enumerate(words)
            if word.phrase is None and word.typed != word.folded and How.UNACCENTED in word.hows.values()
        }
        self.importance = importance
        least = _WEAK * max(importance, default=0.0)
        self._tells = [each >= least for each in importance]
        self.slight = {word.name for word, tells in zip(words, self._tells, strict=True) if not tells} & set(
            self.wanted
        )
        """The wanted words that are everywhere."""
        self._lines = Lines("", "")

    @property
    def needles(self) -> list[list[str]]:
        """The lower-case spellings that each word of the query is most likely found in."""
        return [[word.prefix] if word.prefix else [*word.readings] or [word.folded] for word in self._words]

    def matches(self, text: str, first: int = 0, last: int | None = None, language: str = "") -> list[Match]:
        """The tokens of a text, or of a part of it, that are worth highlighting, in order."""
        return self.telling(self.found(text, first, last, language))

    def found(self, text: str, first: int = 0, last: int | None = None, language: str = "") -> list[Match]:
        """All tokens of a text in `language`, or of a part of it, that match, in order.

        Where a better spelling of a word is found, its worse ones are not: a text with *bán* does not show
        *bạn* for it.
        """
        if not self._lines.are_of(text, language):
            self._lines = Lines(text, language)
        found = self._whole_phrases(self._honest(self._each(text, first, last)), text)
        best = _best(found)
        return [one for one in found if one.rank == best[one.word] or one.how is How.STEM]

    def _honest(self, found: list[Match]) -> list[Match]:
        """Without the words that lack typed diacritics in a line full of them: *ban* is no *bán* there."""
        if not self._doubtful:
            return found
        best = _best([one for one in found if one.how is not How.UNACCENTED])
        kept: list[Match] = []
        for one in found:
            if one.how is How.UNACCENTED and one.word in self._doubtful:
                if one.rank > best.get(one.word, _LAST):
                    continue  # no need to look at the line
                if not self._lines.bare(one.start):
                    if self._words[one.word].strict:
                        continue
                    one = one._replace(rank=_OTHER, how=How.OTHER_DIACRITICS)
            kept.append(one)
        return kept

    def _each(self, text: str, first: int, last: int | None) -> list[Match]:
        """Each token that is a word of the query by itself."""
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
            at = start
            for index in [index for index, raw in enumerate(raws) if raw in forms]:
                raw = raws[index]
                form = forms[raw]
                if spans:
                    span = spans[index]
                else:
                    at = locate(raw, text, at, end)
                    span = (at, at + len(raw))
                    at += len(raw)
                if form.how is not How.STEM or self._lines.stemmed(span[0]):
                    found.append(Match(*span, position + index, form.word, form.rank, form.how))
            position += len(raws) + 1
        return found

    def _whole_phrases(self, found: list[Match], text: str) -> list[Match]:
        """Without the words of a phrase that stand apart from the rest of it."""
        phrases = {word.phrase for word in self._words if word.phrase is not None}
        if not phrases:
            return found
        kept = {one.position for one in found if self._words[one.word].phrase is None}
        # a word of a phrase may be a word of the query too: *quyền* of *nhân quyền* for `quyen con nguoi`
        own = {
            one.position: (self._words[one.word].part, surface(text[one.start : one.end])) for one in found
        }
        for phrase in phrases:
            parts = phrase.words
            places = {
                part: [one.position for one in found if part in own[one.position]] for part in set(parts)
            }
            for start in places[parts[0]]:
                run = [start]
                for part in parts[1:]:
                    later = bisect_right(places[part], run[-1])
                    if later == len(places[part]):
                        break
                    run.append(places[part][later])
                if len(run) == len(parts) and run[-1] - start < len(parts) + phrase.slop:
                    kept.update(run)
        shown = (one if one.position in kept else self._alone(one, text) for one in found)
        return [one for one in shown if one]

    def _alone(self, one: Match, text: str) -> Match | None:
        """What a word of a phrase is by itself, if anything."""
        raw = text[one.start : one.end]
        form = self._matcher.forms([raw])[raw].alone
        if form is None or (form.how is How.STEM and not self._lines.stemmed(one.start)):
            return None
        return one._replace(word=form.word, rank=form.rank, how=form.how)

    def places(self, text: str, names: Collection[str]) -> list[int] | None:
        """Where some of the wanted words may stand in a text, one place for each of their spellings there.

        Many times as fast as finding them, for long texts; None for those that only `found` reads right.
        """
        raws = spellings(text)
        if raws is None:
            return None
        places: list[int] = []
        forms = self._matcher.forms(raws)
        for raw in raws & forms.keys():
            form = forms[raw]
            if not self._names[form.word].isdisjoint(names):
                if self._words[form.word].phrase:
                    return None  # one of its words may be anywhere
                places.append(locate(raw, text, 0, len(text)))
        return [place for place in places if place >= 0]

    def explain(self, text: str, matches: Sequence[Match]) -> dict[str, WordFound]:
        """For each typed word that the matches of a text show: the best form it is found in."""
        best: dict[str, tuple[int, WordFound]] = {}
        for one in matches:
            word = self._words[one.word]
            if word.typed not in best or one.rank < best[word.typed][0]:
                found = surface(text[one.start : one.end])
                if word.phrase and word.part != word.typed:
                    found = word.phrase.text or " ".join(word.phrase.words)  # *hà nội* for `hanoi`, not *hà*
                best[word.typed] = (one.rank, WordFound(word.typed, found, one.how))
        return {typed: found for typed, (_, found) in best.items()}

    def names(self, found: Sequence[Match]) -> set[str]:
        """Which of the wanted words some matches are, by themselves or within what stands for several."""
        return {name for word in {one.word for one in found} for name in self._names[word]}

    def side_by_side(self, text: str, matches: Sequence[Match]) -> list[str]:
        """The stretches of the query that stand in a text word by word, as they stand there."""
        found: dict[str, None] = {}
        for run in self._runs(text, matches):
            telling = {one.word for one in run if self._telling[one.word]}
            if len(telling) > 1:
                stretch = text[run[0].start : run[-1].end]
                found[" ".join(unicodedata.normalize("NFC", stretch).split())] = None
        return list(found)

    def _runs(self, text: str, matches: Sequence[Match]) -> Iterator[Sequence[Match]]:
        """Matches in one stretch of words whose words follow each other in the query too."""
        run: list[Match] = []
        places: Collection[int] = ()
        for one in matches:
            own = self._places[one.word]
            if run and one.position == run[-1].position + 1:
                on = own.intersection(place + 1 for place in places)
                if on and _joined(text[run[-1].end : one.start]):
                    run.append(one)
                    places = on
                    continue
            if run:
                yield run
            run, places = [one], own
        if run:
            yield run

    def tells(self, *found: Sequence[Match]) -> bool:
        """Whether any of some matches is of a word that is not everywhere."""
        return any(self._tells[one.word] for own in found for one in own)

    def telling(self, found: Sequence[Match], always: Collection[str] = ()) -> list[Match]:
        """Those worth highlighting: *de* and *l’* of *droits de l’homme* only in a run with another word,
        or with one of those that `always` are.

        One pass, for a table may be nothing but thousands of zeros.
        """
        kept: list[Match] = []
        begin = 0
        for end in range(1, len(found) + 1):
            if end < len(found) and found[end].position == found[end - 1].position + 1:
                continue
            run = found[begin:end]
            if any(self._tells[one.word] for one in run) or (
                always and any(self._words[one.word].name in always for one in run)
            ):
                kept += run
            begin = end
        return kept


def _best(found: Sequence[Match]) -> dict[int, int]:
    """The best rank that each word is found at."""
    best: dict[int, int] = {}
    for one in found:
        best[one.word] = min(best.get(one.word, _LAST), one.rank)
    return best


def longest(phrases: Sequence[str]) -> list[str]:
    """The few longest of some phrases, without those that are part of another one, however it is written."""
    words = [[surface(token.text) for token in tokenize(phrase)] for phrase in phrases]
    kept: dict[str, str] = {}
    for own, phrase in sorted(zip(words, phrases, strict=True), key=lambda pair: -len(pair[0])):
        said = f" {' '.join(own)} "
        if not any(said in other for other in kept):
            kept[said] = phrase
    return list(islice(kept.values(), _MAX_PHRASES))


def highlights(matches: Sequence[Match], text: str) -> tuple[Highlight, ...]:
    """What to highlight in a text for its matches."""
    return merged([(match.start, match.end) for match in matches], text)


def _joined(between: str) -> bool:
    """Whether what stands between two words leaves them in one stretch."""
    return not between.strip("'’-" + string.whitespace + "\u00a0\u202f")


def merged(highlights: Sequence[Highlight], text: str) -> tuple[Highlight, ...]:
    """Highlights with only spaces between them as one: `quyền con người` is one stretch."""
    out: list[Highlight] = []
    for start, end in sorted(highlights):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif out and _joined(text[out[-1][1] : start]) and start - out[-1][1] <= 2:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)
