"""The Vietnamese compounds in a run of words: evidence, for words are split differently in a short query."""

from collections.abc import Iterator, Sequence

from search.analysis import compounds as analysis
from search.analysis.syllable import other_vowel
from search.analysis.token import tokenize
from search.query.alternatives.base import Alternative, Asked
from search.query.alternatives.spellings import meant_bare
from search.query.words import TypedWord
from search.results import How
from search.schema import Kind

_LIKELY = 0.5
"""What a compound of the likely reading is worth where it is not that of the words as they were meant."""


def compounds(run: Sequence[TypedWord], asked: Asked) -> Iterator[Alternative]:
    """The compounds of the likeliest readings of a run."""
    if len(run) < 2:
        return
    likely = [word.likely for word in run]
    as_meant = [word.surface if meant_bare(word, asked.words) else word.likely for word in run]
    # where the two differ, *hoa bình* may still be *hòa bình*
    found = dict.fromkeys(_compounds(likely), _LIKELY) | dict.fromkeys(_compounds(as_meant), 1.0)
    for term, share in list(found.items()):
        other = "_".join(other_vowel(syllable) or syllable for syllable in term.split("_"))
        found.setdefault(other, share * asked.weights.form)  # *kĩ thuật* for *kỹ thuật*
    for term, share in found.items():
        yield Alternative(Kind.WORD, (term,), asked.weights.compound * share, How.RESTORED)


def _compounds(words: Sequence[str]) -> Iterator[str]:
    text = " ".join(words)
    for term, _ in analysis.compounds(text, list(tokenize(text))):
        yield term
