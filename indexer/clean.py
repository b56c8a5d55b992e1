"""Text scraped from pages: the article stays, the page around it goes, and what goes is kept aside.

Precision first: a line goes only for what it is by itself (`111.jpg`, *Comment (0)*), or, at the two ends
of a text, for how the lines around it repeat each other. Captions stay: they are written for readers.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from itertools import groupby

from search.analysis.normalize import fold, surface

_FEW_LINES = 4
_MAX_TITLE = 200
_MIN_ARTICLE = 200
"""Characters of running text that must stand above a list of links for it to be one."""
_IMAGE = re.compile(r"[\w.()%+-]+\.(?:jpe?g|png|gif|webp|bmp)", re.IGNORECASE)
_COUNTER = re.compile(r"(?:comments?|commentaires?|binh luan|phan hoi|y kien)\s*\(\s*\d+\s*\)")
_SHARE = frozenset(
    (
        *("fb", "yt", "zl", "tw", "x", "facebook", "youtube", "zalo", "twitter", "linkedin", "instagram"),
        *("tiktok", "whatsapp", "messenger", "telegram", "pinterest", "email", "rss"),
    )
)


class Rule(StrEnum):
    """Rule a line is no part of an article."""

    NAVIGATION = "navigation"
    IMAGE = "image"
    SHARING = "sharing"
    REPEATED = "repeated"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class Cut:
    """A line that was taken out, and why."""

    text: str
    why: Rule


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article, and the lines that stood in and around it, in order."""

    text: str
    cuts: tuple[Cut, ...]

    @property
    def boilerplate(self) -> str:
        """The lines taken out, as text."""
        return "\n".join(cut.text for cut in self.cuts)


def clean(text: str) -> Cleaned:
    """Take out what belongs to the page. Without any of it, the text comes back as it was."""
    lines = text.split("\n")
    why: dict[int, Rule] = {}
    filled = [number for number, line in enumerate(lines) if line.strip()]
    for number in filled:
        if reason := _by_itself(lines[number]):
            why[number] = reason
    standing = [number for number in filled if number not in why]
    for number in _head(lines, standing):
        why[number] = Rule.REPEATED
    for number in _tail(lines, [number for number in standing if number not in why]):
        why[number] = Rule.RELATED
    if not why or len(why) == len(filled):
        return Cleaned(text, ())
    kept = _without_gaps(lines, why)
    return Cleaned(kept, tuple(Cut(lines[number].strip(), why[number]) for number in sorted(why)))


def _by_itself(line: str) -> Rule | None:
    line = line.strip()
    if len(line) > _MAX_TITLE:
        return None
    if _IMAGE.fullmatch(line):
        return Rule.IMAGE
    folded = _folded(line)
    if folded in _NAVIGATION:
        return Rule.NAVIGATION
    words = folded.replace("|", " ").split()
    if _COUNTER.fullmatch(folded) or (len(words) > 1 and _SHARE.issuperset(words)):
        return Rule.SHARING
    return None


def _head(lines: Sequence[str], standing: Sequence[int]) -> Iterator[int]:
    """Where the title stands twice, breadcrumbs between: the second one, and what is between."""
    if not standing or not _is_short(lines[standing[0]]):
        return
    title = lines[standing[0]].strip()
    for place in range(1, min(_FEW_LINES, len(standing) - 1)):
        if lines[standing[place]].strip() == title:
            if all(_is_short(lines[number]) for number in standing[1:place]):
                yield from standing[1 : place + 1]
            return


def _tail(lines: Sequence[str], standing: Sequence[int]) -> Iterator[int]:
    """From a heading such as *Tin cùng chuyên mục* on, if nothing but links to other articles follows."""
    above = 0
    for place, number in enumerate(standing):
        if _folded(lines[number].strip(" :…")) in _RELATED and above >= _MIN_ARTICLE:
            if _only_links([lines[below].strip() for below in standing[place + 1 :]]):
                yield from standing[place:]
            return
        above += len(lines[number].strip())


def _only_links(lines: Sequence[str]) -> bool:
    """Titles, and teasers that follow a title which stands twice: once on its picture, once by itself."""
    titles = [(line, len(list(again))) for line, again in groupby(lines)]
    for place, (line, _) in enumerate(titles):
        is_teaser = place > 0 and titles[place - 1][1] > 1
        if not _is_short(line) and not is_teaser:
            return False
    return True


def _is_short(line: str) -> bool:
    line = line.strip()
    return len(line) <= _MAX_TITLE and not line.endswith((".", ";", ":"))


def _without_gaps(lines: Sequence[str], cut: dict[int, Rule]) -> str:
    """The lines that stay; a line that goes from between two blank ones takes one of them along."""
    kept: list[str] = []
    after_cut = False
    for number, line in enumerate(lines):
        if number in cut:
            after_cut = True
            continue
        if after_cut and not line.strip() and (not kept or not kept[-1].strip()):
            continue
        after_cut = False
        kept.append(line)
    return "\n".join(kept).strip("\n")


def _folded(line: str) -> str:
    return " ".join(fold(surface(word)) for word in line.split())


def _list(name: str) -> frozenset[str]:
    text = files("indexer").joinpath("data", name).read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


_NAVIGATION = _list("navigation.txt")
_RELATED = _list("related_headings.txt")
