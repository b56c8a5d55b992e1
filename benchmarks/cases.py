"""Small cases from public bug reports, each run alone: `python -m benchmarks.cases [--failing] [-n 12,15]`.

The documents of a case are indexed by themselves, its query is run, and what comes is judged by what the
case expects. Cases that need files or a large corpus are listed as “by hand”, unless
`benchmarks/cases_by_hand.py` holds documents of ours for the same situation.
"""

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from unicodedata import normalize

import search
from benchmarks.cases_by_hand import INSTEAD
from benchmarks.measuring import table
from benchmarks.mixes import ROOT
from search import Document, Hit, Page, SearchRequest
from search.analysis.analyzer import analyze, warm
from search.engines.registry import open_store
from search.manifest import Manifest

CASES = ROOT.parent / "shared" / "cases" / "queries.jsonl"
_IDS = re.compile(r"(\w+(?:, \w+)*)(, or a warning)?")


@dataclass(frozen=True, slots=True)
class Case:
    """One case: documents by themselves, a query, and what is right.

    The keys of `expected` are those of `JUDGES`; it is None where a person must judge.
    """

    number: int
    kind: str
    situation: str
    documents: tuple[Document, ...]
    query: str
    expected: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine said: its page, and what it would complete the query to."""

    page: Page
    completions: tuple[str, ...]

    @property
    def ids(self) -> list[str]:
        """The hits, best first."""
        return [hit.id for hit in self.page.hits]

    def hit(self, expected: Mapping[str, Any]) -> Hit | None:
        """The hit that marks are looked for in."""
        wanted = expected.get("first")
        return next((hit for hit in self.page.hits if wanted in (None, hit.id)), None)


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    if not options.cases.is_file():
        print(f"no cases at {options.cases}; give their place with --cases")
        return 2
    warm()
    passed: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    by_hand: list[Case] = []
    failed: list[tuple[Case, str]] = []
    for case in load(options.cases):
        if options.kind not in case.kind or (options.numbers and case.number not in options.numbers):
            continue
        if case.expected is None:
            by_hand.append(case)
            continue
        wrong = _faults(case)
        asked[case.kind] += 1
        passed[case.kind] += not wrong
        if wrong:
            failed.append((case, "; ".join(wrong)))
    if not options.failing:
        rows = [[kind, f"{passed[kind]}/{count}"] for kind, count in sorted(asked.items())]
        print(table(["kind", "right"], rows))
    for case, wrong_ in failed:
        print(f"\n{case.number} {case.kind}: {case.situation}\n   {case.query!r}: {wrong_}")
    if by_hand:
        print("\nby hand: " + ", ".join(f"{case.number} ({case.kind})" for case in by_hand))
    total = f"{passed.total()} of {asked.total()} are right"
    print(f"\n{total}, {len(by_hand)} more must be judged by hand")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cases", description=__doc__.split("\n")[0])
    parser.add_argument("--failing", action="store_true", help="only those that fail, without the table")
    parser.add_argument("--kind", default="", metavar="K", help="only kinds whose name has this in it")
    parser.add_argument("-n", dest="numbers", type=_numbers, default=(), metavar="12,15", help="only these")
    parser.add_argument("--cases", type=Path, default=CASES, metavar="FILE")
    return parser.parse_args(arguments)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(","))


def load(path: Path) -> list[Case]:
    """The cases of a file; documents of ours stand in for those that are not given."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [_case(record) for record in records]


def _case(record: Mapping[str, Any]) -> Case:
    number = int(record["n"])
    given = [each for each in record["documents"] if isinstance(each, dict)]
    instead = INSTEAD.get(number)
    if instead:
        given, record = list(instead["documents"]) or given, {**record, **instead}
    documents = tuple(
        Document(
            each["id"],
            each.get("title", ""),
            each["text"],
            each.get("lang", ""),
            source=each.get("source", ""),
            date=each.get("date", ""),
        )
        for each in given
    )
    expected = _expected(record["expected"], [document.id for document in documents])
    return Case(number, record["kind"], record["situation"], documents, record["query"], expected)


def _expected(given: Any, ids: Sequence[str]) -> Mapping[str, Any] | None:
    """What a case expects; a sentence that only names documents means these and no others."""
    if not isinstance(given, str):
        return dict(given) if ids else None
    named = _IDS.fullmatch(given)
    wanted = named[1].split(", ") if named else []
    if not named or not ids or not set(wanted) <= set(ids):
        return None
    only = {"all": wanted, "none": [id for id in ids if id not in wanted]}
    return {"or_warning": only} if named[2] else only


