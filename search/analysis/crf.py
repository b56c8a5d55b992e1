"""A linear-chain CRF with two labels, read from a CRFsuite file and applied with remembered sums.

The features are those that underthesea's word segmentation was trained on: for a token at i, what
stands at i-2 … i+2, its pairs and its triples, as written, in lower case, and whether it looks like
a title or stands in a dictionary. A featuriser hands Python 43 strings a token; here each word, pair
and triple is looked up once, for all the places from which a token can see it.

File format: Naoaki Okazaki, CRFsuite (model type FOMC, version 100) and its Constant Quark Database.
"""

import itertools
import operator
import re
import struct
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import numpy as np

WORDS = ("T[-2]", "T[-1]", "T[0]", "T[1]", "T[2]")
PAIRS = ("T[-2,-1]", "T[-1,0]", "T[0,1]", "T[1,2]")
TRIPLES = ("T[-2,0]", "T[-1,1]", "T[0,2]")
"""The places from which a token sees a word, a pair (`T[-1,0]`: it is the second), a triple."""
SUFFIXES = ("", ".lower", ".isdigit", ".istitle", ".is_in_dict")
_MAX_REMEMBERED = 200_000
_TIE = 1e-9
"""Paths that differ by less differ by rounding; weights have eight digits."""
_INTEGER = re.compile(r"[+-]?[0-9]{1,30}")
_BEFORE, _AFTER = "BOS", "EOS"

Sums = tuple[float, ...]
"""What one word, pair or triple adds to each token that sees it: weight of B minus weight of I."""

Weights = dict[str, dict[str, float]]
"""By feature (`T[0].lower`) and value (`sinh`): weight of B minus weight of I."""

