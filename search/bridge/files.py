"""The lexicons that whoever runs the search owns: TSV like our own, DICT and StarDict, beside our own."""

import gzip
import logging
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from os import PathLike
from pathlib import Path

from tqdm import tqdm

from search.analysis.language import detect
from search.analysis.token import tokenize
from search.bridge import definitions, names
from search.bridge.bilingual import FRENCH, VIETNAMESE, BilingualLexicon
from search.bridge.dictionaries import Article, read_dict, read_stardict
from search.bridge.entries import Entry, own_entries, read_entries
from search.errors import LexiconUnreadable

MAX_TOLD = 20
"""Faults of one file that are named one by one."""
_LOOKED_AT = 400
"""Articles that tell from which language a dictionary goes."""
_READERS = {".ifo": read_stardict, ".index": read_dict}
_PLAIN = (".tsv", ".txt", ".gz")

logger = logging.getLogger(__name__)


def lexicon_with(paths: Sequence[str | PathLike[str]]) -> BilingualLexicon:
    """Our own lexicon with those of some files. Raises LexiconUnreadable.

    Lines that cannot be used are named in the log, by file and number; all others count.
    """
    added = (entry for path in paths for entry in read_lexicon(Path(path)))
    # only what takes long, and only where somebody looks on
    shown = tqdm(added, unit=" entries", desc="lexicon", delay=1, leave=False, disable=None)
    return BilingualLexicon(chain(own_entries(), names.entries(), shown))


def read_lexicon(path: Path) -> Iterator[Entry]:
    """The entries of a file: `.tsv` (or `.tsv.gz`), the `.index` of DICT or the `.ifo` of StarDict."""
    faults: list[str] = []
    reader = _READERS.get(path.suffix)
    if reader:
        yield from _defined(reader(path, faults), path)
    elif path.suffix in _PLAIN:
        yield from (_named(entry, path) for entry in read_entries(_lines(path), str(path), faults))
    else:
        raise LexiconUnreadable(f"{path}: name a .tsv file, the .index of a DICT or the .ifo of a StarDict")
    for fault in faults[:MAX_TOLD]:
        logger.warning("%s", fault)
    if len(faults) > MAX_TOLD:
        logger.warning("%s: %d more lines could not be used", path, len(faults) - MAX_TOLD)


def _named(entry: Entry, path: Path) -> Entry:
    """Where an entry comes from, if it does not say so itself."""
    return entry if entry.domain else entry._replace(domain=path.stem)


def _lines(path: Path) -> Iterator[str]:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    yield line.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError:
                    yield "\ufffd"  # no entry: it is named with its number like any other that is none
    except (OSError, EOFError, zlib.error) as error:
        raise LexiconUnreadable(f"cannot read the lexicon {path}: {error}") from error


def _defined(articles: Iterator[Article], path: Path) -> Iterator[Entry]:
    """The entries of a dictionary, which goes from one of the languages to the other."""
    first = list(islice(articles, _LOOKED_AT))
    if not first:
        raise LexiconUnreadable(f"{path} has no articles that can be read")
    heads = _language(each.head for each in first)
    glosses = _language(gloss for each in first for gloss in definitions.glosses(each.head, each.text))
    # single words tell less than texts: one of the sides is enough
    if glosses not in (FRENCH, VIETNAMESE) and heads not in (FRENCH, VIETNAMESE):
        raise LexiconUnreadable(
            f"{path}: a dictionary from French to Vietnamese is expected, or the other way round; "
            f"its heads look like “{heads}”, its articles like “{glosses}”"
        )
    if heads == glosses:
        raise LexiconUnreadable(f"{path}: heads and articles are both in “{heads}”")
    from_french = glosses == VIETNAMESE or heads == FRENCH
    for each in chain(first, articles):
        yield from definitions.entries(each.head, each.text, path.stem, from_french=from_french)


def _language(texts: Iterable[str]) -> str:
    text = "\n".join(texts)
    return detect(list(tokenize(text)), text, "")
