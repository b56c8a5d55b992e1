"""What an index says of its words, counted plainly: every engine's lexicon is compared with this."""

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import pairwise

from search.query.plan import Handle

PARTS = ("title", "body")

Occurrences = list[tuple[int, str]]
"""The tokens of a field in order, each with its position."""


@dataclass(frozen=True)
class ReferenceDocument:
    """A document as an engine is given it: its tokens by field, its lengths, its columns."""

    id: str
    language: str = "vi"
    source: str = ""
    date: str = ""
    fields: Mapping[str, Occurrences] = field(default_factory=dict)

    def length(self, part: str) -> int:
        return len(self.fields.get(f"{part}_surface", ()))

    def day(self) -> int:
        year, month, day = ([*self.date.split("-"), "1", "1"][:3]) if self.date else ("0", "0", "0")
        return int(year) * 10_000 + int(month) * 100 + int(day)


def without_diacritics(text: str) -> str:
    """A word without its diacritics, told from Unicode's own decompositions."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


class ReferenceLexicon:
    """See the protocol `search.lexicon.base.Lexicon`; over documents in the order of an index."""

    documents: Mapping[Handle, ReferenceDocument]

    @property
    def tokens(self) -> int:
        """How many tokens all bodies have."""
        return sum(document.length("body") for document in self.documents.values())

    def spellings(self, folded: Sequence[str]) -> list[list[tuple[str, int]]]:
        """The surfaces that fold to each term, in titles and bodies, most frequent first."""
        return [self._spellings(term) for term in folded]

    def _spellings(self, folded: str) -> list[tuple[str, int]]:
        counts: Counter[str] = Counter()
        for part in PARTS:
            counts.update(
                text for text in self._texts(f"{part}_surface") if without_diacritics(text) == folded
            )
        return _most_frequent(counts)

    def inflections(self, stems: Sequence[str]) -> list[list[str]]:
        """The surfaces in bodies that stand where each stem does."""
        return [self._inflections(stem) for stem in stems]

    def _inflections(self, stem: str) -> list[str]:
        found = set()
        for document in self.documents.values():
            places = {at for at, text in document.fields.get("body_stem", ()) if text == stem}
            found |= {text for at, text in document.fields.get("body_surface", ()) if at in places}
        return sorted(found)

    def pair_counts(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        """How often the two surfaces of each pair stand side by side in bodies."""
        counts = self._pairs()
        return [counts[pair] for pair in pairs]

    def _pairs(self) -> Counter[tuple[str, str]]:
        counts: Counter[tuple[str, str]] = Counter()
        for document in self.documents.values():
            tokens = document.fields.get("body_surface", [])
            counts.update((a, b) for (i, a), (j, b) in pairwise(tokens) if j == i + 1)
        return counts

    def terms(self, asked: Sequence[tuple[str, str]], limit: int) -> list[list[tuple[str, int]]]:
        """For each field and prefix the terms that begin so, those in the most documents first."""
        found = []
        for field_, prefix in asked:
            counts: Counter[str] = Counter()
            for document in self.documents.values():
                counts.update(
                    {text for _, text in document.fields.get(field_, ()) if text.startswith(prefix)}
                )
            found.append(_most_frequent(counts)[:limit])
        return found

    def matching(self, asked: Sequence[tuple[str, str]], limit: int) -> list[list[tuple[str, int]]]:
        """For each field and pattern the terms it fits, those in the most documents first."""
        return [
            [entry for entry in every if fnmatchcase(entry[0], pattern)][:limit]
            for (field_, pattern) in asked
            for every in self.terms([(field_, "")], 10**9)
        ]

    def words(self, prefixes: Sequence[str], limit: int) -> list[list[tuple[str, int]]]:
        """The most frequent surfaces of bodies that begin so without their diacritics."""
        texts = self._texts("body_surface")
        return [
            Counter(text for text in texts if without_diacritics(text).startswith(prefix)).most_common(limit)
            for prefix in prefixes
        ]

    def compounds(self, prefixes: Sequence[str], limit: int) -> list[list[tuple[str, int]]]:
        """The compounds in the most documents that begin so, their syllables apart."""
        counts: Counter[str] = Counter()
        for document in self.documents.values():
            counts.update({text.replace("_", " ") for _, text in document.fields.get("body_word", ())})
        return [
            Counter(
                {text: n for text, n in counts.items() if without_diacritics(text).startswith(prefix)}
            ).most_common(limit)
            for prefix in prefixes
        ]

    def following(self, left: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """What stands most often behind a surface, among what begins so without its diacritics."""
        counts = {
            b: n
            for (a, b), n in self._pairs().items()
            if a == left and without_diacritics(b).startswith(prefix)
        }
        return Counter(counts).most_common(limit)

    def resembling(self, folded: Sequence[str]) -> list[list[tuple[str, int]]]:
        """Surfaces whose letters without diacritics are at most two edits away from each term."""
        known = {without_diacritics(text) for text in self._texts("body_surface")}
        return [
            [
                entry
                for term in sorted(known)
                if len(term) > 1 and term.isalpha() and _edits(term, word) <= (1 if len(word) <= 4 else 2)
                for entry in self._spellings(term)[:12]
            ]
            for word in folded
        ]

    def _texts(self, field_: str) -> list[str]:
        return [text for document in self.documents.values() for _, text in document.fields.get(field_, ())]


def _most_frequent(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))


def _edits(left: str, right: str) -> int:
    """Letters added, left out, changed, or two neighbours exchanged (Damerau and Levenshtein)."""
    rows = [list(range(len(right) + 1))]
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            row.append(min(row[-1] + 1, rows[-1][j] + 1, rows[-1][j - 1] + (a != b)))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                row[-1] = min(row[-1], rows[-2][j - 2] + 1)
        rows.append(row)
    return rows[-1][-1]
