"""Do two words stand in the same sentences more often than by chance? Dunning's log-likelihood (1993)."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]

CERTAIN = 15.14
"""What chance exceeds once in 10,000 (chi-square with one degree of freedom)."""


def log_likelihood(both: Numbers, left: Numbers, right: Numbers, sentences: int) -> Floats:
    """G² of pairs of words that `both` sentences have, of those with the `left` or the `right` word.

    Negative where they avoid each other.
    """
    others = sentences - left
    # both words, the left one alone, the right one alone, neither
    cells = (
        (both, left, right),
        (left - both, left, sentences - right),
        (right - both, others, right),
        (others - right + both, others, sentences - right),
    )
    total = np.zeros(len(both))
    for seen, row, column in cells:
        expected = row * column / max(sentences, 1)
        with np.errstate(divide="ignore", invalid="ignore"):
            total += np.where(seen > 0, seen * np.log(seen / expected), 0.0)
    signed: Floats = 2 * total * np.where(both * sentences >= left * right, 1.0, -1.0)
    return signed
