"""What cleaning takes out of text that has no page around it: `python -m benchmarks.cleaning`.

Clean corpora hold no menus, so that each line cut there is suspect: all are printed.
"""

import argparse
import itertools
import sys
from pathlib import Path

from benchmarks.mixes import read
from indexer.clean import clean

FILES = ("fr-service-public", "viwiki", "fr-codes-legi", "vi-phapdien")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--documents", type=int, default=2_000, help="of each file (default: 2000)")
    options = parser.parse_args()
    for name in FILES:
        path = options.data / "scale" / f"{name}.jsonl.xz"
        if not path.exists():
            print(f"needs {path}", file=sys.stderr)
            return 1
        lines = cut = 0
        for document in itertools.islice(read(path), options.documents):
            lines += sum(1 for line in document.text.split("\n") if line.strip())
            for each in clean(document.text).cuts:
                cut += 1
                print(f"  {document.id}: {each.why}: {each.text[:100]}")
        print(f"{name}: {cut:,} of {lines:,} lines cut in {options.documents:,} documents")
    return 0


if __name__ == "__main__":
    sys.exit(main())
