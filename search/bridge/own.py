"""The lexicon that comes with the project: its own entries, and CLDR's names."""

from functools import cache

from search.bridge import names
from search.bridge.bilingual import BilingualLexicon
from search.bridge.entries import own_entries


@cache
def own_lexicon() -> BilingualLexicon:
    """Read once, when first asked for."""
    return BilingualLexicon((*own_entries(), *names.entries()))
