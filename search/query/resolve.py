"""From a parsed Query to a Plan: each typed word becomes one group of alternatives, scored by its best."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from search.analysis.normalize import fold
from search.config import Config
from search.lexicon.base import Lexicon
from search.query import ast, wildcards
from search.query.alternatives import Alternative, Asked, Diacritics, asked_pairs, asked_terms, matching
from search.query.alternatives.identifiers import is_identifier, slight
from search.query.alternatives.spellings import allowed
from search.query.evidence import neighbours, prefetch
from search.query.match import SideBySide, WordMatch, word_matches
from search.query.plan import Best, Combine, Filter, Node, Phrase, Plan, Rescore, Term
from search.query.titles import titled
from search.query.words import (
    PARTS,
    TypedWord,
    begun_field,
    begun_terms,
    begun_words,
    leaves,
    surfaces,
    typed_words,
)
from search.results import Warning
from search.schema import Kind, Part, field_name, whole_field

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


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where a clause is looked for, and what its words may be found as."""

    asked: Asked
    parts: tuple[Part, ...] = PARTS


Said = tuple[TypedWord, tuple[Alternative, ...]]
"""A word of the query and its alternatives."""


@dataclass(slots=True)
class _Found:
    """What came out beside the nodes: matches to highlight, evidence, whether diacritics may be widened."""

    matches: list[WordMatch] = field(default_factory=list)
    runs: list[list[Said]] = field(default_factory=lambda: [[]])
    """Words that were typed one after the other, with nothing but quotation marks and parentheses between."""
    has_diacritics: bool = False

    def broken(self) -> None:
        """What comes next does not follow what came before: *mua* in `bán OR mua`."""
        if self.runs[-1]:
            self.runs.append([])


@dataclass(slots=True)
class _Clauses:
    """Clauses side by side: those that must match, that should, that only add, that must not; and what a
    document must have to have all words."""

    must: list[Node] = field(default_factory=list)
    should: list[Node] = field(default_factory=list)
    optional: list[Node] = field(default_factory=list)
    exclude: list[Node] = field(default_factory=list)
    complete: list[Node] = field(default_factory=list)

    def want(self, node: Node, complete: Node | None = None) -> None:
        """Add what should match; a document is complete with another node than the one that scores."""
        self.should.append(node)
        self.complete.append(complete or node)


