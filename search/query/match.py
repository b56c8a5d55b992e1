"""What counts as a match of a typed word, for highlighting: the same alternatives that ranked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from search.analysis.normalize import fold, folded_surface, surface
from search.analysis.stems import stemless, stems
from search.query.alternatives import Alternative
from search.query.words import TypedWord
from search.results import How
from search.schema import Kind

SPELT = (Kind.SURFACE, Kind.BARE)
_OTHER = 2
_STEM_START = 2


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Words that count only next to each other, in this order, up to `slop` others in between."""

    words: tuple[str, ...]
    slop: int = 0
    text: str = ""
    """What the reader is told of them; the words themselves if it is empty."""


@dataclass(frozen=True, slots=True)
class WordMatch:
    """What counts as a match of one typed word.

    `readings` map a surface to its rank (0 best). Unless `strict`, other words that fold to `folded`
    count too, and those that fold to one of `folds`, and those of one of the `stems`, which say how the
    reader is told. `hows` says so of surfaces and folds; of others it follows from what was typed.
    `prefix` is a beginning instead of all that. A word with a `phrase` counts only as its `part`. `name` is
    what is said of a document without it: nothing if it stands for another one.
    """

    typed: str
    folded: str
    readings: Mapping[str, int] = field(default_factory=dict)
    folds: frozenset[str] = frozenset()
    hows: Mapping[str, How] = field(default_factory=dict)
    stems: Mapping[str, How] = field(default_factory=dict)
    prefix: str = ""
    strict: bool = False
    phrase: SideBySide | None = None
    part: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Which word of the query a surface is, by its place, and how; `rank` orders the forms of one word.

    `alone` is what it is where the other words of its phrase are not beside it: *nulle* of *match nulle*.
    """

    rank: int
    word: int
    how: How
    alone: "Form | None" = None


def word_matches(run: Sequence[TypedWord], alternatives: Sequence[Alternative]) -> list[WordMatch]:
    """What counts as a match of a run: its alternatives of one term together, each longer one by itself."""
    typed, folded = " ".join(word.surface for word in run), " ".join(word.folded for word in run)
    alone = [each for each in alternatives if len(each.terms) == 1]
    worths = {each.terms[0]: each.weight for each in alone if each.kind in SPELT}
    folds = frozenset(each.terms[0] for each in alone if each.kind is Kind.FOLDED)
    best = max(worths.values(), default=0.0)
    own = WordMatch(
        typed,
        folded,
        readings={text: 0 if worth > 0.5 * best else 1 for text, worth in worths.items()},
        folds=folds,
        hows=_hows(alone, Kind.FOLDED) | _hows(alone, Kind.BARE) | _hows(alone, Kind.SURFACE),
        stems=_hows(alone, Kind.STEM),
        strict=folded not in folds,
        part=typed,
        name=typed if len(run) == 1 else "",
    )
    longer = [each for each in alternatives if len(each.terms) > 1]
    return [own, *(part for each in longer for part in _parts(typed, each))]


def _hows(alternatives: Sequence[Alternative], kind: Kind) -> dict[str, How]:
    return {each.terms[0]: each.how for each in alternatives if each.kind is kind}


def _parts(typed: str, alternative: Alternative) -> list[WordMatch]:
    """The words of an alternative that has several, each of which counts beside the others only."""
    phrase = SideBySide(alternative.terms, alternative.slop, alternative.text)
    forms = alternative.forms or tuple((term,) for term in alternative.terms)
    exact = alternative.kind is Kind.SURFACE
    return [
        WordMatch(
            typed,
            fold(term),
            readings=dict.fromkeys(own, 0) if exact else {},
            hows=dict.fromkeys(own, alternative.how),
            strict=exact,
            phrase=phrase,
            part=term,
        )
        for term, own in zip(alternative.terms, forms, strict=True)
    ]


class Matcher:
    """Tells which word of a query a spelling is. Remembers each it has met; not shared between threads."""

    def __init__(self, words: Sequence[WordMatch]) -> None:
        self._words = words
        self._met: set[str] = set()
        self._matching: dict[str, Form] = {}
        self._by_folded: dict[str, list[int]] = {}
        self._prefixed = [index for index, word in enumerate(words) if word.prefix]
        for index, word in enumerate(words):
            if not word.prefix:
                for folded in {word.folded, *word.folds, *map(fold, word.readings)}:
                    self._by_folded.setdefault(folded, []).append(index)
        # a stem shares its first letters with its word: most words of a text need not be stemmed
        self._stem_starts = {fold(stem)[:_STEM_START] for word in words for stem in word.stems}

    def forms(self, raws: Collection[str]) -> Mapping[str, Form]:
        """The forms of those spellings that are a match, in any text so far."""
        matching = self._matching
        by_folded, stem_starts, prefixed = self._by_folded, self._stem_starts, self._prefixed
        fresh = set(raws).difference(self._met)
        for raw in fresh:
            folded = folded_surface(raw)
            if folded in by_folded or folded[:_STEM_START] in stem_starts or prefixed:
                form = self._classified(surface(raw), folded)
                if form is not None:
                    matching[raw] = form
        self._met |= fresh
        return matching

    def _classified(self, word: str, folded: str) -> Form | None:
        """Which word of the query a surface is, at what rank, and how."""
        candidates: list[tuple[int, int, How]] = []
        for index in self._by_folded.get(folded, ()):
            match = self._words[index]
            if word in match.readings:
                candidates.append((match.readings[word], index, _how(match, word)))
            elif folded in match.folds or (folded == match.folded and not match.strict):
                rank = _OTHER if match.readings else 0
                how = match.hows.get(folded) if folded != match.folded else None
                candidates.append((rank, index, how or _how(match, word)))
        for index in self._prefixed:
            match = self._words[index]
            if (word if match.strict else folded).startswith(match.prefix):
                candidates.append((0, index, How.PREFIX))
        alone = [each for each in candidates if self._words[each[1]].phrase is None]
        maybe = not alone and folded[:_STEM_START] in self._stem_starts
        # the French stemmer makes *ho* of *hoa*, which is no reason to highlight *hồ*
        if maybe and not stemless(word):
            own = stems(word)
            alone = [
                (_OTHER, index, match.stems[stem])
                for index, match in enumerate(self._words)
                for stem in own
                if stem in match.stems
            ]
        if not (candidates or alone):
            return None
        best = min(candidates or alone)
        outside = Form(*min(alone)) if alone and self._words[best[1]].phrase else None
        return Form(*best, outside)


def _how(match: WordMatch, word: str) -> How:
    if word in match.hows and word in match.readings:
        return match.hows[word]
    if word == match.typed:
        return How.EXACT
    if word == match.folded:
        return How.UNACCENTED
    return How.RESTORED if word in match.readings or match.typed == match.folded else How.OTHER_DIACRITICS
