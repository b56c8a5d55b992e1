"""Unicode text that went through a wrong encoding: UTF-8 read as Latin-1, text made for TCVN3 or VNI fonts.

Line by line, for a page may hold both what is right and what is not; a line changes only when its words are
far better formed afterwards, and only in a text with several such lines or words.
"""

import re
from collections.abc import Callable
from itertools import islice

import ftfy

from indexer.readers.text.evidence import evidence
from indexer.readers.text.legacy import from_tcvn3, from_vni

_MIN_WORDS = 3
"""Telling sequences in a text: a single one may be what the text is about."""
_WELL_FORMED = 0.85
_BETTER = 0.4
_SHORT = 1_000  # characters
# What UTF-8 looks like as Latin-1 or Windows-1252: `Ã©`, `á»` and a third, `Æ°`, `â€™`.
_SEQUENCE = "(?:[ÃÂÄÅÆÐ][\x80-\xbf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]|á[º»]|â[€\x80-\x9f])"
_MOJIBAKE = re.compile(_SEQUENCE)
# Beside a letter, that is: a text about encodings writes it alone, « Ã© ».
_TELLING = re.compile(f"(?<=[A-Za-z]){_SEQUENCE}|{_SEQUENCE}\\S?(?=[A-Za-z])")
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_PLAN = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
)


def mended(text: str) -> tuple[str, tuple[str, ...]]:
    """The text, and what was mended in it: nothing, in almost every text."""
    done: list[str] = []
    if any(sign in text for sign in ("Ã", "á»", "áº", "Æ°", "Ä‘", "â€", "â\x80", "â\x82", "Â")):
        text, count = _without_mojibake(text)
        done += [f"UTF-8 read as Latin-1, {count} lines"] if count else []
    for name, signs, repair in _FONTS:
        present = [sign in text for sign in signs]
        if all(present) or (any(present) and len(text) < _SHORT):
            text, count = _without_font(text, signs, repair)
            done += [f"made for {name} fonts, {count} lines"] if count else []
    return text, tuple(done)


def _without_mojibake(text: str) -> tuple[str, int]:
    if sum(1 for _ in islice(_TELLING.finditer(text), _MIN_WORDS)) < _MIN_WORDS:
        return text, 0
    lines = text.split("\n")
    count = 0
    for number, line in enumerate(lines):
        before = len(_MOJIBAKE.findall(line))
        if before:
            after = ftfy.fix_encoding(line, _PLAN)
            if len(_MOJIBAKE.findall(after)) < before and _form(after) >= _form(line):
                lines[number] = after
                count += 1
    return "\n".join(lines), count


def _without_font(text: str, signs: tuple[str, ...], repair: Callable[[str], str]) -> tuple[str, int]:
    """Lines that are far better Vietnamese afterwards; then, if most of those with signs are, the others."""
    lines = text.split("\n")
    foreign = [
        number for number, line in enumerate(lines) if not line.isascii() and not _VIETNAMESE.search(line)
    ]
    sure = [number for number in foreign if _is_better(lines[number], repair(lines[number]))]
    signed = [number for number in foreign if any(sign in lines[number] for sign in signs)]
    if not sure or not _is_better(
        "\n".join(lines[n] for n in sure), repair("\n".join(lines[n] for n in sure))
    ):
        return text, 0
    chosen = foreign if len(set(sure) & set(signed)) * 2 > len(signed) else sure
    count = 0
    for number in chosen:
        after = repair(lines[number])
        if number in sure or evidence(after).vietnamese >= evidence(lines[number]).western:
            lines[number] = after
            count += 1
    return "\n".join(lines), count


def _is_better(before: str, after: str) -> bool:
    was, now = evidence(before), evidence(after)
    # `théâtre` read as VNI is no syllable, but a name or two of a French line may be
    enough = (
        now.with_diacritics >= _MIN_WORDS
        and now.vietnamese >= _WELL_FORMED
        and now.western_words * 2 < now.with_diacritics
    )
    return enough and now.vietnamese - was.vietnamese >= _BETTER


def _form(text: str) -> float:
    found = evidence(text)
    return max(found.vietnamese, found.western) if found.with_diacritics else 1.0


_FONTS: tuple[tuple[str, tuple[str, ...], Callable[[str], str]], ...] = (
    ("TCVN3 (ABC)", ("\xad", "®"), from_tcvn3),  # ư and đ, which no paragraph is without
    ("VNI", ("ñ", "ö"), from_vni),  # đ and ư
)
