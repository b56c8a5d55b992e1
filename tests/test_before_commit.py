"""What is checked before a commit: the same as `make check`, and the message."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / ".ci" / "commit_message.py"


def hooks(stage: str) -> list[dict[str, Any]]:
    """The hooks of a stage."""
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [repository["repo"] for repository in config["repos"]] == ["local"]  # nothing is fetched
    found = [hook for repository in config["repos"] for hook in repository["hooks"]]
    return [hook for hook in found if stage in hook.get("stages", config["default_stages"])]


def test_hooks_run_what_make_check_runs() -> None:
    recipe = re.search(r"^check:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert recipe
    commands = [line.strip().replace("$(BIN)", ".venv/bin") for line in recipe[1].splitlines()]
    assert [hook["entry"] for hook in hooks("pre-commit")] == commands
    assert all(hook["pass_filenames"] is False for hook in hooks("pre-commit"))
    [message] = hooks("commit-msg")
    assert message["entry"] == f".venv/bin/python {SCRIPT.relative_to(ROOT)}"


def refused(message: str, folder: Path) -> str:
    """What is said against a message; nothing when it may be committed."""
    file = folder / "COMMIT_EDITMSG"
    file.write_text(message, "utf-8")
    done = subprocess.run([sys.executable, SCRIPT, file], capture_output=True, text=True, timeout=30)
    assert done.returncode == (1 if done.stderr else 0)
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize(
    "message",
    [
        "Typed marks are honoured\n\nThey are the only thing that tells bán from bạn.\n",
        f"{'ề' * 72}\n\nWhy.\n",
        "e\u0302\u0300" * 72 + "\n\nSeventy-two letters, however many code points.\n",
        "# a comment of git\nA subject\n\nWhy.\n# On branch main\n",
        f"A subject\n\nWhy.\n# {'-' * 24} >8 {'-' * 24}\n# all below is left out\ndiff --git a/x b/x\n",
        "A subject\n\nWhy.\n\nCo-authored-by: An <an@localhost>\n",
        "Merge branch 'settings'\n",
        'Revert "A subject"\n\nThis reverts commit 1.\n',
        "fixup! A subject\n",
    ],
)
def test_a_subject_that_can_be_read_and_a_body_are_enough(message: str, tmp_path: Path) -> None:
    assert refused(message, tmp_path) == ""


@pytest.mark.parametrize(
    ("message", "said"),
    [
        (f"{'x' * 73}\n\nWhy.\n", "the subject has 73 characters; 72 are the most"),
        ("A subject\n", "there is no body"),
        ("A subject\n\n# On branch main\n", "there is no body"),
        ("A subject\n\nCo-authored-by: An <an@localhost>\n", "there is no body"),
        (f"A subject\n# {'-' * 24} >8 {'-' * 24}\ndiff --git a/x b/x\n", "there is no body"),
        ("A subject\nthat goes on\n", "the line below the subject is not empty"),
        ("", "there is no body"),
    ],
)
def test_other_messages_are_refused_with_the_reason(message: str, said: str, tmp_path: Path) -> None:
    assert said in refused(message, tmp_path)
