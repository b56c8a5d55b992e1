"""The version of Song Ngữ, and the option that tells it."""

from argparse import ArgumentParser

VERSION = "0.9.0"


def add_version_option(parser: ArgumentParser) -> None:
    """`--version`, the same for each program."""
    parser.add_argument("--version", action="version", version=f"Song Ngữ {VERSION}")
