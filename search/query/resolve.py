"""From a parsed Query to a Plan: each typed word becomes one group of readings, scored by its best."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from search.analysis import vietnamese
from search.analysis.language import is_function_word
from search.analysis.normalize import fold
from search.analysis.token import tokenize
from search.config import Config
from search.document import date_number
from search.fields import Kind, Part, field_name
from search.query import ast
from search.query.plan import Best, Combine, Filter, Node, Passage, Phrase, Plan, Prefix, Rescore, Term
from search.query.readings import Diacritics, Lexicon, Readings
from search.query.words import TypedWord, leaves, surfaces, typed_words
from search.results import Warning

PARTS = (Part.BODY, Part.TITLE)


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
class Resolved:
    """A Plan, and what to highlight in its hits."""

    plan: Plan
    words: tuple[WordMatch, ...]
    marked: bool
    """Whether a word was typed with diacritics, so that `Diacritics.ANY` would find more."""
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
    marks: Diacritics = Diacritics.HONOURED,
) -> Resolved:
    """The Plan of a query for an index with those counts. `filter` adds to the filters that were typed."""
    return _Resolver(query, counts, config, marks).resolved(filter, limit, offset)


class _Resolver:
    def __init__(self, query: ast.Query, counts: Lexicon, config: Config, marks: Diacritics) -> None:
        self._query = query
        self._counts = counts
        self._weights = config.weights
        self._config = config
        self._marks = marks
        self._marked = False
        self._words = typed_words(query.root, counts, config.caps)
        self._typed = tuple(word for own in self._words.values() for word in own)
        self._readings = Readings(counts, config.weights, self._typed)
        self._matches: list[WordMatch] = []
        self._warnings: list[Warning] = []
        most = config.caps.words
        if sum(len(surfaces(leaf.text)) for leaf in leaves(query.root)) > most and not any(
            warning.code == "too_many_words" for warning in query.warnings
        ):
            self._warnings.append(
                Warning("too_many_words", f"the query has too many words: only the first {most} were used")
            )
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
        return Resolved(plan, tuple(self._matches), self._marked, self._typed, tuple(self._warnings))

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
                wanted, self._marks = self._marks, Diacritics.HONOURED
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
        self._matches, self._rescore = (
            matches,
            rescore,
        )  # what is unwanted is neither highlighted nor evidence
        return node

    # one word

    def _group(self, word: TypedWord, parts: Sequence[Part], strict: bool = False) -> Node:
        """All readings of a word as one group. A strict one allows no other diacritics than those typed."""
        weights = self._weights
        spellings = self._readings.spellings(word)
        if strict and word.marked:
            spellings.pop(word.folded, None)  # `-bạn` says nothing of *ban*
        best = max(spellings.values())
        readings = {text: 0 if weight > 0.5 * best else 1 for text, weight in spellings.items()}
        self._marked |= word.marked and not strict
        closed = word.marked and (strict or self._marks is Diacritics.HONOURED)
        own_stems = frozenset() if strict else self._readings.stems(word, self._marks)
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

    # more than words

    def _phrase(self, quoted: ast.Quoted, parts: Sequence[Part]) -> Node | None:
        """Side by side, strict about the diacritics that are typed, lenient about those that are not."""
        words = self._words[quoted.start, quoted.end]
        if not words:
            return None
        unaccented = not any(word.marked for word in words)
        kind = Kind.FOLDED if unaccented else Kind.SURFACE
        texts = tuple((word.folded,) if unaccented else self._readings.allowed(word) for word in words)
        phrase = Phrase("", tuple((word.surface,) for word in words), quoted.slop) if len(words) > 1 else None
        for word, allowed in zip(words, texts, strict=True):
            readings = {} if unaccented else dict.fromkeys(allowed, 0)
            self._matches.append(
                WordMatch(word.surface, word.folded, readings, strict=not unaccented, phrase=phrase)
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

    def _prefix(self, truncated: ast.Truncated, parts: Sequence[Part]) -> Node | None:
        tokens = surfaces(truncated.text)
        if not tokens:
            return None
        last, _ = tokens[-1]
        marked = last != fold(last)
        most = self._config.caps.prefix_terms
        if len(self._counts.words(fold(last), most + 1)) > most:
            message = (
                f"too many words begin with {truncated.text}: only the {most} most frequent were searched for"
            )
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
            parts = (self._readings.forms(left, self._marks), self._readings.forms(right, self._marks))
            self._rescore.append(
                Phrase(field_name(Part.BODY, Kind.SURFACE), parts, weight=self._weights.pair)
            )
        if len(run) == 1 and (run[0].marked or self._readings.meant_bare(run[0])):
            # where nothing else tells documents apart, the typed spelling does
            exact = Passage(field_name(Part.BODY, Kind.SURFACE), ((run[0].surface,),), weight=0.5)
            self._rescore.append(exact)
        if len(run) > 1:
            telling = [word for word in run if not is_function_word(word.likely)]
            groups = tuple(self._readings.forms(word, self._marks) for word in telling)
            self._rescore.append(
                Passage(field_name(Part.BODY, Kind.SURFACE), groups, weight=self._weights.passage)
            )
            likely = [word.likely for word in run]
            as_meant = [word.surface if self._readings.meant_bare(word) else word.likely for word in run]
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


def _compounds(words: Sequence[str]) -> Iterator[str]:
    text = " ".join(words)
    for term, _ in vietnamese.compounds(text, list(tokenize(text))):
        yield term
