"""Remembers what a lexicon has answered, for as long as one query is worked on."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from search.lexicon.base import Counted, Lexicon

_Subject = TypeVar("_Subject", bound=Hashable)
_Answer = TypeVar("_Answer")


class RememberedLexicon:
    """A Lexicon that passes on only what it has not been asked before. For one query and one thread.

    Whoever knows that several words will be asked about asks for all of them at once: each later question
    about one of them costs nothing.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[str, dict[Any, Any]] = {}

    @property
    def tokens(self) -> int:
        """How many tokens all bodies have."""
        return self._lexicon.tokens

    def spellings(self, folded: Sequence[str]) -> Sequence[Sequence[Counted]]:
        """The surfaces that fold to each term, and how often each occurs; most frequent first."""
        return self._each("spellings", folded, self._lexicon.spellings)

    def inflections(self, stems: Sequence[str]) -> Sequence[Sequence[str]]:
        """The surfaces of bodies that have each stem, in order."""
        return self._each("inflections", stems, self._lexicon.inflections)

    def pair_counts(self, pairs: Sequence[tuple[str, str]]) -> Sequence[int]:
        """How often the two surfaces of each pair stand side by side in bodies."""
        return self._each("pair_counts", pairs, self._lexicon.pair_counts)

    def terms(self, asked: Sequence[tuple[str, str]], limit: int) -> Sequence[Sequence[Counted]]:
        """For each field and prefix the terms that begin so, those in the most documents first."""
        return self._each(f"terms {limit}", asked, lambda new: self._lexicon.terms(new, limit))

    def matching(self, asked: Sequence[tuple[str, str]], limit: int) -> Sequence[Sequence[Counted]]:
        """For each field and pattern the terms it fits, those in the most documents first."""
        return self._each(f"matching {limit}", asked, lambda new: self._lexicon.matching(new, limit))

    def words(self, prefixes: Sequence[str], limit: int) -> Sequence[Sequence[Counted]]:
        """The most frequent surfaces of bodies whose folded form begins with each prefix."""
        return self._each(f"words {limit}", prefixes, lambda new: self._lexicon.words(new, limit))

    def compounds(self, prefixes: Sequence[str], limit: int) -> Sequence[Sequence[Counted]]:
        """The compounds in the most documents whose folded form begins so, their syllables apart."""
        return self._each(f"compounds {limit}", prefixes, lambda new: self._lexicon.compounds(new, limit))

    def following(self, left: str, prefix: str, limit: int) -> Sequence[Counted]:
        """What stands most often behind a surface, among what begins with a prefix when folded."""
        return self._lexicon.following(left, prefix, limit)

    def resembling(self, folded: Sequence[str]) -> Sequence[Sequence[Counted]]:
        """Surfaces whose folded form is at most two edits away from each term, and their counts."""
        return self._each("resembling", folded, self._lexicon.resembling)

    def _each(
        self,
        question: str,
        subjects: Sequence[_Subject],
        ask: Callable[[Sequence[_Subject]], Sequence[_Answer]],
    ) -> Sequence[_Answer]:
        known: dict[_Subject, _Answer] = self._known.setdefault(question, {})
        fresh = [subject for subject in dict.fromkeys(subjects) if subject not in known]
        if fresh:
            known.update(zip(fresh, ask(fresh), strict=True))
        return [known[subject] for subject in subjects]
