"""A lexicon as files of its own, for engines that keep their postings where we cannot look them up.

One file holds the counts of one batch of documents (see `terms`, `groups` and `pairs` for its arrays, and
`documents`, how many they were); a lexicon is read from as many files as there were batches.
"""

from pathlib import Path

import numpy as np

from search.analysis.document import AnalyzedDocument
from search.arrayfile import ArrayFileWriter
from search.lexicon import pairs
from search.lexicon.counting import FieldBuffer
from search.lexicon.groups import GROUPED, write_groups
from search.lexicon.pairs import PAIR_FIELD, Pairs, frequent
from search.lexicon.terms import write_terms
from search.schema import FIELD_NAMES


class LexiconWriter:
    """Counts the words of documents, and writes them as one file."""

    def __init__(self) -> None:
        self._fields: dict[str, FieldBuffer] = {}
        self._documents = 0
        self._clear()

    def _clear(self) -> None:
        self._fields = {name: FieldBuffer() for name in FIELD_NAMES}
        self._documents = 0

    @property
    def tokens(self) -> int:
        """How many tokens of all fields wait in memory; a builder writes a file when they are many."""
        return sum(field.tokens for field in self._fields.values())

    def add(self, document: AnalyzedDocument) -> None:
        """Count the words of a document."""
        for name, stream in document.streams.items():
            self._fields[name].add(self._documents, stream)
        self._documents += 1

    def write(self, path: Path) -> None:
        """Write what was counted, durably, and begin anew."""
        terms: dict[str, list[bytes]] = {}
        with ArrayFileWriter(path) as out:
            for name in FIELD_NAMES:
                inverted = self._fields[name].inverted()
                write_terms(out, name, inverted.terms)
                out.write(f"{name}.df", inverted.document_frequencies())
                out.write(f"{name}.cf", inverted.occurrences())
                if name == PAIR_FIELD:
                    pairs.write(out, frequent(Pairs(*inverted.pairs())))
                if name.endswith(GROUPED):
                    terms[name] = inverted.terms
            write_groups(out, terms)
            out.write("documents", np.array([self._documents], np.uint32))
        self._clear()
