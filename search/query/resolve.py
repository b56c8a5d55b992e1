"""From a parsed Query to a Plan: each typed word becomes one group of alternatives, scored by its best."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from search.analysis.language import is_function_word
from search.analysis.normalize import fold
from search.config import Config
from search.lexicon.base import Lexicon
from search.query import ast
from search.query.alternatives import Alternative, Asked, Diacritics, matching
from search.query.alternatives.spellings import allowed
from search.query.evidence import as_written, neighbours, prefetch
from search.query.match import SideBySide, WordMatch, word_matches
from search.query.plan import Best, Combine, Filter, Node, Phrase, Plan, Rescore, Term
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
from search.schema import Kind, Part, field_name

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


@dataclass(slots=True)
class _Found:
    """What came out beside the nodes: matches to highlight, evidence, whether diacritics may be widened."""

    matches: list[WordMatch] = field(default_factory=list)
    evidence: list[Node] = field(default_factory=list)
    has_diacritics: bool = False


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
        scope = _Scope(Asked(self._typed, self._lexicon, self._config.weights, diacritics))
        root = self._clause(query.root, scope, found)
        if root is None:
            typed = query.languages or query.sources or query.since or query.until
            # only filters: all their documents; nothing to search for at all: nothing
            root = Combine() if typed or plan.filter != Filter() else Best(())
        whole = replace(
            plan,
            query=root,
            filter=plan.filter.joined(Filter.of(query.languages, query.sources, query.since, query.until)),
            rescore=Rescore(tuple(found.evidence), self._config.window),
        )
        return Resolved(whole, tuple(found.matches), found.has_diacritics, self._typed, tuple(self._warnings))

    def _prefetch(self) -> None:
        """Ask for all beginnings and all inflections at once; the memory of the lexicon keeps the answers."""
        prefetch(self._typed, self._lexicon)
        begun = begun_words(self._query)
        if begun:
            most = self._config.caps.prefix_terms
            self._lexicon.words([fold(last) for last in begun], most + 1)
            self._lexicon.terms(begun_terms(self._query), most)

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
            case ast.InTitle(child):
                return self._clause(child, replace(scope, parts=(Part.TITLE,)), found)
            case ast.Required(child):
                honoured = replace(scope.asked, diacritics=Diacritics.HONOURED)
                return self._clause(child, replace(scope, asked=honoured), found)
            case ast.Excluded(child):
                unwanted = self._excluded(child, scope)
                return Combine(exclude=(unwanted,)) if unwanted else None
            case ast.Either(children):
                nodes = [node for child in children if (node := self._clause(child, scope, found))]
                return Best(tuple(nodes)) if nodes else None
            case ast.Sequence(children):
                return self._sequence(children, scope, found)

    def _sequence(self, children: Sequence[ast.Clause], scope: _Scope, found: _Found) -> Node | None:
        must: list[Node] = []
        should: list[Node] = []
        exclude: list[Node] = []
        optional: list[Node] = []
        run: list[TypedWord] = []
        for child in children:
            if isinstance(child, ast.Word) and not scope.asked.strict:
                words = self._words[child.start, child.end]
                run += words  # `57-KL/TW` counts as its words
                found.evidence += as_written(words, self._config.weights)
                continue
            self._run(run, scope, found, should, optional)
            run = []
            if isinstance(child, ast.Required) and isinstance(child.child, ast.Excluded):
                child = child.child
            if isinstance(child, ast.Excluded):
                unwanted = self._excluded(child.child, scope)
                exclude += [unwanted] if unwanted else []
                continue
            node = self._clause(child, scope, found)
            if node is not None:
                (must if isinstance(child, ast.Required) or scope.asked.strict else should).append(node)
        self._run(run, scope, found, should, optional)
        if not should:
            should, optional = optional, []  # `là gì` has nothing else to go by
        return self._joined(must, should, optional, exclude)

    def _run(
        self,
        run: Sequence[TypedWord],
        scope: _Scope,
        found: _Found,
        should: list[Node],
        optional: list[Node],
    ) -> None:
        """Words side by side: the longest stretches that something stands for as a whole; single words."""
        own = [matching((word,), scope.asked) for word in run]
        at = 0
        while at < len(run):
            stretch, alternatives = self._longest(run[at:], scope.asked)
            groups = [self._group(run[at + n], own[at + n], scope, found) for n in range(len(stretch))]
            at += len(stretch)
            if alternatives:
                found.matches += word_matches(stretch, alternatives)
                wholes = (self._member(each, part, scope) for part in scope.parts for each in alternatives)
                should.append(Best((Combine(should=tuple(groups), minimum=1), *wholes)))
            else:
                (optional if is_function_word(stretch[0].likely) else should).extend(groups)
        found.evidence += neighbours(run, own, scope.asked)

    def _longest(
        self, run: Sequence[TypedWord], asked: Asked
    ) -> tuple[Sequence[TypedWord], tuple[Alternative, ...]]:
        """The longest stretch from the first word on that has alternatives of its own, else that word."""
        for size in range(min(len(run), MAX_RUN), 1, -1):
            if alternatives := matching(run[:size], asked):
                return run[:size], alternatives
        return run[:1], ()

    def _joined(
        self, must: list[Node], should: list[Node], optional: list[Node], exclude: list[Node]
    ) -> Node | None:
        """Clauses side by side: those that must match, that should, that only add, that must not."""
        if not (must or should or exclude):
            return None
        if must or not should:
            return Combine(tuple(must), (*should, *optional), tuple(exclude))
        some = Combine(should=tuple(should), minimum=1, floor=self._config.floor)
        if not optional and not exclude:
            return some
        # *của* and *les* of a question add to the score of what the other words find
        return Combine((some,), tuple(optional), tuple(exclude))

    def _excluded(self, child: ast.Clause, scope: _Scope) -> Node | None:
        """What is unwanted is neither highlighted nor evidence."""
        strict = replace(scope, asked=replace(scope.asked, strict=True))
        return self._clause(child, strict, _Found())

    def _word(self, word: TypedWord, scope: _Scope, found: _Found) -> Node:
        return self._group(word, matching((word,), scope.asked), scope, found)

    def _group(
        self, word: TypedWord, alternatives: Sequence[Alternative], scope: _Scope, found: _Found
    ) -> Node:
        """All alternatives of a word as one group, in each part of a document."""
        found.has_diacritics |= word.has_diacritics and not scope.asked.strict
        found.matches += word_matches((word,), alternatives)
        groups: list[Node] = []
        for part in scope.parts:
            members = tuple(self._member(each, part, scope) for each in alternatives)
            groups.append(Best(members, self._config.weights.tie_breaker))
        return groups[0] if len(groups) == 1 else Combine(should=tuple(groups), minimum=1)

    def _member(self, alternative: Alternative, part: Part, scope: _Scope) -> Node:
        beside_bodies = part is Part.TITLE and len(scope.parts) > 1
        return alternative.node(part, self._config.weights.title if beside_bodies else 1.0)

    def _phrase(self, quoted: ast.Quoted, scope: _Scope, found: _Found) -> Node | None:
        """Side by side, strict about the diacritics that are typed, lenient about those that are not."""
        words = self._words[quoted.start, quoted.end]
        if not words:
            return None
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
        nodes: list[Node] = []
        for part in scope.parts:
            name = field_name(part, kind)
            scale = self._config.weights.title if part is Part.TITLE else 1.0
            if len(texts) == 1:
                nodes += [Term(name, text, scale) for text in texts[0]]
            else:
                nodes.append(Phrase(name, texts, quoted.slop, scale))
        return Best(tuple(nodes), self._config.weights.tie_breaker)

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
