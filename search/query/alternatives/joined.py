"""Words side by side that the index has as one: *Sài Gòn* and *Saïgon*, *e-mail*, *10 000*, *S.N.C.F.*"""

import unicodedata
from collections.abc import Iterator, Sequence

from search.analysis.language import is_function_word
from search.analysis.normalize import fold
from search.query.alternatives.base import Alternative, Asked, Diacritics
from search.query.pieces import joinable
from search.query.restore import honours
from search.query.words import TypedWord
from search.results import How
from search.schema import Kind

_DIAERESIS = "\u0308"


def joined(run: Sequence[TypedWord], asked: Asked) -> Iterator[Alternative]:
    """The words of a run as one, in each spelling that the index has and that agrees with what was typed."""
    folded = [word.folded for word in run]
    if asked.strict or not joinable(folded) or _is_prose(run):
        return
    typed = "".join(word.surface for word in run)
    for text, _ in asked.lexicon.spellings(["".join(folded)])[0]:
        if asked.diacritics is Diacritics.ANY or agrees(text, typed):
            yield Alternative(Kind.SURFACE, (text,), asked.weights.written, How.WRITTEN)


def _is_prose(run: Sequence[TypedWord]) -> bool:
    """Whether a word is there for the grammar: *sur tout* is not *surtout*, *à 4* no *A4*."""
    spelled_out = len(run) > 2 and all(len(word.surface) == 1 for word in run)  # S.N.C.F.
    return not spelled_out and any(is_function_word(word.likely) for word in run)


def agrees(spelling: str, typed: str) -> bool:
    """Whether a spelling has the diacritics typed and more, or fewer: *Saïgon* for *Sài Gòn*."""
    spelling, typed = without_diaeresis(spelling), without_diaeresis(typed)
    return spelling == fold(typed) or honours(spelling, typed) or honours(typed, spelling)


def without_diaeresis(word: str) -> str:
    """A word without what only tells that two vowels are two: *Hanoï*."""
    if word.isascii():
        return word
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).replace(_DIAERESIS, ""))
