"""The text of a word processor's file in reading order: paragraphs and rows of tables, one inside the other.

A text box hangs in a paragraph, a table in a cell of another: what is inside stands apart from what is
around.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.readers.text.fonts import Fonts, Run

_AROUND_LINES = re.compile("(?:(?<![ \t])[ \t]++)?\n[ \t]*+")


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph or a row that is whole. `origin` is what its reader wants to ask of it later."""

    runs: Sequence[Run]
    origin: object = None

    @property
    def is_filled(self) -> bool:
        return any(not text.isspace() for _, text in self.runs)


@dataclass(slots=True)
class _Frame:
    """A paragraph, or a row with its cells, that is not at its end yet."""

    runs: list[Run] = field(default_factory=list)
    origin: object = None
    cells: list[list[_Block]] | None = None
    hanging: list[_Block] = field(default_factory=list)
    """The paragraphs of text boxes and notes that hang in this paragraph."""


class Flow:
    """Is told of paragraphs, rows and runs as they come, and says the text in the end."""

    def __init__(self) -> None:
        self._blocks: list[_Block] = []
        self._open: list[_Frame] = []

    def start_paragraph(self, origin: object = None) -> None:
        """A paragraph begins."""
        self._open.append(_Frame(origin=origin))

    def end_paragraph(self) -> None:
        """The paragraph that began last is whole."""
        frame = self._open.pop()
        self._put([_Block(frame.runs, frame.origin), *frame.hanging])

    def start_row(self) -> None:
        """A row of a table begins."""
        self._open.append(_Frame(cells=[[]]))

    def start_cell(self) -> None:
        """A cell of the row begins."""
        if self._open and (cells := self._open[-1].cells) is not None:
            cells.append([])

    def end_row(self) -> None:
        """The row is whole: one line, unless all of it is in one cell, as in a letter laid out in a table."""
        cells = [[block for block in cell if block.is_filled] for cell in self._open.pop().cells or ()]
        filled = [cell for cell in cells if cell]
        if len(filled) < 2:
            self._put([block for cell in filled for block in cell])
        else:
            self._put([_joined([_joined(cell, " ") for cell in filled], "  ")])

    def add(self, text: str, font: str = "") -> None:
        """Text of the paragraph, in a font of a kind of its own."""
        if text and self._open:
            self._open[-1].runs.append((font, text))

    @property
    def paragraph(self) -> object:
        """The origin of the paragraph that is being read."""
        return self._open[-1].origin if self._open else None

    def fonts(self, *others: "Flow") -> Fonts:
        """What the fonts in this flow, and in others of the same file, mean."""
        return Fonts(run for flow in (self, *others) for block in flow._blocks for run in block.runs)

    def texts(self, fonts: Fonts) -> Iterator[tuple[str, object]]:
        """The blocks that are not blank, with the origin of each paragraph."""
        for block in self._blocks:
            if text := _AROUND_LINES.sub("\n", fonts.text(block.runs)).strip():
                yield text, block.origin

    def _put(self, blocks: Sequence[_Block]) -> None:
        if not self._open:
            self._blocks += (block for block in blocks if block.is_filled)
        elif (cells := self._open[-1].cells) is not None:
            cells[-1] += blocks
        else:
            self._open[-1].hanging += blocks


def _joined(blocks: Sequence[_Block], between: str) -> _Block:
    runs: list[Run] = []
    for block in blocks:
        runs += [("", between), *block.runs] if runs else block.runs
    return _Block(runs)