class _Resolver:
    def __init__(self, query: ast.Query, lexicon: Lexicon, config: Config) -> None:
        self._query = query
        self._lexicon = lexicon
        self._config = config
        self._words = typed_words(query, lexicon, config.caps)
        self._typed = tuple(word for own in self._words.values() for word in own)
        self._warnings: list[Warning] = []
        most = config.caps.words
        if sum(len(surfaces(leaf.text)) for leaf in leaves(query.root)) > most and not any(
            warning.code == "too_many_words" for warning in query.warnings
        ):
            message = f"the query has too many words: only the first {most} were used"
            self._warnings.append(Warning("too_many_words", message))

    def resolved(self, plan: Plan, diacritics: Diacritics) -> Resolved:
        self._prefetch()
        query, found = self._query, _Found()
        config, named = self._config, self._config.synonyms.current()
        asked = Asked(self._typed, self._lexicon, config.weights, diacritics, False, named, config.caps)
        scope = _Scope(asked)
        clauses = self._clauses(query.root.children, scope, found)
        root = _joined(clauses)
        filter = plan.filter.joined(query.filter)
        if root is None:
            # only filters: all their documents; nothing to search for at all: nothing
            root = Combine() if filter != Filter() else Best(())
        else:
            root = Combine((root,), titled(query.text, self._typed))
        whole = replace(
            plan,
            query=root,
            complete=Combine(tuple(clauses.complete)) if clauses.complete else None,
            complete_first=len(clauses.complete) <= self._config.few_words,
            filter=filter,
            rescore=Rescore(tuple(self._evidence(found, scope.asked)), self._config.window),
        )
        return Resolved(whole, tuple(found.matches), found.has_diacritics, self._typed, tuple(self._warnings))

    def _evidence(self, found: _Found, asked: Asked) -> Iterator[Node]:
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

    def _clause(self, clause: ast.Clause, scope: _Scope, found: _Found) -> Node | None:
        match clause:
            case ast.Word():
                words = self._words[clause.start, clause.end]
                groups = [self._word(word, scope, found) for word in words]
                if not groups:
                    return None  # past the cap on words, or nothing but invisible characters
                return groups[0] if len(groups) == 1 else Combine(must=tuple(groups))
            case ast.Quoted():
                return self._phrase(clause, scope, found)
            case ast.Truncated():
                return self._prefix(clause, scope, found)
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

    def _sequence(self, children: Sequence[ast.Clause], scope: _Scope, found: _Found) -> Node | None:
        return _joined(self._clauses(children, scope, found))

    def _clauses(self, children: Sequence[ast.Clause], scope: _Scope, found: _Found) -> _Clauses:
        clauses = _Clauses()
        run: list[TypedWord] = []
        for child in children:
            if isinstance(child, ast.Word) and not scope.asked.strict:
                run += self._words[child.start, child.end]
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

    def _run(self, run: Sequence[TypedWord], scope: _Scope, found: _Found, clauses: _Clauses) -> None:
        """Words side by side: the longest stretches that something stands for as a whole; single words."""
        own = [matching((word,), scope.asked) for word in run]
        weak = self._config.weights.function_word
        at = 0
        while at < len(run):
            stretch, alternatives = self._longest(run[at:], scope.asked)
            here = range(at, at + len(stretch))
            at += len(stretch)
            if alternatives:
                identifier = is_identifier(stretch)
                groups = [
                    self._group(run[n], own[n], scope, found, weak if identifier and slight(run[n]) else 1.0)
                    for n in here
                ]
                found.matches += word_matches(stretch, alternatives)
                wholes = tuple(each.node(scope.parts) for each in alternatives)
                score = Best((Combine(should=tuple(groups), minimum=1), *wholes))
                apart = () if identifier else (Combine(must=tuple(groups)),)
                clauses.want(score, Best((*apart, *wholes)))
            elif stretch[0].weak:
                # *của* and *les* of a question add to the score of what the other words find
                clauses.optional.append(self._group(stretch[0], own[here[0]], scope, found, weak))
            else:
                clauses.want(self._group(stretch[0], own[here[0]], scope, found))
        found.runs[-1] += zip(run, own, strict=True)

    def _longest(
        self, run: Sequence[TypedWord], asked: Asked
    ) -> tuple[Sequence[TypedWord], tuple[Alternative, ...]]:
        """The longest stretch from the first word on that has alternatives of its own, else that word."""
        for size in range(min(len(run), MAX_RUN), 1, -1):
            if alternatives := matching(run[:size], asked):
                return run[:size], alternatives
        return run[:1], ()

    def _excluded(self, child: ast.Clause, scope: _Scope) -> Node | None:
        """What is unwanted is neither highlighted nor evidence."""
        strict = replace(scope, asked=replace(scope.asked, strict=True))
        return self._clause(child, strict, _Found())

    def _word(self, word: TypedWord, scope: _Scope, found: _Found) -> Node:
        return self._group(word, matching((word,), scope.asked), scope, found)

    def _group(
        self,
        word: TypedWord,
        alternatives: Sequence[Alternative],
        scope: _Scope,
        found: _Found,
        scale: float = 1.0,
    ) -> Node:
        """What counts as a word, scored by the best of it, as much as `scale`."""
        found.has_diacritics |= word.has_diacritics and not scope.asked.strict
        found.matches += word_matches((word,), alternatives)
        members = tuple(each.node(scope.parts, scale) for each in alternatives)
        return Best(members, self._config.weights.tie_breaker)

    def _phrase(self, quoted: ast.Quoted, scope: _Scope, found: _Found) -> Node | None:
        """Side by side, strict about the diacritics that are typed, lenient about those that are not."""
        words = self._words[quoted.start, quoted.end]
        if not words:
            return None
        found.runs[-1] += [(word, matching((word,), scope.asked)) for word in words]
        unaccented = not any(word.has_diacritics for word in words)
        kind = Kind.FOLDED if unaccented else Kind.SURFACE
        texts = tuple((word.folded,) if unaccented else allowed(word, scope.asked) for word in words)
        side_by_side = SideBySide(tuple(word.surface for word in words), quoted.slop)
        for word, own in zip(words, texts, strict=True):
            found.matches.append(
                WordMatch(
                    word.surface,
                    word.folded,
                    {} if unaccented else dict.fromkeys(own, 0),
                    strict=not unaccented,
                    phrase=side_by_side if len(words) > 1 else None,
                    part=word.surface,
                )
            )
        name = field_name(scope.parts[0], kind) if len(scope.parts) == 1 else whole_field(kind)
        if len(texts) == 1:
            terms = tuple(Term(name, text) for text in texts[0])
            return Best(terms, self._config.weights.tie_breaker)
        return Phrase(name, texts, quoted.slop)

    def _prefix(self, truncated: ast.Truncated, scope: _Scope, found: _Found) -> Node | None:
        tokens = list(surfaces(truncated.text))
        if not tokens:
            return None
        last, _ = tokens[-1]
        accented = last != fold(last)
        most = self._config.caps.prefix_terms
        if len(self._lexicon.words([fold(last)], most + 1)[0]) > most:
            message = (
                f"too many words begin with {truncated.text}: only the {most} most frequent were searched for"
            )
            self._warnings.append(Warning("broad_prefix", message, truncated.start, truncated.end))
        found.matches.append(WordMatch(last, fold(last), prefix=last, strict=accented, part=last))
        fields = [begun_field(part, last) for part in scope.parts]
        begun = self._lexicon.terms([(name, last) for name in fields], most)
        nodes = tuple(
            Best(tuple(Term(name, term) for term, _ in terms))
            for name, terms in zip(fields, begun, strict=True)
        )
        words = self._words[truncated.start, truncated.end]
        strict = replace(scope, asked=replace(scope.asked, strict=True))
        groups = [self._word(word, strict, found) for word in words]
        return Combine(must=(*groups, Best(nodes))) if groups else Best(nodes)


def _joined(clauses: _Clauses) -> Node | None:
    """Clauses side by side as one node."""
    must, should, optional, exclude = clauses.must, clauses.should, clauses.optional, clauses.exclude
    if not (must or should or exclude):
        return None
    if must or not should:
        return Combine(tuple(must), (*should, *optional), tuple(exclude))
    some = Combine(should=tuple(should), minimum=1)
    if not optional and not exclude:
        return some
    return Combine((some,), tuple(optional), tuple(exclude))