_HEADER = struct.Struct("<4sI4s9I")
_QUARKS = struct.Struct("<4s5I")
_FEATURE = np.dtype([("type", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<f8")])


class Unsupported(Exception):
    """The file is not a model of the kind that this module reproduces."""


class _Seen(dict[object, Sums]):
    """Sums of words (keys are texts), pairs or triples (tuples of texts), computed when first asked for."""

    def __init__(self, places: Sequence[str], weights: Weights, dictionary: Collection[str]) -> None:
        self._places = places
        self._weights = weights
        self._dictionary = dictionary
        self._written = self._by_text("")
        self._lower = self._by_text(".lower")
        self._flags: dict[tuple[bool, bool, bool], Sums] = {}

    def __missing__(self, key: object) -> Sums:
        if len(self) >= _MAX_REMEMBERED:
            self.clear()
        words: Sequence[str] = (key,) if isinstance(key, str) else key  # type: ignore[assignment]
        found = self[key] = self._sums(words)
        return found

    def _sums(self, words: Sequence[str]) -> Sums:
        text = " ".join(words)
        lower = text.lower()
        # a number to the featuriser is what a 32-bit integer holds: an ISBN of 13 digits is none
        is_digit = _INTEGER.fullmatch(text) is not None and -(2**31) <= int(text) < 2**31
        # *2*, *(* and *HÀ* look like titles to it, *ß* does not
        is_title = all(word[0].upper() == word[0] for word in words)
        flags = is_digit, is_title, lower in self._dictionary
        sums = self._flags.get(flags)
        if sums is None:
            sums = self._flags[flags] = self._of_flags(*flags)
        for more in (self._written.get(text), self._lower.get(lower)):
            if more is not None:
                sums = tuple(map(operator.add, sums, more))
        return sums

    def _by_text(self, suffix: str) -> dict[str, Sums]:
        own = [self._weights.get(place + suffix, {}) for place in self._places]
        return {text: tuple(w.get(text, 0.0) for w in own) for text in set().union(*own)}

    def _of_flags(self, is_digit: bool, is_title: bool, is_known: bool) -> Sums:
        named = ((".isdigit", is_digit), (".istitle", is_title), (".is_in_dict", is_known))
        return tuple(
            sum(self._weights.get(place + suffix, {}).get(str(value), 0.0) for suffix, value in named)
            for place in self._places
        )

    def outside(self, mark: str) -> Sums:
        """What lies before the first or behind the last token adds."""
        return tuple(
            sum(self._weights.get(place + suffix, {}).get(mark, 0.0) for suffix in SUFFIXES)
            for place in self._places
        )


class Tagger:
    """Tells for each token whether a word begins there."""

    def __init__(self, path: Path, dictionary: Collection[str]) -> None:
        """Read a model. Raises Unsupported, OSError."""
        try:
            weights = self._read(path.read_bytes())
        except (struct.error, IndexError, ValueError, KeyError) as error:
            raise Unsupported(f"{path} is not a two-label CRFsuite model: {error!r}") from error
        self._words = _Seen(WORDS, weights, dictionary)
        self._pairs = _Seen(PAIRS, weights, dictionary)
        self._triples = _Seen(TRIPLES, weights, dictionary)
        seen = self._words, self._pairs, self._triples
        self._before, self._after = ([own.outside(mark) for own in seen] for mark in (_BEFORE, _AFTER))

    def _read(self, data: bytes) -> Weights:
        head = _HEADER.unpack_from(data)
        if head[0] != b"lCRF" or head[2] != b"FOMC" or head[5] != 2:
            raise ValueError("another kind of model")
        features, labels, attributes = head[7:10]
        names = list(_quarks(data, labels))
        if sorted(names) != ["B-W", "I-W"]:
            raise ValueError(f"its labels are {names}")
        sign = np.array([1.0 if name == "B-W" else -1.0 for name in names])
        _, _, count = struct.unpack_from("<4sII", data, features)
        table = np.frombuffer(data, _FEATURE, count, features + 12)
        of_state = table[table["type"] == 0]
        sums = np.bincount(of_state["source"], of_state["weight"] * sign[of_state["target"]])
        weights: Weights = defaultdict(dict)
        for text, weight in zip(_quarks(data, attributes), sums.tolist(), strict=False):
            place, _, value = text.partition("=")
            weights[place][value] = weight
        if unknown := set(weights) - {p + s for p in (*WORDS, *PAIRS, *TRIPLES) for s in SUFFIXES}:
            raise ValueError(f"unknown features {sorted(unknown)}")
        moves = {(int(f["source"]), int(f["target"])): float(f["weight"]) for f in table[table["type"] == 1]}
        b, i = names.index("B-W"), names.index("I-W")
        self._stay, self._enter = moves.get((b, b), 0.0), moves.get((b, i), 0.0)
        self._leave, self._go_on = moves.get((i, b), 0.0), moves.get((i, i), 0.0)
        return weights

    def begins(self, tokens: Sequence[str]) -> list[bool] | None:
        """For each token of a sentence whether a word begins with it; False: it goes on (Viterbi).

        None when two readings are equally good: a row of unknown names (*Maria Nora Anna*) gets the
        same sums over and over, and the order of additions would decide.
        """
        count = len(tokens)
        if not count:
            return []
        before, after = self._before, self._after
        w = [before[0], before[0], *map(self._words.__getitem__, tokens), after[0], after[0]]
        pairs = map(self._pairs.__getitem__, itertools.pairwise(tokens))
        p = [before[1], before[1], *pairs, after[1], after[1]]
        triples = map(self._triples.__getitem__, zip(tokens, tokens[1:], tokens[2:], strict=False))
        t = [before[2], before[2], *triples, *[after[2]] * min(count, 2)]
        own = [
            a[0] + b[1] + c[2] + d[3] + e[4] + f[0] + g[1] + h[2] + k[3] + x[0] + y[1] + z[2]
            for a, b, c, d, e, f, g, h, k, x, y, z in zip(
                *(w, w[1:], w[2:], w[3:], w[4:], p, p[1:], p[2:], p[3:], t, t[1:], t[2:]), strict=False
            )
        ]
        return self._best_path(own)

    def _best_path(self, own: Sequence[float]) -> list[bool] | None:
        """Viterbi with two labels; `own` is how much each token by itself prefers B to I."""
        stay, enter, leave, go_on = self._stay, self._enter, self._leave, self._go_on
        lead = own[0]  # how far the best path that ends in B is ahead of the best that ends in I
        margins: list[tuple[float, float]] = []  # for B and for I, how far coming from B is ahead
        for preference in own[1:]:
            into_b, into_i = lead + stay, lead + enter
            margins.append((into_b - leave, into_i - go_on))
            lead = preference + (into_b if into_b > leave else leave) - (into_i if into_i > go_on else go_on)
        if abs(lead) < _TIE:
            return None
        begins = [lead > 0.0]
        for for_b, for_i in reversed(margins):
            margin = for_b if begins[-1] else for_i
            if abs(margin) < _TIE:
                return None
            begins.append(margin > 0.0)
        begins.reverse()
        return begins


def _quarks(data: bytes, start: int) -> Iterator[str]:
    """The strings of a Constant Quark Database in the order of their numbers."""
    magic, _, _, _, count, offset = _QUARKS.unpack_from(data, start)
    if magic != b"CQDB":
        raise ValueError("no table of strings where one should be")
    for at in struct.unpack_from(f"<{count}I", data, start + offset):
        _, size = struct.unpack_from("<2I", data, start + at)
        yield data[start + at + 8 : start + at + 7 + size].decode()
