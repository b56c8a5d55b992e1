"""From a parsed Query to a Plan: each typed word becomes one group of readings, scored by its best."""

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from search.analysis import vietnamese
from search.analysis.french import accented_stem, folded_stems
from search.analysis.language import is_function_word, vietnamese_letters
from search.analysis.normalize import fold, surface
from search.analysis.syllable import is_bare_syllable
from search.analysis.token import Token, tokenize
from search.config import Caps, Config
from search.document import date_number
from search.fields import Kind, Part, field_name
from search.query import ast
from search.query.plan import Best, Combine, Filter, Node, Passage, Phrase, Plan, Prefix, Rescore, Term
from search.query.restore import Counts, Reading, honours, restore
from search.results import Warning

_RESTORED = 0.7
"""The most that another spelling is worth where the typed one is probably meant."""
MOST_FORMS = 24
"""Spellings and inflections of one word that are looked for in passages."""
PARTS = (Part.BODY, Part.TITLE)


class Lexicon(Counts, Protocol):
    """What resolving asks of an index."""

    def words(self, prefix: str, limit: int) -> Sequence[tuple[str, int]]:
        """The most frequent spellings whose folded form begins so."""

    def forms(self, stem: str) -> Sequence[str]:
        """The spellings that have a stem."""


class Marks(Enum):
    """Which accents a word that was typed with some may be found with."""

    HONOURED = auto()
    """Those typed, or none at all."""
    ANY = auto()
    """Any: *bạn* for *bán*, as a last resort."""


@dataclass(frozen=True, slots=True)
class WordMatch:
    """What counts as a match of one typed word, for highlighting: the same predicate that ranked.

    `readings` map a surface to its rank (0 best). Unless `strict`, other words that fold to `folded`
    count too, and those of one of the `stems`. `prefix` is a beginning instead of all that.
    """

    typed: str
    folded: str
    readings: Mapping[str, int]
    stems: frozenset[str] = frozenset()
    prefix: str = ""
    strict: bool = False
    phrase: Phrase | None = None
    """The quoted phrase that the word counts in only as a part."""


@dataclass(frozen=True, slots=True)
class TypedWord:
    """One token of the query, its readings, and where it was typed."""

    surface: str
    start: int
    end: int
    readings: tuple[Reading, ...]

    @property
    def folded(self) -> str:
        """The word without its marks."""
        return fold(self.surface)

    @property
    def likely(self) -> str:
        """The word as it was most likely meant."""
        return self.surface if self.marked or not self.readings else self.readings[0].surface

    @property
    def marked(self) -> bool:
        """Whether any mark was typed."""
        return self.surface != self.folded


@dataclass(frozen=True, slots=True)
class Resolved:
    """A Plan, and what to highlight in its hits."""

    plan: Plan
    words: tuple[WordMatch, ...]
    marked: bool
    """Whether a word was typed with marks, so that `Marks.ANY` would find more."""
    typed: tuple[TypedWord, ...]
    """The words of the query outside of prefixes, in order."""
    warnings: tuple[Warning, ...] = ()


def resolve(
    query: ast.Query,
    counts: Lexicon,
    config: Config,
    filter: Filter,
    limit: int,
    offset: int,
    marks: Marks = Marks.HONOURED,
) -> Resolved:
    """The Plan of a query for an index with those counts. `filter` adds to the filters that were typed."""
    return _Resolver(query, counts, config, marks).resolved(filter, limit, offset)


