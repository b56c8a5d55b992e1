"""`python -m search`: for people in a terminal, for programs in a pipe."""

import json
import os
import pty
import re
import subprocess
import sys
import unicodedata
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from conftest import IndexWriter

from search.cli import main
from search.document import Document
from search.results import Hit, Page

ROOT = Path(__file__).parent.parent


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "search", *arguments],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in ("SONGNGU_INDEX", "NO_COLOR")}
        | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


def run_in_terminal(*arguments: str, **environment: str) -> str:
    """What a terminal is sent."""
    main, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "search", *arguments],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "NO_COLOR"} | environment,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
    )
    os.close(terminal)
    sent = b""
    while True:
        try:
            piece = os.read(main, 65536)
        except OSError:
            break
        if not piece:
            break
        sent += piece
    os.close(main)
    assert process.wait(60) in (0, 1)
    return sent.decode()


def controls(text: str) -> set[str]:
    return {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs")} - {"\n"}


def test_a_pipe_gets_plain_text(sample_index: Path) -> None:
    done = run("quyen con nguoi", "--index", str(sample_index))
    assert done.returncode == 0
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["1.", "Hội", "nghị", "về", "quyền", "con", "người"]
    assert "vi/quyen-con-nguoi" in lines[1]
    assert "Báo Làng" in lines[1]
    assert "2024-12-12" in lines[1]
    assert "Các đại biểu bàn về quyền con người" in lines[2]
    assert re.fullmatch(r"\d+ documents with all words, \d+ others with some, \d+ ms", lines[-1])
    assert controls(done.stdout) == set()


def test_words_need_no_quotation_marks_and_the_index_may_stand_in_the_environment(sample_index: Path) -> None:
    done = run("quyen", "con", "nguoi", SONGNGU_INDEX=str(sample_index))
    assert done.stdout.splitlines()[0].endswith("Hội nghị về quyền con người")


def test_a_terminal_gets_colours(sample_index: Path) -> None:
    sent = run_in_terminal("quyền", "--index", str(sample_index))
    assert "Hội nghị về \x1b[1;33mquyền\x1b[0m" in sent
    assert controls(sent) == {"\x1b", "\r"}
    plain = run_in_terminal("quyền", "--index", str(sample_index), NO_COLOR="1")
    assert "Hội nghị về quyền" in plain
    assert "\x1b" not in plain


def test_json_is_one_document_with_the_fields_of_a_page(sample_index: Path) -> None:
    done = run("quyền *", "--json", "--limit", "1", "--index", str(sample_index))
    page = json.loads(done.stdout)
    assert set(page) == {field.name for field in fields(Page)}
    assert page["query"] == "quyền *"
    assert page["total"] >= len(page["hits"]) == 1
    [hit] = page["hits"]
    assert set(hit) == {field.name for field in fields(Hit)}
    assert hit["id"] == "vi/quyen-con-nguoi"
    start, end = hit["title_highlights"][0]
    assert hit["title"][start:end] == "quyền"
    assert page["warnings"][0]["code"] == "bare_wildcard"
    assert "quyền" in done.stdout  # readable, not escaped


def test_nothing_found_has_its_own_exit_status(sample_index: Path) -> None:
    done = run("zzzqqq", "--index", str(sample_index))
    assert done.returncode == 1
    assert "0 documents" in done.stdout


def test_options(sample_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def page(*arguments: str) -> dict[str, Any]:
        assert main(["--json", "--index", str(sample_index), *arguments]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    first, second = page("ban", "--limit", "2"), page("ban", "--limit", "2", "--offset", "2")
    assert len({hit["id"] for each in (first, second) for hit in each["hits"]}) == 4
    assert {hit["language"] for hit in page("the", "--lang", "fr", "--lang", "en")["hits"]} == {"fr", "en"}
    assert page("--", "-bán")["total"] > 10
    assert main(["ban", "--limit", "2", "--offset", "2", "--index", str(sample_index)]) == 0
    assert re.match(r"\s*3\. ", capsys.readouterr().out)


def test_what_was_searched_for_instead_is_said(
    sample_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["quyeenf con nguwowif", "--index", str(sample_index)]) == 0
    said = capsys.readouterr().out
    assert "results for: quyền con người (--verbatim searches for: quyeenf con nguwowif)" in said
    assert "did you mean" not in said
    main(["quyeenf con nguwowif", "--verbatim", "--index", str(sample_index)])
    said = capsys.readouterr().out
    assert "did you mean: quyền con người" in said
    assert "results for:" not in said


@pytest.mark.parametrize(
    "arguments", [[], ["a", "--limit", "-1"], ["a", "--limit", "x"], ["a", "--offset", "1.5"], ["a", "--zz"]]
)
def test_wrong_usage_is_explained(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: python -m search" in capsys.readouterr().err


def test_a_missing_index_is_explained(tmp_path: Path) -> None:
    done = run("quyền", "--index", str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: nothing is indexed at ")
    assert f"python -m indexer build PATH --index {tmp_path / 'nowhere'}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_index_is_explained(own_index: Path) -> None:
    for path in own_index.rglob("*.pst"):
        path.write_bytes(path.read_bytes()[:100])
    done = run("quyền", "--index", str(own_index))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "rebuild with: python -m indexer build" in done.stderr


def test_control_characters_of_a_document_never_reach_the_terminal(sample_index: Path) -> None:
    arguments = ("văn bản điều khiển", "--lang", "vi", "--index", str(sample_index))
    shown = run(*arguments).stdout
    assert "Mã lệnh" in shown
    assert controls(shown) == set()
    sent = run_in_terminal(*arguments)
    assert controls(sent) == {"\x1b", "\r"}
    assert set(re.findall(r"\x1b.{0,6}?m|\x1b.?", sent)) == {"\x1b[1;33m", "\x1b[1m", "\x1b[2m", "\x1b[0m"}


def test_control_characters_of_a_document_are_escaped_in_json(sample_index: Path) -> None:
    done = run("văn bản điều khiển", "--json", "--lang", "vi", "--index", str(sample_index))
    assert controls(done.stdout) == set()
    titles = [hit["title"] for hit in json.loads(done.stdout)["hits"]]
    assert "Mã lệnh \x1b[31mđỏ\x07" in titles


def test_lone_surrogates_of_a_document_or_a_query_are_no_crash(
    make_index: IndexWriter, tmp_path: Path
) -> None:
    index = str(make_index(tmp_path, [Document("1", "Tựa \ud800", "Bán \udfff hàng.", url="\ud800")]))
    for options in ((), ("--json",)):
        done = run("bán", *options, "--index", index)
        assert "Traceback" not in done.stderr
        assert done.returncode == 0
    assert run("bán \udcff", "--index", index).returncode == 0


def test_a_reader_that_stops_early_is_no_error(sample_index: Path) -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m search ban --limit 200 --index "{sample_index}" | head -n 1',
        shell=True,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.stderr == ""
    assert done.stdout.strip()


def test_a_terminal_without_unicode_is_no_crash(sample_index: Path) -> None:
    done = run("bán", "--index", str(sample_index), PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "Traceback" not in done.stderr
    assert done.returncode == 0
