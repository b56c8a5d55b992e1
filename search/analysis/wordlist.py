"""Reads the word lists of `data/`: words apart by white space, lines that begin with # are comments."""

from importlib.resources import files


def read_words(name: str) -> frozenset[str]:
    """The words of a list, by its file name."""
    text = files("search.analysis").joinpath("data", name).read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
