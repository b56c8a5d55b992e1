"""Front matter: the lines between two `---` at the head of a text file."""

import re
from collections.abc import Mapping

import yaml

_BLOCK = re.compile(r"\A---[ \t]*\n(?P<fields>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^(\w+)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_MAX_LENGTH = 20_000  # characters; more is a text between two rules, not a list of fields


def split(text: str) -> tuple[Mapping[str, object], str]:
    """The fields of a front matter and the text below it; no fields and the whole text if it has none."""
    block = _BLOCK.match(text[:_MAX_LENGTH])
    fields = _fields(block["fields"]) if block else {}
    return (fields, text[block.end() :]) if block and fields else ({}, text)


def _fields(block: str) -> Mapping[str, object]:
    try:
        # BaseLoader builds nothing but text, lists and mappings: `lang: no` is Norwegian and not False,
        # `date: 2024-03-15` stays what was typed.
        fields = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError):
        # People write `title: Hà Nội: một ngày thu`, which YAML refuses for its second colon.
        fields = {key: value.strip("\"'") for key, value in _LINE.findall(block)}
    if not isinstance(fields, dict):
        return {}
    return {str(key).lower(): value for key, value in fields.items()}
