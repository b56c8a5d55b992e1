"""Every regular expression of the packages, how it is called, and what texts may make it slow."""

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from re import _parser as sre  # type: ignore[attr-defined]  # what a pattern is made of, as `re` itself reads it
from typing import Any

ROOT = Path(__file__).parent.parent
PACKAGES = ("search", "indexer", "web")
METHODS = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")

USUAL = ("a", "1", " ", "\n", "!", "é")
"""What texts are made of anyway."""
MAX_ATOMS = 16
MAX_ENDS = 6
REPETITIONS = (20, 160, 1_000)
"""What takes exponential time is slow at the first, cubic at the second, quadratic at the third."""
SLOW = 0.05
"""Seconds that no text so long should take, however noisy the machine."""
SUSPECTS = 3
MOST_GROWTH = 9.0
"""How much longer four times the text may take: 4 is linear, 16 quadratic."""
LEAST = 0.001
"""Seconds below which a growth says nothing."""
LARGEST = 1 << 17


@dataclass(frozen=True)
class Used:
    """A pattern where it is used, and the methods that it is called by."""

    where: str
    pattern: re.Pattern[Any]
    methods: tuple[str, ...]

    def __str__(self) -> str:
        return self.where


def modules() -> Iterator[str]:
    for package in PACKAGES:
        folder = str(ROOT / package)
        for found in pkgutil.walk_packages([folder], f"{package}."):
            if not found.name.endswith("__main__"):
                yield found.name


@cache
def patterns() -> tuple[Used, ...]:
    """The patterns that modules hold, by name or in a tuple, and those written where they are used."""
    found: dict[str, Used] = {}
    for name in modules():
        module = importlib.import_module(name)
        assert module.__file__
        source = Path(module.__file__).read_text("utf-8")
        for variable, value in vars(module).items():
            held = value if isinstance(value, list | tuple) else (value,)
            for number, pattern in enumerate(each for each in held if isinstance(each, re.Pattern)):
                if f"{variable} = " not in source and f"{variable}: " not in source:
                    continue  # imported: found where it is made
                where = f"{name}.{variable}" + (f"[{number}]" if isinstance(value, list | tuple) else "")
                found[where] = Used(where, pattern, _methods(source, variable))
        for line, method, pattern in _written_out(source):
            found[f"{name}:{line}"] = Used(f"{name}:{line}", pattern, (method,))
    return tuple(found.values())


def _methods(source: str, variable: str) -> tuple[str, ...]:
    called = {method for method in METHODS if re.search(rf"\b{variable}\.{method}\b", source)}
    return tuple(sorted(called)) or ("search", "fullmatch")


def _written_out(source: str) -> Iterator[tuple[int, str, re.Pattern[Any]]]:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name("re"), attr=method),
                args=[ast.Constant(value=str() | bytes() as text), *_],
            ) if method in METHODS:
                yield node.lineno, method, re.compile(text)


def compiled_in_functions() -> list[str]:
    """Where patterns are made of what is only known then: no list can have them."""
    found = []
    for name in modules():
        path = ROOT / Path(*name.split("."))
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            for node in ast.walk(function):
                match node:
                    case ast.Call(func=ast.Attribute(value=ast.Name("re"), attr="compile")):
                        found.append(f"{name}.{function.name}")
                    case ast.Call(
                        func=ast.Attribute(value=ast.Name("re"), attr=method), args=[first, *_]
                    ) if method in METHODS and not isinstance(first, ast.Constant):
                        found.append(f"{name}.{function.name}")
    return found


def atoms(pattern: re.Pattern[Any]) -> list[str]:
    """The smallest pieces that a pattern tells apart, its own before the usual ones."""
    text = pattern.pattern
    tree = sre.parse(text, pattern.flags & ~re.UNICODE if isinstance(text, bytes) else pattern.flags)
    found = dict.fromkeys(_atoms(tree))
    return list(dict.fromkeys([*USUAL, *found]))[:MAX_ATOMS]


def _atoms(tree: Any) -> Iterator[str]:
    literal = ""
    for kind, value in tree:
        if kind is sre.LITERAL:
            literal += chr(value)
            continue
        if literal:
            yield literal
            literal = ""
        if kind is sre.NOT_LITERAL:
            yield chr(value)
        elif kind is sre.IN:
            yield from _members(value)
        elif kind is sre.BRANCH:
            for each in value[1]:
                yield from _atoms(each)
        elif kind is sre.SUBPATTERN:
            yield from _atoms(value[-1])
        elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            yield from _atoms(value[2])
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _atoms(value[1])
        elif kind is sre.ATOMIC_GROUP:
            yield from _atoms(value)
    if literal:
        yield literal


def _members(members: Sequence[tuple[Any, Any]]) -> Iterator[str]:
    literals = [value for kind, value in members if kind is sre.LITERAL]
    for value in [*literals[:2], *(value[0] for kind, value in members if kind is sre.RANGE)][:3]:
        yield chr(value)


def texts(own: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Begin, what is repeated, and end: all of one atom, and some of two."""
    for begin, pump, end in product(("", *own), own, ("", *own[:MAX_ENDS])):
        yield begin, pump, end
    for first, second in product(own, own):
        if first != second:
            for begin, end in (("", "!"), (first, "a")):
                yield begin, first + second, end


def seconds(used: Used, method: str, text: str, best_of: int = 1) -> float:
    """Processor time of one call on a text."""
    pattern: Any = used.pattern
    given: Any = text.encode("utf-8", "ignore") if isinstance(pattern.pattern, bytes) else text
    call = getattr(pattern, method)
    arguments = (given[:0], given) if method in ("sub", "subn") else (given,)
    least = float("inf")
    for _ in range(best_of):
        began = time.thread_time()
        result = call(*arguments)
        if method == "finditer":
            for _ in result:
                pass
        least = min(least, time.thread_time() - began)
    return least


def slowest(used: Used, method: str, longest: int = LARGEST) -> list[tuple[str, str, str]]:
    """The texts that take longest, of those that can be made of the atoms of a pattern."""
    own = atoms(used.pattern)
    timed: list[tuple[float, tuple[str, str, str]]] = []
    for times in REPETITIONS:
        timed = []
        for begin, pump, end in texts(own):
            text = (begin + pump * times)[:longest] + end
            took = seconds(used, method, text)
            timed.append((took, (begin, pump, end)))
            if took > SLOW and seconds(used, method, text) > SLOW:
                return [(begin, pump, end)]
    return [text for _, text in sorted(timed, reverse=True)[:SUSPECTS]]


def growth(used: Used, method: str, text: tuple[str, str, str]) -> float:
    """How many times longer four times a text takes, where that is too much; 4 where it never is."""
    begin, pump, end = text

    def took(times: int) -> float:
        return seconds(used, method, begin + pump * times + end, 3)

    times = REPETITIONS[0]
    while times * 4 * len(pump) <= LARGEST:
        before = took(times)
        if before >= SLOW and times == REPETITIONS[0]:
            return float("inf")
        if before >= LEAST and (grown := took(times * 4) / before) > MOST_GROWTH:
            return grown
        if before >= SLOW:
            break
        times *= 2
    return 4.0
