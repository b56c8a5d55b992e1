"""What a run did, and how it is told at the end."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.readers import Failure

_MAX_SHOWN_OF_A_FILE = 20
_MAX_SHOWN = 20


@dataclass(slots=True)
class Report:
    """The outcome of a build, counted while it runs. `fresh` means that nothing had to be done."""

    indexed: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Documents by format and language."""
    copies: int = 0
    """Documents that are another one word for word, and found as that one."""
    repaired: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Place of each document whose text was mended, and what was wrong with it."""
    incomplete: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Place of each document of which something could not be read, and what to do about it."""
    failures: list[Failure] = field(default_factory=list)
    ignored: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    fresh: bool = False

    @property
    def documents(self) -> int:
        """How many documents are indexed."""
        return self.indexed.total()

    @property
    def languages(self) -> Counter[str]:
        """Documents by language."""
        languages: Counter[str] = Counter()
        for (_, language), number in self.indexed.items():
            languages[language] += number
        return languages


def number_of(count: int, one: str, many: str = "") -> str:
    """`1 document`, `1,204 documents`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def summary(report: Report) -> Iterator[str]:
    """The lines that a person reads after a build."""
    if report.fresh:
        yield "the index is up to date"
        return
    rate = report.documents / report.seconds if report.seconds else 0
    yield f"{number_of(report.documents, 'document')} indexed in {report.seconds:.1f} s ({rate:,.0f}/s)"
    yield from _table(report)
    if report.copies:
        copies = number_of(report.copies, "exact copy", "exact copies")
        yield f"{copies} found together with {'its original' if report.copies == 1 else 'their originals'}"
    if report.repaired:
        yield from repairs(report.repaired)
    if report.incomplete:
        yield from losses(report.incomplete)
    if report.ignored:
        yield f"{number_of(sum(report.ignored.values()), 'file')} skipped: {counts(report.ignored)}"


def repairs(found: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    """One line for each of the first documents whose text was mended."""
    yield f"{len(found):,} repaired:"
    yield from _first(found)


def losses(found: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    """One line for each of the first documents of which something is missing."""
    yield f"{len(found):,} read in part:"
    yield from _first(found)


def _first(found: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    for place, said in found[:_MAX_SHOWN]:
        yield f"  {visible(place)}: {visible(', '.join(said))}"
    if len(found) > _MAX_SHOWN:
        yield f"  and {len(found) - _MAX_SHOWN:,} more; --report FILE lists them all"


def failures(found: Sequence[Failure]) -> Iterator[str]:
    """One line for each failure; of a file that is broken throughout, the first ones and their number."""
    if found:
        yield f"{len(found):,} not indexed:"
    of_file: Counter[str] = Counter()
    for failure in found:
        of_file[failure.file] += 1
        if of_file[failure.file] <= _MAX_SHOWN_OF_A_FILE:
            yield f"  {visible(failure.place)}: {visible(failure.reason)}"
    for file, number in of_file.items():
        if number > _MAX_SHOWN_OF_A_FILE:
            yield f"  {visible(file)}: and {number - _MAX_SHOWN_OF_A_FILE:,} more"


def counts(values: Mapping[str, int]) -> str:
    """`vi 33 · fr 30`, the most frequent first."""
    ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    return " · ".join(f"{name or 'unknown'} {number:,}" for name, number in ordered)


def visible(text: str) -> str:
    """Text on one line of a terminal: a file name may hold line ends and escape sequences."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)


def _table(report: Report) -> Iterator[str]:
    """Formats down, languages across, the most frequent first."""
    languages = [name for name, _ in report.languages.most_common()]
    formats: Counter[str] = Counter()
    for (format, _), number in report.indexed.items():
        formats[format] += number
    rows = [["", *(name or "unknown" for name in languages), "all"]]
    for format, number in formats.most_common():
        cells = (report.indexed[format, language] for language in languages)
        rows.append([format, *(f"{cell:,}" if cell else "–" for cell in cells), f"{number:,}"])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  " + "  ".join(_cells(row, widths))


def _cells(row: Iterable[str], widths: Sequence[int]) -> Iterator[str]:
    for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
        yield cell.rjust(width) if place else cell.ljust(width)
