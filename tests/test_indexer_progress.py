"""What a build says while it runs and when it has ended."""

import io

import pytest

from indexer import progress, report
from indexer.readers import Failure, Record
from search.document import Document

RECORD = Record(Document("a", "Tựa", "x" * 1_000_000), "a.txt", consumed=50)


class Terminal(io.StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_a_bar_on_a_terminal_shows_documents_rate_and_remaining() -> None:
    stream = Terminal()
    bar = progress.progress_for(stream, 100, quiet=False)
    bar.document(RECORD)
    bar.step("writing the index")
    bar.close()
    shown = stream.getvalue()
    assert " 50 %|" in shown
    assert "1 document · writing the index" in shown
    assert " left" in shown


def test_elsewhere_a_line_every_ten_seconds(clock: list[float]) -> None:
    stream = io.StringIO()
    lines = progress.progress_for(stream, 100, quiet=False)
    lines.document(RECORD)
    assert stream.getvalue() == ""
    clock[0] += 10
    lines.document(RECORD)
    lines.document(RECORD)
    assert stream.getvalue() == "50% · 2 documents · 0/s · 0.20 MB/s · 0:10 left\n"
    lines.step("verifying")
    lines.close()
    assert stream.getvalue().endswith("3 documents · 0/s · 0.30 MB/s · verifying\n")


def test_quiet_is_silent_on_a_terminal() -> None:
    stream = Terminal()
    silence = progress.progress_for(stream, 100, quiet=True)
    silence.document(RECORD)
    silence.step("verifying")
    silence.close()
    assert stream.getvalue() == ""


def test_failures_show_file_line_and_reason() -> None:
    lines = list(report.failures((Failure("kho/a.jsonl", "broken JSON", 12), Failure("kho/b.txt", "empty"))))
    assert lines == ["2 not indexed:", "  kho/a.jsonl:12: broken JSON", "  kho/b.txt: empty"]


def test_a_file_broken_throughout_does_not_bury_the_others() -> None:
    broken = [Failure("a.jsonl", "broken JSON", line) for line in range(1, 5001)]
    lines = list(report.failures((*broken, Failure("b.txt", "empty"))))
    assert len(lines) == 23
    assert "  b.txt: empty" in lines
    assert lines[0] == "5,001 not indexed:"
    assert lines[-1] == "  a.jsonl: and 4,980 more"


def test_file_names_cannot_write_to_the_terminal() -> None:
    [_, line] = report.failures((Failure("a\n\x1b[31mb\ud800.txt", "empty"),))
    assert line == "  a\\n\\x1b[31mb\\ud800.txt: empty"


def test_languages_are_counted_the_most_frequent_first() -> None:
    assert report.counts({"": 1, "fr": 2, "vi": 1_200}) == "vi 1,200 · fr 2 · unknown 1"
