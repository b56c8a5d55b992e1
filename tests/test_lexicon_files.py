"""Lexicons and dictionaries that whoever runs the search owns: `--lexicon FILE`."""

import gzip
import logging
from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import IndexWriter
from hypothesis import given
from hypothesis import strategies as st

import search
import search.cli
import web.cli
from search import Config, SearchRequest, lexicon_with
from search.bridge.bilingual import FRENCH, VIETNAMESE, BilingualLexicon
from search.bridge.definitions import MAX_GLOSSES, entries, glosses
from search.bridge.entries import Entry
from search.bridge.files import read_lexicon
from search.document import Document
from search.errors import LexiconUnreadable
from web.settings import Settings

ARTICLES = [
    ("varlope", "/vaʁlɔp/\n* danh từ giống cái\n- cái bào dài, bào thẩm\n=passer la varlope+ bào gỗ"),
    ("bédane", "@bédane\n* danh từ giống đực\n- cái đục mộng"),
    ("guillaume", "1. cái bào xoi (nghề mộc); 2. bào góc"),
    ("trusquin", "<b>trusquin</b><br><i>danh từ</i><br>- cái vạch mực<ul><li>thước kẻ mực</li></ul>"),
]
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def base64(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 64)
        digits = DIGITS[digit] + digits
    return digits or "A"


def stardict(
    folder: Path, articles: Sequence[tuple[str, str]], *, types: str = "m", packed: bool = True
) -> Path:
    index, texts = bytearray(), bytearray()
    for head, text in articles:
        body = text.encode() if types else b"m" + text.encode() + b"\0"
        index += head.encode() + b"\0" + len(texts).to_bytes(4, "big") + len(body).to_bytes(4, "big")
        texts += body
    path = folder / "mộc.ifo"
    same = f"sametypesequence={types}\n" if types else ""
    path.write_text(f"StarDict's dict ifo file\nversion=2.4.2\nwordcount={len(articles)}\n{same}", "utf-8")
    path.with_suffix(".idx").write_bytes(index)
    if packed:
        path.with_suffix(".dict.dz").write_bytes(gzip.compress(bytes(texts)))
    else:
        path.with_suffix(".dict").write_bytes(texts)
    return path


def dictd(folder: Path, articles: Sequence[tuple[str, str]]) -> Path:
    lines, texts = ["00-database-short\tA\tA"], bytearray()
    for head, text in articles:
        lines.append(f"{head}\t{base64(len(texts))}\t{base64(len(text.encode()))}")
        texts += text.encode()
    path = folder / "nghề.index"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    path.with_suffix(".dict.dz").write_bytes(gzip.compress(bytes(texts)))
    return path


def known(lexicon: BilingualLexicon, language: str, *words: str) -> list[str]:
    return [each.text for each in lexicon.side(language).translations.get(words, ())]


@pytest.mark.parametrize("make", [stardict, dictd])
def test_a_dictionary_translates_both_ways(tmp_path: Path, make: object) -> None:
    assert callable(make)
    lexicon = lexicon_with([make(tmp_path, ARTICLES)])
    assert known(lexicon, FRENCH, "varlope") == ["cái bào dài", "bào thẩm"]
    assert known(lexicon, FRENCH, "trusquin") == ["cái vạch mực", "thước kẻ mực"]
    assert known(lexicon, VIETNAMESE, "cái", "đục", "mộng") == ["bédane"]
    assert known(lexicon, FRENCH, "eau"), "our own is there too"


def test_a_dictionary_from_vietnamese_is_recognised(tmp_path: Path) -> None:
    articles = [("cái đục mộng", "bédane"), ("cái bào dài", "varlope, grand rabot"), ("thợ mộc", "menuisier")]
    lexicon = lexicon_with([stardict(tmp_path, articles)])
    assert known(lexicon, FRENCH, "bédane") == ["cái đục mộng"]
    assert known(lexicon, VIETNAMESE, "cái", "bào", "dài") == ["varlope", "grand rabot"]


@pytest.mark.parametrize(("types", "packed"), [("", False), ("m", False), ("h", True), ("tm", True)])
def test_stardict_is_read_in_its_forms(tmp_path: Path, types: str, packed: bool) -> None:
    articles = [(head, f"phiên âm\0{text}" if types == "tm" else text) for head, text in ARTICLES]
    path = stardict(tmp_path, articles, types=types, packed=packed)
    assert "cái đục mộng" in [entry.vi for entry in read_lexicon(path)]
    assert "phiên âm" not in [entry.vi for entry in read_lexicon(path)]


def test_translations_are_short_and_the_first_weighs_most() -> None:
    found = list(entries("mot", "- một, hai, ba, bốn, năm, sáu, bảy", "x", from_french=True))
    assert [entry.vi for entry in found] == ["một", "hai", "ba", "bốn", "năm", "sáu"][:MAX_GLOSSES]
    weights = [entry.weight for entry in found]
    assert weights == sorted(weights, reverse=True)
    assert all(0 < weight < 1 for weight in weights)
    long = "- người chuyên làm những đồ dùng bằng gỗ trong nhà của người khác"
    assert glosses("menuisier", long) == []


