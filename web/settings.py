"""The settings that the environment gives; README.md has them in one table."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from search import DEFAULT_INDEX, default_index, default_lexicons, default_synonyms

DEFAULT_RATE = "1200 per minute"


class BadSetting(ValueError):
    """A variable of the environment that cannot be used; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a site is run, beside the index it serves."""

    index: str = DEFAULT_INDEX
    """`SONGNGU_INDEX`: where the index is."""
    synonyms: str = ""
    """`SONGNGU_SYNONYMS`: a file of synonyms."""
    lexicons: tuple[str, ...] = ()
    """`SONGNGU_LEXICON`: lexicons and dictionaries beside the project's own."""
    rate: str = DEFAULT_RATE
    """`SONGNGU_RATE`: requests of one client, as “600 per minute”; `off` for any number."""
    proxies: int = 0
    """`SONGNGU_PROXIES`: how many proxies of ours stand in front and set `X-Forwarded-…`."""
    access_log: bool = False
    """`SONGNGU_ACCESS_LOG`: a JSON line on standard error for each request, with `on`."""

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """The settings of an environment. Raises BadSetting."""
        proxies = environment.get("SONGNGU_PROXIES") or "0"
        if not (proxies.isascii() and proxies.isdigit() and int(proxies) < 10):
            raise BadSetting(f"SONGNGU_PROXIES={proxies}: write how many proxies stand in front, 0 to 9")
        log = (environment.get("SONGNGU_ACCESS_LOG") or "off").lower()
        if log not in ("on", "off"):
            raise BadSetting(f"SONGNGU_ACCESS_LOG={log}: write on or off")
        return cls(
            index=default_index(environment),
            synonyms=default_synonyms(environment),
            lexicons=default_lexicons(environment),
            rate=environment.get("SONGNGU_RATE") or DEFAULT_RATE,
            proxies=int(proxies),
            access_log=log == "on",
        )
