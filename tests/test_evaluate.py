"""`python -m search.evaluate`: the ranking of our own corpus has a floor, and errors are told."""

import io
import json
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from indexer.cli import main as indexer
from search.evaluate import compare, conditions, load, main

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
JUDGED = CORPUS / "relevance"
MEASURES = ("nDCG@10", "RR@10", "R@100")
FLOORS = {"accented": 0.93, "unaccented": 0.93, "mixed": 0.93, "toneless": 0.90, "slip": 0.90, "telex": 0.90}

DOCUMENTS = {
    "hang": "Bà bán hàng ở chợ từ sáng sớm.",
    "ban": "Người bạn cũ gửi thư về làng.",
    "mer": "La mer monte lentement dans la baie.",
    "pont": "Le pont de pierre enjambe la rivière.",
}
QUERIES = {"a": "bán hàng", "b": "bạn cũ", "c": "la mer", "d": "pont de pierre"}
ANSWERS = dict(zip(QUERIES, DOCUMENTS, strict=True))


@pytest.fixture(autouse=True)
def no_usual_index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SONGNGU_INDEX", str(tmp_path / "no usual index"))


@pytest.fixture(scope="session")
def corpus_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own corpus, indexed as users do it."""
    index = tmp_path_factory.mktemp("corpus") / "index"
    with redirect_stdout(io.StringIO()):
        assert indexer(["build", str(CORPUS), "--index", str(index), "--quiet", "--workers", "1"]) == 0
    return index


@pytest.fixture(scope="session")
def measured(corpus_index: Path) -> Mapping[str, Any]:
    """What `--json` prints for all conditions."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        assert main([str(JUDGED), "--index", str(corpus_index), "--json"]) == 0
    found: Mapping[str, Any] = json.loads(printed.getvalue())
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four documents and a question for each."""
    folder = tmp_path / "judged"
    folder.mkdir()
    lines = [json.dumps({"id": id, "text": text}) for id, text in DOCUMENTS.items()]
    (folder / "corpus.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "queries.tsv").write_text("".join(f"{id}\t{text}\n" for id, text in QUERIES.items()), "utf-8")
    (folder / "qrels.tsv").write_text("".join(f"{id}\t{doc}\t1\n" for id, doc in ANSWERS.items()), "utf-8")
    return folder


@pytest.mark.parametrize(("condition", "floor"), FLOORS.items())
def test_our_own_corpus_is_ranked_above_the_floor(
    measured: Mapping[str, Any], condition: str, floor: float
) -> None:
    assert measured[condition]["means"]["nDCG@10"] >= floor


def test_typing_without_diacritics_costs_nothing(measured: Mapping[str, Any]) -> None:
    accented, unaccented = (measured[name]["means"]["nDCG@10"] for name in ("accented", "unaccented"))
    assert unaccented >= 0.99 * accented


def test_every_judged_query_has_a_value(measured: Mapping[str, Any]) -> None:
    judged = load(JUDGED)
    assert len(judged.queries) >= 80
    assert set(measured) == set(FLOORS)
    for result in measured.values():
        assert set(result["means"]) == set(result["queries"]) == set(MEASURES)
        for name, values in result["queries"].items():
            assert values.keys() == judged.queries.keys()
            assert all(0 <= value <= 1 for value in values.values())
            assert result["means"][name] == pytest.approx(sum(values.values()) / len(values))


def test_the_judgements_are_about_documents_that_exist(corpus_index: Path) -> None:
    judged = load(JUDGED)
    files = {path.relative_to(CORPUS).as_posix() for path in CORPUS.rglob("*.*")}
    assert {document for grades in judged.relevance.values() for document in grades} <= files


def test_each_condition_is_another_way_to_type_the_same() -> None:
    typed = conditions({"a": "Quyền của người dân ở Đà Nẵng", "b": "l’école à côté"})
    assert typed["accented"]["a"] == "Quyền của người dân ở Đà Nẵng"
    assert typed["unaccented"] == {"a": "Quyen cua nguoi dan o Da Nang", "b": "l'ecole a cote"}
    assert typed["toneless"]["a"].lower() == "quyên cua ngươi dân ơ đa năng"
    assert typed["telex"]["a"].lower() == "quyeenf cuar nguwowif daan owr ddaf nawngx"
    slips = [
        (before, after)
        for before, after in zip(typed["accented"]["b"].split(), typed["slip"]["b"].split(), strict=True)
        if before != after
    ]
    assert [before for before, _ in slips] in ([], ["l’école"])  # the only word of five letters
    pairs = zip(typed["accented"]["a"].split(), typed["unaccented"]["a"].split(), strict=True)
    words = typed["mixed"]["a"].split()
    assert all(word in pair for word, pair in zip(words, pairs, strict=True))
    assert typed["mixed"] == conditions({"a": typed["accented"]["a"], "b": "l’école à côté"})["mixed"]


def test_a_folder_with_its_corpus_needs_no_index(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder), "--condition", "accented"]) == 0
    header, line = capsys.readouterr().out.splitlines()
    assert header.split() == ["4", "queries", *MEASURES]
    assert line.split() == ["accented", "1.0000", "1.0000", "1.0000"]


def test_a_folder_without_its_corpus_is_evaluated_on_the_usual_index(
    corpus_index: Path, measured: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SONGNGU_INDEX", str(corpus_index))
    printed = io.StringIO()
    with redirect_stdout(printed):
        assert main([str(JUDGED), "--condition", "accented", "--json"]) == 0
    assert json.loads(printed.getvalue())["accented"] == measured["accented"]


def test_a_folder_with_its_corpus_is_evaluated_on_that_whatever_the_usual_index(
    folder: Path, corpus_index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SONGNGU_INDEX", str(corpus_index))
    assert main([str(folder), "--condition", "accented"]) == 0
    assert capsys.readouterr().out.splitlines()[1].split() == ["accented", "1.0000", "1.0000", "1.0000"]


def test_telex_is_measured_as_it_is_understood(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder), "--condition", "telex"]) == 0
    assert capsys.readouterr().out.splitlines()[1].split()[:2] == ["telex", "1.0000"]


def test_a_wrong_judgement_lowers_the_figures(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "qrels.tsv").write_text("a\thang\t1\nb\tmer\t1\n", "utf-8")
    assert main([str(folder), "--condition", "accented"]) == 0
    header, line = capsys.readouterr().out.splitlines()
    assert header.startswith("2 queries")
    assert line.split() == ["accented", "0.5000", "0.5000", "0.5000"]


def test_two_runs_are_compared(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(folder), "--condition", "accented", "--json"]) == 0
    before = json.loads(capsys.readouterr().out)
    for id, value in zip("abc", (0.5, 0.75, 0.5), strict=True):
        before["accented"]["queries"]["nDCG@10"][id] = value
    run = tmp_path / "before.json"
    run.write_text(json.dumps(before))
    assert main([str(folder), "--condition", "accented", "--compare", str(run)]) == 0
    words = capsys.readouterr().out.splitlines()[2].split()
    assert words[:7] == ["difference", "+0.3125", "+0.0000", "+0.0000", "p", "=", "0.080"]


def test_the_comparison_is_a_paired_test() -> None:
    assert compare({"a": 0.5, "b": 0.2}, {"a": 0.5, "b": 0.2}) == (0.0, 1.0)
    assert compare({"a": 0.5}, {"b": 0.5}) == (0.0, 1.0)
    before = {str(query): query / 40 for query in range(20)}
    after = {id: value + 0.1 + 0.001 * (int(id) % 3) for id, value in before.items()}
    difference, p = compare(before, after)
    assert difference == pytest.approx(0.101, abs=0.001)
    assert p < 1e-6
    assert compare(after, before)[0] == pytest.approx(-difference)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("queries.tsv", None, "queries.tsv"),
        ("qrels.tsv", None, "qrels.tsv"),
        ("corpus.jsonl", None, "corpus.jsonl"),
        ("queries.tsv", b"a\tb\xc3\xa1n\nb\n", "queries.tsv:2"),
        ("qrels.tsv", b"a\thang\n", "qrels.tsv:1"),
        ("qrels.tsv", b"a\thang\tyes\n", "'yes'"),
        ("qrels.tsv", b"a\thang\t--1\n", "'--1'"),
        ("qrels.tsv", "a\thang\t²\n".encode(), "'²'"),
        ("queries.tsv", b"a\tb\xe1n\n", "queries.tsv"),
        ("corpus.jsonl", b'{"id": "hang", "text": "x"}\n{"id": \n', "corpus.jsonl:2"),
        ("corpus.jsonl", b'{"text": "x"}\n', "corpus.jsonl:1"),
        ("corpus.jsonl", b'["x"]\n', "corpus.jsonl:1"),
        ("corpus.jsonl", b'{"id": "hang", "title": "x"}\n', "corpus.jsonl:1"),
    ],
)
def test_what_is_wrong_in_a_folder_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, said: str
) -> None:
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    assert main([str(folder), "--condition", "accented"]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith("error: ")
    assert error.count("\n") == 1
    assert said in error


@pytest.mark.parametrize("content", ["no run", "[1]", '{"accented": {}}', '{"accented": {"queries": {}}}'])
def test_a_run_that_is_none_is_named(folder: Path, capsys: pytest.CaptureFixture[str], content: str) -> None:
    run = folder / "before.json"
    run.write_text(content)
    assert main([str(folder), "--condition", "accented", "--compare", str(run)]) == 2
    assert "before.json" in capsys.readouterr().err


def test_the_command_fails_in_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "search.evaluate"]
    for arguments in ([tmp_path / "none"], [JUDGED], [JUDGED, "--index", tmp_path / "none"]):
        run = subprocess.run([*command, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True)
        assert run.returncode == 2
        assert run.stderr.startswith("error: ")
        assert run.stderr.count("\n") == 1
