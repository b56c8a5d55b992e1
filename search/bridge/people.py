"""Vietnamese family names, behind which given names follow."""

from functools import cache

from search.analysis.wordlist import read_words


@cache
def family_names() -> frozenset[str]:
    """Surface forms of those that are seldom words."""
    return read_words("family_names_vi.txt", "search.bridge")
