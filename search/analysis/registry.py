"""Which languages are there? The table that everything else asks, and the plain questions to it.

A language is added with one file in `languages/` and its place in LANGUAGES; as the same texts give other
terms then, `search.manifest.ANALYSIS_VERSION` rises too.
"""

from search.analysis.languages.base import Language
from search.analysis.languages.fr import FRENCH
from search.analysis.languages.vi import VIETNAMESE
from search.analysis.normalize import folded_surface

LANGUAGES: tuple[Language, ...] = (
    VIETNAMESE,
    FRENCH,
)
"""In the order in which they are shown; of two that a line speaks for alike, the first is taken."""

OTHER = "other"
"""Stands in the place of a code for all the rest: indexed without stems and compounds."""
_OTHER_NAMES = ("others", "autre", "autres", "khac", "tieng khac")


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


def code_of(name: str) -> str:
    """The code of a language by what somebody calls it: `français`, `Tieng Viet`, `fr-FR`, `vie`.

    A name that the table does not know is its own code.
    """
    folded = " ".join(map(folded_surface, name.split()))
    base = folded.replace("_", "-").partition("-")[0]
    known = {OTHER: OTHER} | dict.fromkeys(_OTHER_NAMES, OTHER) | short_codes()
    for language in LANGUAGES:
        named = (language.code, *language.names, *map(folded_surface, (language.own_name,)))
        known |= dict.fromkeys(named, language.code)
    return known.get(folded) or known.get(base) or (base if len(base) == 2 else folded)
