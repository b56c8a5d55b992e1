"""French number and gender by rules: from a word to its singular, its masculine, and its other number.

What Snowball leaves apart meets here: *lois* and *loi*, *travaux* and *travail*, *active* and *actif*. The
rules are the minimal ones of Savoy (1999), *A stemming procedure and stopword list for general French
corpora*, with the lists that every grammar has. A word that no rule is sure of stays as it is.

All of it also knows words that were typed without their accents.
"""

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from search.analysis.normalize import fold
from search.analysis.wordlist import read_lines, read_words

_SHORTEST = 2
"""Letters that a singular has at least: *an*, *os*."""
_TO_MASCULINE = (
    ("trice", "teur", 2),
    ("euse", "eur", 3),
    ("ïve", "ïf", 2),
    ("ive", "if", 3),
    *(
        (letters + ending, letters + "er", 2)
        for letters in ("g", "ch", "ll", "i")
        for ending in ("ère", "ere")
    ),
    ("ée", "é", 2),
    # participles; *mérite* and *valise* are none
    *((ending + "e", ending, 0) for ending in ("crit", "dit", "uit", "fait", "mis", "pris", "quis", "cis")),
)
"""A feminine ending, the masculine one, and how many letters stand before: *active*, but not *rive*."""


@lru_cache(maxsize=300_000)
def singular(word: str) -> str:
    """The singular of a plural; any other word as it is: *lois* → *loi*, *chevaux* → *cheval*, *temps*."""
    if word[-1:] not in ("s", "x") or len(word) <= _SHORTEST:
        return word
    if word in _irregular_plurals():
        return _irregular_plurals()[word]
    if word[:-1] in _sure_singulars():
        return word[:-1]
    if word in _no_plurals():
        return word
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux"):
        return word[:-2] + "l"
    # *français*, *avais*, *chinois*, *procès*: those in -ai, -oi and -çon were asked for by name
    if word.endswith(("x", "ss", "ès", "ais", "ois", "geons", "çons")):
        return word
    return word[:-1]


@lru_cache(maxsize=300_000)
def plainer(word: str) -> tuple[str, ...]:
    """The words whose stems a word has beside its own: its singular, and the masculine of that."""
    alone = singular(word)
    return tuple(dict.fromkeys(each for each in (alone, _masculine(alone)) if each != word))


def _masculine(word: str) -> str:
    """The masculine of a feminine by list or by rule; the infinitive of *mangeons*, *plaçons*."""
    known = _masculines().get(word)
    if known:
        return known
    for ending, other, before in _TO_MASCULINE:
        if word.endswith(ending) and len(word) >= len(ending) + before:
            return word[: -len(ending)] + other
    if word.endswith("geons"):
        return word[:-4] + "er"
    return word[:-4] + "cer" if word.endswith("çons") else word


def other_number(word: str) -> Iterator[str]:
    """The singular of a plural, the plurals that a singular may have: *pneu* → *pneus*, *pneux*."""
    alone = singular(word)
    if len(alone) < _SHORTEST or not alone.isalpha() or alone[-1] in "sxz":
        return
    found = [alone, alone + "s", *_plurals_of(alone)]
    if alone.endswith(("au", "eu", "ou")):
        found.append(alone + "x")
    if alone.endswith("al"):
        found.append(alone[:-1] + "ux")
    yield from (each for each in dict.fromkeys(found) if each != word and singular(each) == alone)


@cache
def _irregular_plurals() -> Mapping[str, str]:
    return _pairs("french_plurals.txt")


@cache
def _masculines() -> Mapping[str, str]:
    return _pairs("french_feminines.txt")


def _pairs(name: str) -> Mapping[str, str]:
    """A word for another one, with their accents and without."""
    pairs = [(one, other) for one, other in (line.split() for line in read_lines(name))]
    return {fold(one): fold(other) for one, other in pairs} | dict(pairs)


def _plurals_of(word: str) -> tuple[str, ...]:
    return _by_singular().get(word, ())


@cache
def _by_singular() -> Mapping[str, tuple[str, ...]]:
    plurals = _irregular_plurals()
    return {alone: tuple(each for each, own in plurals.items() if own == alone) for alone in plurals.values()}


@cache
def _sure_singulars() -> frozenset[str]:
    return _both("french_singulars.txt")


@cache
def _no_plurals() -> frozenset[str]:
    return _both("french_no_plurals.txt")


def _both(name: str) -> frozenset[str]:
    words = read_words(name)
    return words | frozenset(map(fold, words))
