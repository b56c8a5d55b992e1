"""Vietnamese family names, behind which given names follow."""

from functools import cache
from importlib.resources import files


@cache
def family_names() -> frozenset[str]:
    """Surface forms of those that are seldom words."""
    text = files("search.bridge").joinpath("data", "family_names_vi.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
