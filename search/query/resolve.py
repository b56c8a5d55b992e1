"""From a parsed Query to a Plan: each typed word becomes one group of alternatives, scored by its best."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from search.analysis.normalize import fold
from search.config import Config
from search.lexicon.base import Lexicon
from search.query import ast, wildcards
from search.query.alternatives import Alternative, Asked, Diacritics, asked_pairs, asked_terms, matching
from search.query.alternatives.identifiers import is_identifier, slight
from search.query.clauses import Clauses, Found, Scope, joined, scaled
from search.query.crossing import Crossing, Named, crossing_of
from search.query.evidence import neighbours, prefetch
from search.query.literal import beginning, side_by_side
from search.query.match import WordMatch, word_matches
from search.query.plan import Best, Combine, Filter, Node, Plan, Rescore
from search.query.titles import titled, titled_abroad
from search.query.translated import prefetch as prefetch_translations
from search.query.translated import translated
from search.query.words import (
    TypedWord,
    begun_terms,
    begun_words,
    leaves,
    surfaces,
    typed_words,
)
from search.results import Warning
from search.schema import Part

MAX_RUN = 8
"""Words of a stretch that something may stand for as a whole: *chiến tranh thế giới thứ hai* has six."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A Plan, and what to highlight in its hits."""

    plan: Plan
    words: tuple[WordMatch, ...]
    has_diacritics: bool
    """Whether a word was typed with diacritics, so that `Diacritics.ANY` would find more."""
    typed: tuple[TypedWord, ...]
    """The words of the query outside of prefixes, in order."""
    warnings: tuple[Warning, ...] = ()
    crossed: bool = False
    """Whether the Plan is for the other language."""


def resolve(
    query: ast.Query,
    lexicon: Lexicon,
    config: Config,
    plan: Plan,
    diacritics: Diacritics = Diacritics.HONOURED,
) -> Resolved:
    """The Plan of a query for an index with that lexicon.

    `plan` is what was asked for beside the query: its filter adds to the filters that were typed.
    """
    return _Resolver(query, lexicon, config).resolved(plan, diacritics)


def cross(
    query: ast.Query, lexicon: Lexicon, config: Config, plan: Plan, named: Named
) -> tuple[Crossing, Resolved] | None:
    """How a query crosses into the other language, and the Plan there; None if it does not."""
    resolver = _Resolver(query, lexicon, config)
    crossing = crossing_of(query, resolver.words, config.bilingual(), named)
    there = plan.filter.joined(query.filter).within(crossing.language) if crossing else None
    if crossing is None or there is None:
        return None
    prefetch_translations(crossing, lexicon)
    return crossing, resolver.resolved(replace(plan, filter=there), crossing=crossing)


