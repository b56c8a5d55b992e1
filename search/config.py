"""The few numbers that shape ranking and bound work, in one place, each named."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Similarity:
    """BM25 (Robertson & Zaragoza 2009): saturation `k1`, length normalisation `b`."""

    k1: float = 3.8
    b: float = 0.98


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence is worth beside an exact match in the body (1)."""

    unaccented: float = 0.5
    """The unaccented spelling of a word typed with diacritics: *Duong* for *Dưỡng*."""
    folded: float = 0.3
    """Any word that folds to the same letters."""
    form: float = 0.95
    """The same word in its other number, or with its other spelling: *lois* for *loi*, *kĩ* for *kỹ*."""
    stem: float = 1.0
    """A French word of the same stem."""
    title: float = 0.4
    """The same match in the title."""
    tie_breaker: float = 0.05
    """What the readings of a word that are not its best one add."""
    pair: float = 0.4
    """Two neighbouring words of the query side by side in the text."""
    compound: float = 0.6
    """A compound of the query that underthesea finds in the text too."""
    as_written: float = 1.0
    """What was typed without spaces, as `57-KL/TW`, standing so in the text or the title."""
    passage: float = 0.2
    """Words of the query that the best passage of about 100 tokens holds."""
    reading_floor: float = 0.02
    """Restored readings less probable than this do not score by themselves."""


@dataclass(frozen=True, slots=True)
class Caps:
    """Bounds on what one query may cost."""

    characters: int = 2_000
    """Characters of a query that are read."""
    words: int = 64
    """Words of a query that are searched for."""
    phrases: int = 8
    """Quoted phrases of a query; words in more of them are searched for one by one."""
    depth: int = 12
    """Parentheses inside parentheses."""
    prefix_terms: int = 64
    """Terms that one `prefix*` stands for."""
    readings: int = 10
    """Spellings of one word that are weighed against each other."""
    results: int = 10_000
    """How deep paging goes."""
    page: int = 200
    """Hits on one page."""
    facet_values: int = 200
    """Values of one facet: a collection of laws may have tens of thousands of sources."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that can be tuned."""

    weights: Weights = field(default_factory=Weights)
    caps: Caps = field(default_factory=Caps)
    similarity: Similarity = field(default_factory=Similarity)
    window: int = 200
    """Documents that the re-score looks at."""
    floor: float = 0.2
    """Documents that lack a word of the query are shown if they score this share of the best one."""
    full_page: int = 10
    """With fewer documents that honour the typed diacritics, those with others are shown after them."""
