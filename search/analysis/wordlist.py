"""Reads the files of a package's `data/`: words apart by white space, or lines; # begins a comment."""

from importlib.resources import files


def read_words(name: str, package: str = "search.analysis") -> frozenset[str]:
    """The words of a list, by its file name and the package it belongs to."""
    text = files(package).joinpath("data", name).read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def read_lines(name: str) -> tuple[str, ...]:
    """The lines of a file of `data/` that are neither blank nor comments."""
    text = files("search.analysis").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))