class _Resolver:
    def __init__(self, query: ast.Query, lexicon: Lexicon, config: Config) -> None:
        self._query = query
        self._lexicon = lexicon
        self._config = config
        self.words = typed_words(query, lexicon, config.caps)
        self._typed = tuple(word for own in self.words.values() for word in own)
        self._warnings: list[Warning] = []
        most = config.caps.words
        if sum(len(surfaces(leaf.text)) for leaf in leaves(query.root)) > most and not any(
            warning.code == "too_many_words" for warning in query.warnings
        ):
            message = f"the query has too many words: only the first {most} were used"
            self._warnings.append(Warning("too_many_words", message))

    def resolved(
        self,
        plan: Plan,
        diacritics: Diacritics = Diacritics.HONOURED,
        crossing: Crossing | None = None,
    ) -> Resolved:
        """The Plan of the query, or of what it crosses into."""
        self._prefetch()
        query, found = self._query, Found()
        config, named = self._config, self._config.synonyms.current()
        weights = config.abroad if crossing else config.weights
        asked = Asked(self._typed, self._lexicon, weights, diacritics, False, named, config.caps, crossing)
        scope = Scope(asked)
        clauses = self._clauses(query.root.children, scope, found)
        root = joined(clauses)
        filter = plan.filter.joined(query.filter)
        if root is None:
            # only filters: all their documents; nothing to search for at all: nothing
            root = Combine() if filter != Filter() else Best(())
        else:
            titles = titled_abroad(crossing, self._typed) if crossing else titled(query.text, self._typed)
            root = Combine((root,), titles)
        whole = replace(
            plan,
            query=root,
            complete=Combine(tuple(clauses.complete)) if clauses.complete else None,
            complete_first=not crossing and len(clauses.complete) <= self._config.few_words,
            filter=filter,
            rescore=Rescore(tuple(self._evidence(found, scope.asked)), self._config.window),
        )
        return Resolved(
            whole,
            tuple(found.matches),
            found.has_diacritics,
            self._typed,
            tuple(self._warnings),
            crossing is not None,
        )

    def _evidence(self, found: Found, asked: Asked) -> Iterator[Node]:
        yield from found.evidence
        for run in found.runs:
            yield from neighbours([word for word, _ in run], [own for _, own in run], asked)

    def _prefetch(self) -> None:
        """Ask for all beginnings and all inflections at once; the memory of the lexicon keeps the answers."""
        prefetch(self._typed, self._lexicon)
        self._lexicon.pair_counts(asked_pairs(self._typed, self._lexicon))
        begun = begun_words(self._query)
        most = self._config.caps.prefix_terms
        if begun:
            self._lexicon.words([fold(last) for last in begun], most + 1)
        self._lexicon.terms([*begun_terms(self._query), *asked_terms(self._typed)], most)

    def _clause(self, clause: ast.Clause, scope: Scope, found: Found) -> Node | None:
        match clause:
            case ast.Word():
                words = self.words[clause.start, clause.end]
                groups = [self._word(word, scope, found) for word in words]
                if not groups:
                    return None  # past the cap on words, or nothing but invisible characters
                return groups[0] if len(groups) == 1 else Combine(must=tuple(groups))
            case ast.Quoted():
                words = self.words[clause.start, clause.end]
                found.runs[-1] += [(word, matching((word,), scope.asked)) for word in words]
                return side_by_side(words, clause.slop, scope, found) if words else None
            case ast.Truncated():
                strict = replace(scope, asked=replace(scope.asked, strict=True))
                groups = [self._word(word, strict, found) for word in self.words[clause.start, clause.end]]
                begun = beginning(clause, scope, found, self._warnings)
                return Combine(must=(*groups, begun)) if begun and groups else begun
            case ast.Wildcard():
                most, told = self._config.caps.prefix_terms, self._warnings
                return wildcards.resolved(clause, scope.parts, self._lexicon, most, found.matches, told)
            case ast.InTitle(child):
                return self._clause(child, replace(scope, parts=(Part.TITLE,)), found)
            case ast.Required(child):
                honoured = replace(scope.asked, diacritics=Diacritics.HONOURED)
                return self._clause(child, replace(scope, asked=honoured), found)
            case ast.Excluded(child):
                unwanted = self._excluded(child, scope)
                return Combine(exclude=(unwanted,)) if unwanted else None
            case ast.Either(children):
                nodes: list[Node] = []
                for child in children:
                    found.broken()
                    node = self._clause(child, scope, found)
                    nodes += [node] if node else []
                found.broken()
                return Best(tuple(nodes)) if nodes else None
            case ast.Sequence(children):
                return self._sequence(children, scope, found)

    def _sequence(self, children: Sequence[ast.Clause], scope: Scope, found: Found) -> Node | None:
        return joined(self._clauses(children, scope, found))

    def _clauses(self, children: Sequence[ast.Clause], scope: Scope, found: Found) -> Clauses:
        clauses = Clauses()
        run: list[TypedWord] = []
        for child in children:
            if isinstance(child, ast.Word) and not scope.asked.strict:
                run += self.words[child.start, child.end]
                continue
            self._run(run, scope, found, clauses)
            run = []
            if isinstance(child, ast.Required) and isinstance(child.child, ast.Excluded):
                child = child.child
            if isinstance(child, ast.Excluded):
                unwanted = self._excluded(child.child, scope)
                clauses.exclude += [unwanted] if unwanted else []
                continue
            node = self._clause(child, scope, found)
            if node is None:
                continue
            if isinstance(child, ast.Required) or scope.asked.strict:
                clauses.must.append(node)
                clauses.complete.append(node)
            else:
                clauses.want(node)
        self._run(run, scope, found, clauses)
        if not clauses.should:
            # `là gì` has nothing else to go by
            clauses.should, clauses.optional = clauses.optional, []
            clauses.complete += clauses.should
        return clauses

    def _run(self, run: Sequence[TypedWord], scope: Scope, found: Found, clauses: Clauses) -> None:
        """Words side by side: the longest stretches that something stands for as a whole; single words."""
        own = [matching((word,), scope.asked) for word in run]
        weights = self._config.weights
        at = 0
        crossing = scope.asked.crossing
        while at < len(run):
            if crossing and (known := crossing.units.get(run[at].start)):
                translated(*known, scope, found, clauses)
                at += len(known[1])
                continue
            stretch, alternatives = self._longest(run[at:], scope.asked)
            here = range(at, at + len(stretch))
            at += len(stretch)
            if alternatives and is_identifier(stretch):
                self._identifier(stretch, alternatives, scope, found, clauses)
                continue
            groups = [self._group(run[n], own[n], scope, found) for n in here]
            if alternatives:
                found.matches += word_matches(stretch, alternatives)
                wholes = tuple(each.node(scope.parts) for each in alternatives)
                telling = [group for group, n in zip(groups, here, strict=True) if not run[n].weak] or groups
                score = Best((Combine(should=tuple(groups), minimum=1), *wholes))
                clauses.want(score, Best((Combine(must=tuple(telling)), *wholes)))
            elif stretch[0].weak:
                # *của* and *les* of a question add to the score of what the other words find
                clauses.optional.append(scaled(groups[0], weights.function_word))
            else:
                clauses.want(groups[0])
            found.runs[-1] += [(run[n], own[n]) for n in here]

    def _identifier(
        self,
        stretch: Sequence[TypedWord],
        alternatives: Sequence[Alternative],
        scope: Scope,
        found: Found,
        clauses: Clauses,
    ) -> None:
        """What counts as a whole: *53* of `53/2014/TT-BYT` is in many titles, and says nothing of it."""
        groups: list[Node] = []
        before = len(found.matches)
        for word in stretch:
            group = self._word(word, scope, found)
            groups.append(scaled(group, self._config.weights.function_word) if slight(word) else group)
        written = self._query.text[stretch[0].start : stretch[-1].end]
        found.matches[before:] = [replace(part, name="") for part in found.matches[before:]] + [
            replace(whole, name=written) for whole in word_matches(stretch, alternatives)
        ]
        wholes = tuple(each.node(scope.parts) for each in alternatives)
        clauses.want(Best((Combine(should=tuple(groups), minimum=1), *wholes)), Best(wholes))
        found.broken()
        # the title of a law article is its number
        titles = tuple(each.node((Part.TITLE,), self._config.weights.title_share) for each in alternatives)
        found.evidence.append(Best(titles))

    def _longest(
        self, run: Sequence[TypedWord], asked: Asked
    ) -> tuple[Sequence[TypedWord], tuple[Alternative, ...]]:
        """The longest stretch from the first word on that has alternatives of its own, else that word."""
        for size in range(min(len(run), MAX_RUN), 1, -1):
            if alternatives := matching(run[:size], asked):
                return run[:size], alternatives
        return run[:1], ()

    def _excluded(self, child: ast.Clause, scope: Scope) -> Node | None:
        """What is unwanted is neither highlighted nor evidence."""
        strict = replace(scope, asked=replace(scope.asked, strict=True))
        return self._clause(child, strict, Found())

    def _word(self, word: TypedWord, scope: Scope, found: Found) -> Best:
        return self._group(word, matching((word,), scope.asked), scope, found)

    def _group(
        self, word: TypedWord, alternatives: Sequence[Alternative], scope: Scope, found: Found
    ) -> Best:
        """What counts as a word, scored by the best of it."""
        found.has_diacritics |= word.has_diacritics and not scope.asked.strict
        found.matches += word_matches((word,), alternatives)
        members = tuple(each.node(scope.parts) for each in alternatives)
        return Best(members, self._config.weights.tie_breaker)