def test_a_lexicon_file_is_found_in_a_search(make_index: IndexWriter, tmp_path: Path) -> None:
    index = make_index(
        tmp_path / "index", [Document("1", "Nghề mộc", "Ông dùng cái đục mộng và cái bào dài.", "vi")]
    )
    file = tmp_path / "mộc.tsv"
    file.write_text("bédane\tcái đục mộng\t1\nvarlope\tcái bào dài\n", "utf-8")
    without = search.open(index).search(SearchRequest("bédane"))
    assert not (without.crossed and without.crossed.total)
    page = search.open(index, Config(lexicon=lexicon_with([file]))).search(SearchRequest("bédane"))
    assert page.crossed
    assert [hit.id for hit in page.crossed.hits] == ["1"]


def test_the_program_takes_several_lexicons(
    make_index: IndexWriter,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = make_index(tmp_path / "index", [Document("1", "", "Ông dùng cái đục mộng.", "vi")])
    one, other = tmp_path / "a.tsv", tmp_path / "b.tsv"
    one.write_text("varlope\tcái bào dài\n", "utf-8")
    other.write_text("bédane\tcái đục mộng\n", "utf-8")
    arguments = ["bédane", "--index", str(index)]
    assert search.cli.main([*arguments, "--lexicon", str(one), "--lexicon", str(other)]) == 0
    monkeypatch.setenv("SONGNGU_LEXICON", f"{one}:{other}")
    assert search.cli.main(arguments) == 0
    assert Settings.read().lexicons == (str(one), str(other))
    capsys.readouterr()


def test_broken_lines_are_named_and_the_others_are_used(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "mine.tsv"
    file.write_bytes("bédane\tcái đục mộng\nvarlope\n".encode() + b"\xff\t\xfe\n" + b"a\tb\t7\n")
    with caplog.at_level(logging.WARNING):
        found = list(read_lexicon(file))
    assert found == [Entry("bédane", "cái đục mộng", 1.0, "mine")]
    assert [record.getMessage().split(": ")[0] for record in caplog.records] == [
        f"{file}:2",
        f"{file}:3",
        f"{file}:4",
    ]


def test_many_broken_lines_are_counted(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "mine.tsv"
    file.write_text("x\n" * 1000 + "bédane\tcái đục mộng\n", "utf-8")
    with caplog.at_level(logging.WARNING):
        assert len(list(read_lexicon(file))) == 1
    assert len(caplog.records) == 21
    assert "980 more lines" in caplog.records[-1].getMessage()


def test_entries_of_a_cut_dictionary_that_can_be_read_are_used(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = stardict(tmp_path, ARTICLES, packed=False)
    texts = path.with_suffix(".dict")
    texts.write_bytes(texts.read_bytes()[:-10])
    with caplog.at_level(logging.WARNING):
        found = {entry.fr for entry in read_lexicon(path)}
    assert found == {"varlope", "bédane", "guillaume"}
    assert "entry 4: its article lies past the end" in caplog.records[0].getMessage()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("none.tsv", None, "cannot read"),
        ("words.pdf", b"%PDF", "name a .tsv file"),
        ("other.ifo", b"something else", "no StarDict dictionary"),
        ("alone.ifo", b"StarDict's dict ifo file\nversion=2.4.2\n", ".idx or .idx.gz beside it"),
        ("alone.index", b"mot\tA\tB\n", ".dict or .dict.dz beside it"),
        ("cut.tsv.gz", gzip.compress(b"a\tb\n" * 999)[:20], "cannot read"),
    ],
)
def test_a_file_that_is_no_lexicon_is_refused_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None, told: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert search.cli.main(["mot", "--index", str(tmp_path), "--lexicon", str(path)]) == 2
    assert told in capsys.readouterr().err
    assert web.cli.main(["--index", str(tmp_path), "--lexicon", str(path)]) == 1
    assert told in capsys.readouterr().err


def test_a_dictionary_of_other_languages_is_refused(tmp_path: Path) -> None:
    english = [("The beautiful rivers", "Those were the days of which they had been speaking")] * 9
    with pytest.raises(LexiconUnreadable, match="from French to Vietnamese is expected"):
        list(read_lexicon(stardict(tmp_path, english)))


@given(st.text(max_size=200), st.text(max_size=400))
def test_any_article_gives_entries_that_can_be_looked_up(head: str, text: str) -> None:
    for entry in entries(head, text, "x", from_french=True):
        assert 0 < entry.weight < 1
        assert entry.fr
        assert entry.vi
    BilingualLexicon(entries(head, text, "x", from_french=False))
