"""Refuses a message that `git log --oneline` cuts, or that does not say why: `commit_message.py FILE`."""

import re
import sys
import unicodedata
from pathlib import Path

LONGEST = 72
"""Characters of a subject."""

_SCISSORS = re.compile(r"^# -+ >8 -+\n.*", re.MULTILINE | re.DOTALL)
_BY_GIT = re.compile(r"Merge |Revert \"|(?:fixup|squash|amend)! ")
_TRAILER = re.compile(r"[A-Z][A-Za-z]*(?:-[A-Za-z]+)+: \S")


def faults(message: str) -> list[str]:
    """What is wrong with a message, as git hands it over; what git wrote itself is left alone."""
    kept = [line for line in _SCISSORS.sub("", message).splitlines() if not line.startswith("#")]
    subject, *rest = unicodedata.normalize("NFC", "\n".join(kept)).strip().split("\n")
    if _BY_GIT.match(subject):
        return []
    found = []
    if len(subject) > LONGEST:
        found.append(f"the subject has {len(subject)} characters; {LONGEST} are the most")
    if rest and rest[0].strip():
        found.append("the line below the subject is not empty")
    if not any(line.strip() and not _TRAILER.match(line) for line in rest):
        found.append("there is no body: say why, below an empty line")
    return found


if __name__ == "__main__":
    wrong = faults(Path(sys.argv[1]).read_text(encoding="utf-8"))
    for fault in wrong:
        sys.stderr.write(f"commit message: {fault}\n")
    sys.exit(bool(wrong))
