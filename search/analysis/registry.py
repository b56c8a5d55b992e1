"""Which languages are there? The table that everything else asks, and the plain questions to it.

A language is added with one file in `languages/` and its place in LANGUAGES; as the same texts give other
terms then, `search.manifest.ANALYSIS_VERSION` rises too.
"""

from search.analysis.languages.base import Language
from search.analysis.languages.fr import FRENCH
from search.analysis.languages.vi import VIETNAMESE

LANGUAGES: tuple[Language, ...] = (
    VIETNAMESE,
    FRENCH,
)
"""In the order in which they are shown; of two that a line speaks for alike, the first is taken."""

OTHER = "other"
"""Stands in the place of a code for all the rest: indexed without stems and compounds."""


def codes() -> tuple[str, ...]:
    """The codes of all languages of the table, in its order."""
    return tuple(language.code for language in LANGUAGES)


def find(code: str) -> Language | None:
    """The entry of a language; None for OTHER and for those that the table lacks."""
    for language in LANGUAGES:
        if language.code == code:
            return language
    return None


def short_codes() -> dict[str, str]:
    """ISO 639-2 → ISO 639-1, for the languages of the table."""
    return {long: language.code for language in LANGUAGES for long in language.long_codes}
