"""Near-duplicates and what an engine lacks: on every engine the same as in the reference."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import KINDS, Archive, analyzed
from memory_engine import MemorySearcher
from reference import ReferenceDocument
from test_engine_contract import Plans, assert_same, assert_same_dates

from search.analysis.analyzer import analyze
from search.document import Document
from search.execution import execute
from search.query.plan import Combine, Feature, Filter, Group, Order, Passage, Plan, Rescore, Term, TitleShare

VOCABULARY = [f"{onset}{rime}" for onset in "bchklmnt" for rime in ("an", "ày", "ôi", "ươu", "iên", "oa")]


def text(rng: random.Random) -> list[str]:
    return rng.choices(VOCABULARY, k=400)


def varied(rng: random.Random, words: list[str]) -> list[str]:
    """The same text with one word changed: most runs of four are in both."""
    own = list(words)
    own[rng.randrange(len(own))] = rng.choice(VOCABULARY)
    return own


def written(id: str, words: list[str], date: str) -> Document:
    return Document(id, " ".join(words[:3]), " ".join(words), "vi", source="Courrier", date=date)


def plain(document: Document) -> ReferenceDocument:
    analysed = analyze(document)
    fields = {
        name: [(int(at), stream.terms[id]) for at, id in zip(stream.positions, stream.ids, strict=True)]
        for name, stream in analysed.streams.items()
    }
    return ReferenceDocument(document.id, analysed.language, document.source, document.date, fields)


def fill(archive: Archive, rng: random.Random) -> list[list[str]]:
    """Families of near-duplicates over several commits; returns the ids of each family that is whole."""
    families: list[list[str]] = []
    for number in range(12):
        words, size = text(rng), rng.choice([1, 1, 2, 3])
        families.append([f"{number}-{member}" for member in range(size)])
        with archive.writing() as writer:
            for id in families[-1]:
                date = rng.choice(["", "2023", "2024-05", "2024-05"])
                document = written(id, words if id.endswith("-0") else varied(rng, words), date)
                writer.add(analyze(document))
                archive.live[id] = plain(document)
    gone = {id for family in families for id in family if rng.random() < 0.15}
    archive.commit(deleted=sorted(gone))
    return [[id for id in family if id not in gone] for family in families]


@pytest.mark.parametrize("seed", range(3))
def test_collapsed_plans_agree_with_the_reference(
    archive: Archive, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.kind.lower(monkeypatch, "merges")
    rng = random.Random(seed)
    families = fill(archive, rng)
    reference = archive.reference(family for family in families if len(family) > 1)
    plans = Plans(rng, list(archive.live.values()))
    collapsed = 0
    for turn in range(25):
        plan = replace(plans.plan(), collapse=True, facet_values=rng.choice([0, 1, 3]))
        if turn % 2:  # all documents, those that match first
            everything = Combine(should=(plan.query, Combine()), minimum=1)
            plan = replace(plan, query=everything, filter=Filter())
        found = archive.execute(plan)
        assert_same(found, reference, plan)
        assert found.collapsed == reference.execute(plan).collapsed, plan
        collapsed += found.collapsed
        dated = replace(plan, order=rng.choice([Order.NEWEST, Order.OLDEST]))
        by_date = archive.execute(dated)
        assert_same_dates(by_date, reference, dated)
        assert by_date.handles == reference.execute(dated).handles
    assert collapsed > 20


def test_a_document_knows_its_family(archive: Archive) -> None:
    families = fill(archive, random.Random(7))
    for family in families:
        for id in family:
            handle = archive.handle(id)
            assert handle is not None
            [similar] = archive.searcher.similar([handle])
            assert {each.id for each in archive.searcher.fetch(similar)} == set(family) - {id}


class WithoutPassages(MemorySearcher):
    """The memory engine as it would be without positions by document."""

    lacks = frozenset({Feature.COLLAPSE, Feature.PASSAGE})

    def execute(self, plan: Plan) -> object:  # type: ignore[override]
        assert not any(isinstance(node, Passage | TitleShare) for node in plan.rescore.nodes)
        return super().execute(plan)


def test_passages_are_read_from_the_documents_where_an_engine_lacks_them(tmp_path: Path) -> None:
    archive = Archive(KINDS["memory"], tmp_path / "index")
    rng = random.Random(2)
    fill(archive, rng)
    reference = archive.reference()
    whole = archive.store.version()  # type: ignore[attr-defined]
    poor = WithoutPassages(whole)
    for _ in range(20):
        words = rng.sample(VOCABULARY, 4)
        groups = tuple(Group((word, rng.choice(VOCABULARY))) for word in words)
        evidence = (
            Passage(groups, rng.choice([5, 20]), weight=0.7),
            TitleShare(groups, 0.4),
            Term("body_surface", words[0], 0.3),
        )
        plan = Plan(Combine(), rescore=Rescore(evidence, rng.choice([3, 200])), limit=8)
        assert_same(execute(poor, plan), reference, plan)


def test_a_plan_that_needs_nothing_more_goes_to_the_engine_as_it_is(tmp_path: Path) -> None:
    archive = Archive(KINDS["whoosh"], tmp_path / "index")
    with archive.writing() as writer:
        writer.add(analyzed(plain(written("a", text(random.Random(1)), ""))))
    assert archive.searcher.lacks == frozenset()
    plan = Plan(Combine(), collapse=True)
    assert execute(archive.searcher, plan) == archive.searcher.execute(plan)
