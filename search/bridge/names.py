"""Names that need no lexicon of ours: territories, languages and currencies, as Unicode's CLDR has them."""

from collections.abc import Iterator, Mapping

from search.bridge.entries import MAX_WORDS, Entry

_SHORTEST = 2
"""Letters of a name: shorter ones are codes."""


def entries() -> Iterator[Entry]:
    """What CLDR calls the same thing in French and in Vietnamese."""
    # a tenth of a second that a program which only asks for help need not wait
    from babel import Locale

    french, vietnamese = Locale("fr"), Locale("vi")
    tables: tuple[tuple[str, Mapping[str, str], Mapping[str, str]], ...] = (
        ("territory", french.territories, vietnamese.territories),
        ("language", french.languages, vietnamese.languages),
        ("currency", french.currencies, vietnamese.currencies),
    )
    for domain, ours, theirs in tables:
        for code, name in ours.items():
            other = theirs.get(code, "")
            # *U.S. Outlying Islands (Kinh độ 0)*: what is between brackets is no part of a name
            plain = not any(sign in name + other for sign in "([,/")
            if other and plain and min(len(name), len(other)) >= _SHORTEST and _short(name) and _short(other):
                yield Entry(name, other, 1.0, domain)


def _short(name: str) -> bool:
    return len(name.split()) <= MAX_WORDS