def _faults(case: Case) -> list[str]:
    """What came that should not have, or did not come; nothing when the case is right."""
    assert case.expected is not None
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(folder)
        with store.writing(), store.build() as build:
            with build.writer() as writer:
                for document in case.documents:
                    writer.add(analyze(document))
            build.promote(Manifest.now("", len(case.documents)))
        engine = search.open(folder)
        completions = tuple(each.text for each in engine.suggest(case.query))
        answer = Answer(engine.search(SearchRequest(case.query, limit=50)), completions)
        engine.close()
    return _judged(answer, case.expected)


def _judged(answer: Answer, expected: Mapping[str, Any]) -> list[str]:
    return [wrong for key, wanted in expected.items() if (wrong := JUDGES[key](answer, wanted, expected))]


def _first(answer: Answer, wanted: str, _: Mapping[str, Any]) -> str:
    return "" if answer.ids[:1] == [wanted] else f"{wanted} is not first of {_list(answer.ids)}"


def _all(answer: Answer, wanted: Sequence[str], _: Mapping[str, Any]) -> str:
    lacking = [id for id in wanted if id not in answer.ids]
    return f"{_list(lacking)} not found" if lacking else ""


def _none(answer: Answer, unwanted: Sequence[str], _: Mapping[str, Any]) -> str:
    found = [f"{hit.id} ({_why(hit)})" for hit in answer.page.hits if hit.id in unwanted]
    return f"{_list(found)} found" if found else ""


def _order(answer: Answer, wanted: Sequence[str], _: Mapping[str, Any]) -> str:
    places = [answer.ids.index(id) if id in answer.ids else len(answer.ids) for id in wanted]
    return "" if all(one < next for one, next in pairwise(places)) else f"order {_list(answer.ids)}"


def _mark(answer: Answer, wanted: str, expected: Mapping[str, Any]) -> str:
    """Every character of the text but spaces is highlighted."""
    hit = answer.hit(expected)
    if hit and any(wanted in text for text in _marked(hit)):
        return ""
    return f"{wanted!r} is not highlighted, only {_marked(hit) if hit else 'nothing'}"


def _mark_exact(answer: Answer, wanted: Sequence[str], expected: Mapping[str, Any]) -> str:
    hit = answer.hit(expected)
    marked = set(_marked(hit)) if hit else set()
    return "" if marked == set(wanted) else f"highlighted is {sorted(marked)}, not {list(wanted)}"


def _mark_nfc(answer: Answer, wanted: str, expected: Mapping[str, Any]) -> str:
    hit = answer.hit(expected)
    marked = [normalize("NFC", text) for text in _marked(hit)] if hit else []
    return "" if any(normalize("NFC", wanted) in text for text in marked) else f"highlighted is {marked}"


def _did_you_mean(answer: Answer, wanted: str, _: Mapping[str, Any]) -> str:
    """Offered, or searched for at once: then a hit says so."""
    offered = [each.query for each in answer.page.suggestions]
    found = [each.found for hit in answer.page.hits for each in hit.explanation]
    if any(wanted in text for text in (*offered, *found)):
        return ""
    return f"{wanted!r} is neither offered nor searched for, but {offered}, {found}"


def _no_suggestion(answer: Answer, _: object, __: Mapping[str, Any]) -> str:
    offered = [each.query for each in answer.page.suggestions]
    return f"offers {offered}" if offered else ""


def _completed(answer: Answer, wanted: str, _: Mapping[str, Any]) -> str:
    return "" if wanted in answer.completions else f"completed to {_list(answer.completions)}"


def _or_warning(answer: Answer, otherwise: Mapping[str, Any], _: Mapping[str, Any]) -> str:
    return "" if answer.page.warnings else "; ".join(_judged(answer, otherwise))


JUDGES: Mapping[str, Callable[[Answer, Any, Mapping[str, Any]], str]] = {
    "first": _first,
    "all": _all,
    "none": _none,
    "order": _order,
    "mark": _mark,
    "markexact": _mark_exact,
    "marknfc": _mark_nfc,
    "dym": _did_you_mean,
    "no_suggestion": _no_suggestion,
    "completed": _completed,
    "or_warning": _or_warning,
}
"""The keys of expectations: given the answer, a key's value and all of them, what is wrong, or nothing."""


def _marked(hit: Hit) -> list[str]:
    """The highlighted stretches of a hit; those with only spaces between them are one."""
    stretches: list[str] = []
    for text, spans in ((hit.title, hit.title_highlights), (hit.snippet, hit.snippet_highlights)):
        joined: list[list[int]] = []
        for start, end in spans:
            if joined and not text[joined[-1][1] : start].strip():
                joined[-1][1] = end
            else:
                joined.append([start, end])
        stretches += [text[start:end] for start, end in joined]
    return stretches


def _why(hit: Hit) -> str:
    return ", ".join(f"{each.word} as {each.found}, {each.how}" for each in hit.explanation) or "no reason"


def _list(items: Sequence[str]) -> str:
    return ", ".join(items) or "nothing"


if __name__ == "__main__":
    sys.exit(main())
