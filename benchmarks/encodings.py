"""Does reading repair what is whole, or break what it repairs?  `python -m benchmarks.encodings`

First: clean documents, which must come back as they are (false positives: 0). Then the same documents as if
they had been written in each legacy encoding, whole and cut to 200 characters: how many come back equal,
how many wrong, how many are refused.
"""

import argparse
import sys
import time
import unicodedata
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path

from benchmarks.mixes import read
from indexer.readers.record import Unreadable
from indexer.readers.text.decode import decoded
from indexer.readers.text.legacy import TCVN3_LETTERS, vni_letters
from indexer.readers.text.mend import mended

FILES = ("viwiki", "vi-phapdien", "fr-service-public", "fr-codes-legi", "fr-conventions-kali")
VIETNAMESE = ("viwiki", "vi-phapdien")
_WITHIN = "\u0302\u0306\u031b"  # marks that are part of a letter of Windows-1258; the others follow it


def windows_1258(text: str) -> bytes:
    pieces = []
    for letter in text:
        try:
            pieces.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            first, *marks = unicodedata.normalize("NFD", letter)
            base = unicodedata.normalize("NFC", first + "".join(mark for mark in marks if mark in _WITHIN))
            pieces.append((base + "".join(mark for mark in marks if mark not in _WITHIN)).encode("cp1258"))
    return b"".join(pieces)


def in_font(letters: Mapping[str, str]) -> Callable[[str], str]:
    def written(text: str) -> str:
        return "".join(letters.get(letter) or ascii_only(letter) for letter in text)

    return written


def ascii_only(letter: str) -> str:
    return letter.encode("ascii").decode()  # raises for what the font has no place for


FONTS = {"TCVN3": in_font(TCVN3_LETTERS), "VNI": in_font(vni_letters())}
ENCODERS: Mapping[str, Callable[[str], bytes]] = {
    "Windows-1252": lambda text: text.encode("cp1252"),
    "ISO-8859-15": lambda text: text.encode("iso-8859-15"),
    "Windows-1258": windows_1258,
    "UTF-16 without mark": lambda text: text.encode("utf-16-le"),
    "UTF-8 as Latin-1": lambda text: text.encode().decode("latin-1").encode(),
    "the same twice": lambda text: text.encode().decode("latin-1").encode().decode("latin-1").encode(),
    **{f"{name} bytes": lambda text, font=font: font(text).encode("latin-1") for name, font in FONTS.items()},
    **{f"{name} as Unicode": lambda text, font=font: font(text).encode() for name, font in FONTS.items()},
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--documents", type=int, default=2_000, help="of each file (default: 2000)")
    parser.add_argument("--verbose", action="store_true", help="show where wrong texts differ")
    options = parser.parse_args()
    for name in FILES:
        path = options.data / "scale" / f"{name}.jsonl.xz"
        if not path.exists():
            print(f"needs {path}", file=sys.stderr)
            return 1
        documents = islice(read(path), options.documents)
        texts = [unicodedata.normalize("NFC", document.text) for document in documents]
        clean_texts(name, texts)
        for encoding, encode in ENCODERS.items():
            if name not in VIETNAMESE and encoding.split()[0] in FONTS:
                continue
            for length in (None, 200):
                row(name, encoding, encode, [text[:length] for text in texts], options.verbose)
    return 0


def clean_texts(name: str, texts: list[str]) -> None:
    began = time.perf_counter()
    repaired = [text for text in texts if mended(text)[1]]
    seconds = time.perf_counter() - began
    size = sum(map(len, texts)) / 1e6
    cost = f"{seconds / size * 1000:.1f} ms/MB"
    print(f"{name}: {len(repaired)} of {len(texts):,} clean documents repaired; {cost}")
    for text in repaired[:10]:
        print(f"    {mended(text)[1]}: {text[:80]!r}")


def show(found: str, wanted: str) -> None:
    """The first place where two texts differ."""
    at = next((n for n, (a, b) in enumerate(zip(found.lower(), wanted.lower(), strict=False)) if a != b), 0)
    print(f"      {found[max(0, at - 20) : at + 20]!r} is not {wanted[max(0, at - 20) : at + 20]!r}")


def row(
    name: str, encoding: str, encode: Callable[[str], bytes], texts: list[str], verbose: bool = False
) -> None:
    right = wrong = refused = 0
    for text in texts:
        try:
            data = encode(text)
        except UnicodeEncodeError:
            continue
        if text.isascii():
            continue
        try:
            found = unicodedata.normalize("NFC", decoded(data).text)
        except Unreadable:
            refused += 1
            continue
        same = found.lower() == decoded(text.encode()).text.lower()  # fonts have no capitals with tones
        right, wrong = right + same, wrong + (not same)
        if not same and verbose:
            show(found, decoded(text.encode()).text)
    if right + wrong + refused:
        length = "short" if max(map(len, texts)) <= 200 else "whole"
        print(f"  {name:20} {encoding:20} {length}  right {right:5}  wrong {wrong:4}  refused {refused:4}")


if __name__ == "__main__":
    sys.exit(main())
