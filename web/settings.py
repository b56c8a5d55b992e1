"""The settings that the environment gives; README.md has them in one table."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network

from search import DEFAULT_INDEX, default_index, default_lexicons, default_synonyms

DEFAULT_RATE = "1200 per minute"
EVERYONE = "everyone"
LOOPBACK = ("127.0.0.0/8", "::1/128")
_HOST = re.compile(r"\.?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")

Network = IPv4Network | IPv6Network


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
    hosts: tuple[str, ...] = ()
    """`SONGNGU_HOSTS`: the names that the site answers to, `.example.org` for all below one; none for any."""
    operators: tuple[Network, ...] | None = None
    """`SONGNGU_OPERATORS`: the networks that may read the metrics and the status; None for everyone."""
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
            hosts=_hosts(environment.get("SONGNGU_HOSTS") or ""),
            operators=_networks(environment.get("SONGNGU_OPERATORS") or EVERYONE),
            access_log=log == "on",
        )


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(name.lower() for each in text.split(",") if (name := each.strip()))
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise BadSetting(f"SONGNGU_HOSTS={host}: write names without ports, as search.example.org")
    return hosts


def _networks(text: str) -> tuple[Network, ...] | None:
    if text.lower() == EVERYONE:
        return None
    named = [each.strip() for each in text.split(",")]
    if "loopback" in named:
        named = [*(each for each in named if each != "loopback"), *LOOPBACK]
    try:
        return tuple(map(ip_network, named))
    except ValueError as error:
        why = f"SONGNGU_OPERATORS={text}: write everyone, loopback, or networks as 10.0.0.0/8"
        raise BadSetting(why) from error
