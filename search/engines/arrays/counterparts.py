"""Stories told in both languages, found by what they share: names, numbers, and words of the lexicon.

Each document is a vector of features with tf-idf weights; two documents are counterparts where each is the
other's nearest by cosine, clearly nearer than the next one, and as long as a translation is. A feature is

* a French token without its diacritics, and the Vietnamese syllables that fold to it: *Duong* and *Dưỡng*,
* a number of two digits or more,
* a French stem, and the Vietnamese compounds that the lexicon translates by it: *inondation* and *lũ lụt*.

Frequent ones are left out; only rare ones make candidates.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from search.analysis.normalize import fold
from search.analysis.stems import accented_stems
from search.bridge.bilingual import FRENCH, VIETNAMESE, BilingualLexicon
from search.engines.arrays.segment import Segment
from search.schema import Kind, Part, field_name

MIN_SCORE = 0.22
"""Cosine from which two documents may tell the same story."""
MARGIN = 1.2
"""How much nearer the counterpart is than the second nearest document, on both sides."""
MIN_SHARED = 3
"""Features that counterparts share at least."""
LENGTHS = (0.55, 2.6)
"""Syllables of the Vietnamese text for each token of the French one: translations have 1.2."""
_USUAL = 0.03
"""Share of the documents of a language from which a name or a number tells nothing."""
_USUAL_WORD = 0.1
"""The same for words of the lexicon."""
_FEW = 5
"""Documents that may share a feature in however small an index."""
_MAX_PAIRS = 10_000
"""Pairs of documents that one feature may make candidates of."""
_SHORTEST = 3
_NUMBER = re.compile(r"\d\d")
_BODY = {kind: field_name(Part.BODY, kind) for kind in Kind}

Numbers = NDArray[np.int64]


class Pair(NamedTuple):
    """Two documents by their numbers in the index, and how alike they are, up to 1."""

    french: int
    vietnamese: int
    score: float


@dataclass(slots=True)
class _Side:
    """The occurrences of features in the documents of one language: document, feature, frequency."""

    documents: NDArray[np.bool_]
    docs: list[Numbers] = field(default_factory=list)
    features: list[Numbers] = field(default_factory=list)
    frequencies: list[Numbers] = field(default_factory=list)

    def add(self, docs: Numbers, features: Numbers, frequencies: Numbers) -> None:
        kept = self.documents[docs] & (features >= 0)
        self.docs.append(docs[kept])
        self.features.append(features[kept])
        self.frequencies.append(frequencies[kept])


def found_pairs(
    segments: Sequence[Segment],
    live: NDArray[np.bool_],
    first: Numbers,
    lexicon: Callable[[], BilingualLexicon],
) -> list[Pair]:
    """The counterparts among documents of some segments; of near-duplicates only the first has one.

    The `lexicon` is asked for only where there are documents in both languages.
    """
    languages = np.concatenate([np.empty(0, "<U8"), *(_languages(segment) for segment in segments)])
    own = live & (first == np.arange(len(first)))
    french, vietnamese = _Side(own & (languages == FRENCH)), _Side(own & (languages == VIETNAMESE))
    if not french.documents.any() or not vietnamese.documents.any():
        return []
    count = _names(segments, french, vietnamese)
    count = _words(segments, french, vietnamese, lexicon(), count)
    lengths = np.concatenate([segment.columns.numbers("length_body") for segment in segments])
    return list(_nearest(french, vietnamese, count, lengths.astype(np.float64)))


def _languages(segment: Segment) -> NDArray[np.str_]:
    values, codes = segment.columns.choices("language")
    return np.array([*values, ""])[codes]


def _names(segments: Sequence[Segment], french: _Side, vietnamese: _Side) -> int:
    """Add names and numbers to both sides; returns how many features there are."""
    there, folded = _occurrences(segments, Kind.FOLDED, french)
    usual = max(_FEW, _USUAL * np.count_nonzero(french.documents))
    features: dict[str, int] = {}
    for term, df in folded.items():
        if df <= usual and ((term.isalpha() and len(term) >= _SHORTEST) or _NUMBER.search(term)):
            features[term] = len(features)
    here, surfaces = _occurrences(segments, Kind.SURFACE, vietnamese)
    usual = max(_FEW, _USUAL * np.count_nonzero(vietnamese.documents))
    spelt = {term: features.get(fold(term), -1) for term, df in surfaces.items() if df <= usual}
    for side, found, known in ((french, there, features), (vietnamese, here, spelt)):
        for terms, numbers, docs, frequencies in found:
            columns = np.fromiter((known.get(term, -1) for term in terms), np.int64, len(terms))
            side.add(docs, columns[numbers], frequencies)
    return len(features)


Occurrences = tuple[list[str], Numbers, Numbers, Numbers]
"""The terms of a segment's field; for each posting in one language the term's number, document, frequency."""


def _occurrences(
    segments: Sequence[Segment], kind: Kind, side: _Side
) -> tuple[list[Occurrences], dict[str, int]]:
    """The postings of a field in the documents of one language, and in how many each term is."""
    found: list[Occurrences] = []
    frequent: dict[str, int] = {}
    for segment in segments:
        table = segment.fields[_BODY[kind]]
        postings = table.read_range(0, len(table))
        kept = side.documents[postings.docs + segment.base]
        numbers = np.repeat(np.arange(len(table)), table.df[:].astype(np.int64))[kept]
        terms = [term.decode() for term in table.terms()]
        docs = postings.docs[kept].astype(np.int64) + segment.base
        found.append((terms, numbers, docs, postings.tfs[kept].astype(np.int64)))
        for term, df in zip(terms, np.bincount(numbers, minlength=len(table)).tolist(), strict=True):
            if df:
                frequent[term] = frequent.get(term, 0) + df
    return found, frequent


def _words(
    segments: Sequence[Segment], french: _Side, vietnamese: _Side, lexicon: BilingualLexicon, count: int
) -> int:
    """Add the words of the lexicon to both sides, each as the stem of its best translation of one word."""
    usual, usual_there = (
        _USUAL_WORD * np.count_nonzero(side.documents) + _FEW for side in (vietnamese, french)
    )
    known: dict[str, int] = {}
    for words, translations in lexicon.side(VIETNAMESE).translations.items():
        best = next((each.words[0] for each in translations if len(each.words) == 1), "")
        stem = next(iter(accented_stems(best)), "") if best else ""
        if not stem:
            continue
        kind = Kind.WORD if len(words) > 1 else Kind.SURFACE
        docs, tfs = _postings(segments, kind, "_".join(words))
        if not 0 < len(docs) <= usual:
            continue
        if stem not in known:
            there, theirs = _postings(segments, Kind.STEM, stem)
            if not 0 < len(there) <= usual_there:
                continue
            known[stem] = count + len(known)
            french.add(there, np.full(len(there), known[stem]), theirs)
        vietnamese.add(docs, np.full(len(docs), known[stem]), tfs)
    return count + len(known)


def _postings(segments: Sequence[Segment], kind: Kind, term: str) -> tuple[Numbers, Numbers]:
    found = [segment.postings(_BODY[kind], term.encode()) for segment in segments]
    docs = np.concatenate([own for own, _, _ in found])
    return docs, np.concatenate([tfs for _, tfs, _ in found]).astype(np.int64)


def _nearest(french: _Side, vietnamese: _Side, count: int, lengths: NDArray[np.float64]) -> Iterator[Pair]:
    """Documents that are each other's nearest."""
    here, there = _matrix(french, count), _matrix(vietnamese, count)
    df, other = (np.bincount(each.indices, minlength=count) for each in (here, there))
    idf = np.sqrt(
        np.log(1 + here.shape[0] / np.maximum(df, 1)) * np.log(1 + there.shape[0] / np.maximum(other, 1))
    )
    weights = np.where((df > 0) & (other > 0), idf, 0)
    here, there = _normed(here, weights), _normed(there, weights)
    telling = np.flatnonzero((weights > 0) & (df.astype(np.float64) * other <= _MAX_PAIRS))
    alike = (here[:, telling] @ there[:, telling].T).tocsr()
    french_docs, vietnamese_docs = np.flatnonzero(french.documents), np.flatnonzero(vietnamese.documents)
    best, first, second = _two_best(alike)
    back, _, beside = _two_best(alike.T.tocsr())
    for row in np.flatnonzero(first >= MIN_SCORE / 2).tolist():
        column = int(best[row])
        if back[column] != row:
            continue
        ratio = lengths[vietnamese_docs[column]] / max(lengths[french_docs[row]], 1)
        shared = here[[row]].multiply(there[[column]])
        score, rival = float(shared.sum()), max(second[row], beside[column])
        clear = score >= MIN_SCORE and first[row] >= MARGIN * rival
        if clear and shared.nnz >= MIN_SHARED and LENGTHS[0] <= ratio <= LENGTHS[1]:
            yield Pair(int(french_docs[row]), int(vietnamese_docs[column]), round(score, 3))


