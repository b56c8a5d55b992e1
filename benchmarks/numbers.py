"""The numbers of search/config.py that shape the ranking: which there are, and how they are moved."""

from argparse import ArgumentTypeError
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from search.config import Config

GROUPS = ("similarity", "weights")


@dataclass(frozen=True, slots=True)
class Step:
    """How a number is moved: multiplied and divided, or, where it is a share, added to and taken from."""

    by: float = 1.4
    most: float = 10.0
    is_share: bool = False


_SHARE = Step(0.1, 1.0, is_share=True)
STEPS: Mapping[str, Step] = {
    "b": _SHARE,
    "body_b": _SHARE,
    "title_b": _SHARE,
    "unaccented": _SHARE,
    "folded": _SHARE,
    "tie_breaker": Step(2.0, 1.0),
    "reading_floor": Step(2.0, 0.5),
}
"""Numbers that are not moved by the usual step."""
USUAL = Step()


def movable(config: Config) -> list[tuple[str, str]]:
    """The group and the name of every number that can be moved."""
    return [
        (group, each.name)
        for group in GROUPS
        for each in fields(getattr(config, group))
        if isinstance(getattr(getattr(config, group), each.name), float)
    ]


def move(config: Config, group: str, name: str, direction: int) -> Config:
    """A Config with one number moved a step up (1) or down (-1), rounded to two digits, within its limits."""
    step = STEPS.get(name, USUAL)
    old = getattr(getattr(config, group), name)
    if step.is_share or not old:
        new = old + direction * (step.by if step.is_share else 0.1)
    else:
        new = old * step.by**direction
        new = 0.0 if new < 0.01 else new
    new = float(f"{min(max(new, 0.0), step.most):.2g}")
    return replace(config, **{group: replace(getattr(config, group), **{name: new})})


def value(config: Config, group: str, name: str) -> float:
    """One number of a Config."""
    found: float = getattr(getattr(config, group), name)
    return found


def given(text: str) -> Config:
    """A Config with the numbers of a text, `k1=1.2,title=3`. Raises ArgumentTypeError."""
    config = Config()
    groups = {name: group for group, name in movable(config)}
    for each in filter(None, text.split(",")):
        name, _, number = each.partition("=")
        if name not in groups:
            raise ArgumentTypeError(f"{name} is no number; there are {', '.join(groups)}")
        changed = replace(getattr(config, groups[name]), **{name: float(number)})
        config = replace(config, **{groups[name]: changed})
    return config
