"""What a query finds, whatever the engine: its Plan, executed by the reference over a few documents."""

import numpy as np
import pytest
from conftest import plain
from reference import Reference, ReferenceDocument

from search.analysis.analyzer import analyze
from search.config import Caps, Config
from search.document import Document
from search.query.alternatives import Diacritics
from search.query.parser import parse
from search.query.plan import Filter, Plan
from search.query.resolve import Resolved, resolve


def from_analysis(id: str, title: str, text: str, language: str) -> ReferenceDocument:
    """A document with the terms that the analysis gives it."""
    analysed = analyze(Document(id, title, text, language))
    fields = {
        name: [
            (int(at), stream.terms[number]) for at, number in zip(stream.positions, stream.ids, strict=True)
        ]
        for name, stream in analysed.streams.items()
    }
    return ReferenceDocument(id, analysed.language, fields=fields)


DOCUMENTS = [
    from_analysis(id, title, text, language)
    for id, title, text, language in [
        ("selling", "chợ nổi", "bán hàng trên sông", "vi"),
        ("friend", "bạn cũ", "người bạn hàng ở chợ", "vi"),
        ("bare", "tin nhan", "ban hang moi ngay", "vi"),
        ("table", "thợ mộc", "bàn ghế gỗ mít", "vi"),
        ("rights", "hội nghị", "quyền con người", "vi"),
        ("book", "hiệu sách", "quyển sách cũ", "vi"),
        ("droits", "la conférence", "les droits de l’homme", "fr"),
        ("droit", "l’école", "un droit ancien", "fr"),
        ("fisher", "la mer", "le pêcheur rentre", "fr"),
        ("sinner", "la messe", "le pécheur prie", "fr"),
    ]
]
ENGINE = Reference(dict(enumerate(DOCUMENTS)))
BAN = {"selling", "friend", "bare", "table"}


def resolved(
    text: str, filter: Filter | None = None, diacritics: Diacritics = Diacritics.HONOURED
) -> Resolved:
    asked = Plan(filter=filter or Filter(), limit=100)
    return resolve(parse(text), ENGINE, Config(), asked, diacritics)


def found(text: str, filter: Filter | None = None, diacritics: Diacritics = Diacritics.HONOURED) -> list[str]:
    ranked = ENGINE.execute(resolved(text, filter, diacritics).plan)
    return [ENGINE.documents[handle].id for handle in ranked.handles]


def test_a_word_without_diacritics_finds_every_spelling() -> None:
    assert set(found("ban")) == BAN
    assert set(found("BAN")) == BAN
    assert set(found("quyen")) == {"rights", "book"}


def test_a_word_with_diacritics_finds_those_or_none_and_others_only_when_allowed() -> None:
    assert set(found("bán")) == {"selling", "bare"}
    assert set(found("bán", diacritics=Diacritics.ANY)) == BAN
    assert found("bán")[0] == found("bán", diacritics=Diacritics.ANY)[0] == "selling"


def test_only_a_word_with_diacritics_could_be_widened() -> None:
    assert resolved("bán").has_diacritics
    assert not resolved("ban").has_diacritics
    assert not resolved('"bán hàng"').has_diacritics


def test_a_phrase_is_strict_about_typed_diacritics_and_lenient_about_others() -> None:
    assert found('"bán hàng"') == ["selling"]
    assert set(found('"ban hang"')) == {"selling", "friend", "bare"}
    assert found('"bán hang"') == ["selling"]
    assert found('"bạn hàng"', diacritics=Diacritics.ANY) == ["friend"]
    assert found('"hàng bán"') == []
    assert found('"bán sông"') == []
    assert found('"bán sông"~2') == ["selling"]


def test_a_quoted_word_is_not_stemmed() -> None:
    assert set(found("droit")) == {"droit", "droits"}
    assert found('"droit"') == ["droit"]


def test_a_stem_with_typed_accents_keeps_them() -> None:
    assert found("pêcheurs") == ["fisher"]
    assert set(found("pecheurs")) == {"fisher", "sinner"}


def test_exclusion() -> None:
    assert "friend" not in found("ban -bạn")
    assert {"selling", "table"} <= set(found("ban -bạn"))
    assert set(found('ban -"bạn hàng"')) == BAN - {"friend"}
    assert set(found("hàng -(bán sông)")) >= {"friend"}
    assert "selling" not in found("hàng -(bán sông)")
    assert set(found("-title:chợ")) == {document.id for document in DOCUMENTS} - {"selling"}


@pytest.mark.parametrize("text", ["cũ title:-bạn", "hàng +(-bạn)", "hàng (-bạn)", "hàng AND (NOT bạn)"])
def test_exclusion_takes_effect_wherever_it_stands(text: str) -> None:
    assert "friend" not in found(text)
    assert found(text)


