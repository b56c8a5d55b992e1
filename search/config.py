"""The few numbers that shape ranking and bound work, in one place, each named."""

from dataclasses import dataclass, field

from search.bridge.bilingual import BilingualLexicon
from search.bridge.own import own_lexicon
from search.synonyms import NONE, Synonyms, SynonymsFile


@dataclass(frozen=True, slots=True)
class Similarity:
    """BM25F (Robertson, Zaragoza & Taylor 2004): weighted frequencies of all parts in one saturation."""

    k1: float = 1.2
    """Saturation of words."""
    phrase_k1: float = 0.4
    """Saturation of phrases: a second time tells less than of a word."""
    body_b: float = 0.85
    """How much a long body counts for less."""
    title_b: float = 0.9
    """How much a long title counts for less."""
    title: float = 3.0
    """What an occurrence in the title is worth beside one in the body (1)."""
    lead: float = 1.5
    """What an occurrence in the first words of the body adds, however long it is."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each kind of evidence is worth beside an exact match (1)."""

    unaccented: float = 0.5
    """The unaccented spelling of a word typed with diacritics: *Duong* for *Dưỡng*."""
    folded: float = 0.3
    """Any word that folds to the same letters."""
    form: float = 0.95
    """The same word in its other number, or with its other spelling: *lois* for *loi*, *kĩ* for *kỹ*."""
    stem: float = 0.9
    """A French word of the same stem."""
    function_word: float = 0.3
    """A function word beside words that tell something."""
    written: float = 0.9
    """The same word written otherwise: *Hà Nội* for `hanoi`, *U.S.A.* for `USA`."""
    date: float = 2.0
    """A day as a whole tells more than its figures, which stand in any text: 15, 6 and 2023."""
    acronym: float = 0.7
    """What an acronym stands for where the archive defines it, and the other way round."""
    synonym: float = 0.8
    """What the file of synonyms names for a word."""
    tie_breaker: float = 0.05
    """What the readings of a word that are not its best one add."""
    pair: float = 0.5
    """Two neighbouring words of the query side by side."""
    phrase: float = 0.3
    """All words of a short query side by side."""
    typed: float = 0.5
    """The spelling of a single word that was typed."""
    compound: float = 0.3
    """A compound of the query that underthesea finds in the text too."""
    title_share: float = 0.5
    """The share of the title that the words of the query make up."""
    passage: float = 0.4
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
    few_words: int = 4
    """Up to so many words, documents that have all of them come before those that lack one."""
    full_page: int = 10
    """With fewer documents that honour the typed diacritics, those with others are shown after them."""
    abroad: Weights = field(default_factory=lambda: Weights(tie_breaker=0.0, passage=0.8, pair=0.4))
    """The weights in the other language: words that are far apart or out of order there say more."""
    crossed_hits: int = 3
    """Hits in the other language that are shown beside a page."""
    synonyms: Synonyms | SynonymsFile = NONE
    """What whoever runs the search has named as synonyms."""
    lexicon: BilingualLexicon | None = None
    """What words are called in the other language; None for the lexicon that comes with the project."""

    def bilingual(self) -> BilingualLexicon:
        """The lexicon of both languages."""
        return self.lexicon if self.lexicon is not None else own_lexicon()
