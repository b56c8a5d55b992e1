"""What becomes of whole sentences, written down where a reader can judge it: tests/golden/*.txt.

Each block is a sentence, the language it is taken for, and its terms; ` ¶ ` marks a gap in the
positions. After a wanted change of the analysis write the files anew, and read the difference:

    GOLDEN=write python -m pytest tests/test_analysis_golden.py
"""

import os
import re
from itertools import groupby
from pathlib import Path

import pytest

from search.analysis.analyzer import analyze
from search.document import Document
from search.schema import Kind, Part, field_name

FOLDER = Path(__file__).parent / "golden"
FILES = ["vietnamese.txt", "french.txt", "mixed.txt", "identifiers.txt"]
ROWS = {"tokens": Kind.SURFACE, "folded": Kind.FOLDED, "stems": Kind.STEM, "compounds": Kind.WORD}


def unescaped(line: str) -> str:
    """Characters that would not show in a file are written as escapes: `\\n`, `\\u00ad`."""
    return re.sub(r"\\u[0-9a-f]{4}|\\n", lambda match: match[0].encode().decode("unicode_escape"), line)


def block(line: str) -> str:
    """A sentence and what the analysis makes of it."""
    analysed = analyze(Document("", "", unescaped(line)))
    lines = [line, f"  language   {analysed.language}"]
    for row, kind in ROWS.items():
        stream = analysed.streams[field_name(Part.BODY, kind)]
        shown: list[str] = []
        previous = -1
        for position, ids in groupby(range(len(stream.ids)), key=lambda index: int(stream.positions[index])):
            if row in ("tokens", "folded") and position > previous + 1:
                shown.append("¶")
            shown.append("/".join(stream.terms[stream.ids[index]] for index in ids))
            previous = position
        if shown:
            lines.append(f"  {row:<10} {' '.join(shown)}")
    return "\n".join(lines)


@pytest.mark.parametrize("name", FILES)
def test_sentences_give_the_terms_that_are_written_down(name: str) -> None:
    path = FOLDER / name
    written = path.read_text(encoding="utf-8")
    head, *blocks = written.rstrip("\n").split("\n\n")
    found = [block(each.partition("\n")[0]) for each in blocks]
    if os.environ.get("GOLDEN") == "write":
        path.write_text("\n\n".join([head, *found]) + "\n", encoding="utf-8")
    else:
        assert found == blocks