def test_either_a_word_or_the_absence_of_another() -> None:
    everything = {document.id for document in DOCUMENTS}
    assert set(found("sách OR -bạn")) == everything - {"friend"}


def test_requirement() -> None:
    assert set(found("+hàng +chợ")) == {"selling", "friend"}
    assert found("+hàng +chợ sông")[0] == "selling"
    assert set(found("hàng AND sông")) == {"selling"}
    assert found("hàng AND sông AND vắng") == []


def test_either() -> None:
    assert set(found("mít OR sách")) == {"table", "book"}
    assert set(found("(mít OR sách) AND cũ")) == {"book"}


def test_prefixes() -> None:
    assert set(found("quye*")) == {"rights", "book"}
    assert found("quyề*") == ["rights"]
    assert set(found("dro*")) == {"droits", "droit"}
    assert found("vang*") == []


def test_the_title_alone() -> None:
    assert set(found("cho")) == {"selling", "friend"}
    assert found("title:cho") == ["selling"]
    assert found('title:"hiệu sách"') == ["book"]
    assert found("title:hàng") == []


def test_a_word_of_several_tokens_counts_as_its_words() -> None:
    assert set(found("bán/ghế")) >= {"selling", "table"}


def test_filters_alone_find_all_their_documents_and_nothing_finds_nothing() -> None:
    assert set(found("lang:fr")) == {"droits", "droit", "fisher", "sinner"}
    assert set(found("", Filter(languages=frozenset({"fr"})))) == {"droits", "droit", "fisher", "sinner"}
    for nothing in ("", "  ", "…", "( )", '""', "-", "*"):
        assert found(nothing) == []


def test_typed_and_chosen_filters_narrow_each_other() -> None:
    chosen = Filter.of(["vi", "fr"], ["A"], "2023", "2024")
    plan = resolved("bán lang:vi source:A date:2022..2023", chosen).plan
    assert plan.filter == Filter.of(["vi"], ["A"], "2023", "2023")
    assert resolved("bán date:2023", Filter()).plan.filter == Filter.of([], [], "2023", "2023")
    assert resolved("bán", chosen).plan.filter == chosen


def test_contradicting_filters_never_show_what_was_not_chosen() -> None:
    filter = resolved("bán lang:fr", Filter(languages=frozenset({"vi"}))).plan.filter
    assert filter.languages
    assert "other" not in filter.languages
    assert "fr" not in filter.languages


def test_what_is_excluded_is_not_highlighted() -> None:
    folded = [word.folded for word in resolved("bán -bạn -(ghế sách*) +hàng").words]
    assert folded == ["ban", "hang"]


def test_typed_words_know_their_places() -> None:
    text = 'bán «quyền con» title:57-KL/TW "bạn"'
    typed = resolved(text).typed
    assert [text[word.start : word.end] for word in typed if word.surface != "quyền"][:1] == ["bán"]
    assert {text[word.start : word.end].lower() for word in typed} >= {"57", "kl", "tw"}


@pytest.mark.parametrize(
    "text", ['"quyền con người"', "« quyền con »", "“quyền  con”~3", "“ quyền”", "«quyền\n con»"]
)
def test_words_in_quotation_marks_know_their_places(text: str) -> None:
    for word in resolved(text).typed:
        assert text[word.start : word.end] == word.surface


def test_the_page_that_was_asked_for_is_planned() -> None:
    plan = resolve(parse("bán"), ENGINE, Config(), Plan(limit=7, offset=21)).plan
    assert (plan.limit, plan.offset) == (7, 21)


def test_the_words_that_are_searched_for_are_capped() -> None:
    for text in ("bán " * 500, "a-" * 900, '"' + "bán " * 400 + '"', "(bán hàng) " * 150):
        assert len(resolved(text).typed) <= Caps().words


@pytest.mark.parametrize(
    "text",
    ["a " + "NOT " * 490 + "b", "title:" * 300 + "a", "-title:" * 280 + "a", "(" * 2000, "a OR " * 400 + "a"],
)
def test_nesting_of_any_kind_is_resolved(text: str) -> None:
    assert isinstance(resolved(text).plan, Plan)


def test_the_reference_agrees_with_plain_counting() -> None:
    """The counts that restoration is given here are those of the documents."""
    small = Reference({0: plain("0", "bán hàng bán hàng", "bạn"), 1: plain("1", "ban")})
    assert small.spellings(["ban"]) == [[("bán", 2), ("ban", 1), ("bạn", 1)]]
    assert small.pair_counts([("bán", "hàng"), ("hàng", "bán"), ("bạn", "bán")]) == [2, 1, 0]
    assert small.tokens == np.sum([4, 1])
