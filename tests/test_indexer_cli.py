"""The indexer as it is used: `python -m indexer`, from files to an index that can be searched."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import search
from indexer.cli import main
from search import SearchRequest
from search.engines.folder import current_generation

ROOT = Path(__file__).parents[1]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    (folder / "vi").mkdir(parents=True)
    (folder / "vi" / "gốm.txt").write_text(
        "Làng gốm bên sông Cầu\n\nLò nung đỏ lửa suốt đêm, thợ gốm xếp từng chiếc bình.\n\n"
        "Nguồn: Bản tin Bến Nước, 4/9/2022\n"
    )
    (folder / "quai.md").write_text(
        "---\ndate: 2021-06-30\n---\n# Le quai des potiers\n\n"
        "Les **barques** chargées de jarres quittent le quai.\n"
    )
    (folder / "sổ.jsonl").write_text(
        '{"id": "so-1", "title": "Chợ phiên", "text": "Người bán gốm đến từ sáng sớm."}\n'
        '{"id": "so-2", "title": "Jour de foire", "text": "Le potier vend ses jarres.", "lang": "fr"}\n'
    )
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "indexer", *map(str, arguments)]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), cwd=ROOT, capture_output=True, text=True, check=False)


def found(index: Path, query: str) -> list[str]:
    engine = search.open(index)
    try:
        return sorted(hit.id for hit in engine.search(SearchRequest(query)).hits)
    finally:
        engine.close()


def test_what_is_built_can_be_searched(corpus: Path, index: Path) -> None:
    done = run("build", corpus, "--index", index)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("4 documents indexed in ")
    assert done.stdout.splitlines()[1:4] == [
        "         fr  vi  all",
        "  jsonl   1   1    2",
        "  md      1   –    1",
    ]
    assert found(index, "gom") == ["so-1", "vi/gốm.txt"]
    assert found(index, "jarres") == ["quai.md", "so-2"]
    engine = search.open(index)
    document = engine.document("vi/gốm.txt")
    engine.close()
    assert document.title == "Làng gốm bên sông Cầu"
    assert (document.source, document.date) == ("Bản tin Bến Nước", "2022-09-04")
    assert document.text.endswith("từng chiếc bình.")


def test_any_number_of_workers_gives_the_same_answers(corpus: Path, tmp_path: Path) -> None:
    answers = []
    for workers in (1, 3):
        index = tmp_path / f"index{workers}"
        assert main(["build", str(corpus), "--index", str(index), "--workers", str(workers), "--quiet"]) == 0
        engine = search.open(index)
        pages = [
            engine.search(SearchRequest(query)) for query in ("gốm", "le quai", "jarres potier", "sáng sớm")
        ]
        answers.append([[(hit.id, hit.score, hit.snippet) for hit in page.hits] for page in pages])
        engine.close()
    assert answers[0] == answers[1]
    assert any(answers[0])


def test_failures_are_listed_and_the_exit_code_says_so(corpus: Path, index: Path) -> None:
    with (corpus / "sổ.jsonl").open("a") as file:
        file.write("{\n")
    (corpus / "ảnh.txt").write_bytes(bytes(range(256)))
    done = run("build", corpus, "--index", index)
    assert done.returncode == 3
    assert "2 not indexed:\n" in done.stderr
    assert f"{corpus / 'sổ.jsonl'}:3: broken JSON" in done.stderr
    assert f"{corpus / 'ảnh.txt'}: binary file" in done.stderr
    assert "4 documents indexed" in done.stdout
    status = run("status", "--index", index).stdout
    assert "failures   2\n" in status
    assert f"{corpus / 'sổ.jsonl'}:3: broken JSON" in status


def test_a_note_of_one_line_is_found_by_its_title(tmp_path: Path, index: Path) -> None:
    (tmp_path / "ghi chú.txt").write_text("Nhớ mua đất sét trắng")
    assert (
        main(["build", str(tmp_path / "ghi chú.txt"), "--index", str(index), "--workers", "1", "--quiet"])
        == 0
    )
    assert found(index, "dat set") == ["ghi chú.txt"]


def test_with_nothing_to_read_the_live_index_stays(corpus: Path, index: Path, tmp_path: Path) -> None:
    assert main(["build", str(corpus), "--index", str(index), "--workers", "1", "--quiet"]) == 0
    (tmp_path / "hỏng").mkdir()
    (tmp_path / "hỏng" / "a.txt").touch()
    done = run("build", tmp_path / "hỏng", "--index", index)
    assert done.returncode == 1
    assert "a.txt: empty" in done.stderr
    assert "error: no document could be read" in done.stderr
    assert found(index, "gom") == ["so-1", "vi/gốm.txt"]


def test_quiet_says_nothing_when_all_is_well(corpus: Path, index: Path) -> None:
    done = run("build", corpus, "--index", index, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_if_stale_does_nothing_twice(corpus: Path, index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["build", str(corpus), "--index", str(index), "--workers", "1", "--if-stale"]
    assert main(arguments) == 0
    live = current_generation(index)
    capsys.readouterr()
    assert main(arguments) == 0
    assert capsys.readouterr().out == "the index is up to date\n"
    assert current_generation(index) == live


def test_status_tells_what_is_indexed(corpus: Path, index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["build", str(corpus), "--index", str(index), "--workers", "1", "--quiet"])
    assert main(["status", "--index", str(index)]) == 0
    text = capsys.readouterr().out
    assert "documents  4\n" in text
    assert "years      2021 1 · 2022 1" in text
    assert main(["status", "--index", str(index), "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert status["documents"] == 4
    assert status["languages"] == {"vi": 2, "fr": 2}
    assert status["paths"] == [str(corpus)]
    assert status["bytes"] > 0


def test_a_reader_that_closes_the_pipe_sees_no_traceback(corpus: Path, index: Path) -> None:
    main(["build", str(corpus), "--index", str(index), "--workers", "1", "--quiet"])
    process = subprocess.Popen(
        command("status", "--index", index), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    process.stdout.close()
    assert process.wait(20) == 0
    assert process.stderr
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.parametrize("arguments", [["status"], ["build", "không-có"]])
def test_errors_are_one_line_without_a_traceback(arguments: list[str], index: Path) -> None:
    done = run(*arguments, "--index", index)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert not index.exists()


def test_a_foreign_folder_is_not_written_to(corpus: Path, tmp_path: Path) -> None:
    done = run("build", corpus, "--index", corpus)
    assert done.returncode == 1
    assert done.stderr == f"error: {corpus} is not empty and not a Song Ngữ index; choose another --index\n"
    assert sorted(path.name for path in corpus.iterdir()) == ["quai.md", "sổ.jsonl", "vi"]


@pytest.mark.parametrize("arguments", [[], ["build"], ["nướng"], ["build", ".", "--workers", "0"]])
def test_a_command_that_cannot_be_understood_exits_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as exit:
        main(arguments)
    assert exit.value.code == 2


def test_help_documents_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["build", "--help"])
    text = capsys.readouterr().out
    for code in ("0  ", "1  ", "2  ", "3  ", "130  "):
        assert f"\n  {code}" in text


def test_the_index_comes_from_the_environment(
    corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SONGNGU_INDEX", str(index))
    assert main(["build", str(corpus), "--workers", "1", "--quiet"]) == 0
    assert current_generation(index).is_dir()


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM), (signal.SIGKILL, -signal.SIGKILL)],
)
def test_a_build_stopped_half_way_leaves_the_live_index_and_the_next_one_completes(
    corpus: Path, index: Path, number: signal.Signals, code: int
) -> None:
    assert main(["build", str(corpus), "--index", str(index), "--workers", "1", "--quiet"]) == 0
    live = current_generation(index)
    lines = (
        json.dumps({"id": str(n), "title": f"Mẻ {n}", "text": "lò gốm bên sông " * 400}) for n in range(2000)
    )
    (corpus / "nhiều.jsonl").write_text("\n".join(lines))
    process = subprocess.Popen(
        command("build", corpus, "--index", index, "--workers", "2"),
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not list((index / "generations").glob("*.partial/*")):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(number)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == code
    if number == signal.SIGINT:
        assert errors == "interrupted; the index is unchanged\n"
    assert current_generation(index) == live
    assert found(index, "gom") == ["so-1", "vi/gốm.txt"]
    (corpus / "nhiều.jsonl").unlink()
    assert main(["build", str(corpus), "--index", str(index), "--workers", "1", "--quiet"]) == 0
    assert [path.suffix for path in (index / "generations").iterdir()] == ["", ""]


@pytest.mark.parametrize("seconds", [0, 0.1, 0.3, 1.5])
def test_ctrl_c_reaches_the_whole_terminal_and_gives_one_clean_message(
    corpus: Path, index: Path, seconds: float
) -> None:
    lines = (
        json.dumps({"id": str(n), "title": f"Mẻ {n}", "text": "lò gốm bên sông " * 400}) for n in range(2000)
    )
    (corpus / "nhiều.jsonl").write_text("\n".join(lines))
    process = subprocess.Popen(
        command("build", corpus, "--index", index, "--workers", "2"),
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not list((index / "generations").glob("*.partial/*")):
        time.sleep(0.01)
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (130, "interrupted; the index is unchanged\n")


@pytest.mark.parametrize("limit", [2_000, 20_000, 60_000])
def test_a_disk_that_takes_no_more_leaves_the_live_index(corpus: Path, index: Path, limit: int) -> None:
    """Files may not grow past a limit: to a program that is the same as a full disk."""
    run("build", corpus, "--index", index, "--quiet")
    before = (index / "current").read_text()
    for number in range(60):
        story = f"Bài {number}\n" + " ".join(f"từ{number * 100 + place}" for place in range(100))
        (corpus / f"moi{number}.txt").write_text(story)
    for command in ("build", "update"):
        done = subprocess.run(
            [sys.executable, "-m", "indexer", command, str(corpus), "--index", str(index), "--workers", "1"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        )
        assert done.returncode == 1, done.stderr
        assert "the index is unchanged" in done.stderr
        assert "Traceback" not in done.stderr
        assert (index / "current").read_text() == before
        assert found(index, "gom") == ["so-1", "vi/gốm.txt"]
    assert run("update", corpus, "--index", index, "--quiet").returncode == 0
    assert found(index, "tu5901") == ["moi59.txt"]
