"""How good is a ranking? What trec_eval computes, in a few lines."""

import math
from collections.abc import Iterable, Mapping, Sequence

TOP = 10


def ndcg(ranked: Sequence[str], relevant: Mapping[str, int]) -> float:
    """nDCG@10 with the grade as gain, as trec_eval has it."""
    ideal = sorted(relevant.values(), reverse=True)[:TOP]
    return _gain(relevant.get(id, 0) for id in ranked[:TOP]) / max(_gain(ideal), 1e-9)


def _gain(grades: Iterable[int]) -> float:
    return sum(grade / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def place(ranked: Sequence[str], relevant: Mapping[str, int]) -> int:
    """The place of the first relevant document, from 1; 0 where there is none."""
    return next((rank for rank, id in enumerate(ranked, 1) if relevant.get(id)), 0)