class _Resolver:
    def __init__(self, query: ast.Query, counts: Lexicon, config: Config, marks: Marks) -> None:
        self._query = query
        self._counts = counts
        self._weights = config.weights
        self._config = config
        self._marks = marks
        self._marked = False
        self._words = _typed_words(query.root, counts, config.caps)
        self._marks_typed = any(word.marked for own in self._words.values() for word in own)
        self._matches: list[WordMatch] = []
        self._warnings: list[Warning] = []
        most = config.caps.words
        if sum(len(_surfaces(leaf.text)) for leaf in _leaves(query.root)) > most and not any(
            warning.code == "too_many_words" for warning in query.warnings
        ):
            self._warnings.append(Warning("too_many_words", f"only {most} words are searched for"))
        self._rescore: list[Node] = []

    def resolved(self, filter: Filter, limit: int, offset: int) -> Resolved:
        root = self._clause(self._query.root, PARTS)
        if root is None:
            typed = self._query.languages or self._query.sources or self._query.since or self._query.until
            # only filters: all their documents; nothing to search for at all: nothing
            root = Combine() if typed or filter != Filter() else Best(())
        plan = Plan(
            query=root,
            filter=_joined(filter, self._query),
            rescore=Rescore(tuple(self._rescore), self._config.window),
            limit=limit,
            offset=offset,
        )
        words = tuple(word for own in self._words.values() for word in own)
        return Resolved(plan, tuple(self._matches), self._marked, words, tuple(self._warnings))

    def _clause(self, clause: ast.Clause, parts: Sequence[Part], strict: bool = False) -> Node | None:
        match clause:
            case ast.Word():
                words = self._words[clause.start, clause.end]
                groups = [self._group(word, parts, strict) for word in words]
                if not groups:
                    return None  # past the cap on words, or nothing but invisible characters
                return groups[0] if len(groups) == 1 else Combine(must=tuple(groups))
            case ast.Quoted():
                return self._phrase(clause, parts)
            case ast.Truncated():
                return self._prefix(clause, parts)
            case ast.InTitle(child):
                return self._clause(child, (Part.TITLE,), strict)
            case ast.Required(child):
                wanted, self._marks = self._marks, Marks.HONOURED
                node = self._clause(child, parts, strict)
                self._marks = wanted
                return node
            case ast.Excluded(child):
                unwanted = self._excluded(child, parts)
                return Combine(exclude=(unwanted,)) if unwanted else None
            case ast.Either(children):
                nodes = [node for child in children if (node := self._clause(child, parts, strict))]
                return Best(tuple(nodes)) if nodes else None
            case ast.Sequence(children):
                return self._sequence(children, parts, strict)

    def _sequence(self, children: Sequence[ast.Clause], parts: Sequence[Part], strict: bool) -> Node | None:
        must: list[Node] = []
        should: list[Node] = []
        exclude: list[Node] = []
        optional: list[Node] = []
        run: list[TypedWord] = []
        for child in children:
            if isinstance(child, ast.Word) and not strict:
                words = self._words[child.start, child.end]
                run += words
                if sum(not is_function_word(word.likely) for word in words) > 1:  # not *d’employeurs*
                    self._as_written(words)
                for word in words:  # `57-KL/TW` counts as its words
                    (optional if is_function_word(word.likely) else should).append(self._group(word, parts))
                continue
            self._evidence(run)
            run = []
            if isinstance(child, ast.Required) and isinstance(child.child, ast.Excluded):
                child = child.child
            if isinstance(child, ast.Excluded):
                unwanted = self._excluded(child.child, parts)
                exclude += [unwanted] if unwanted else []
                continue
            node = self._clause(child, parts, strict)
            if node is None:
                continue
            if isinstance(child, ast.Required) or strict:
                must.append(node)
            else:
                should.append(node)
        self._evidence(run)
        if not should:
            should, optional = optional, []  # `là gì` has nothing else to go by
        if not (must or should or exclude):
            return None
        if must or not should:
            return Combine(tuple(must), (*should, *optional), tuple(exclude))
        found = Combine(should=tuple(should), minimum=1, floor=self._config.floor)
        if not optional and not exclude:
            return found
        # *của* and *les* of a question add to the score of what the other words find
        return Combine((found,), tuple(optional), tuple(exclude))

    def _excluded(self, child: ast.Clause, parts: Sequence[Part]) -> Node | None:
        matches, rescore = list(self._matches), list(self._rescore)
        node = self._clause(child, parts, strict=True)
        self._matches, self._rescore = matches, rescore  # what is unwanted is neither marked nor evidence
        return node

    # one word

    def _group(self, word: TypedWord, parts: Sequence[Part], strict: bool = False) -> Node:
        """All readings of a word as one group. A strict one allows no other marks than those typed."""
        weights = self._weights
        spellings = self._spellings(word)
        if strict and word.marked:
            spellings.pop(word.folded, None)  # `-bạn` says nothing of *ban*
        best = max(spellings.values())
        readings = {text: 0 if weight > 0.5 * best else 1 for text, weight in spellings.items()}
        self._marked |= word.marked and not strict
        closed = word.marked and (strict or self._marks is Marks.HONOURED)
        own_stems = frozenset() if strict else self._stems(word)
        self._matches.append(WordMatch(word.surface, word.folded, readings, own_stems, strict=closed))
        groups: list[Node] = []
        for part in parts:
            scale = weights.title if part is Part.TITLE and len(parts) > 1 else 1.0
            surface_field = field_name(part, Kind.SURFACE)
            members = [Term(surface_field, text, weight * scale) for text, weight in spellings.items()]
            if not closed:
                members.append(Term(field_name(part, Kind.FOLDED), word.folded, weights.folded * scale))
            members += [
                Term(field_name(part, Kind.STEM), stem, weights.stem * scale) for stem in sorted(own_stems)
            ]
            groups.append(Best(tuple(members), weights.tie_breaker))
        return groups[0] if len(groups) == 1 else Combine(should=tuple(groups), minimum=1)

    def _stems(self, word: TypedWord) -> frozenset[str]:
        """The stems that count: with the accents typed, *pêcheur* is not *pécheur*."""
        # *des* and *de* have one stem, and nothing else in common; Vietnamese has no stems
        if is_function_word(word.surface) or vietnamese_letters(word.surface, 1):
            return frozenset()
        if word.marked and self._marks is Marks.HONOURED:
            return frozenset((accented_stem(word.surface),))
        return frozenset(folded_stems(word.surface))

    def _spellings(self, word: TypedWord) -> dict[str, float]:
        """The surfaces that a word stands for, and what each is worth."""
        found = {
            reading.surface: reading.probability
            for reading in word.readings
            if reading.probability >= self._weights.reading_floor
        }
        if word.marked:
            found = {surface: max(p, 0.5) for surface, p in found.items()}
            found[word.surface] = 1.0
            found.setdefault(word.folded, self._weights.unmarked)
        if not found:
            return {word.surface: 1.0}
        if not word.marked and self._meant_bare(word):
            found = {surface: min(p, _RESTORED) for surface, p in found.items()}
            found[word.surface] = 1.0
        counts = dict(self._counts.variants(word.folded))
        best = counts.get(max(found, key=found.__getitem__), 0)
        return {text: worth * self._evened(counts.get(text, 0), best) for text, worth in found.items()}

    def _forms(self, word: TypedWord) -> tuple[str, ...]:
        """The spellings of a word and its French inflections: *travaille*, *travaux*."""
        found = dict.fromkeys(self._spellings(word))
        for stem in sorted(self._stems(word)):
            # what folds to the same letters is a matter of readings: *quyển* is no form of *quyền*
            found |= dict.fromkeys(text for text in self._counts.forms(stem) if fold(text) != word.folded)
        return tuple(found)[:MOST_FORMS]

    def _meant_bare(self, word: TypedWord) -> bool:
        """Whether a word without marks is probably meant so: *may* in *thợ may*, French *tache*.

        Who types marks elsewhere leaves out none here; and what no Vietnamese syllable looks like is as
        often a word of its own as one that lost its accent.
        """
        known = any(reading.surface == word.surface and reading.count for reading in word.readings)
        return known and (self._marks_typed or not is_bare_syllable(word.surface))

    def _evened(self, count: int, best: int) -> float:
        """What keeps the idf of a rare spelling from lifting it above the one that was meant.

        *ban* for *bán* is rare in Vietnamese, and so is *Duong* for *đường*.
        """
        if not 0 < count < best:
            return 1.0
        total = self._counts.occurrences() + 1
        return math.log(1 + total / best) / math.log(1 + total / count)

    # more than words

    def _phrase(self, quoted: ast.Quoted, parts: Sequence[Part]) -> Node | None:
        """Side by side, strict about the marks that are typed, lenient about those that are not."""
        words = self._words[quoted.start, quoted.end]
        if not words:
            return None
        unmarked = not any(word.marked for word in words)
        kind = Kind.FOLDED if unmarked else Kind.SURFACE
        texts = tuple((word.folded,) if unmarked else self._allowed(word) for word in words)
        phrase = Phrase("", tuple((word.surface,) for word in words), quoted.slop) if len(words) > 1 else None
        for word, allowed in zip(words, texts, strict=True):
            readings = {} if unmarked else dict.fromkeys(allowed, 0)
            self._matches.append(
                WordMatch(word.surface, word.folded, readings, strict=not unmarked, phrase=phrase)
            )
        nodes: list[Node] = []
        for part in parts:
            field = field_name(part, kind)
            scale = self._weights.title if part is Part.TITLE else 1.0
            if len(texts) == 1:
                nodes += [Term(field, text, scale) for text in texts[0]]
            else:
                nodes.append(Phrase(field, texts, quoted.slop, scale))
        return Best(tuple(nodes), self._weights.tie_breaker)

    def _allowed(self, word: TypedWord) -> tuple[str, ...]:
        if word.marked and any(reading.surface == word.surface for reading in word.readings):
            return (word.surface,)
        variants = [surface for surface, _ in self._counts.variants(word.folded)]
        return tuple(text for text in variants if honours(text, word.surface)) or (word.surface,)

    def _prefix(self, truncated: ast.Truncated, parts: Sequence[Part]) -> Node | None:
        tokens = _surfaces(truncated.text)
        if not tokens:
            return None
        last, _ = tokens[-1]
        marked = last != fold(last)
        most = self._config.caps.prefix_terms
        if len(self._counts.words(fold(last), most + 1)) > most:
            message = f"{truncated.text}* begins more words than the {most} most frequent ones searched for"
            self._warnings.append(Warning("broad_prefix", message, truncated.start, truncated.end))
        kind = Kind.SURFACE if marked else Kind.FOLDED
        self._matches.append(WordMatch(last, fold(last), {}, prefix=last, strict=marked))
        nodes = tuple(Prefix(field_name(part, kind), last, limit=most) for part in parts)
        words = self._words[truncated.start, truncated.end]
        groups = [self._group(word, parts, strict=True) for word in words]
        return Combine(must=(*groups, Best(nodes))) if groups else Best(nodes)

    def _as_written(self, words: Sequence[TypedWord]) -> None:
        """What is typed without spaces is looked for as it is: `57-KL/TW`, `15/6/2023`, an address."""
        parts = tuple((word.folded,) for word in words)
        for part in PARTS:
            field = field_name(part, Kind.FOLDED)
            self._rescore.append(Phrase(field, parts, weight=self._weights.as_written))

    def _evidence(self, run: Sequence[TypedWord]) -> None:
        """Neighbouring words side by side, and compounds of the most likely reading: for the re-score."""
        for left, right in itertools.pairwise(run):
            parts = (self._forms(left), self._forms(right))
            self._rescore.append(
                Phrase(field_name(Part.BODY, Kind.SURFACE), parts, weight=self._weights.pair)
            )
        if len(run) == 1 and (run[0].marked or self._meant_bare(run[0])):
            # where nothing else tells documents apart, the typed spelling does
            exact = Passage(field_name(Part.BODY, Kind.SURFACE), ((run[0].surface,),), weight=0.5)
            self._rescore.append(exact)
        if len(run) > 1:
            telling = [word for word in run if not is_function_word(word.likely)]
            groups = tuple(self._forms(word) for word in telling)
            self._rescore.append(
                Passage(field_name(Part.BODY, Kind.SURFACE), groups, weight=self._weights.passage)
            )
            likely = [word.likely for word in run]
            as_meant = [word.surface if self._meant_bare(word) else word.likely for word in run]
            # where the two differ, *hoa bình* may still be *hòa bình*
            compounds = dict.fromkeys(_compounds(likely), 0.5) | dict.fromkeys(_compounds(as_meant), 1.0)
            for term, share in compounds.items():
                weight = self._weights.compound * share
                self._rescore.append(Term(field_name(Part.BODY, Kind.WORD), term, weight))


