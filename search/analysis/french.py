"""French stems: Snowball through PyStemmer, with the accents and both ways around them."""

import threading
from functools import lru_cache

import Stemmer

from search.analysis.normalize import fold

_local = threading.local()


def _stem(word: str) -> str:
    # PyStemmer's objects keep state and must not be shared between threads
    stemmer = getattr(_local, "stemmer", None)
    if stemmer is None:
        stemmer = _local.stemmer = Stemmer.Stemmer("french")
    return str(stemmer.stemWord(word))


@lru_cache(maxsize=300_000)
def accented_stem(surface_form: str) -> str:
    """The stem that keeps the accents: *pêcheurs* and *pécheurs* have different ones."""
    return _stem(surface_form)


@lru_cache(maxsize=300_000)
def folded_stems(surface_form: str) -> tuple[str, ...]:
    """The stems without accents, `fold(stem(w))` and `stem(fold(w))`, once when they agree.

    One alone loses 31 % of accented types for a query typed without accents: *aimées* stems to
    *aim*, but *aimees* to *aime*.
    """
    return tuple(dict.fromkeys((fold(accented_stem(surface_form)), _stem(fold(surface_form)))))


@lru_cache(maxsize=300_000)
def stems(surface_form: str) -> tuple[str, ...]:
    """All stems under which a French word is indexed, each once."""
    return tuple(dict.fromkeys((accented_stem(surface_form), *folded_stems(surface_form))))
