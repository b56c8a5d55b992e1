"""French: told by its function words, its accents and its elided articles; stems, and no compounds."""

import re
import threading
from collections.abc import Iterator

import Stemmer

from search.analysis import french
from search.analysis.languages.base import Language
from search.analysis.syllable import OWN_LETTERS, is_syllable
from search.analysis.wordlist import read_words

_VIETNAMESE = re.compile(f"[{OWN_LETTERS}]")
_TELLING_LETTERS = re.compile("[çëïûîœ]")
_ACCENTED = re.compile("[àâéèêîïôùûÿ]")
_ELISIONS = frozenset(["l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "quoiqu", "lorsqu", "puisqu"])
_TELLING_WORDS = read_words("function_words_fr.txt")
_SHARED = frozenset(["la", "de", "à", "a", "que", "me", "te", "lui", "eux", "non", "bien"])
"""Function words that neighbouring languages or unaccented Vietnamese have too: no evidence of French."""
_FUNCTION_WORDS = _TELLING_WORDS | _SHARED | _ELISIONS | {"nº"}

_local = threading.local()


def _tells(word: str) -> float:
    told = 0.0
    # neither *Việt* nor *là*: an accent tells where no Vietnamese syllable has it
    if (
        not word.isascii()
        and not _VIETNAMESE.search(word)
        and (_TELLING_LETTERS.search(word) or (_ACCENTED.search(word) and not is_syllable(word)))
    ):
        told += 1.2
    if word in _TELLING_WORDS:
        told += 1.0
    return told


def _stem(word: str) -> str:
    """Snowball's stem, through PyStemmer."""
    # its objects keep state and must not be shared between threads
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:
        stemmer = _local.stemmer = Stemmer.Stemmer("french")
    return str(stemmer.stemWord(word))


def _plainer(word: str) -> tuple[str, ...]:
    """*mais* is no plural of *mai*."""
    return () if word in _FUNCTION_WORDS else french.plainer(word)


def _other_number(word: str) -> Iterator[str]:
    if word not in _FUNCTION_WORDS:
        yield from (form for form in french.other_number(word) if form not in _FUNCTION_WORDS)


FRENCH = Language(
    code="fr",
    own_name="Français",
    names=("french", "tieng phap", "phap"),
    long_codes=("fra", "fre"),
    tells=_tells,
    function_words=_FUNCTION_WORDS,
    elisions=_ELISIONS,
    western=True,
    stem=_stem,
    plainer=_plainer,
    other_number=_other_number,
)
