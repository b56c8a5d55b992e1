"""A document's terms, field by field, ready for an engine's writer."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.document import Document
from search.schema import Part


@dataclass(frozen=True, slots=True)
class TermStream:
    """The terms of one field of one document.

    `terms` holds each distinct term once; token i is `terms[ids[i]]` at `positions[i]`. Tokens are
    ordered by position; several may share one (the two stems of a French word).
    """

    terms: tuple[str, ...]
    ids: NDArray[np.uint32]
    positions: NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class AnalyzedDocument:
    """A document and its terms. `language` is declared or detected; `lengths` count surface tokens.

    `signature` tells near-duplicates (see `search.analysis.resemblance`); empty for a short text.
    """

    document: Document
    language: str
    streams: Mapping[str, TermStream]
    lengths: Mapping[Part, int]
    signature: bytes = b""
