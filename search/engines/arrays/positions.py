"""Where terms stand in some documents: what a re-score looks at, each list read once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from search.engines.arrays.impacts import Docs
from search.engines.arrays.segment import Segment

Keys = NDArray[np.int64]
"""Places of a field: document << 32 | position, ascending."""


class Places:
    """The places of terms in some documents, ascending; for one search."""

    def __init__(self, segments: Sequence[Segment], docs: Docs) -> None:
        self._segments = segments
        self.docs = docs
        self._known: dict[tuple[str, str], list[Keys]] = {}
        self._joined: dict[tuple[str, Sequence[str]], Keys] = {}

    def among(self, docs: Docs) -> "Places":
        """The same for fewer documents."""
        return Places(self._segments, docs)

    def keys(self, field: str, texts: tuple[str, ...]) -> Keys:
        """Where any of some terms stands."""
        found = self._joined.get((field, texts))
        if found is None:
            own = [keys for text in texts for keys in self._of(field, text)]
            found = np.concatenate([_NO_KEYS, *own])
            if len(own) > 1:
                found.sort()
            self._joined[field, texts] = found
        return found

    def _of(self, field: str, text: str) -> list[Keys]:
        known = self._known.get((field, text))
        if known is None:
            term = text.encode("utf-8", "replace")
            found = (segment.positions(field, term, self.docs) for segment in self._segments)
            known = [docs << 32 | positions for docs, positions in found if len(docs)]
            self._known[field, text] = known
        return known


_NO_KEYS: Keys = np.empty(0, np.int64)


def documents_of(keys: Keys) -> Docs:
    """The documents of keys in order, each once."""
    docs = keys >> 32
    return docs[np.diff(docs, prepend=-1) > 0]
