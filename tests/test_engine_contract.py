"""Every engine against the reference: random documents, random Plans, the same answers."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from conftest import Archive
from reference import PARTS, Reference, ReferenceDocument, without_diacritics

from search.query.plan import (
    Best,
    Combine,
    Filter,
    Group,
    Named,
    Node,
    Order,
    Passage,
    Phrase,
    Plan,
    Ranked,
    Rescore,
    Term,
    TitleShare,
)
from search.schema import Name

VOCABULARY = """
ban bán bạn bàn bận má mà mả mã hoa hòa hóa thế thé the đa da đá quyền quyển quyen con còn người nguoi
l homme hommes côté côte cote élève eleve oeuf droits à a ở y 2024 ½ 漢 coeur
"""
WORDS = VOCABULARY.split()
COMMON = [1.0 / (rank + 1) for rank in range(len(WORDS))]
LANGUAGES = ("vi", "fr", "other")
SOURCES = ("", "Báo Làng", "Courrier", "Écho")
DAYS = ((20230101, 20231231), (1, 20240630), (20230501, 20240630), (20240101, 99_999_999))
DATES = ("", "2022", "2023-05", "2023-12-31", "2024-01-01", "2024-12-12")
SCOPES = ("whole", *PARTS)
TOLERANCE = 1e-5


def random_document(rng: random.Random, id: str) -> ReferenceDocument:
    fields = {}
    for part, length in (("title", rng.randint(0, 5)), ("body", rng.choice([0, 3, 8, 20, 20, 40, 300]))):
        words = rng.choices(WORDS, COMMON, k=length)
        tokens = []
        at = 0
        for word in words:
            tokens.append((at, word))
            at += rng.choice([1, 1, 1, 1, 1, 2])
        fields[f"{part}_surface"] = tokens
        fields[f"{part}_folded"] = [(at, without_diacritics(word)) for at, word in tokens]
        fields[f"{part}_stem"] = [
            (at, stem)
            for at, word in tokens
            if rng.random() < 0.5
            for stem in {word[:2], without_diacritics(word)[:2]}
        ]
        fields[f"{part}_bare"] = [(at, word) for at, word in tokens if without_diacritics(word) == word]
        fields[f"{part}_word"] = [
            (at, f"{word}_{after}") for (at, word), (_, after) in pairwise(tokens) if rng.random() < 0.3
        ]
    return ReferenceDocument(id, rng.choice(LANGUAGES), rng.choice(SOURCES), rng.choice(DATES), fields)


class Plans:
    """Makes Plans that documents of the corpus are likely to match."""

    def __init__(self, rng: random.Random, documents: Sequence[ReferenceDocument]) -> None:
        self.rng = rng
        self.documents = documents

    def plan(self) -> Plan:
        rng = self.rng
        evidence = tuple(
            rng.choice([self.node, self.node, self.passage, self.title_share])(1)
            for _ in range(rng.choice([0, 1, 2, 3]))
        )
        return Plan(
            query=self.node(3),
            complete=rng.choice([None, self.node(2), Combine(must=self.nodes(1, 1, 2, 3))]),
            complete_first=rng.choice([True, False]),
            filter=Filter(
                languages=frozenset(rng.sample(LANGUAGES, rng.choice([0, 0, 1, 2]))),
                sources=frozenset(rng.sample([*SOURCES[1:], "không có"], rng.choice([0, 0, 1, 2]))),
                dates=frozenset(rng.sample(DAYS, rng.choice([0, 0, 1, 2]))),
                excluded_languages=frozenset(rng.sample(LANGUAGES, rng.choice([0, 0, 0, 1]))),
                excluded_sources=frozenset(rng.sample(SOURCES[1:], rng.choice([0, 0, 0, 1]))),
                excluded_dates=frozenset(rng.sample(DAYS[2:], rng.choice([0, 0, 0, 1]))),
            ),
            rescore=Rescore(evidence, rng.choice([1, 7, 20, 200])),
            limit=rng.choice([0, 1, 10, 10, 1000]),
            offset=rng.choice([0, 0, 0, 4, 500]),
        )

    def node(self, depth: int) -> Node:
        makers = [*[self.term] * 4, self.phrase, self.named]
        if depth:
            makers += [self.best, self.combine] * depth
        return self.rng.choice(makers)(depth - 1)

    def nodes(self, depth: int, *counts: int) -> tuple[Node, ...]:
        return tuple(self.node(depth) for _ in range(self.rng.choice(counts)))

    def weight(self) -> float:
        return self.rng.choice([1.0, 1.0, 0.3, 0.4, 2.5])

    def term(self, _: int) -> Term:
        """A term of some document; sometimes one that no document has."""
        name = self.rng.choice(
            [f"{p}_{kind}" for p in SCOPES for kind in ("surface", "folded", "stem", "word", "bare")]
        )
        tokens = self.rng.choice(self.documents).fields[name.replace("whole", self.rng.choice(PARTS))]
        text = self.rng.choice(tokens)[1] if tokens else "vắng"
        return Term(name, text, self.weight())

    def phrase(self, _: int) -> Phrase:
        """Words that stand near each other in some document, with alternatives for some of them."""
        rng = self.rng
        scope, kind = rng.choice(SCOPES), rng.choice(["surface", "folded"])
        part = scope.replace("whole", rng.choice(PARTS))
        tokens = rng.choice(self.documents).fields[f"{part}_{kind}"] or [(0, "ban")]
        start = rng.randrange(len(tokens))
        step = rng.choice([1, 1, 1, 2])
        others = WORDS if kind == "surface" else [without_diacritics(word) for word in WORDS]
        parts = tuple(
            tuple(dict.fromkeys([text, *rng.sample(others, rng.choice([0, 0, 1, 3]))]))
            for _, text in tokens[start : start + rng.choice([1, 2, 2, 3, 4]) * step : step]
        )
        df = rng.choice([None, None, 0, 3, 1000])
        return Phrase(f"{scope}_{kind}", parts, rng.choice([0, 0, 1, 4]), self.weight(), df)

    def named(self, _: int) -> Named:
        """The title of some document; sometimes none."""
        name, kind = self.rng.choice([(Name.TITLE, "surface"), (Name.FOLDED_TITLE, "folded")])
        tokens = self.rng.choice(self.documents).fields[f"title_{kind}"] or [(0, "vắng")]
        return Named(name, " ".join(text for _, text in tokens), self.weight())

    def groups(self) -> tuple[Group, ...]:
        """A few words, some with other spellings."""
        rng = self.rng
        sizes = [rng.choice([1, 1, 3]) for _ in range(rng.choice([1, 2, 4]))]
        return tuple(
            Group(tuple(rng.sample(WORDS, size)), rng.choice([1.0, 1.0, 0.5, 0.0])) for size in sizes
        )

    def passage(self, _: int) -> Passage:
        """Words in small blocks: most documents have several."""
        return Passage(self.groups(), self.rng.choice([2, 5, 50]), weight=self.weight())

    def title_share(self, _: int) -> TitleShare:
        return TitleShare(self.groups(), self.weight())

    def best(self, depth: int) -> Best:
        return Best(self.nodes(depth, 1, 2, 4), self.rng.choice([0.0, 0.1, 0.5]))

    def combine(self, depth: int) -> Combine:
        must = self.nodes(depth, 0, 1, 2)
        should = self.nodes(depth, *((0, 1, 3) if must else (1, 2, 3)))
        minimum = min(self.rng.choice([0, 1, 1, 2]), len(should))
        return Combine(must, should, self.nodes(depth, 0, 0, 1), minimum)


def assert_same(found: Ranked, reference: Reference, plan: Plan) -> None:
    """The same answer; documents whose scores differ by less than rounding may stand in either order."""
    expected = reference.execute(plan)
    assert (found.total, found.complete) == (expected.total, expected.complete), plan
    assert found.facets == expected.facets, plan
    assert found.scores == pytest.approx(expected.scores, rel=TOLERANCE), plan
    everything = replace(plan, limit=len(reference.documents), offset=0)
    all_of_it = reference.execute(everything)
    scores = dict(zip(all_of_it.handles, all_of_it.scores, strict=True))
    assert found.scores == pytest.approx([scores[doc] for doc in found.handles], rel=TOLERANCE), plan
    assert len(set(found.handles)) == len(found.handles)
    places = [reference.places[doc] for doc in found.handles]
    edge = plan.rescore.window - plan.offset if plan.rescore.nodes else 0
    for place in range(1, len(places)):
        if found.scores[place] == found.scores[place - 1] and place != edge:
            assert places[place] > places[place - 1], plan


def assert_same_dates(found: Ranked, reference: Reference, plan: Plan) -> None:
    """The same matches in the order of their dates; on one day, in the order of their scores."""
    expected = reference.execute(plan)
    assert (found.total, found.complete, found.facets) == (
        expected.total,
        expected.complete,
        expected.facets,
    ), plan
    days = [reference.documents[doc].day() for doc in found.handles]
    assert days == [reference.documents[doc].day() for doc in expected.handles], plan
    assert found.scores == pytest.approx(expected.scores, rel=TOLERANCE), plan
    assert len(set(found.handles)) == len(found.handles)


@pytest.mark.parametrize(
    "limits", [(), ("spills",), ("merges",), ("spills", "merges", "blocks")], ids="-".join
)
@pytest.mark.parametrize("seed", range(4))
def test_random_plans_over_random_commits(
    archive: Archive, limits: Sequence[str], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(seed)
    archive.kind.lower(monkeypatch, *limits)
    for commit in range(6):
        fresh = [random_document(rng, f"{commit}-{number}") for number in range(rng.choice([1, 10, 40]))]
        known = sorted(archive.live)
        replaced = [random_document(rng, id) for id in rng.sample(known, len(known) // 6)]
        twice = [random_document(rng, rng.choice(fresh).id)]
        archive.commit([*fresh, *replaced, *twice], deleted=rng.sample(known, len(known) // 5))
    reference = archive.reference()
    assert archive.searcher.documents == len(archive.live)
    plans = Plans(rng, list(archive.live.values()))
    for _ in range(40):
        plan = plans.plan()
        assert_same(archive.execute(plan), reference, plan)
        dated = replace(plan, order=rng.choice([Order.NEWEST, Order.OLDEST]))
        assert_same_dates(archive.execute(dated), reference, dated)


def test_the_random_plans_are_worth_running() -> None:
    """Most match something, many re-score and filter: else the comparison above says little."""
    rng = random.Random(1)
    documents = {number: random_document(rng, str(number)) for number in range(80)}
    reference = Reference(documents)
    plans = [Plans(rng, list(documents.values())).plan() for _ in range(80)]
    matching = [plan for plan in plans if reference.execute(plan).total]
    assert len(matching) > 30
    assert sum(bool(plan.rescore.nodes) for plan in matching) > 15
    assert sum(plan.filter != Filter() for plan in matching) > 10
