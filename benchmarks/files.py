"""Is everything read that a real file says, and nothing twice?  `python -m benchmarks.files`

Witness files with the faults of real ones, and a table of what a search must find in each, what it must not,
and what else is so. A phrase counts as found when its words stand side by side, as a search in quotation
marks wants them.
"""

import argparse
import csv
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.readers import Failure, Record, read
from search.analysis.analyzer import analyze
from search.analysis.normalize import surface
from search.analysis.token import tokenize

FAR = 1_000
"""Positions between title and text, so that no phrase runs from one into the other."""


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a file."""

    records: Sequence[Record]
    failures: Sequence[Failure]

    def holds(self, phrase: str) -> bool:
        """Whether a document has these words side by side, in its title or its text."""
        return any(self.times(phrase, record) for record in self.records)

    def times(self, phrase: str, record: Record) -> int:
        """How often a document has these words side by side."""
        wanted = [surface(token.text) for token in tokenize(phrase)]
        places: dict[int, str] = {}
        for start, part in (
            (0, record.document.title),
            (len(record.document.title) + FAR, record.document.text),
        ):
            places |= {start + token.position: surface(token.text) for token in tokenize(part)}
        return sum(
            all(places.get(place + n) == word for n, word in enumerate(wanted))
            for place, word in places.items()
            if word == wanted[0]
        )

    @property
    def whole(self) -> str:
        """Titles and texts."""
        return "\n".join(f"{record.document.title}\n{record.document.text}" for record in self.records)

    @property
    def told(self) -> str:
        """What a run says of the file."""
        said = [each for record in self.records for each in (*record.repairs, *record.losses)]
        return " | ".join((*said, *(failure.reason for failure in self.failures)))

    @property
    def languages(self) -> set[str]:
        """Those of the documents."""
        return {analyze(record.document).language for record in self.records}


ALSO: Mapping[str, Callable[[Read], bool]] = {
    "VISCII.txt": lambda found: "VISCII" in found.told,
    "badbyte.epub": lambda found: bool(found.told) and found.languages == {"vi"},
    "comment.docx": lambda found: "bình luận" not in found.whole,
    "cp1252_en_quotes.txt": lambda found: "“yes”" in found.whole and "Windows-1252" in found.told,
    "cp1252_only_apostrophe.txt": lambda found: (
        found.whole.startswith("L’accord") and "Windows-1252" in found.told
    ),
    "decl_latin1_one_symbol.html": lambda found: "©" in found.whole and "\ufffd" not in found.whole,
    "header.docx": lambda found: once(found, "Đầu trang riêng") and once(found, "Chân trang riêng"),
    "partly_scanned.pdf": lambda found: "3 of 4 pages" in found.told,
    "tcvn3.pdf": lambda found: found.languages == {"vi"},
    "textbox.docx": lambda found: once(found, "Hộp chữ một") and once(found, "dòng hai"),
    "vnexpress_like.html": lambda found: [each.document.date for each in found.records] == ["2023-11-02"],
    "vnh.docx": lambda found: "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA" in unicodedata.normalize("NFC", found.whole),
}
"""What the last column says, where phrases do not say it already."""


def once(found: Read, phrase: str) -> bool:
    return sum(found.times(phrase, record) for record in found.records) == 1


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=Path, default=Path("../shared/cases"))
    options = parser.parse_args()
    table = options.cases / "files.tsv"
    if not table.exists():
        print(f"needs {table}", file=sys.stderr)
        return 1
    passed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            kind = Path(row["file"]).suffix
            found = outcome(options.cases / "files" / row["file"])
            wrong = list(faults(row, found))
            total[kind] += 1
            passed[kind] += not wrong
            for fault in wrong:
                print(f"  {row['file']}: {fault}")
    for kind, number in sorted(total.items()):
        print(f"{kind:8} {passed[kind]:3} of {number}")
    print(f"{'all':8} {passed.total():3} of {total.total()}")
    return 0 if passed == total else 1


def outcome(path: Path) -> Read:
    found = list(read(path, path.name))
    return Read(
        [each for each in found if isinstance(each, Record)],
        [each for each in found if isinstance(each, Failure)],
    )


def faults(row: Mapping[str, str | None], found: Read) -> Iterator[str]:
    for phrase in filter(None, (row["what must be found by a search (| apart)"] or "").split("|")):
        if not found.holds(phrase):
            yield f"not found: {phrase} ({found.told or found.whole[:80]!r})"
    for phrase in filter(None, (row["what must not"] or "").split("|")):
        if found.holds(phrase):
            yield f"found all the same: {phrase}"
    name = row["file"] or ""
    if name in ALSO and not ALSO[name](found):
        yield f"not so: {row['also']} ({found.told})"


if __name__ == "__main__":
    sys.exit(main())
