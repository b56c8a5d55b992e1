"""What a file of this folder says of its language: one entry for the table of `registry.py`."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from search.analysis.segmentation import TokenSpan
from search.analysis.token import Token


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters that no other language of the table has, and their share in a text, which is quick to count."""

    pattern: re.Pattern[str]
    """Matches one of them in lower case."""
    sparse: float
    """A passage with a larger share of them is in this language when its document is."""
    dense: float
    """A passage with a smaller share is in another language when its document is: it has a name or two."""


@dataclass(frozen=True, slots=True)
class Segmenter:
    """What finds the words of several tokens."""

    runs: Callable[[str, Sequence[Token]], Iterator[TokenSpan]]
    """The compounds of a stretch of text, as places in its tokens, in order."""
    load: Callable[[], object]
    """Makes it ready, once, before threads or work arrive."""
    version: Callable[[], str]
    """Another version may find other compounds."""


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language: how it is told from others, and what is done for it alone."""

    code: str
    """ISO 639-1."""
    own_name: str
    tells: Callable[[str], float]
    """How much a surface form speaks for it; the unit is about one telling word."""
    function_words: frozenset[str]
    """Surface forms that say little by themselves, whether or not they tell the language."""
    names: tuple[str, ...] = ()
    """What else it is called, folded, where documents are asked for by language: `lang:vietnamien`."""
    long_codes: tuple[str, ...] = ()
    """ISO 639-2, as e-books and metadata have it."""
    elisions: frozenset[str] = frozenset()
    """Surface forms that tell the language where an apostrophe follows."""
    letters: Letters | None = None
    capital: float = 1.0
    """What a capitalised word tells beside another one: less where names keep their diacritics abroad."""
    western: bool = False
    """Whether it was written in Latin-1 or Windows-1252 before there was Unicode."""
    stem: Callable[[str], str] | None = None
    """The stem of a surface form, diacritics kept, where inflected words are to meet."""
    plainer: Callable[[str], tuple[str, ...]] | None = None
    """Words whose stems a surface form has beside its own: *loi* for *lois*, *actif* for *active*."""
    other_number: Callable[[str], Iterable[str]] | None = None
    """The surface forms that differ from one in number only, whether or not they exist: *lois* for *loi*."""
    segmenter: Segmenter | None = None
    """Where words of several tokens are to count as one."""
