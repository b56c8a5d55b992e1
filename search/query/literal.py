"""What is looked for as it was typed: phrases in quotation marks, beginnings of words."""

from collections.abc import Sequence

from search.analysis.normalize import fold
from search.query import ast
from search.query.alternatives.spellings import allowed
from search.query.clauses import Found, Scope
from search.query.match import SideBySide, WordMatch
from search.query.plan import Best, Node, Phrase, Term
from search.query.words import TypedWord, begun_field, surfaces
from search.results import Warning
from search.schema import FIELDS, Kind, field_name, whole_field


def side_by_side(words: Sequence[TypedWord], slop: int, scope: Scope, found: Found) -> Node:
    """A quoted phrase: strict about the diacritics that are typed, lenient about those that are not."""
    unaccented = not any(word.has_diacritics for word in words)
    kind = Kind.FOLDED if unaccented else Kind.SURFACE
    texts = tuple((word.folded,) if unaccented else allowed(word, scope.asked) for word in words)
    phrase = SideBySide(tuple(word.surface for word in words), slop)
    said = " ".join(phrase.words)
    for word, own in zip(words, texts, strict=True):
        found.matches.append(
            WordMatch(
                word.surface,
                word.folded,
                {} if unaccented else dict.fromkeys(own, 0),
                strict=not unaccented,
                phrase=phrase if len(words) > 1 else None,
                part=word.surface,
                name=f"“{said}”" if len(words) > 1 else said,
            )
        )
    name = field_name(scope.parts[0], kind) if len(scope.parts) == 1 else whole_field(kind)
    if len(texts) == 1:
        return Best(tuple(Term(name, text) for text in texts[0]), scope.asked.weights.tie_breaker)
    return Phrase(name, texts, slop)


def beginning(truncated: ast.Truncated, scope: Scope, found: Found, told: list[Warning]) -> Node | None:
    """The words that the last token of `quyền co*` is the beginning of."""
    tokens = surfaces(truncated.text)
    if not tokens:
        return None
    last, _ = tokens[-1]
    lexicon, most = scope.asked.lexicon, scope.asked.caps.prefix_terms
    if len(lexicon.words([fold(last)], most + 1)[0]) > most:
        message = (
            f"too many words begin with {truncated.text}: only the {most} most frequent were searched for"
        )
        told.append(Warning("broad_prefix", message, truncated.start, truncated.end))
    found.matches.append(
        WordMatch(last, fold(last), prefix=last, strict=last != fold(last), part=last, name=f"{last}*")
    )
    fields = [begun_field(part, last) for part in scope.parts]
    begun = lexicon.terms([(name, last) for name in fields], most)
    field = fields[0] if len(fields) == 1 else whole_field(FIELDS[fields[0]][1])
    return Best(tuple(Term(field, term) for term in dict.fromkeys(term for own in begun for term, _ in own)))