def _joined(filter: Filter, query: ast.Query) -> Filter:
    """The filters chosen together with those typed."""
    ends = [end for end in (filter.until, date_number(query.until, last=True)) if end]
    return Filter(
        languages=_both(filter.languages, query.languages),
        sources=_both(filter.sources, query.sources),
        since=max(filter.since, date_number(query.since)),
        until=min(ends, default=0),
    )


def _both(chosen: frozenset[str], typed: frozenset[str]) -> frozenset[str]:
    """What both allow; what was chosen where they contradict: the typed ones stand there all along."""
    if not chosen or not typed:
        return chosen | typed
    return chosen & typed or chosen


def _surfaces(text: str) -> list[tuple[str, Token]]:
    return [(word, token) for token in tokenize(text) if (word := surface(token.text))]


def _leaves(clause: ast.Clause) -> Iterator[ast.Word | ast.Quoted | ast.Truncated]:
    match clause:
        case ast.Word() | ast.Quoted() | ast.Truncated():
            yield clause
        case ast.Excluded(child) | ast.Required(child) | ast.InTitle(child):
            yield from _leaves(child)
        case ast.Either(children) | ast.Sequence(children):
            for child in children:
                yield from _leaves(child)


def _typed_words(root: ast.Clause, counts: Counts, caps: Caps) -> dict[tuple[int, int], list[TypedWord]]:
    """The tokens of each leaf with their readings, restored over the whole query."""
    leaves = list(_leaves(root))
    tokens = [
        (leaf, word, token)
        for leaf in leaves
        # the last token of `quyền co*` is a beginning, not a word
        for word, token in (
            _surfaces(leaf.text)[:-1] if isinstance(leaf, ast.Truncated) else _surfaces(leaf.text)
        )
    ][: caps.words]
    restoration = restore([word for _, word, _ in tokens], counts, caps.readings)
    words: dict[tuple[int, int], list[TypedWord]] = {(leaf.start, leaf.end): [] for leaf in leaves}
    for (leaf, word, token), readings in zip(tokens, restoration.readings, strict=True):
        base = leaf.inside if isinstance(leaf, ast.Quoted) else leaf.start
        words[leaf.start, leaf.end].append(TypedWord(word, base + token.start, base + token.end, readings))
    return words


def _compounds(words: Sequence[str]) -> Iterator[str]:
    text = " ".join(words)
    for term, _ in vietnamese.compounds(text, list(tokenize(text))):
        yield term
