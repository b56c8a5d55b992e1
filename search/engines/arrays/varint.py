"""Variable-length integers, seven bits a byte, encoded and decoded whole arrays at a time."""

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]


def encode(values: NDArray[np.uint32]) -> tuple[Bytes, NDArray[np.int64]]:
    """The bytes of the values, and how many bytes each takes. LEB128: low bits first."""
    widths = np.ones(len(values), np.int64)
    for bits in (7, 14, 21, 28):
        widths += values >= (1 << bits)
    if len(values) == 0 or int(widths.max()) == 1:
        return values.astype(np.uint8), widths
    ends = np.cumsum(widths)
    out = np.empty(int(ends[-1]), np.uint8)
    starts = ends - widths
    for place in range(5):
        wide = np.flatnonzero(widths > place)
        if not len(wide):
            break
        chunk = (values[wide] >> (7 * place)) & 127
        more = widths[wide] > place + 1
        out[starts[wide] + place] = chunk | (more.astype(np.uint32) << 7)
    return out, widths


def decode(data: Bytes) -> NDArray[np.uint32]:
    """The values of a stretch of bytes that `encode` made."""
    continued = data >= 128
    if not continued.any():
        return data.astype(np.uint32)
    last = np.flatnonzero(~continued)
    first = np.empty_like(last)
    first[0] = 0
    first[1:] = last[:-1] + 1
    values = (data[first] & 127).astype(np.uint32)
    extra = last - first
    place = 1
    wide = np.flatnonzero(extra >= place)
    while len(wide):
        values[wide] |= (data[first[wide] + place].astype(np.uint32) & 127) << np.uint32(7 * place)
        place += 1
        wide = wide[extra[wide] >= place]
    return values
