"""Fonts from before Unicode, with Vietnamese letters in the places of Western ones: `.VnTime`, `VNI-Times`.

A word processor's file names the font of every run, so that a single word can be told: `Céng` in `.VnTime` is
*Công*. Some files were converted and still name the old font, so what all runs of a kind of font say decides.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from indexer.readers.text.evidence import evidence
from indexer.readers.text.legacy import from_tcvn3, from_vni

Run = tuple[str, str]
"""A kind of font, as `kind` tells it, and text in it."""

_NAMES = re.compile(
    r"(?:[A-Z]{6}\+)?(?:(?P<tcvn3>\.vn.*?(?P<capitals>h)?)|(?P<vni>vni[- ].*))", re.IGNORECASE
)
_UNICODE = re.compile("[ăđĐơƠưƯĂ\u1ea0-\u1ef9]")
_TCVN3, _TCVN3_CAPITALS, _VNI = "TCVN3 (ABC)", "TCVN3 (ABC) capitals", "VNI"
_REPAIRS: Mapping[str, Callable[[str], str]] = {
    _TCVN3: from_tcvn3,
    # capitals with tones have no codes: a font of capitals draws them in the places of the small ones
    _TCVN3_CAPITALS: lambda text: from_tcvn3(text).upper(),
    _VNI: from_vni,
}


def kind(font: str) -> str:
    """The kind of a font by its name; empty for one that draws what Unicode says."""
    match = _NAMES.fullmatch(font.strip().strip("'\""))
    if match is None:
        return ""
    if match["vni"]:
        return _VNI
    return _TCVN3_CAPITALS if match["capitals"] else _TCVN3


class Fonts:
    """What the runs of one document mean, once all of them are known."""

    def __init__(self, runs: Iterable[Run]) -> None:
        texts: defaultdict[str, list[str]] = defaultdict(list)
        for name, text in runs:
            if name:
                texts[name].append(text)
        self._meant = {name for name, found in texts.items() if _is_meant("\n".join(found), _REPAIRS[name])}

    @property
    def repairs(self) -> tuple[str, ...]:
        """What was wrong and is mended, in the words of a report."""
        return tuple(sorted({f"made for {name.removesuffix(' capitals')} fonts" for name in self._meant}))

    def text(self, runs: Sequence[Run]) -> str:
        """The text of runs side by side; a letter and the sign above it may be in two of them."""
        parts: list[str] = []
        last = ""
        for name, text in runs:
            if parts and name == last:
                parts[-1] += text
            else:
                parts.append(text)
                self._mend_last(parts, last)
                last = name
        parts.append("")
        self._mend_last(parts, last)
        return "".join(parts)

    def _mend_last(self, parts: list[str], name: str) -> None:
        """The piece before the newest is complete."""
        if len(parts) > 1 and name in self._meant:
            parts[-2] = _REPAIRS[name](parts[-2])


def _is_meant(text: str, repair: Callable[[str], str]) -> bool:
    """Whether text in such a font is in its codes; what is converted already has letters that it has not."""
    if text.isascii():
        return True
    if len(_UNICODE.findall(text)) * 10 > sum(not letter.isascii() for letter in text):
        return False
    was, now = evidence(text), evidence(repair(text))
    return now.vietnamese >= was.vietnamese
