"""What a filter keeps and what its facets count, on every engine."""

from conftest import Archive, plain

from search.query.plan import Filter, Node, Plan, Ranked, Term

BAN = Term("body_folded", "ban")


def run(archive: Archive, query: Node, **rest: object) -> Ranked:
    return archive.execute(Plan(query, **rest))  # type: ignore[arg-type]


def ids(archive: Archive, found: Ranked) -> list[str]:
    return archive.ids(found)


def test_each_facet_is_counted_without_its_own_filter(archive: Archive) -> None:
    archive.commit(
        [
            plain("1", "bán", language="vi", source="A", date="2024-05-01"),
            plain("2", "bán", language="fr", source="A", date="2023"),
            plain("3", "bán", language="fr", source="B", date="2024"),
            plain("4", "bán", language="vi"),
            plain("5", "mua", language="vi", source="A", date="2024"),
        ]
    )
    found = run(archive, BAN, filter=Filter.of(["vi"], ["A"], "2024", "2024"))
    assert (ids(archive, found), found.total) == (["1"], 1)
    assert found.facets == {
        "language": (("vi", 1),),
        "source": (("A", 1),),
        "year": (("2024", 1),),
    }
    by_language = run(archive, BAN, filter=Filter(languages=frozenset({"vi"})))
    assert by_language.facets["language"] == (("fr", 2), ("vi", 2))
    assert by_language.facets["year"] == (("2024", 1),)


def test_dates_are_both_included_and_unknown_ones_are_in_no_range(archive: Archive) -> None:
    dates = ("2023-12-31", "2024-01-01", "2024-06-30", "2024-07-01", "")
    archive.commit(plain(date or "unknown", "bán", date=date) for date in dates)
    assert ids(archive, run(archive, BAN, filter=Filter.of([], [], "2024-01", "2024-06"))) == [*dates[1:3]]
    assert ids(archive, run(archive, BAN, filter=Filter.of([], [], "", "2023"))) == ["2023-12-31"]
    assert run(archive, BAN, filter=Filter(sources=frozenset({"nowhere"}))).total == 0


def test_excluded_values_leave_what_is_not_known(archive: Archive) -> None:
    archive.commit(
        [
            plain("1", "bán", language="vi", source="A", date="2023-05-01"),
            plain("2", "bán", language="fr", source="B", date="2024"),
            plain("3", "bán", language="fr"),
        ]
    )
    chosen = Filter.of(["fr"], ["B"], "2023", "2023").negated()
    assert chosen is None  # three conditions
    for named, kept in (
        (Filter.of(["fr"], [], "", ""), ["1"]),
        (Filter.of([], ["B"], "", ""), ["1", "3"]),
        (Filter.of([], [], "2023", "2023"), ["2", "3"]),
    ):
        found = run(archive, BAN, filter=named.negated())
        assert ids(archive, found) == kept
    assert found.facets["year"] == (("2023", 1), ("2024", 1))
    two_years = Filter(dates=frozenset({(20230101, 20231231), (20240101, 20241231)}))
    assert ids(archive, run(archive, BAN, filter=two_years)) == ["1", "2"]
