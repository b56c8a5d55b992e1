"""How far a build has come, on stderr: a bar on a terminal, a line now and then elsewhere, or nothing."""

import time
from typing import Protocol, TextIO

from tqdm import tqdm

from indexer.readers import Record
from indexer.report import number_of

_SECONDS_BETWEEN_LINES = 10.0


class Progress(Protocol):
    """Is told of each document, in order, and of each step that takes a while."""

    def document(self, record: Record) -> None:
        """One more document is in the index."""

    def step(self, message: str) -> None:
        """What begins now: `writing the index`."""

    def close(self) -> None:
        """Leave the terminal as it was found."""


def progress_for(stream: TextIO, total: int, quiet: bool) -> Progress:
    """The progress that suits a stream. `total` is the number of bytes to read."""
    if quiet:
        return Silence()
    return Bar(stream, total) if stream.isatty() else Lines(stream, total)


class Silence:
    """`--quiet`."""

    def document(self, record: Record) -> None:
        """Say nothing."""

    def step(self, message: str) -> None:
        """Say nothing."""

    def close(self) -> None:
        """Nothing to leave."""


class Tally:
    """Documents and bytes so far. Rates count text, the share done counts the files it is read from."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.documents = 0
        self.consumed = 0
        self._text = 0
        self._started = time.monotonic()

    def add(self, record: Record) -> None:
        """Count one document."""
        self.documents += 1
        self.consumed = min(record.consumed, self.total)
        self._text += len(record.document.text.encode("utf-8", "replace"))

    def rates(self) -> str:
        """`1,204 documents · 310/s · 0.74 MB/s`."""
        seconds = max(time.monotonic() - self._started, 1e-3)
        return (
            f"{number_of(self.documents, 'document')} · {self.documents / seconds:,.0f}/s "
            f"· {self._text / seconds / 1e6:.2f} MB/s"
        )

    def remaining(self) -> str:
        """`2:05`, minutes and seconds; `?` as long as nothing is known."""
        if not self.consumed:
            return "?"
        spent = time.monotonic() - self._started
        minutes, seconds = divmod(round(spent * (self.total - self.consumed) / self.consumed), 60)
        return f"{minutes}:{seconds:02}"


class Bar:
    """A bar that redraws itself, on a terminal."""

    def __init__(self, stream: TextIO, total: int) -> None:
        self._tally = Tally(total)
        self._bar = tqdm(
            total=total,
            file=stream,
            bar_format="{percentage:3.0f} %|{bar}| {desc} · {remaining} left",
            dynamic_ncols=True,
            leave=False,
        )

    def document(self, record: Record) -> None:
        """Move the bar."""
        before = self._tally.consumed
        self._tally.add(record)
        self._bar.set_description_str(self._tally.rates(), refresh=False)
        self._bar.update(self._tally.consumed - before)

    def step(self, message: str) -> None:
        """Show the step in place of the rates."""
        self._bar.set_description_str(
            f"{number_of(self._tally.documents, 'document')} · {message}", refresh=True
        )

    def close(self) -> None:
        """Wipe the bar."""
        self._bar.close()


class Lines:
    """A line every ten seconds, for logs."""

    def __init__(self, stream: TextIO, total: int) -> None:
        self._stream = stream
        self._tally = Tally(total)
        self._next = time.monotonic() + _SECONDS_BETWEEN_LINES

    def document(self, record: Record) -> None:
        """Count, and write a line when it is time."""
        self._tally.add(record)
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _SECONDS_BETWEEN_LINES
            share = self._tally.consumed / self._tally.total if self._tally.total else 1
            self._say(f"{share:.0%} · {self._tally.rates()} · {self._tally.remaining()} left")

    def step(self, message: str) -> None:
        """Write the step, with what it follows."""
        self._say(f"{self._tally.rates()} · {message}")

    def close(self) -> None:
        """Nothing to leave."""

    def _say(self, message: str) -> None:
        self._stream.write(message + "\n")
        self._stream.flush()
