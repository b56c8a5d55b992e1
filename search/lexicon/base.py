"""What is asked of the words of an index: by restoration, resolving, correction and completion."""

from collections.abc import Sequence
from typing import Protocol

Counted = tuple[str, int]
"""A term and how often it occurs."""


class Lexicon(Protocol):
    """The words of an index at one moment. Safe to share between threads.

    A question that is asked of many words takes them all at once and answers in their order, so that a
    lexicon at the other end of a network is asked a few times a query. Answers are the same for the same
    index, whichever engine executes its Plans. Counts may include documents deleted since their part of the
    index was written.
    """

    @property
    def tokens(self) -> int:
        """How many tokens all bodies have."""

    def spellings(self, folded: Sequence[str]) -> Sequence[Sequence[Counted]]:
        """The surfaces that fold to each term, and how often each occurs; most frequent first."""

    def inflections(self, stems: Sequence[str]) -> Sequence[Sequence[str]]:
        """The surfaces of bodies that have each stem, in order."""

    def pair_counts(self, pairs: Sequence[tuple[str, str]]) -> Sequence[int]:
        """How often the two surfaces of each pair stand side by side in bodies."""

    def terms(self, asked: Sequence[tuple[str, str]], limit: int) -> Sequence[Sequence[Counted]]:
        """For each field and prefix the terms that begin so, those in the most documents first."""

    def matching(self, asked: Sequence[tuple[str, str]], limit: int) -> Sequence[Sequence[Counted]]:
        """For each field and pattern the terms it fits, those in the most documents first.

        `*` stands for any letters, or none; at least two letters of a pattern stand in a row.
        """

    def words(self, prefixes: Sequence[str], limit: int) -> Sequence[Sequence[Counted]]:
        """The most frequent surfaces of bodies whose folded form begins with each prefix."""

    def compounds(self, prefixes: Sequence[str], limit: int) -> Sequence[Sequence[Counted]]:
        """The compounds in the most documents whose folded form begins so, their syllables apart."""

    def following(self, left: str, prefix: str, limit: int) -> Sequence[Counted]:
        """What stands most often behind a surface, among what begins with a prefix when folded."""

    def resembling(self, folded: Sequence[str]) -> Sequence[Sequence[Counted]]:
        """Surfaces whose folded form is at most two edits away from each term, and their counts."""
