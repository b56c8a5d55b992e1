"""The settings that programs share: where the index is, which synonyms and lexicons there are."""

import os
from argparse import ArgumentParser
from collections.abc import Mapping

DEFAULT_INDEX = ".index"


def default_index(environment: Mapping[str, str] = os.environ) -> str:
    """The address of the index when no option names one: `SONGNGU_INDEX`, else `.index`."""
    return environment.get("SONGNGU_INDEX") or DEFAULT_INDEX


def add_index_option(parser: ArgumentParser, first: str = "") -> None:
    """`--index`, alike in every program: an address stays the text it is, for not each one is a path.

    A program that looks elsewhere `first` says so there, and gets None when the option is not given.
    """
    usual = f"$SONGNGU_INDEX, else {DEFAULT_INDEX}"
    parser.add_argument(
        "--index",
        default=None if first else default_index(),
        metavar="ADDRESS",
        help=f"the index: a folder or another address (default: {f'{first}, else ' if first else ''}{usual})",
    )


def default_synonyms(environment: Mapping[str, str] = os.environ) -> str:
    """The file of synonyms when no option names one: `SONGNGU_SYNONYMS`, else none."""
    return environment.get("SONGNGU_SYNONYMS") or ""


def add_synonyms_option(parser: ArgumentParser) -> None:
    """`--synonyms`, alike in every program that searches."""
    parser.add_argument(
        "--synonyms",
        default=default_synonyms(),
        metavar="FILE",
        help="synonyms, a group a line: “voiture, automobile” (default: $SONGNGU_SYNONYMS, else none)",
    )


def default_lexicons(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The lexicons when no option names one: the files of `SONGNGU_LEXICON`, parted as those of `PATH`."""
    return tuple(filter(None, (environment.get("SONGNGU_LEXICON") or "").split(os.pathsep)))


def add_lexicon_option(parser: ArgumentParser) -> None:
    """`--lexicon`, alike in every program that searches."""
    parser.add_argument(
        "--lexicon",
        action="append",
        default=None,
        metavar="FILE",
        help="translations or a dictionary of your own: TSV, DICT (.index), StarDict (.ifo); may be repeated "
        "(default: $SONGNGU_LEXICON, else none)",
    )