def _matrix(side: _Side, count: int):  # type: ignore[no-untyped-def]  # scipy has no types
    """A row a document of the language, a column a feature: 1 + ln(frequency)."""
    from scipy.sparse import csr_matrix  # a third of a second, which only indexing needs

    rows = np.cumsum(side.documents)[_joined(side.docs)] - 1
    shape = (int(np.count_nonzero(side.documents)), count)
    found = csr_matrix(
        (_joined(side.frequencies).astype(np.float64), (rows, _joined(side.features))), shape=shape
    )
    found.sum_duplicates()
    found.data = 1 + np.log(found.data)
    return found


def _joined(arrays: Iterable[Numbers]) -> Numbers:
    return np.concatenate([np.empty(0, np.int64), *arrays])


def _normed(matrix, weights: NDArray[np.float64]):  # type: ignore[no-untyped-def]
    """The matrix with weighted columns and rows of length 1."""
    from scipy.sparse import diags

    weighted = matrix @ diags(weights)
    norms = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return (diags(1 / np.maximum(norms, 1e-9)) @ weighted).tocsr()


def _two_best(matrix) -> tuple[Numbers, NDArray[np.float64], NDArray[np.float64]]:  # type: ignore[no-untyped-def]
    """For each row the column of its largest value, that value, and the second largest."""
    rows = matrix.shape[0]
    best, first, second = np.full(rows, -1), np.zeros(rows), np.zeros(rows)
    filled = np.flatnonzero(np.diff(matrix.indptr))
    if not len(filled):
        return best, first, second
    begins, counts = matrix.indptr[filled], np.diff(matrix.indptr)[filled]
    first[filled] = np.maximum.reduceat(matrix.data, begins)
    at = np.flatnonzero(matrix.data == np.repeat(first[filled], counts))
    owners = np.searchsorted(begins, at, side="right") - 1
    chosen = at[np.flatnonzero(np.diff(owners, prepend=-1))]  # of equal ones the first
    best[filled] = matrix.indices[chosen]
    rest = matrix.data.copy()
    rest[chosen] = 0
    second[filled] = np.maximum.reduceat(rest, begins)
    return best, first, second
