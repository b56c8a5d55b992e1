"""From sentences in both languages to entries of a lexicon: only what the lexicon does not know yet."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from indexer.learning.alignment import Together, Vocabulary, aligned
from indexer.learning.association import CERTAIN, log_likelihood
from indexer.learning.sentences import Sentence
from search.analysis.normalize import fold
from search.bridge.bilingual import FRENCH, VIETNAMESE, BilingualLexicon, Side, plainest, stemmed
from search.bridge.entries import Entry

DOMAIN = "learned"
MIN_SENTENCES = 3
"""Sentences in which both words stand; fewer are a chance."""
MIN_LIKELY = 0.25
"""The least mean of both probabilities (geometric): what each direction says by itself is not enough."""
MAX_SHARE = 0.08
"""The share of all sentences up to which a word tells something: *tu* and *tôi* are in more."""
MAX_WEIGHT = 0.5
"""The weight of a certain translation: less than that of one which somebody has written."""
MAX_TRANSLATIONS = 3
"""Translations of one word that are kept."""


def learned(sentences: Sequence[Sentence], known: BilingualLexicon) -> list[Entry]:
    """What the sentences teach of words that the lexicon lacks, the most certain first."""
    fr, vi, together = aligned(sentences)
    left, right = fr.sentences[together.fr], vi.sentences[together.vi]
    likely = np.sqrt(together.fr_to_vi * together.vi_to_fr)
    certain = log_likelihood(together.sentences, left, right, len(sentences))
    kept = (together.sentences >= MIN_SENTENCES) & (likely >= MIN_LIKELY) & (certain >= CERTAIN)
    kept &= np.maximum(left, right) <= max(MAX_SHARE * len(sentences), MIN_SENTENCES)
    order = np.flatnonzero(kept)
    order = order[np.lexsort((together.vi[order], together.fr[order], -likely[order]))]
    return list(_few(_entries(order.tolist(), fr, vi, together, likely.tolist(), known)))


def _entries(
    order: Iterable[int],
    fr: Vocabulary,
    vi: Vocabulary,
    together: Together,
    likely: Sequence[float],
    known: BilingualLexicon,
) -> Iterator[Entry]:
    french, vietnamese = known.side(FRENCH), known.side(VIETNAMESE)
    for place in order:
        one, other = fr.words[together.fr[place] - 1], vi.words[together.vi[place] - 1]
        if _is_known(one, french) and _is_known(other, vietnamese):
            continue
        # a name that both languages spell alike is found without a lexicon
        if fold(one) != fold(other).replace(" ", ""):
            yield Entry(one, other, round(MAX_WEIGHT * min(likely[place], 1.0), 2), DOMAIN)


def _is_known(word: str, side: Side) -> bool:
    """Whether a lexicon has a word in any of its forms: *étudiants* too where it has *étudiant*."""
    words = tuple(word.split())
    return (
        words in side.translations
        or bool(side.by_singular.get(plainest(words, side.language)))
        or bool(side.by_stem.get(stemmed(words, side.language)))
    )


def _few(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Without what comes after the best translations of a word, on either side."""
    seen: dict[tuple[str, str], int] = {}
    for entry in entries:
        own = [(FRENCH, entry.fr), (VIETNAMESE, entry.vi)]
        if all(seen.get(key, 0) < MAX_TRANSLATIONS for key in own):
            seen |= {key: seen.get(key, 0) + 1 for key in own}
            yield entry


def written(entries: Iterable[Entry], names: Iterable[str]) -> str:
    """A lexicon file of entries, which says where they come from."""
    head = (
        f"# French, Vietnamese, weight, domain; learned from {', '.join(names)}.\n"
        "# Look through it before you use it: a line that is wrong can simply be deleted.\n"
    )
    return head + "".join(f"{each.fr}\t{each.vi}\t{each.weight:g}\t{each.domain}\n" for each in entries)
