"""What a build did, and how it is told at the end."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from indexer.readers import Failure

_FAILURES_OF_ONE_FILE = 20


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a build. `fresh` means that nothing had to be done."""

    documents: int = 0
    languages: Mapping[str, int] | None = None
    failures: tuple[Failure, ...] = ()
    ignored: Mapping[str, int] | None = None
    seconds: float = 0.0
    fresh: bool = False


def summary(report: Report) -> Iterator[str]:
    """The lines that a person reads after a build."""
    if report.fresh:
        yield "the index is up to date"
        return
    rate = report.documents / report.seconds if report.seconds else 0
    yield f"{report.documents:,} documents indexed in {report.seconds:.1f} s ({rate:,.0f}/s)"
    if report.languages:
        yield f"languages: {counts(report.languages)}"
    if report.ignored:
        yield f"{sum(report.ignored.values()):,} files passed over: {counts(report.ignored)}"


def failures(found: tuple[Failure, ...]) -> Iterator[str]:
    """One line for each failure; of a file that is broken throughout, the first ones and their number."""
    if found:
        yield f"{len(found):,} not indexed:"
    of_file: Counter[str] = Counter()
    for failure in found:
        of_file[failure.file] += 1
        if of_file[failure.file] <= _FAILURES_OF_ONE_FILE:
            yield f"  {_visible(failure.place)}: {_visible(failure.reason)}"
    for file, number in of_file.items():
        if number > _FAILURES_OF_ONE_FILE:
            yield f"  {_visible(file)}: and {number - _FAILURES_OF_ONE_FILE:,} more"


def counts(values: Mapping[str, int]) -> str:
    """`vi 33 · fr 30`, the most frequent first."""
    ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    return " · ".join(f"{name or 'unknown'} {number:,}" for name, number in ordered)


def _visible(text: str) -> str:
    """Text on one line of a terminal: a file name may hold line ends and escape sequences."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)
